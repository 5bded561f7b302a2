// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A promised step is moved to another day from the own backpack; a day that is
// none, or has passed, is said next to the field, and the step stays.
func TestPromiseIsMoved(t *testing.T) {
	s := newSite(t)
	now := s.Server.Clock.Now()
	day := func(later int) string { return now.AddDate(0, 0, later).Format(time.DateOnly) }
	e := s.askOf(colleague, "Wie belt?", "", rugzak.LevelInternal)
	of := rugzak.Subject(rugzak.EntrySubject(e.ID))
	step := backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel drie mensen", When: day(5), ShowName: true}
	if err := s.Service.Join(t.Context(), s.people[participant], of, step); err != nil {
		t.Fatal(err)
	}
	me := s.as(participant)
	a := me.get(pathMine).want(http.StatusOK)
	form := a.Doc.Find(`form:has(input[name="when"])`)
	action, _ := form.Attr("action")
	if when, _ := form.Find(`input[name="when"]`).Attr("value"); action == "" || when != day(5) {
		t.Fatalf("the form goes to %q and says %q", action, when)
	}
	for wrong, says := range map[string]string{"": "Kies een dag.", "31 december": "Kies een datum", day(-2): "Kies vandaag of een dag daarna."} {
		b := me.post(action, "do", "move", "when", wrong, "return", pathMine).want(http.StatusUnprocessableEntity).shows(says)
		if step, _ := b.Doc.Find(`input[name="step"]`).Attr("value"); step != "Ik bel drie mensen" || b.Doc.Find(`#when[aria-invalid="true"]`).Length() != 1 {
			t.Errorf("after %q the form says %q", wrong, step)
		}
	}
	me.post(action, "do", "move", "when", day(30), "return", pathMine).want(http.StatusSeeOther)
	if when, _ := me.get(pathMine).Doc.Find(`input[name="when"]`).Attr("value"); when != day(30) {
		t.Errorf("the step is on %q", when)
	}
}

// Nobody promises a step for a day that has passed; the words of a step that is
// late may change without its day.
func TestPromiseIsForALaterDay(t *testing.T) {
	s := newSite(t)
	e := s.askOf(colleague, "Wie belt?", "", rugzak.LevelInternal)
	me := s.as(participant)
	now := s.Server.Clock.Now()
	past := now.AddDate(0, 0, -2).Format(time.DateOnly)
	action := at(pathJoin, "vraagstuk", string(e.ID))
	me.post(action, "step", "Ik bel drie mensen", "when", past).want(http.StatusUnprocessableEntity).shows("Kies vandaag of een dag daarna.")
	late := rugzak.Participation{
		Person: s.people[participant].ID, Of: rugzak.Subject(rugzak.EntrySubject(e.ID)), Way: rugzak.WayDo, Step: "Ik bel", When: past, At: now,
	}
	if _, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error { return w.SaveParticipation(late) }); err != nil {
		t.Fatal(err)
	}
	me.post(action, "step", "Ik bel vier mensen", "when", past).want(http.StatusSeeOther)
	me.get(pathMine).want(http.StatusOK).shows("Ik bel vier mensen")
}

// Following says what it leads to, and leads there: what somebody joins in with
// stands in their own backpack, and nobody who follows a theme or an item is
// promised to hear of it.
func TestFollowingSaysWhatItLeadsTo(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Samen")
	me := s.as(participant)
	me.get(pathMine).want(http.StatusOK).hides("Waar je meekijkt")
	me.get(themePath(theme.ID)).want(http.StatusOK).shows("Je vindt het thema terug in je rugzak").hides("Je hoort")
	me.post(at(pathFollow, "thema", string(theme.ID))).follow().shows("Je vindt dit thema terug in je rugzak").hides("Je hoort")
	me.get(pathMine).want(http.StatusOK).shows("Waar je meekijkt").shows("Samen").shows("Je kijkt mee.")
	me.post(at(pathStopJoining, "thema", string(theme.ID))).want(http.StatusSeeOther)
	me.get(pathMine).want(http.StatusOK).hides("Waar je meekijkt")
}

// Words, facets and filters of questions are one choice: all together, and each
// can be taken away by itself.
func TestQuestionsByWordsAndFilters(t *testing.T) {
	s := newSite(t)
	s.askOf(participant, "Wie belt na een melding?", "wmo", rugzak.LevelInternal)
	s.askOf(colleague, "Wie belt de school?", "jeugd", rugzak.LevelInternal)
	s.askOf(colleague, "Waar parkeren we?", "jeugd", rugzak.LevelInternal)
	s.askOf(colleague, "Wie belt in stilte?", "jeugd", rugzak.LevelOrganisation)
	s.caughtUp()
	me := s.as(participant)
	both := pathQuestions + "?q=belt&bal=" + string(s.orgs["jeugd"].ID)
	a := me.get(both).want(http.StatusOK).shows("Wie belt de school?").hides("Waar parkeren").hides("na een melding").hides("in stilte")
	if got := a.Doc.Find(".rz-chip--on").Length(); got != 1 {
		t.Errorf("%d chips, want that of the ball", got)
	}
	if v, _ := a.Doc.Find(`.rz-search input[name="bal"]`).Attr("value"); v != string(s.orgs["jeugd"].ID) {
		t.Errorf("searching again forgets the filter: %q", v)
	}
	if v, _ := a.Doc.Find(`.rz-facet input[name="q"]`).Attr("value"); v != "belt" {
		t.Errorf("choosing again forgets the words: %q", v)
	}
	path, _ := a.Doc.Find(".rz-chip--on").Attr("href")
	me.get(path).want(http.StatusOK).shows("na een melding").hides("Waar parkeren")
	facet := pathQuestions + "?stand=open&organisatie=" + string(s.orgs["wmo"].ID)
	me.get(facet).want(http.StatusOK).shows("na een melding").hides("Wie belt de school?").shows("Wmo")
	me.get(pathQuestions + "?stand=answered&q=belt").want(http.StatusOK).hides("Wie belt de school?").shows("geen vraagstuk dat hierbij past")
	if n := me.get(pathQuestions).want(http.StatusOK).Doc.Find(`aside .rz-filters form select[name="stand"]`).Length(); n != 1 {
		t.Errorf("the filters of questions stand %d times among the others", n)
	}
	if main, err := me.get(pathQuestions + "?stand=open&q=111222333").want(http.StatusOK).find("main").Html(); err != nil || strings.Contains(main, "111222333") {
		t.Errorf("the page repeats a number that is not searched with: %v", err)
	}
}
