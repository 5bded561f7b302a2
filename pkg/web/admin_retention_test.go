// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/rugzak"
)

// What would go is shown before the terms are saved.
func TestRetentionSettings(t *testing.T) {
	s := newSite(t)
	c := s.as(administrator)
	old := s.share(participant, "Heel oud verhaal", "Tekst", rugzak.LevelTeam)
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		e, err := w.Entry(old.ID)
		if err != nil {
			return err
		}
		e.UpdatedAt = e.UpdatedAt.AddDate(0, -4, 0)
		return w.SaveEntry(e, e.Version, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	page := c.get(pathSettings).want(http.StatusOK)
	form := `form[action="` + pathRetention + `"]`
	if v := page.find("#draft_remove").AttrOr("value", ""); v != "12" {
		t.Errorf("the term is %q", v)
	}
	page.submit(form, "draft_announce", "veel").want(http.StatusUnprocessableEntity).shows("Kies een aantal maanden")
	page.submit(form, "draft_announce", "12").want(http.StatusUnprocessableEntity)
	page.submit(form).want(http.StatusOK).shows("gaat er nu niets weg")
	preview := page.submit(form, "review", "3").want(http.StatusOK).shows("Wat gaat er weg?").shows("Wmo").hides("Heel oud verhaal")
	if n := preview.find("tbody tr").Length(); n != 1 {
		t.Errorf("%d lines", n)
	}
	c.get(pathSettings).want(http.StatusOK) // looking saved nothing
	if v := c.get(pathSettings).find("#review").AttrOr("value", ""); v != "24" {
		t.Errorf("looking at a preview saved %q", v)
	}
	preview.submit(form, "do", "save").follow().want(http.StatusOK).shows("bewaard")
	if v := c.get(pathSettings).find("#review").AttrOr("value", ""); v != "3" {
		t.Errorf("the term is %q", v)
	}
	preview.submit(form, "do", "save").want(http.StatusConflict)
	c.get(pathAudit + "?soort=settings.changed").want(http.StatusOK).shows("bewaartermijnen")
	s.inEnglish(administrator)
	s.as(administrator).get(pathSettings).want(http.StatusOK).shows("Terms of keeping")
}

// An author is asked what becomes of an old entry, on its page.
func TestReviewOnThePage(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Klopt dit nog", "Tekst", rugzak.LevelInternal)
	path := entryPath(e.ID)
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		e, err := w.Entry(e.ID)
		if err != nil {
			return err
		}
		e.State = rugzak.StateToReview
		return w.SaveEntry(e, e.Version, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.as(colleague).get(path).want(http.StatusOK).Doc.Find(`form[action$="/herzien"]`).Length() > 0 {
		t.Error("a reader is asked")
	}
	s.as(colleague).post(path+"/herzien", "keuze", "keep").want(http.StatusForbidden)
	c := s.as(participant)
	c.post(path+"/herzien", "keuze", "weg").want(http.StatusBadRequest)
	c.get(path).submit(`form[action$="/herzien"]`, "keuze", "archive").follow().want(http.StatusOK).shows("staat nu in het archief")
	c.get(path).submit(`form[action$="/herzien"]`, "keuze", "keep").follow().want(http.StatusOK).shows("De bijdrage blijft staan")

	saved, err := s.Service.SaveDraft(t.Context(), s.people[participant], s.idFor(participant), 0, s.Service.InputOf(e))
	if err != nil {
		t.Fatal(err)
	}
	draft := entryPath(saved.Entry.ID)
	c.get(draft).want(http.StatusOK).hides("nog-bewaren")
	_, err = s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		return w.Announce(rugzak.Announcement{Entry: saved.Entry.ID, Kind: rugzak.NoticeDraftOld, At: s.Server.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	c.get(draft).want(http.StatusOK).shows("Het wordt verwijderd op").submit(`form[action$="/nog-bewaren"]`).follow().want(http.StatusOK).
		shows("Je concept blijft bewaard").hides("nog-bewaren")
	s.as(colleague).post(draft + "/nog-bewaren").want(http.StatusNotFound)
}
