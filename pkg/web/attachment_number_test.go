// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
)

// A number in a file, in its name or in what is said of it is shown with a box to
// say that it is no citizen service number; beside the word BSN there is none.
func TestAttachmentNumbersAsked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.aDraft(participant)
	me := s.as(participant)
	path := at(pathAttachments, string(e.ID))
	for name, file := range map[string]broughtFile{
		"in the text": {"order.txt", []byte("Twee dozen.\nBestelling " + oneBSN)},
		"in the name": {"order " + oneBSN + ".txt", []byte("Twee dozen.")},
	} {
		bad := me.upload(path, []broughtFile{file}).want(http.StatusUnprocessableEntity)
		box := bad.find(`#toevoegen input[type=checkbox][name=not_bsn][value="` + oneBSN + `"]`)
		if box.Closest("label").Text() == "" || bad.find("#toevoegen mark").Text() != oneBSN || bad.find("form#klopt-niet").Length() != 1 {
			t.Errorf("%s: there is no box:\n%s", name, bad.Body)
		}
		me.upload(path, []broughtFile{file}, "not_bsn", oneBSN).want(http.StatusSeeOther)
	}
	named := broughtFile{"order.txt", []byte("BSN " + oneBSN)}
	if bad := me.upload(path, []broughtFile{named}, "not_bsn", oneBSN).want(http.StatusUnprocessableEntity); bad.Doc.Find("input[name=not_bsn]").Length() != 0 {
		t.Error("a number beside the word BSN can be declared")
	}
	// A script gets the same box.
	script := s.as(participant)
	script.header.Set("Accept", "application/json")
	var told uploadAnswer
	if err := json.Unmarshal([]byte(script.upload(path, []broughtFile{{"order.txt", []byte(oneBSN)}}).want(http.StatusUnprocessableEntity).Body), &told); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(told.Declare, `value="`+oneBSN+`"`) {
		t.Errorf("a script is told %q", told.Declare)
	}
	told = uploadAnswer{}
	if err := json.Unmarshal([]byte(script.upload(path, []broughtFile{named}).want(http.StatusUnprocessableEntity).Body), &told); err != nil || told.Declare != "" {
		t.Errorf("a script may declare %q, %v", told.Declare, err)
	}
	// In what is said of a picture, in the form of the entry and on the page of its files.
	a := me.upload(path, []broughtFile{{"kast.png", aPicture(t)}}).want(http.StatusSeeOther).follow()
	id := a.find(`#beschrijven input[name$="_alt"]`).AttrOr("name", "")
	if a.submit("#beschrijven", id, "Kast "+oneBSN).want(http.StatusUnprocessableEntity).find(`#beschrijven input[name=not_bsn][value="`+oneBSN+`"]`).Length() != 1 {
		t.Error("there is no box on the page of the files")
	}
	form := me.get(at(pathEntryEdit, string(e.ID)))
	bad := submitWith(form, "do", doDraft, id, "Kast "+oneBSN).want(http.StatusUnprocessableEntity)
	if bad.find(`.rz-attached input[name=not_bsn][value="`+oneBSN+`"]`).Length() != 1 || bad.find("#"+id+"-error").Text() == "" {
		t.Fatalf("there is no box in the form:\n%s", bad.Body)
	}
	submitWith(bad, "do", doDraft, id, "Kast "+oneBSN, "not_bsn", oneBSN).want(http.StatusSeeOther)
	all, err := s.Service.Attachments(t.Context(), s.people[participant], e.ID)
	if err != nil || all[2].Alt != "Kast "+oneBSN {
		t.Fatalf("attached: %+v, %v", all, err)
	}
	// What was declared once is not asked again.
	again := me.get(at(pathEntryEdit, string(e.ID)))
	submitWith(again, "do", doDraft, backpack.AttachmentField(all[2].ID, "people"), "nobody").want(http.StatusSeeOther)
}
