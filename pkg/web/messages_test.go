// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Somebody chooses how they are told, by a form that keeps what cannot be off.
func TestChooseMessages(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	page := c.get(pathMessages).want(http.StatusOK).shows("Reacties op jouw bijdragen").shows("Altijd aan").shows("De veiligheid van je account").
		shows("Elke dinsdag om 9 uur").shows("Mail is op deze site nog niet ingesteld")
	if page.Doc.Find(`select[name="mail_account"]`).Length() > 0 || page.Doc.Find(`select[name="mail_response"]`).Length() != 1 {
		t.Error("the choices are others than may be chosen")
	}
	if page.Doc.Find(`select[name="mail_search"] option[value="now"]`).Length() > 0 {
		t.Error("news may be mailed at once")
	}
	form := []string{"mails", "digest"}
	for _, r := range rugzak.NoticeGroups() {
		if !r.Fixed && r.Group != rugzak.GroupThanks {
			form = append(form, "site_"+string(r.Group), "on", "mail_"+string(r.Group), string(r.Mail))
		}
	}
	form = append(form, "mail_thanks", "never")
	after := c.post(pathMessages, form...).follow().want(http.StatusOK)
	if after.Doc.Find(`input[name="site_thanks"][checked]`).Length() > 0 || after.find(`select[name="mail_thanks"] option[selected]`).AttrOr("value", "") != "never" {
		t.Error("what was chosen is not shown again")
	}
	own, _, err := s.Service.NoticeSettings(t.Context(), s.people[participant])
	if err != nil || !own.Quiet || !own.Digest || len(own.Choices) != 1 || !own.Choices[rugzak.GroupThanks].Hidden {
		t.Errorf("stored: %+v, %v", own, err)
	}
	c.post(pathMessages, append(form, "mail_ball", "soms")...)
	bad := make([]string, 0, len(form))
	for i := 0; i < len(form); i += 2 {
		if form[i] == "mail_response" {
			form[i+1] = "soms"
		}
		bad = append(bad, form[i], form[i+1])
	}
	c.post(pathMessages, bad...).want(http.StatusUnprocessableEntity)
}

// The link in a mail: opening it changes nothing; a mail program stops the mail
// by itself, without signing in and from another site; nobody can tell a link
// that works from one that does not.
func TestStopMailPage(t *testing.T) {
	s := newSite(t)
	secret := "geheim-van-de-mail"
	who := s.people[participant].ID
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		return w.SaveUnsubscribe(rugzak.Unsubscribe{Hash: rugzak.HashSecret(secret), Person: who, Stream: rugzak.StreamInstant})
	})
	if err != nil {
		t.Fatal(err)
	}
	quiet := func() bool {
		t.Helper()
		own, _, err := s.Service.NoticeSettings(t.Context(), s.people[participant])
		if err != nil {
			t.Fatal(err)
		}
		return own.Quiet
	}
	ask := func(method, secret string) *httptest.ResponseRecorder {
		t.Helper()
		path := strings.Replace(pathStopMail, ":secret", secret, 1)
		r := httptest.NewRequest(method, path, strings.NewReader(url.Values{"List-Unsubscribe": {"One-Click"}}.Encode()))
		r.Host, r.RemoteAddr = "127.0.0.1", "127.0.0.1:4000"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "https://mail.voorbeeld.test")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		s.Server.Handler().ServeHTTP(w, r)
		return w
	}
	plain := func(w *httptest.ResponseRecorder, secret string) string {
		return strings.ReplaceAll(w.Body.String(), secret, "SECRET")
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		known, unknown := ask(method, secret), ask(method, "onbekend")
		if known.Code != http.StatusOK || unknown.Code != known.Code || plain(known, secret) != plain(unknown, "onbekend") {
			t.Errorf("%s tells a link that works: %d and %d", method, known.Code, unknown.Code)
		}
	}
	if quiet() {
		t.Fatal("opening the link stopped the mail")
	}
	unknown, known := ask(http.MethodPost, "onbekend"), ask(http.MethodPost, secret)
	if known.Code != http.StatusOK || unknown.Code != known.Code || plain(known, secret) != plain(unknown, "onbekend") {
		t.Errorf("a link that works answers %d, another %d", known.Code, unknown.Code)
	}
	if !quiet() {
		t.Error("one press did not stop the mail")
	}
	// Nothing else may come from another site.
	r := httptest.NewRequest(http.MethodPost, pathMessages, strings.NewReader("mails=now"))
	r.Host, r.RemoteAddr = "127.0.0.1", "127.0.0.1:4000"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	if s.Server.Handler().ServeHTTP(w, r); w.Code != http.StatusForbidden {
		t.Errorf("another form from another site answers %d", w.Code)
	}
}

// The message of the week in the site, its choice, and the rules for mail.
func TestDigestPages(t *testing.T) {
	s := newSite(t)
	s.mailOn()
	e := s.share(colleague, "Bel eerst even", "Tekst.", rugzak.LevelInternal)
	c := s.as(participant)
	c.get(pathDigest).want(http.StatusOK).shows("Weekbericht").hides("Kies voor het weekbericht")
	c.post(pathDigestWant, "on", "on").follow().shows("Stop de mail")
	c.post(pathDigestWant).follow().shows("Mail mij het weekbericht")
	c.get(pathDigestDesk).want(http.StatusForbidden)
	s.as(partner).get(pathDigestDesk).want(http.StatusForbidden)
	s.as(nobody).get(pathDigest).want(http.StatusSeeOther)

	f := s.as(facilitator)
	desk := f.get(pathDigestDesk).want(http.StatusOK).shows("Bel eerst even")
	form := []string{"week", desk.find(`input[name="week"]`).AttrOr("value", ""), "base", "0", "entry_2", string(e.ID), "reason_2", ""}
	f.post(pathDigestDesk, form...).want(http.StatusUnprocessableEntity)
	form[len(form)-1] = "Kort en <i>helder</i>"
	f.post(pathDigestDesk, form...).follow().shows("Je keuze voor het weekbericht is bewaard")

	a := s.as(administrator)
	a.get(pathSettings).link("a", "Instellingen voor mail")
	page := a.get(pathSettingsMail).want(http.StatusOK).shows("Mail is ingesteld").shows("Er wachten 0 berichten")
	base := page.find(`input[name="base"]`).AttrOr("value", "")
	a.post(pathSettingsMail, "mail_holds", "alles", "digest_day", "9", "digest_hour", "x", "base", base).want(http.StatusUnprocessableEntity)
	a.post(pathSettingsMail, "mail_holds", "link", "digest_day", "4", "digest_hour", "16", "base", base).follow().want(http.StatusOK)
	c.get(pathMessages).shows("Elke donderdag om 16 uur")
	c.get(pathSettingsMail).want(http.StatusForbidden)
}

// A facilitator puts an entry in the message of the week from its own page,
// also one that is older than what the desk offers; nobody else is offered that.
func TestPutInMessageOfTheWeek(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Bel eerst even", "Wij belden.", rugzak.LevelInternal)
	hidden := s.share(partner, "Alleen voor welzijn", "Tekst.", rugzak.LevelOrganisation)
	add := pathDigestDesk + "?" + paramAdd + "=" + string(e.ID)
	if n := s.as(facilitator).get(entryPath(e.ID)).want(http.StatusOK).Doc.Find(`a[href="` + add + `"]`).Length(); n != 1 {
		t.Errorf("%d ways to put it in", n)
	}
	s.as(participant).get(entryPath(e.ID)).want(http.StatusOK).hides("Zet in het weekbericht")
	chosen := `select option[selected][value="` + string(e.ID) + `"]`
	if n := s.as(facilitator).get(add).want(http.StatusOK).Doc.Find(chosen).Length(); n != 1 {
		t.Errorf("chosen %d times", n)
	}
	absent, out := s.as(facilitator).get(pathDigestDesk+"?"+paramAdd+"="+string(newID())).want(http.StatusOK), s.as(facilitator).get(pathDigestDesk+"?"+paramAdd+"="+string(hidden.ID)).want(http.StatusOK).hides("Alleen voor welzijn")
	if absent.text("form") != out.text("form") {
		t.Error("an entry out of sight shows otherwise than one that is not there")
	}
}

// The dot beside the menu is there for what somebody wants to see on the site,
// whatever came after it, and for nothing else.
func TestDotIsForWhatIsShown(t *testing.T) {
	s := newSite(t)
	me := s.people[participant]
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal)
	now := s.Server.Clock.Now()
	tell := func(kind rugzak.NoticeKind) {
		t.Helper()
		now = now.Add(time.Second)
		_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
			return w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(now), Person: me.ID, Kind: kind, Entry: e.ID, At: now})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	hide := func(groups ...rugzak.NoticeGroup) {
		t.Helper()
		own := rugzak.NoticeSettings{Person: me.ID, Choices: map[rugzak.NoticeGroup]rugzak.NoticeChoice{}}
		for _, g := range groups {
			own.Choices[g] = rugzak.NoticeChoice{Hidden: true}
		}
		if _, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error { return w.SaveNoticeSettings(own) }); err != nil {
			t.Fatal(err)
		}
	}
	dot := func(what string, want bool) {
		t.Helper()
		if got := s.as(participant).get(pathHome).want(http.StatusOK).Doc.Find(".rz-dot").Length() > 0; got != want {
			t.Errorf("%s: a dot: %v", what, got)
		}
	}
	dot("nothing was told", false)
	tell(rugzak.NoticeBallAnswered)
	dot("something is new", true)
	hide(groupOf(t, rugzak.NoticeBallAnswered))
	dot("it is not wanted here", false)
	hide()
	tell(rugzak.NoticeThanks)
	hide(rugzak.GroupThanks)
	dot("before something that is not wanted", true)
	hide(rugzak.GroupThanks, groupOf(t, rugzak.NoticeBallAnswered))
	dot("nothing is wanted", false)
	s.as(participant).get(pathNotices).want(http.StatusOK).hides("Een verhaal")
	hide(rugzak.GroupThanks)
	s.as(participant).get(pathNotices).want(http.StatusOK).shows("Een verhaal")
}

func groupOf(t *testing.T, kind rugzak.NoticeKind) rugzak.NoticeGroup {
	t.Helper()
	rule, ok := kind.Rule()
	if !ok {
		t.Fatalf("%s has no rule", kind)
	}
	return rule.Group
}
