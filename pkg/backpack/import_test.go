// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// bring imports files and returns the sum and the line of each place.
func (h *house) bring(t testing.TB, o backpack.ImportOptions, files ...rugzak.Incoming) (backpack.ImportSummary, map[string]backpack.ImportLine) {
	t.Helper()
	lines := map[string]backpack.ImportLine{}
	sum, err := h.Import(t.Context(), backpack.Operator(), o, incoming(files...), func(l backpack.ImportLine) { lines[l.Place] = l })
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != len(files) {
		t.Fatalf("%d of %d files reported", len(lines), len(files))
	}
	return sum, lines
}

func TestImport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	author := h.person(t, "deelnemer@voorbeeld.test")
	o := h.importOptions(t, author, backpack.PrivacyStrict)
	var theme rugzak.Theme
	for _, th := range h.model(t).themes {
		theme = th
	}
	set := func() []rugzak.Incoming {
		first := file("een", "Eerste", "Kwartels")
		first.Entry.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: "drie"}, {Type: rugzak.SeeAlso, To: "nergens"}, {Type: rugzak.SeeAlso, To: "een"}}
		first.Entry.Themes = []rugzak.ThemeID{rugzak.ThemeID(strings.ToUpper(theme.Title)), "onbekend"}
		first.Entry.Drives, first.Entry.Phase = []rugzak.DriveID{"onbekend"}, "onbekend"
		first.Author, first.Audience = "iemand-anders", "internal"
		applied := file("twee", "Toegepast", "Werkte")
		applied.Entry.Kind, applied.Entry.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: "drie", Outcome: rugzak.OutcomeWorked}
		broken := file("stuk", "Stuk", "")
		broken.Err = errors.New("cannot be read")
		return []rugzak.Incoming{first, applied, broken, file("leeg", "", "zonder titel"), file("lang", strings.Repeat("x", 300), "te lang"), file("drie", "Derde", "Patrijzen")}
	}
	sum, lines := h.bring(t, o, set()...)
	if (sum != backpack.ImportSummary{Added: 3, Refused: 3}) {
		t.Fatalf("%+v: %+v", sum, lines)
	}
	for _, place := range []string{"stuk.md", "leeg.md", "lang.md"} {
		if lines[place].Err == nil || lines[place].Outcome != backpack.ImportRefused {
			t.Errorf("%s: %+v", place, lines[place])
		}
	}
	if !slices.Equal(lines["een.md"].Ignored, []string{"author", "audience"}) {
		t.Errorf("ignored: %v", lines["een.md"].Ignored)
	}
	first, by := h.stored(t, lines["een.md"].ID)
	third := lines["drie.md"].ID
	if by.ID != author.ID || first.Audience.Level != rugzak.LevelOrganisation || !slices.Equal(first.Relations, []rugzak.Relation{{Type: rugzak.BuildsOn, To: third}}) ||
		!slices.Equal(first.Themes, []rugzak.ThemeID{theme.ID}) || len(first.Drives) > 0 || first.Phase != "" {
		t.Errorf("first: %+v", first)
	}
	if applied, _ := h.stored(t, lines["twee.md"].ID); applied.Application == nil || applied.Application.Lesson != third {
		t.Errorf("applied: %+v", applied.Application)
	}
	if _, total := h.find(t, author, "kwartel"); total != 1 {
		t.Errorf("found %d", total)
	}

	// Again: the same stays, what changed becomes a revision.
	h.clock.turn(h.clock.Now().AddDate(0, 0, 1))
	files := set()
	files[5].Entry.Body = "Andere patrijzen"
	if sum, _ = h.bring(t, o, files...); (sum != backpack.ImportSummary{Updated: 1, Unchanged: 2, Refused: 3}) {
		t.Errorf("again: %+v", sum)
	}
	now, _ := h.stored(t, third)
	if now.Body != "Andere patrijzen" || now.Revision != 2 || now.SharedAt.Equal(h.clock.Now()) {
		t.Errorf("updated: %+v", now)
	}
	if list, err := h.History(t.Context(), author, third); err != nil || len(list.Revisions) != 2 {
		t.Errorf("history: %+v, %v", list, err)
	}
	if again, _ := h.stored(t, first.ID); again.Revision != 1 || len(again.Relations) != 1 {
		t.Errorf("unchanged: %+v", again)
	}
	// Another kind: what belonged to the old one goes.
	files = set()
	files[1].Entry.Kind, files[1].Entry.Application = rugzak.KindInsight, nil
	h.bring(t, o, files...)
	if e, _ := h.stored(t, lines["twee.md"].ID); e.Kind != rugzak.KindInsight || e.Application != nil {
		t.Errorf("another kind: %+v", e)
	}
	// The same ids of another source are other entries.
	o.Source = "elders"
	if sum, _ = h.bring(t, o, set()...); sum.Added != 3 {
		t.Errorf("another source: %+v", sum)
	}
}

func TestImportOptions(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	author, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	for name, change := range map[string]func(*backpack.ImportOptions){
		"author elsewhere":     func(o *backpack.ImportOptions) { o.Author = partner },
		"no source":            func(o *backpack.ImportOptions) { o.Source = "" },
		"no organisation":      func(o *backpack.ImportOptions) { o.Organisation = rugzak.Organisation{} },
		"unknown mode":         func(o *backpack.ImportOptions) { o.Privacy = "los" },
		"draft":                func(o *backpack.ImportOptions) { o.Audience.Level = rugzak.LevelDraft },
		"team without author":  func(o *backpack.ImportOptions) { o.Audience.Level, o.Author = rugzak.LevelTeam, rugzak.Person{} },
		"municipality":         func(o *backpack.ImportOptions) { o.Audience.Also = []rugzak.OrganisationID{rugzak.WholeMunicipality} },
		"unknown organisation": func(o *backpack.ImportOptions) { o.Audience.Also = []rugzak.OrganisationID{"onbekend"} },
		"partner, internal": func(o *backpack.ImportOptions) {
			*o = h.importOptions(t, partner, backpack.PrivacyStrict)
			o.Audience.Level = rugzak.LevelInternal
		},
	} {
		o := h.importOptions(t, author, backpack.PrivacyStrict)
		change(&o)
		before := len(h.model(t).entries)
		_, err := h.Import(t.Context(), backpack.Operator(), o, incoming(file("een", "Titel", "Tekst")), func(backpack.ImportLine) {})
		if code := rugzak.CodeOf(err); code != rugzak.CodeInvalid && code != rugzak.CodeNotFound || len(h.model(t).entries) != before {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Import(t.Context(), author, h.importOptions(t, author, backpack.PrivacyStrict), incoming(), func(backpack.ImportLine) {}); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("by a participant: %v", err)
	}
}

// A text the renderer refuses stays readable.
func TestImportedTextBeyondTheLimitsCanBeRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	author := h.person(t, "deelnemer@voorbeeld.test")
	heavy := strings.Repeat("#\n", 60_000) // far more anchors than text
	_, lines := h.bring(t, h.importOptions(t, author, backpack.PrivacyStrict), file("zwaar", "Zwaar <b>", heavy+"<script>alert(1)</script>"))
	if l := lines["zwaar.md"]; l.Err == nil {
		v, err := h.Read(t.Context(), author, l.ID)
		if err != nil || strings.Contains(v.HTML, "<script>") {
			t.Errorf("read: %v", err)
		}
	}
}

// Many files, across the transactions they share.
func TestImportMany(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	author := h.person(t, "deelnemer@voorbeeld.test")
	const many = 2000
	files := make([]rugzak.Incoming, many)
	for i := range files {
		files[i] = file(fmt.Sprint("nummer", i), fmt.Sprint("Import ", i), generatedText(i, 30))
		files[i].Entry.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: rugzak.EntryID(fmt.Sprint("nummer", (i+700)%many))}}
	}
	o := h.importOptions(t, author, backpack.PrivacyStrict)
	if sum, _ := h.bring(t, o, files...); sum.Added != many {
		t.Fatalf("%+v", sum)
	}
	h.caughtUp(t)
	v, err := h.Search(t.Context(), author, backpack.Asked{Query: "titel:import", Plain: true})
	if err != nil || v.Total != many {
		t.Errorf("found %d, %v", v.Total, err)
	}
	related := 0
	for _, e := range h.model(t).entries {
		if e.External.Source == o.Source {
			related += len(e.Relations)
		}
	}
	if related != many {
		t.Errorf("%d relations", related)
	}
	if sum, _ := h.bring(t, o, files...); sum.Unchanged != many {
		t.Errorf("again: %+v", sum)
	}
}

// generatedText makes a text of invented words; the same number, the same text.
func generatedText(seed, words int) string {
	syllables := []string{"ba", "re", "mi", "so", "lu", "ta", "ke", "wo", "ni", "du", "fa", "ze"}
	var b strings.Builder
	state := uint64(seed)*2654435761 + 1
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 2 + i%2 {
			state = state*6364136223846793005 + 1442695040888963407
			b.WriteString(syllables[state>>33%uint64(len(syllables))])
		}
		if i%12 == 11 {
			b.WriteString(".\n\n")
		}
	}
	return b.String()
}
