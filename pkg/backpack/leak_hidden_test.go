// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// answers collects what every surface tells a reader, without the scores of
// search, which follow from statistics over all texts.
func (w *world) answers(t *testing.T, p rugzak.Person) string {
	t.Helper()
	var all []any
	add := func(v any, err error) {
		t.Helper()
		all = append(all, v, fmt.Sprint(err))
	}
	home, err := w.Home(t.Context(), p)
	add(home, err)
	mine, err := w.Mine(t.Context(), p, "")
	add(mine, err)
	team, err := w.TeamBag(t.Context(), p, "")
	add(team, err)
	for _, o := range w.orgs {
		bag, err := w.OrganisationBag(t.Context(), p, o.ID, "", "")
		bag.After = ""
		add(bag, err)
		talks, err := w.Talks(t.Context(), p, o.ID, "", "")
		add(talks, err)
	}
	taken := &takenBag{}
	add(taken, w.TakeBackpack(t.Context(), p, taken))
	themes, err := w.Themes(t.Context(), p)
	add(themes, err)
	drives, _, err := w.DriveCounts(t.Context(), p)
	add(drives, err)
	choices, err := w.FormChoices(t.Context(), p)
	add(choices, err)
	for _, id := range w.themes {
		v, err := w.Theme(t.Context(), p, id, "")
		add(v, err)
	}
	for _, q := range []string{"", common, "titel:verhaal", "thema:bundel", "van:ahorn", "van:persoon", `"` + common + ` tekst"`, "vogel*", "-merel " + common, "merel", `"mus"`} {
		v, err := w.Search(t.Context(), p, backpack.Asked{Query: q, Sort: rugzak.ByNewest, Size: rugzak.MaxPage})
		for i := range v.Hits {
			v.Hits[i].Score = 0
		}
		v.Next, v.Previous = "", ""
		add(v, err)
	}
	for _, q := range []string{`"` + common + ` kraanvogel"`, "bundel -" + common, "van:persoon titel:verborgen", "niets synoniem3"} {
		for _, filter := range []rugzak.Filter{nil, {rugzak.FacetTheme: {string(w.themes[0])}}} {
			v, err := w.Wider(t.Context(), p, backpack.Asked{Query: q, Filter: filter}, common)
			add(v, err)
		}
	}
	for _, typed := range []string{"v", "ver", "verhaal", "verhaal k", "verhaal kanarie", "kanarie1", "mer", "mus", "bun", "synoniem", "a", "part", "inz"} {
		v, err := w.Suggest(t.Context(), p, typed, kindNames())
		add(v, err)
	}
	trial, err := w.TryTerm(t.Context(), p, rugzak.Term{ID: "proef", Preferred: "vogel3x", Others: []string{"mus", "verhaal"}})
	trial.Hits = nil // which come first follows from statistics
	add(trial, err)
	saved, err := w.SavedSearches(t.Context(), p)
	add(saved, err)
	notices, err := w.Notices(t.Context(), p)
	add(notices, err)
	for _, f := range []rugzak.Feed{{Kind: rugzak.FeedNew}, {Kind: rugzak.FeedBackpack}, {Kind: rugzak.FeedCalendar}, {Kind: rugzak.FeedTheme, About: string(w.themes[0])}} {
		secret, made, err := w.MakeFeedToken(t.Context(), p, f, "Proef")
		if rugzak.CodeOf(err) == rugzak.CodeInvalid { // a theme out of sight
			add(nil, err)
			continue
		}
		v, err := w.ReadFeed(t.Context(), secret, f.Kind == rugzak.FeedCalendar)
		v.Token = rugzak.FeedToken{}
		add(v, err)
		if err := w.RevokeFeedToken(t.Context(), p, made.ID); err != nil {
			t.Fatal(err)
		}
	}
	for n := 1; n < 30; n += 2 {
		title := fmt.Sprintf("kanarie%dx vogel%dx kanarie%dx vogel%dx", n, n, n+1, n+1)
		for _, lang := range rugzak.Languages() {
			v, err := w.SimilarToDraft(t.Context(), p, w.entries[0], backpack.Input{Lang: lang, Title: title, Kind: rugzak.KindExperience})
			add(v, err)
		}
	}
	for turn := range 6 {
		for _, a := range []backpack.DrawAsked{{}, {Kept: true}, {Theme: w.themes[0]}, {Organisation: w.orgs[0].ID}} {
			a.Draw = rugzak.Draw{Day: "20261126", Turn: turn}
			v, err := w.DrawOne(t.Context(), p, a)
			add(v, err)
		}
	}
	for _, id := range w.entries {
		like, err := w.Similar(t.Context(), p, id)
		add(like, err)
		v, err := w.Read(t.Context(), p, id)
		add(v, err)
		use, err := w.MethodUse(t.Context(), p, id)
		add(use, err)
		h, err := w.History(t.Context(), p, id)
		add(h, err)
		attached, err := w.Attachments(t.Context(), p, id)
		add(attached, err)
	}
	for _, id := range w.files {
		f, err := w.OpenAttachment(t.Context(), p, id, false)
		add(f.Attachment, err)
		if err == nil {
			add(nil, f.Close())
		}
	}
	for _, a := range slices.Concat(w.grownAnswers(t, p), w.otherAnswers(t, p)) {
		all = append(all, a.surface, a.answer)
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// firstDifference shows where two answers part.
func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(i-200, 0)
	return fmt.Sprintf("…%s\n…%s", a[from:min(i+100, len(a))], b[from:min(i+100, len(b))])
}

// A reader gets the same answers with and without an entry that is hidden from
// them, however much it has in common with what they may see.
func TestSameAnswersWithAndWithoutHiddenEntry(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 7, 25)
	w.grow(t, 90)
	w.caughtUp(t)
	m := w.model(t)
	facilitator := w.people[0]
	writer := w.people[1] // team Noord of Ahorn
	if writer.Team != "noord" {
		t.Fatal("the writer must have a team")
	}
	group := w.term(facilitator, "merel", "mus", "kanarie5x")
	if err := w.SaveTerm(t.Context(), facilitator, group, 0); err != nil {
		t.Fatal(err)
	}
	w.caughtUp(t)
	before := map[rugzak.PersonID]string{}
	for _, p := range w.people {
		in := backpack.SavedSearchInput{Name: "Alles", Query: common, Notify: true}
		if _, err := w.SaveSearch(t.Context(), p, in); err != nil {
			t.Fatal(err)
		}
	}
	w.clock.turn(w.clock.Now().Add(time.Minute))
	var secret []rugzak.AttachmentID // of what is attached to what is hidden
	for range rugzak.Kinds() {
		secret = append(secret, rugzak.NewAttachmentID())
	}
	w.files = append(slices.Sorted(maps.Values(w.attached)), secret...)
	for _, p := range w.people {
		before[p.ID] = w.answers(t, p)
	}
	var made []rugzak.Entry
	for i, kind := range rugzak.Kinds() {
		in := w.form(t, writer)
		in.Kind, in.Themes, in.Mode = kind, w.themes[:3], rugzak.ByName
		in.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
		var relations []rugzak.Relation
		for _, id := range w.entries {
			if m.sees(writer, m.entries[id]) && len(relations) < rugzak.MaxRelations {
				relations = append(relations, rugzak.Relation{Type: rugzak.SeeAlso, To: id})
			}
		}
		in.Relations = relations
		in.Question, in.Method, in.Application = nil, nil, nil
		switch kind {
		case rugzak.KindMethod:
			in.Method = &rugzak.MethodData{Goal: "explore"}
		case rugzak.KindApplication:
			in.Application = &rugzak.ApplicationData{Lesson: relations[0].To, Outcome: rugzak.OutcomeNot}
		}
		if i == 0 {
			in.Mode = rugzak.Anonymous
		}
		made = append(made, w.share(t, writer, in))
	}
	w.hang(t, made)
	unseen := map[rugzak.EntryID]rugzak.AttachmentID{}
	for i, e := range made {
		unseen[e.ID] = secret[i]
	}
	w.put(t, unseen)
	var mates []rugzak.Person // who read all of that
	for _, p := range w.people {
		if p.ID == writer.ID || m.meant(p, made[1]) {
			mates = append(mates, p)
		}
	}
	for n := range 60 {
		on := made[3] // the question
		if n%12 < 4 {
			on = made[1+n/12]
		}
		w.act(t, n, mates[n%len(mates)], on.ID)
		passOver(t, "take along", w.Keep(t.Context(), mates[n%len(mates)], made[n%len(made)].ID, "voor later"))
	}
	w.caughtUp(t)
	if err := w.TellSavedSearches(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, p := range w.people {
		if m.meant(p, made[1]) || p.ID == writer.ID {
			if page, err := w.Notices(t.Context(), p); err != nil {
				t.Fatal(err)
			} else if len(page.Lines) > 0 {
				told++
			}
			continue
		}
		if after := w.answers(t, p); after != before[p.ID] {
			t.Errorf("%s (%s) notices:\n%s", p.Organisation, p.Team, firstDifference(before[p.ID], after))
		}
	}
	if told == 0 {
		t.Error("nobody is told of a new result: the test sees nothing of saved searches")
	}
	// Pins that went out of sight do not show in what a facilitator can still do.
	t.Run("pins", func(t *testing.T) {
		theme := w.themes[0]
		wide := simple("Wijd", "Tekst", rugzak.LevelInternal)
		wide.Themes = []rugzak.ThemeID{theme}
		for range rugzak.MaxPins {
			e := w.share(t, writer, wide)
			if err := w.PinInTheme(t.Context(), facilitator, e.ID, theme, true); err != nil && rugzak.CodeOf(err) != rugzak.CodeForbidden {
				t.Fatal(err)
			}
			if _, err := w.ChangeAudience(t.Context(), writer, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
				t.Fatal(err)
			}
		}
		v, err := w.Theme(t.Context(), facilitator, theme, "")
		if err != nil {
			t.Fatal(err)
		}
		for i := range rugzak.MaxPins + 1 - len(v.Pins) {
			err := w.PinInTheme(t.Context(), facilitator, w.share(t, writer, wide).ID, theme, true)
			if full := len(v.Pins)+i == rugzak.MaxPins; full != (rugzak.CodeOf(err) == rugzak.CodeForbidden) {
				t.Errorf("pin %d beside %d that show: %v", i, len(v.Pins), err)
			}
		}
	})
}

// A person who may not read an entry can do nothing to it and gets the answer
// that an absent one gives; who may read but did not write it is told why not.
func TestForeignEntriesCannotBeTouched(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 11, 20)
	w.caughtUp(t)
	m := w.model(t)
	for _, p := range w.people {
		for id, e := range m.entries {
			if m.wrote(p, e) {
				continue
			}
			sees := m.sees(p, e)
			form := simple("Gekaapt", "Gekaapt", rugzak.LevelOrganisation)
			for name, act := range map[string]func(rugzak.EntryID) error{
				"revise":   func(id rugzak.EntryID) error { _, err := w.Revise(t.Context(), p, id, e.Version, form); return err },
				"restore":  func(id rugzak.EntryID) error { _, err := w.Restore(t.Context(), p, id, 1, e.Version); return err },
				"withdraw": func(id rugzak.EntryID) error { _, err := w.Withdraw(t.Context(), p, id); return err },
				"put back": func(id rugzak.EntryID) error { _, err := w.PutBack(t.Context(), p, id); return err },
				"delete":   func(id rugzak.EntryID) error { _, err := w.DeleteDraft(t.Context(), p, id); return err },
				"draft":    func(id rugzak.EntryID) error { _, err := w.SaveDraft(t.Context(), p, id, e.Version, form); return err },
				"share":    func(id rugzak.EntryID) error { _, err := w.Share(t.Context(), p, id, e.Version, form); return err },
				"audience": func(id rugzak.EntryID) error {
					_, err := w.ChangeAudience(t.Context(), p, id, e.Version, form.Audience)
					return err
				},
			} {
				got := act(id)
				want := rugzak.CodeForbidden
				if !sees {
					want = rugzak.CodeNotFound
					if absent := act(w.NewID()); tailOf(got) != tailOf(absent) {
						t.Errorf("%s: hidden gives %v, absent %v", name, got, absent)
					}
				}
				if rugzak.CodeOf(got) != want {
					t.Errorf("%s as somebody else (sees: %v): %v", name, sees, got)
				}
			}
			if sees {
				continue
			}
			for name, err := range map[string]error{
				"keep":       w.Keep(t.Context(), p, id, ""),
				"draft anew": second(w.SaveDraft(t.Context(), p, id, 0, form)),
				"share anew": second(w.Share(t.Context(), p, id, 0, form)),
				"curate":     second(w.AddToTheme(t.Context(), p, id, w.themes[1])),
				"take out":   second(w.RemoveFromTheme(t.Context(), p, id, w.themes[1])),
				"pin":        w.PinInTheme(t.Context(), p, id, w.themes[1], true),
			} {
				if rugzak.CodeOf(err) != rugzak.CodeNotFound {
					t.Errorf("%s of a hidden entry: %v", name, err)
				}
			}
			if err := w.Unkeep(t.Context(), p, id); err != nil {
				t.Errorf("unkeep: %v", err)
			}
			w.speakOf(t, p, id)
		}
	}
	after := w.model(t)
	for id, e := range m.entries {
		if !reflect.DeepEqual(after.entries[id], e) {
			t.Errorf("changed: %+v, was %+v", after.entries[id], e)
		}
	}
	if len(after.entries) != len(m.entries) {
		t.Errorf("%d entries, were %d", len(after.entries), len(m.entries))
	}
}

func second[T any](_ T, err error) error { return err }

// tailOf is an error without what was attempted.
func tailOf(err error) string {
	_, tail, _ := strings.Cut(fmt.Sprint(err), ": ")
	return tail
}

// speakOf: a form that names a hidden entry is refused like one that names an
// absent entry.
func (w *world) speakOf(t *testing.T, p rugzak.Person, id rugzak.EntryID) {
	t.Helper()
	try := func(id rugzak.EntryID) string {
		related := simple("Titel", "Tekst", rugzak.LevelOrganisation)
		related.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: id}}
		applied := simple("Titel", "Tekst", rugzak.LevelOrganisation)
		applied.Kind, applied.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: id, Outcome: rugzak.OutcomePartly}
		_, err := w.Share(t.Context(), p, w.idFor(p), 0, related)
		_, other := w.Share(t.Context(), p, w.idFor(p), 0, applied)
		if rugzak.CodeOf(err) != rugzak.CodeInvalid || rugzak.CodeOf(other) != rugzak.CodeInvalid {
			t.Errorf("a form that names %s: %v, %v", id, err, other)
		}
		return fmt.Sprint(err, other)
	}
	if hidden, absent := try(id), try(w.NewID()); hidden != absent {
		t.Errorf("hidden: %s, absent: %s", hidden, absent)
	}
}

// A partner cannot find out which other partners there are.
func TestPartnersCannotProbeOrganisations(t *testing.T) {
	w := newWorld(t, 3, 0)
	w.caughtUp(t) // an index that has only just been made does not answer
	i := len(w.people) - 1
	p := w.people[i] // Ceder; Eik shares nothing with it
	try := func(id rugzak.OrganisationID) string {
		asked := simple("Titel", "Tekst", rugzak.LevelOrganisation)
		asked.Kind, asked.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: id}
		with := simple("Titel", "Tekst", rugzak.LevelOrganisation)
		with.With = []rugzak.OrganisationID{id}
		also := simple("Titel", "Tekst", rugzak.LevelOrganisation, id)
		_, err := w.Share(t.Context(), p, w.idFor(p), 0, asked)
		_, other := w.Share(t.Context(), p, w.idFor(p), 0, also)
		_, named := w.Share(t.Context(), p, w.idFor(p), 0, with)
		filtered, ferr := w.Search(t.Context(), p, backpack.Asked{Filter: rugzak.Filter{rugzak.FacetOrganisation: {string(id)}}})
		data, _ := json.Marshal(filtered)
		return strings.ReplaceAll(fmt.Sprint(err, other, named, ferr, string(data)), string(id), "X")
	}
	if hidden, absent := try(w.orgs[4].ID), try("partner-bestaat-niet"); hidden != absent {
		t.Errorf("hidden: %s, absent: %s", hidden, absent)
	}
	together := simple("Titel", "Tekst", rugzak.LevelOrganisation, w.orgs[3].ID)
	together.Confirmed = together.Audience.Also
	if _, err := w.Share(t.Context(), p, w.idFor(p), 0, together); err != nil {
		t.Errorf("a partner with a common theme cannot be chosen: %v", err)
	}
	// Nor whether a theme exists.
	for _, theme := range []rugzak.ThemeID{w.themes[0], "bestaat-niet"} {
		if _, err := w.Theme(t.Context(), p, theme, ""); tailOf(err) != tailOf(rugzak.NotFound()) && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("theme %s: %v", theme, err)
		}
		v, err := w.Search(t.Context(), p, backpack.Asked{Filter: rugzak.Filter{rugzak.FacetTheme: {string(theme)}}})
		if err != nil || v.Total != 0 || v.Facets[0].Values[0].Name != string(theme) {
			t.Errorf("theme %s as a filter: %+v, %v", theme, v, err)
		}
	}
}
