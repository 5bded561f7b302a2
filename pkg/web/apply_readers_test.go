// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The short form proposes the readers of the lesson, and asks once more where a
// partner is among them; going back keeps what was typed.
func TestApplyingWithPartnersIsConfirmed(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal, "welzijn")
	path := at(pathEntryApply, string(lesson.ID))
	c := s.as(colleague)
	sure := submitWith(c.get(path).want(http.StatusOK), "do", doShare, "application_outcome", "worked", "lesson", "Bellen hielp").want(http.StatusOK)
	sure.shows("Delen met Stichting Welzijn?")
	if got := sure.find("main form").AttrOr("action", ""); got != path {
		t.Errorf("the answer goes to %s", got)
	}
	s.as(partner).get(entryPath(lesson.ID)).shows("Nog nergens")

	back := sure.submit("main form", "do", doBack).want(http.StatusOK)
	kept := formValues(back.find(theForm))
	if kept.Get("lesson") != "Bellen hielp" || kept.Get("application_outcome") != "worked" || kept.Get("also") != string(s.orgs["welzijn"].ID) {
		t.Errorf("going back leaves %v", kept)
	}
	again := submitWith(back, "do", doShare).want(http.StatusOK)
	entry := again.submit("main form", "do", doShare).follow().want(http.StatusOK)
	s.as(partner).get(entry.Path).want(http.StatusOK).shows("Bellen hielp")
	s.as(partner).get(entryPath(lesson.ID)).shows("Werkte: 1").shows("Toegepast: Bel de avond ervoor")
	s.as(outsider).get(entry.Path).want(http.StatusNotFound)

	// Nobody may read it who may not read the lesson.
	form := formValues(c.get(path).find(theForm))
	form.Set("application_outcome", "worked")
	form.Set("lesson", "Bellen hielp")
	form.Set("do", doShare)
	form.Add("also", string(s.orgs["wonen"].ID))
	c.send(http.MethodPost, path, form).want(http.StatusUnprocessableEntity).shows("Niet iedereen die je kiest mag de les lezen")
}

// For fewer people than the lesson: its readers see organisation and outcome
// when that was allowed, and else nothing.
func TestApplyingForFewer(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)
	path := at(pathEntryApply, string(lesson.ID))
	c := s.as(colleague)
	send := func(line string, more ...string) {
		t.Helper()
		fields := append(more, "do", doShare, "application_outcome", "not", "lesson", line, "audience", string(rugzak.LevelOrganisation))
		submitWith(c.get(path), fields...).want(http.StatusSeeOther)
	}
	send("Een stil verhaal")
	s.as(participant).get(entryPath(lesson.ID)).shows("Nog nergens").hides("stil verhaal")
	s.as(participant).get(pathNotices).hides("Bel de avond ervoor")
	send("Een verteld verhaal", "application_tell", "yes")
	s.as(participant).get(entryPath(lesson.ID)).shows("Jeugd: Werkte niet").shows("Het verhaal zelf is voor minder mensen.").hides("verteld verhaal").hides("Toegepast:")
	s.as(participant).get(pathNotices).shows("Jouw les is gebruikt door Jeugd: werkte niet").hides("verteld verhaal").hides("Lees hoe het ging")
	s.as(privacyperson).get(at(pathEntryTrail, string(lesson.ID))).shows("Een stil verhaal").shows("Een verteld verhaal") // of Jeugd
}

// Whether the writer of the lesson may know is asked at once of who writes for
// fewer people than the lesson, and else beside the choice of readers. A partner
// is asked at once: they may not learn who else reads the lesson.
func TestAskedWhetherTheWriterMayKnow(t *testing.T) {
	s := newSite(t)
	for _, tc := range []struct {
		what   string
		lesson rugzak.Entry
		who    string
		atOnce bool
	}{
		{"everybody reads both", s.share(participant, "Voor de gemeente", "Tekst.", rugzak.LevelInternal), colleague, false},
		{"one's own team", s.share(participant, "Voor het team", "Tekst.", rugzak.LevelTeam), participant, false},
		{"another team and the own department", s.share(participant, "Voor ons en Jeugd", "Tekst.", rugzak.LevelTeam, "jeugd"), colleague, true},
		{"a partner", s.share(participant, "Ook voor een partner", "Tekst.", rugzak.LevelInternal, "welzijn"), partner, true},
	} {
		page := s.as(tc.who).get(at(pathEntryApply, string(tc.lesson.ID))).want(http.StatusOK)
		all, folded := page.find(`[name="application_tell"]`).Length(), page.Doc.Find(`details [name="application_tell"]`).Length()
		if all != 1 || (folded == 0) != tc.atOnce {
			t.Errorf("%s: asked %d times, %d of them folded up", tc.what, all, folded)
		}
	}
}

// The same in English: the form, the trail, the notice, the question whether it
// was used and the family tree.
func TestApplyingInEnglish(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)
	s.inEnglish(colleague)
	s.inEnglish(participant)
	c := s.as(colleague)
	c.get(entryPath(lesson.ID)).shows("Where was this used?").shows("Nowhere yet")
	c.post(at(pathEntryKeep, string(lesson.ID))).follow().shows("When shall we ask whether you used it?")
	form := c.post(at(pathEntryUsed, string(lesson.ID)), "answer", "used").follow().want(http.StatusOK)
	form.shows("I apply this").shows("Tell it in one sentence").shows("May the writer know that Jeugd used this, and how it went?")
	submitWith(form, "do", doShare, "lesson", "Phoning helped").want(http.StatusUnprocessableEntity)
	done := submitWith(form, "do", doShare, "application_outcome", "partly", "lesson", "Phoning helped").want(http.StatusSeeOther)
	e := s.stored(colleague, done.Header.Get("Location"))
	if e.Title != "Applied: Bel de avond ervoor" || e.Lang != rugzak.English {
		t.Errorf("stored %q in %s", e.Title, e.Lang)
	}
	me := s.as(participant)
	me.get(entryPath(lesson.ID)).shows("Used 1 time").shows("Worked partly: 1").shows("Experienced once")
	me.get(pathNotices).shows("Your lesson was used by Jeugd: worked partly")
	me.get(at(pathEntryTrail, string(lesson.ID))).want(http.StatusOK).shows("Back to the lesson").shows("Phoning helped")
	tree := me.get(at(pathLineage, string(lesson.ID))).want(http.StatusOK).shows("Family tree").shows("As a list")
	if got := tree.text("svg desc"); !strings.Contains(got, "From top to bottom") {
		t.Errorf("the drawing is described as %q", got)
	}
}

// A lesson becomes a working agreement when two other organisations confirmed
// it and its author, or a curator, says so; they can take it back.
func TestWorkingAgreement(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal, "welzijn")
	mark, together := at(pathEntryAgreement, string(lesson.ID)), at(pathEntryAgreedBy, string(lesson.ID))
	apply := func(who string, level rugzak.Level) {
		t.Helper()
		s.shareInput(who, backpack.Input{
			Kind: rugzak.KindApplication, Lang: rugzak.Dutch, Title: "Ook bij ons", Body: "Het werkte.", Mode: rugzak.ByName, Audience: rugzak.Audience{Level: level},
			Application: &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomeWorked, Tell: true},
		})
	}
	button := func(who string) string {
		t.Helper()
		page := s.as(who).get(entryPath(lesson.ID)).want(http.StatusOK)
		return page.text(`form[action="`+mark+`"] button`) + page.text(`form[action="`+together+`"] button`)
	}
	apply(colleague, rugzak.LevelInternal)
	if got := button(participant); got != "" {
		t.Errorf("after one application there is a button %q", got)
	}
	s.as(participant).post(mark, "agreed", "yes").want(http.StatusForbidden).shows("twee andere organisaties")
	apply(partner, rugzak.LevelOrganisation) // told only
	for who, want := range map[string]string{
		participant: "Noem dit een werkafspraak", facilitator: "Noem dit een werkafspraak", colleague: "", manager: "", partner: "", administrator: "",
	} {
		if got := button(who); got != want {
			t.Errorf("%s has the button %q, want %q", who, got, want)
		}
	}
	s.as(participant).get(entryPath(lesson.ID)).shows("Vaker bevestigd").shows("Bevestigd door 2 andere organisaties.")
	for who, want := range map[string]int{colleague: http.StatusForbidden, manager: http.StatusForbidden, outsider: http.StatusNotFound} {
		s.as(who).post(mark, "agreed", "yes").want(want)
	}
	s.as(colleague).post(together, "agreed", "yes").want(http.StatusForbidden)
	for _, who := range []string{participant, facilitator} {
		c, action := s.as(who), together
		if who == participant {
			action = mark
		}
		on := c.get(entryPath(lesson.ID)).submit(`form[action="` + action + `"]`).follow().shows("Dit is nu een werkafspraak.")
		if got := on.text(".rz-page-head .utrecht-badge-status, main .utrecht-badge-status--safe"); !strings.Contains(got, "Werkafspraak") {
			t.Errorf("marked, the page shows %q", got)
		}
		s.as(partner).get(entryPath(lesson.ID)).shows("Rijpheid: Werkafspraak")
		on.submit(`form[action="` + action + `"]`).follow().shows("Dit is geen werkafspraak meer.").shows("Vaker bevestigd")
	}
	s.inEnglish(facilitator)
	if got := button(facilitator); got != "Call this a working agreement" {
		t.Errorf("in English the button is %q", got)
	}
}
