// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// applying is a file that holds an application.
func applying(id, lesson string) rugzak.Incoming {
	in := file(id, "Toegepast "+id, "Ons verhaal.")
	in.Entry.Kind, in.Entry.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: rugzak.EntryID(lesson), Outcome: rugzak.OutcomeWorked, Tell: true}
	return in
}

// An import too makes no application for more people than its lesson, and does
// not say for its writer that the use may be told.
func TestImportedApplicationIsNotWiderThanItsLesson(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer := c.people[author]
	o := c.importOptions(t, writer, backpack.PrivacyStrict)
	o.Audience.Level = rugzak.LevelTeam
	_, lines := c.bring(t, o, file("les", "De les", "Tekst."), applying("smal", "les"))
	lesson, narrow := lines["les.md"].ID, lines["smal.md"]
	if narrow.Err != nil || !slices.Equal(narrow.Ignored, []string{"tell"}) {
		t.Fatalf("as wide as its lesson: %+v", narrow)
	}
	if e, _ := c.stored(t, narrow.ID); *e.Application != (rugzak.ApplicationData{Lesson: lesson, Outcome: rugzak.OutcomeWorked}) {
		t.Errorf("stored %+v", *e.Application)
	}

	// A lesson that is there already, under its name in the source or its own id.
	o.Audience.Level = rugzak.LevelInternal
	sum, lines := c.bring(t, o, applying("breed", "les"), applying("ook", string(lesson)), file("goed", "Goed", "Tekst."))
	if (sum != backpack.ImportSummary{Added: 1, Refused: 2}) {
		t.Errorf("wider than its lesson: %+v", sum)
	}
	for _, place := range []string{"breed.md", "ook.md"} {
		if l := lines[place]; rugzak.CodeOf(l.Err) != rugzak.CodeInvalid || l.ID != "" {
			t.Errorf("%s: %+v", place, l)
		}
	}

	// An application that is there keeps its readers; a lesson for fewer that
	// comes in beside it does not become its lesson.
	_, lines = c.bring(t, o, file("wijde les", "Wijde les", "Tekst."), applying("later", "wijde les"))
	later := lines["later.md"]
	if later.Err != nil {
		t.Fatal(later.Err)
	}
	o.Audience.Level = rugzak.LevelTeam
	if sum, _ = c.bring(t, o, applying("later", "les")); sum.Refused != 1 {
		t.Errorf("another lesson, for fewer: %+v", sum)
	}
	c.bring(t, o, applying("later", "nieuwe les"), file("nieuwe les", "Nieuwe les", "Tekst."))
	if e, _ := c.stored(t, later.ID); e.Audience.Level != rugzak.LevelInternal || e.Application.Lesson != "" {
		t.Errorf("beside a new lesson for fewer: %s, %+v", e.Audience, *e.Application)
	}

	// What its writer said in the site stays, as long as it is of that lesson;
	// and a lesson that became narrower is no reason to refuse.
	e, _ := c.stored(t, narrow.ID)
	in := c.InputOf(e)
	in.Application.Tell = true
	if _, err := c.Revise(t.Context(), writer, e.ID, e.Version, in); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Withdraw(t.Context(), writer, lesson); err != nil {
		t.Fatal(err)
	}
	if sum, lines = c.bring(t, o, applying("smal", "les")); sum.Unchanged != 1 {
		t.Errorf("again: %+v", lines)
	}
	if e, _ := c.stored(t, narrow.ID); !e.Application.Tell || e.Application.Lesson != lesson {
		t.Errorf("again: %+v", *e.Application)
	}
}
