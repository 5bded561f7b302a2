// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/privacy"
	"rugzak/pkg/rugzak"
)

// Numbers that pass the eleven-test, as people write them.
var numbers = []string{"111222333", "123456782", "111.222.333", "123 456 782", "bsn: 111222333"}

// numbersIn lists the numbers found in any text of a value, however deep,
// except those declared in the same record.
func numbersIn(t testing.TB, v any) []string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var free any
	if err := json.Unmarshal(data, &free); err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(v any, declared []any)
	walk = func(v any, declared []any) {
		switch v := v.(type) {
		case string:
			for _, f := range (privacy.Screener{}).Screen(v) {
				if !f.Declarable || !slices.Contains(declared, any(f.Number)) {
					found = append(found, v)
				}
			}
		case []any:
			for _, x := range v {
				walk(x, declared)
			}
		case map[string]any:
			if own, ok := v["NotBSN"].([]any); ok {
				declared = own
			}
			for key, x := range v {
				if key != "NotBSN" {
					walk(x, declared)
				}
			}
		}
	}
	walk(free, nil)
	return found
}

// noNumbers reads every record of the store.
func (h *house) noNumbers(t testing.TB) {
	t.Helper()
	if found := numbersIn(t, []any{h.export(t, true), h.changes(t)}); len(found) > 0 {
		t.Errorf("stored: %q", found)
	}
}

// formsWith puts a text in each field of a form that takes text.
func formsWith(text string) map[string]backpack.Input {
	forms := map[string]backpack.Input{}
	put := func(field string, change func(*backpack.Input)) {
		in := simple("Titel", "Tekst", rugzak.LevelOrganisation)
		change(&in)
		forms[field] = in
	}
	put("title", func(in *backpack.Input) { in.Title = text })
	put("lesson", func(in *backpack.Input) { in.Lesson = text })
	put("body", func(in *backpack.Input) { in.Body = "Regel\n\n**" + text + "**\n" })
	put("tags", func(in *backpack.Input) { in.Tags = []string{"goed", text} })
	question := func(change func(*rugzak.QuestionData)) func(*backpack.Input) {
		return func(in *backpack.Input) {
			in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen}
			change(in.Question)
		}
	}
	put("next step", question(func(q *rugzak.QuestionData) { q.NextStep = text }))
	put("hoped gain", question(func(q *rugzak.QuestionData) { q.HopedGain = text }))
	put("gain", question(func(q *rugzak.QuestionData) { q.Gain = text }))
	put("since", question(func(q *rugzak.QuestionData) { q.BallWith, q.Since = "jeugd", text })) // who has no ball has no such day
	put("when", question(func(q *rugzak.QuestionData) { q.When = text }))
	put("ball", question(func(q *rugzak.QuestionData) { q.BallWith = rugzak.OrganisationID(rugzak.Slug(text)) }))
	method := func(change func(*rugzak.MethodData)) func(*backpack.Input) {
		return func(in *backpack.Input) {
			in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "explore"}
			change(in.Method)
		}
	}
	put("preparation", method(func(m *rugzak.MethodData) { m.Preparation = text }))
	put("materials", method(func(m *rugzak.MethodData) { m.Materials = text }))
	put("place", method(func(m *rugzak.MethodData) { m.Place = text }))
	put("steps", method(func(m *rugzak.MethodData) { m.Steps = []rugzak.Step{{Text: text}} }))
	put("relations", func(in *backpack.Input) {
		in.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: rugzak.EntryID(text)}}
	})
	put("phase", func(in *backpack.Input) { in.Phase = rugzak.PhaseID(rugzak.Slug(text)) })
	return forms
}

// No path stores a citizen service number.
func TestNumbersAreNeverStored(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	admin := backpack.Operator()
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	e := h.share(t, writer, simple("Titel", "Tekst", rugzak.LevelOrganisation))
	refused := func(path string, err error) {
		t.Helper()
		if rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, text := range numbers {
		for field, in := range formsWith(text) {
			path := field + " " + text
			refused("share "+path, second(h.Share(ctx, writer, h.idFor(writer), 0, in)))
			refused("draft "+path, second(h.SaveDraft(ctx, writer, h.idFor(writer), 0, in)))
			refused("revise "+path, second(h.Revise(ctx, writer, e.ID, e.Version, in)))
			if strings.HasPrefix(text, "bsn") && field != "ball" && field != "phase" {
				in.NotBSN = []string{"111222333"} // beside the word there is no declaring
				refused("declared "+path, second(h.Share(ctx, writer, h.idFor(writer), 0, in)))
			}
		}
		for path, in := range map[string]backpack.ThemeInput{
			"title": {Title: text}, "slashes": {Title: strings.NewReplacer(" ", "/", ".", "_").Replace(text)},
			"summary":  {Title: "Goed", Summary: text},
			"synonyms": {Title: "Goed", Synonyms: []string{text}}, "questions": {Title: "Goed", OpenQuestions: []string{text}},
		} {
			refused("theme "+path+" "+text, second(h.SaveTheme(ctx, facilitator, "", 0, in)))
		}
		organisation := func(name, team string) error {
			return second(h.SaveOrganisation(ctx, admin, "", 0, backpack.OrganisationInput{Name: name, Kind: rugzak.Partner, Teams: []rugzak.Team{{Name: team}}}))
		}
		refused("organisation "+text, organisation(text, "Goed"))
		refused("organisation with slashes", organisation("Straat 111/222/333", "Goed"))
		refused("team "+text, organisation("Goed", text))
		refused("team with slashes", organisation("Goed", "111/222/333"))
		person := backpack.PersonInput{Name: text, Email: "iemand@voorbeeld.test", Organisation: writer.Organisation, Roles: writer.Roles}
		refused("person "+text, second(h.SavePerson(ctx, admin, "", 0, person)))
		person.Name, person.Email = "Iemand", "111222333@voorbeeld.test"
		refused("e-mail", second(h.SavePerson(ctx, admin, "", 0, person)))
		refused("profile "+text, h.SetProfile(ctx, writer, text, rugzak.Dutch, writer.Version))
		refused("keep "+text, h.Keep(ctx, writer, e.ID, text))
		h.importsNone(t, writer, text)
		if text == numbers[0] || text == numbers[3] {
			h.wholeImportsNone(t, text)
		}
	}
	h.noNumbers(t)

	fresh := newHouse(t)
	secret, _, err := fresh.FirstStart(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range numbers {
		for _, in := range []backpack.FirstAdministrator{
			{Organisation: text, Name: "Iemand", Email: "iemand@voorbeeld.test"},
			{Organisation: "Afdeling", Name: text, Email: "iemand@voorbeeld.test"},
			{Organisation: "Afdeling", Name: "Iemand", Email: "111222333@voorbeeld.test"},
		} {
			in.Password = "een lang wachtwoord"
			refused("first administrator", second(fresh.CreateFirstAdministrator(ctx, secret, in, "")))
		}
	}
	if r := fresh.export(t, true); len(r.Everything.People)+len(r.Everything.Organisations) > 0 {
		t.Errorf("stored all the same: %+v", r.Everything)
	}
}

func incoming(all ...rugzak.Incoming) iter.Seq[rugzak.Incoming] { return slices.Values(all) }

// importOptions are those of the writer's own organisation.
func (h *house) importOptions(t testing.TB, author rugzak.Person, mode backpack.PrivacyMode) backpack.ImportOptions {
	t.Helper()
	o, err := h.Organisation(t.Context(), backpack.Operator(), author.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	return backpack.ImportOptions{
		Source: "proef", Organisation: o, Author: author, Audience: rugzak.Audience{Level: rugzak.LevelOrganisation}, Privacy: mode,
	}
}

// file is an entry as a file holds it.
func file(id, title, body string) rugzak.Incoming {
	return rugzak.Incoming{Place: id + ".md", Line: 1, Entry: rugzak.Entry{
		Lang: rugzak.Dutch, Title: title, Body: body, External: rugzak.External{ID: id},
	}}
}

// importsNone: strict refuses every number, report those beside the word.
func (h *house) importsNone(t *testing.T, author rugzak.Person, text string) {
	t.Helper()
	files := func() []rugzak.Incoming {
		tagged := file("tags", "Titel", "Tekst")
		tagged.Entry.Tags = []string{text}
		return []rugzak.Incoming{file("t", text, "Tekst"), file("b", "Titel", text), file(text, "Titel", "Tekst"), tagged}
	}
	for _, mode := range []backpack.PrivacyMode{backpack.PrivacyStrict, backpack.PrivacyReport} {
		named := strings.HasPrefix(text, "bsn")
		if mode == backpack.PrivacyReport && !named {
			continue // taken as declared: TestDeclaredNumbers
		}
		sum, err := h.Import(t.Context(), backpack.Operator(), h.importOptions(t, author, mode), incoming(files()...), func(backpack.ImportLine) {})
		if err != nil || sum.Refused != len(files()) {
			t.Errorf("import %s of %s: %+v, %v", mode, text, sum, err)
		}
	}
}

// wholeImportsNone puts the text everywhere in an export of a small house.
func (h *house) wholeImportsNone(t *testing.T, text string) {
	t.Helper()
	base := func() (rugzak.Backpack, backpack.WholeEntry) {
		o := rugzak.Organisation{ID: "afdeling", Name: "Afdeling", Kind: rugzak.Department, Teams: []rugzak.Team{{ID: "team", Name: "Team"}}}
		p := rugzak.Person{ID: "iemand", Email: "iemand@voorbeeld.test", Name: "Iemand", Organisation: o.ID, Kind: o.Kind, Roles: []rugzak.Role{rugzak.RoleParticipant}}
		th := rugzak.Theme{ID: "thema", Title: "Thema", Audience: rugzak.Audience{Level: rugzak.LevelInternal}}
		e := rugzak.Entry{
			ID: rugzak.EntryID(rugzak.NewID(h.clock.Now())), Kind: rugzak.KindExperience, State: rugzak.StateShared, Lang: rugzak.Dutch, Title: "Titel", Body: "Tekst",
			Mode: rugzak.ByName, Authors: []rugzak.PersonID{p.ID}, Audience: th.Audience, Organisation: o.ID, Revision: 2, Version: 2, SharedAt: h.clock.Now(), CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now(),
		}
		old := e.Clone()
		old.Revision = 1
		return rugzak.Backpack{
			Organisations: []rugzak.Organisation{o}, People: []rugzak.Person{p}, Themes: []rugzak.Theme{th}, Movement: rugzak.Movement{Phases: rugzak.DefaultPhases()},
			Keeps: []rugzak.Keep{{Person: p.ID, Entry: e.ID, Purpose: "later", At: h.clock.Now()}},
		}, backpack.WholeEntry{Entry: e, Past: []rugzak.Revision{{Entry: old, Actor: "system", At: h.clock.Now(), Reason: rugzak.ReasonShared}}, Note: rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised, At: h.clock.Now()}}
	}
	try := func(b rugzak.Backpack, e backpack.WholeEntry) error {
		empty := newHouse(t)
		_, err := empty.ImportWhole(t.Context(), backpack.Operator(), b, func(yield func(backpack.WholeEntry, error) bool) { yield(e, nil) }, nil)
		r := empty.export(t, true)
		if err != nil && len(r.Entries)+len(r.Everything.Organisations)+len(r.Everything.People)+len(r.Everything.Themes) > 0 {
			t.Errorf("a refused whole import left something: %+v", r)
		}
		empty.noNumbers(t)
		empty.close()
		return err
	}
	if text == numbers[0] {
		if err := try(base()); err != nil {
			t.Fatalf("the control is refused: %v", err)
		}
	}
	for place, change := range map[string]func(*rugzak.Backpack, *backpack.WholeEntry){
		"organisation": func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Organisations[0].Name = text },
		"team":         func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Organisations[0].Teams[0].Name = text },
		"person":       func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.People[0].Name = text },
		"theme":        func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Themes[0].Thread = text },
		"synonym":      func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Themes[0].Synonyms = []string{text} },
		"compass":      func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Movement.Compass.Purpose = text },
		"agenda": func(b *rugzak.Backpack, _ *backpack.WholeEntry) {
			b.Movement.Agenda = []rugzak.AgendaItem{{ID: "punt", Title: text}}
		},
		"round": func(b *rugzak.Backpack, _ *backpack.WholeEntry) {
			b.Movement.Rounds = []rugzak.RoundPlan{{ID: "ronde", Questions: []string{text}}}
		},
		"phase":         func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Movement.Phases[0].NameEN = text },
		"keep":          func(b *rugzak.Backpack, _ *backpack.WholeEntry) { b.Keeps[0].Purpose = text },
		"title":         func(_ *rugzak.Backpack, e *backpack.WholeEntry) { e.Entry.Title = text },
		"body":          func(_ *rugzak.Backpack, e *backpack.WholeEntry) { e.Entry.Body = text },
		"past revision": func(_ *rugzak.Backpack, e *backpack.WholeEntry) { e.Past[0].Entry.Body = text },
		"external id": func(_ *rugzak.Backpack, e *backpack.WholeEntry) {
			e.Entry.External = rugzak.External{Source: "oud", ID: text}
		},
	} {
		b, e := base()
		change(&b, &e)
		if err := try(b, e); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("whole import, %s %s: %v", place, text, err)
		}
	}
}

// A declared number stands in that entry only, and the declaration goes with it.
func TestDeclaredNumbers(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	in := simple("Zaaknummer", "Ons zaaknummer is 111222333.", rugzak.LevelOrganisation)
	in.NotBSN = []string{"111222333", "123456782"}
	saved, err := h.Share(t.Context(), writer, h.idFor(writer), 0, in)
	if err != nil || !slices.Equal(saved.Entry.NotBSN, []string{"111222333"}) {
		t.Fatalf("declared: %v, %v", saved.Entry.NotBSN, err)
	}
	e := saved.Entry
	more := h.InputOf(e)
	more.Body += " En 123456782."
	if _, err := h.Revise(t.Context(), writer, e.ID, e.Version, more); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a number that was not declared: %v", err)
	}
	if _, err := h.Share(t.Context(), writer, h.idFor(writer), 0, simple("Ander", "111222333", rugzak.LevelOrganisation)); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("the same number in another entry: %v", err)
	}
	without := h.InputOf(e)
	without.Body = "Ons zaaknummer is weg."
	if saved, err = h.Revise(t.Context(), writer, e.ID, e.Version, without); err != nil || len(saved.Entry.NotBSN) > 0 {
		t.Errorf("after it went: %v, %v", saved.Entry.NotBSN, err)
	}
	if saved, err = h.Restore(t.Context(), writer, e.ID, 1, saved.Entry.Version); err != nil || !slices.Equal(saved.Entry.NotBSN, []string{"111222333"}) {
		t.Errorf("restored with its declaration: %v, %v", saved.Entry.NotBSN, err)
	}
	h.noNumbers(t)

	// An import in report mode declares bare matches, and says how many.
	sum, err := h.Import(t.Context(), backpack.Operator(), h.importOptions(t, writer, backpack.PrivacyReport),
		incoming(file("a", "Nummers", "111222333 en 123456782"), file("c", "Geen", "niets")), func(l backpack.ImportLine) {
			if l.Place == "a.md" && l.Declared != 2 {
				t.Errorf("declared: %d", l.Declared)
			}
		})
	if err != nil || sum.Added != 2 || sum.Declared != 2 {
		t.Errorf("import: %+v, %v", sum, err)
	}
	h.noNumbers(t)
}

// A revision from before the rule, or with the word beside its number, does
// not come back.
func TestRestoreIsScreened(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	e := h.share(t, writer, simple("Titel", "Tekst een", rugzak.LevelOrganisation))
	_, err := h.store.Update(t.Context(), func(w rugzak.Writer) error {
		next := e.Clone()
		next.Body, next.Revision, next.Version = "Tekst twee", 2, 2
		if err := w.SaveEntry(next, e.Version, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised}); err != nil {
			return err
		}
		old := e.Clone()
		old.Body = "111222333"
		return w.PutRevision(rugzak.Revision{Entry: old, Actor: "system", At: h.clock.Now(), Reason: rugzak.ReasonShared})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Restore(t.Context(), writer, e.ID, 1, 2); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("restored: %v", err)
	}
	if now, _ := h.stored(t, e.ID); now.Body != "Tekst twee" {
		t.Errorf("stored: %q", now.Body)
	}
}
