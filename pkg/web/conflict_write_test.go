// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/rugzak"
)

// Two forms of one shared entry: the second writer sees both texts and decides.
func TestConflictOfSharedEntry(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	start := func() (rugzak.Entry, *answer) {
		e := s.share(participant, "Titel", "De eerste tekst", rugzak.LevelInternal)
		mine := c.get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK)
		theirs := c.get(at(pathEntryEdit, string(e.ID)))
		submitWith(theirs, "do", doSave, "body", "De tekst van het andere scherm", "audience", "team").want(http.StatusSeeOther)
		clash := submitWith(mine, "do", doSave, "body", "Mijn tekst", "tags", "bellen").want(http.StatusConflict)
		clash.shows("De tekst van het andere scherm").shows("Deze bijdrage is intussen gewijzigd").shows("weer zichtbaar voor: Hele gemeente")
		if got := formValues(clash.find(theForm)); got.Get("body") != "Mijn tekst" || got.Get("tags") != "bellen" {
			t.Errorf("the page holds %v", got)
		}
		if clash.Doc.Find(".rz-diff ins").Length() == 0 || clash.Doc.Find(".rz-diff del").Length() == 0 {
			t.Error("no difference is shown")
		}
		if now := s.stored(participant, entryPath(e.ID)); now.Body != "De tekst van het andere scherm" {
			t.Errorf("stored %q before anybody decided", now.Body)
		}
		return e, clash
	}
	e, clash := start()
	submitWith(clash, "do", doSave).follow().shows("Mijn tekst")
	if now := s.stored(participant, entryPath(e.ID)); now.Body != "Mijn tekst" || now.Revision != 3 || now.Tags[0] != "bellen" {
		t.Errorf("stored %+v", now)
	}
	c.get(at(pathRevision, string(e.ID), "2")).want(http.StatusOK).shows("andere scherm") // nothing is lost

	e, clash = start()
	further := submitWith(clash, "do", doEdit, "body", "Mijn tekst, en een stuk van de ander").want(http.StatusOK)
	submitWith(further, "do", doSave, "audience", "team").want(http.StatusSeeOther)
	if now := s.stored(participant, entryPath(e.ID)); now.Body != "Mijn tekst, en een stuk van de ander" || now.Audience.Level != rugzak.LevelTeam {
		t.Errorf("stored %+v", now)
	}

	e, clash = start()
	c.get(clash.find(`a[href="`+entryPath(e.ID)+`"].utrecht-button-link`).AttrOr("href", "")).want(http.StatusOK).shows("andere scherm")

	// It changed once more while the page stood open: the page comes again.
	e, clash = start()
	submitWith(c.get(at(pathEntryEdit, string(e.ID))), "do", doSave, "body", "Nog een derde").want(http.StatusSeeOther)
	submitWith(clash, "do", doSave).want(http.StatusConflict).shows("Nog een derde")
}

// What is stored is what was typed: there is nothing to decide.
func TestNoConflictAboutNothing(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Titel", "Tekst", rugzak.LevelInternal)
	page := s.as(participant).get(at(pathEntryEdit, string(e.ID)))
	submitWith(page, "do", doSave, "body", "Nieuwe tekst").want(http.StatusSeeOther)
	submitWith(page, "do", doSave, "body", "Nieuwe tekst").follow().want(http.StatusOK).shows("Bewaard.")
	if now := s.stored(participant, entryPath(e.ID)); now.Revision != 2 {
		t.Errorf("%d revisions after pressing twice", now.Revision)
	}
}

func TestConflictOfDraft(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	quick := c.get(pathShare)
	path := submitWith(quick, "do", doDraft, "answer_happened", "Begin").Header.Get("Location")
	first, second := c.get(path+"/bewerken"), c.get(path+"/bewerken")
	submitWith(first, "do", doDraft, "body", "Op de computer").want(http.StatusSeeOther)
	clash := submitWith(second, "do", doDraft, "body", "Op de telefoon").want(http.StatusConflict).shows("Op de computer")
	submitWith(clash, "do", doDraft).want(http.StatusSeeOther)
	if now := s.stored(participant, path); now.Body != "Op de telefoon" || now.State != rugzak.StateDraft {
		t.Errorf("stored %+v", now)
	}
	// Shared on one screen, saved as a draft on the other.
	late := c.get(path + "/bewerken")
	submitWith(c.get(path+"/bewerken"), "do", doShare, "title", "Gedeeld").want(http.StatusSeeOther)
	clash = submitWith(late, "do", doDraft, "body", "Nog niet af").want(http.StatusConflict)
	submitWith(clash, "do", doSave).want(http.StatusSeeOther)
	if now := s.stored(participant, path); now.Body != "Nog niet af" || now.State != rugzak.StateShared {
		t.Errorf("stored %+v", now)
	}
}

func TestConflictWithWithdrawnAndDeleted(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	e := s.share(participant, "Titel", "Tekst", rugzak.LevelInternal)
	page := c.get(at(pathEntryEdit, string(e.ID)))
	c.post(at(pathEntryWithdraw, string(e.ID))).want(http.StatusSeeOther)
	clash := submitWith(page, "do", doSave, "body", "Toch verder").want(http.StatusConflict).shows("intussen ook ingetrokken")
	submitWith(clash, "do", doSave).want(http.StatusSeeOther)
	if now := s.stored(participant, entryPath(e.ID)); now.Body != "Toch verder" || now.State != rugzak.StateWithdrawn {
		t.Errorf("stored %+v", now)
	}

	path := submitWith(c.get(pathShare), "do", doDraft, "answer_happened", "Begin").Header.Get("Location")
	page = c.get(path + "/bewerken")
	c.post(path + "/verwijderen").want(http.StatusSeeOther)
	gone := submitWith(page, "do", doDraft, "body", "Een heel verhaal", "title", "Mijn titel").want(http.StatusNotFound).shows("Dit concept is er niet meer")
	if got := formValues(gone.find(theForm)); got.Get("body") != "Een heel verhaal" || got.Get("title") != "Mijn titel" {
		t.Errorf("the page holds %v", got)
	}
	again := submitWith(gone, "do", doDraft).want(http.StatusSeeOther).Header.Get("Location")
	if now := s.stored(participant, again); now.Body != "Een heel verhaal" || again == path {
		t.Errorf("stored %+v", now)
	}
}
