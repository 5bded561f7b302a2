// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/auth"
	"rugzak/pkg/rugzak"
)

// Who sends what they typed when their session has ended finds it on the page, and
// sends it once they signed in; without a script too.
func TestTypedAfterTheSession(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	me.header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	form := me.get(pathShare).want(http.StatusOK)
	session := me.cookies[cookieSession]
	delete(me.cookies, cookieSession)
	const text = "Wat er gebeurde: <b>é</b> & \"meer\".\r\n\r\n  Tweede alinea.\r\n"
	a := submitWith(form, "do", doDraft, "answer_happened", text).want(http.StatusForbidden)
	if to := a.find("main a[target=_blank]").AttrOr("href", ""); to != pathSignIn {
		t.Errorf("it leads to %q", to)
	}
	sent := formValues(form.find(theForm))
	got := formValues(a.find("form:has(textarea)"))
	for name := range sent {
		if _, there := got[name]; !there {
			t.Errorf("%s is not sent again", name)
		}
	}
	if got.Get("answer_happened") != text {
		t.Errorf("the text became %q", got.Get("answer_happened"))
	}
	me.cookies[cookieSession] = session
	done := a.submit("form:has(textarea)").want(http.StatusSeeOther)
	if e := s.stored(participant, done.Header.Get("Location")); !strings.Contains(e.Body, "Tweede alinea.") || e.State != rugzak.StateDraft {
		t.Errorf("stored %+v", e)
	}
}

// Nothing tells which addresses there are, scripts are led away as before, and who
// sends without end gets no pages for it.
func TestTypedBySomebodyOutside(t *testing.T) {
	s := newSite(t)
	guest := newClient(s)
	typed := []string{"body", "Een tekst van buiten."}
	guest.post(pathShare, typed...).want(http.StatusSeeOther)
	guest.header.Set("Accept", "text/html")
	guest.post(pathShare, "title", "Kort").want(http.StatusSeeOther)
	guest.post(pathOwnWord, "current", "een geheime zin", "password", "nog een geheime zin").want(http.StatusSeeOther)
	guest.get(pathShare).want(http.StatusSeeOther)
	e := s.share(participant, "Samen bellen", "Tekst", rugzak.LevelInternal)
	there, absent := at(pathEntryEdit, string(e.ID)), at(pathEntryEdit, string(newID()))
	first := withoutID(guest.post(there, typed...).want(http.StatusForbidden))
	if other := withoutID(guest.post(absent, typed...).want(http.StatusForbidden)); strings.ReplaceAll(other, absent, there) != first {
		t.Error("an address that is not there answers otherwise")
	}
	guest.header.Set("Sec-Fetch-Site", "cross-site")
	guest.post(pathShare, typed...).want(http.StatusForbidden).hides("Een tekst van buiten.")
	guest.header.Del("Sec-Fetch-Site")
	s.Server.Limiter = auth.NewLimiter(s.Server.Clock, auth.Rates{Write: 1})
	for n := 0; guest.post(pathShare, typed...).Status != http.StatusSeeOther; n++ {
		if n > 1000 {
			t.Fatal("nothing bounds it")
		}
	}
}

// What somebody typed never becomes the text of who signed in after them in the
// same browser, neither by itself nor by its button; it stays for who typed it.
func TestTypedBySomebodyElse(t *testing.T) {
	s := newSite(t)
	shared := s.share(participant, "Samen bellen", "Tekst", rugzak.LevelInternal)
	browser, other := s.as(participant), s.as(colleague).cookies[cookieSession]
	mine := browser.cookies[cookieSession]
	for _, path := range []string{pathShare, pathAsk, pathEntryNew + "?soort=insight", at(pathEntryApply, string(shared.ID))} {
		form := browser.get(path).want(http.StatusOK)
		values := formValues(form.find(theForm))
		if values.Get(fieldWriter) != string(s.people[participant].ID) {
			t.Errorf("%s does not say for whom it is", path)
		}
	}
	response := browser.get(entryPath(shared.ID)).find("#reageer form")
	if got := formValues(response).Get(fieldWriter); got != string(s.people[participant].ID) {
		t.Errorf("a response is of %q", got)
	}
	if curator := s.as(facilitator); formValues(curator.get(at(pathThread, string(s.newTheme("Zorg")))).find("form:has(rz-unsaved)")).Get(fieldWriter) != string(s.people[facilitator].ID) {
		t.Error("a common thread is of nobody")
	}
	form := browser.get(pathShare)
	values := formValues(form.find(theForm))
	browser.cookies[cookieSession] = other
	before := s.head()
	values.Set("answer_happened", "Dit typte een ander.")
	browser.send(http.MethodPost, at(pathEntryDraft, values.Get("id")), values).want(http.StatusForbidden).shows("Iemand anders is nu ingelogd")
	a := submitWith(form, "do", doShare, "answer_happened", "Dit typte een ander.").want(http.StatusForbidden)
	if s.head() != before {
		t.Fatal("something was stored")
	}
	browser.cookies[cookieSession] = mine
	done := a.submit("form:has(textarea)").want(http.StatusSeeOther)
	if e := s.stored(participant, done.Header.Get("Location")); !e.IsAuthor(s.people[participant].ID) {
		t.Errorf("stored %+v", e)
	}
}
