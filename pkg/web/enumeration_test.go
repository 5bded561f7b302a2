// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// accountsOfAllSorts are addresses by what stands behind each.
func (s *site) accountsOfAllSorts() map[string]string {
	s.Helper()
	s.withPassword(participant)
	s.withPassword(coreteam)
	s.withPassword(manager)
	_, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error {
		gone, err := w.Person(s.people[manager].ID)
		if err != nil {
			return err
		}
		gone.Inactive = true
		now := time.Now().UTC()
		for _, err := range []error{
			w.SavePerson(gone, gone.Version),
			w.SaveFactor(rugzak.Factor{ID: rugzak.NewID(now), Person: s.people[coreteam].ID, Kind: rugzak.FactorTOTP, Data: []byte("JBSWY3DPEHPK3PXP"), CreatedAt: now}),
			w.SaveIdentity(rugzak.Identity{Issuer: "https://inloggen.voorbeeld.example", Subject: "7", Person: s.people[privacyperson].ID, At: now}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return map[string]string{
		"with password": s.people[participant].Email, "with second factor": s.people[coreteam].Email, "inactive": s.people[manager].Email,
		"without password": s.people[colleague].Email, "through a provider": s.people[privacyperson].Email,
		"unknown": "niemand@voorbeeld.example", "no address": "geen adres", "empty": "",
	}
}

// mailOn makes the site one that can send mail; nobody takes it out of the queue.
func (s *site) mailOn() { s.Service.Post = &backpack.Post{} }

// sameForAll asks about every account and wants one answer, apart from what was
// typed and the number of the request.
func sameForAll(t *testing.T, accounts map[string]string, ask func(email string) *answer) {
	t.Helper()
	plain := func(a *answer, email string) (int, string, http.Header) {
		body := a.Body
		if email != "" {
			body = strings.ReplaceAll(body, email, "ADDRESS")
		} else {
			body = strings.Replace(body, `name="email" value=""`, `name="email" value="ADDRESS"`, 1)
		}
		h := maps.Clone(a.Header)
		for _, name := range []string{"Date", "Content-Length"} { // the length differs by that of the address
			h.Del(name)
		}
		return a.Status, body, h
	}
	first := ask(accounts["with password"])
	status, body, header := plain(first, accounts["with password"])
	for what, email := range accounts {
		gotStatus, gotBody, gotHeader := plain(ask(email), email)
		if gotStatus != status || gotBody != body {
			t.Errorf("%s: %s answers %d and another page", first.Path, what, gotStatus)
		}
		if !maps.EqualFunc(gotHeader, header, func(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }) {
			t.Errorf("%s: %s has other headers: %v, want %v", first.Path, what, gotHeader, header)
		}
	}
}

// Who exists, and how they sign in, nobody learns at the door.
func TestTheDoorTellsNobodyWhoExists(t *testing.T) {
	s := newSite(t)
	accounts := s.accountsOfAllSorts()
	sameForAll(t, accounts, func(email string) *answer {
		return s.as(nobody).post(pathSignIn, "email", email, "password", "iets wat niet klopt", "return", "/").want(http.StatusUnprocessableEntity)
	})
	// Not even with the right password, when somebody may not come in.
	door := map[string]string{"with password": accounts["unknown"], "inactive": accounts["inactive"], "without password": accounts["without password"]}
	sameForAll(t, door, func(email string) *answer {
		return s.as(nobody).post(pathSignIn, "email", email, "password", testPassword, "return", "/").want(http.StatusUnprocessableEntity)
	})
	sameForAll(t, accounts, func(email string) *answer { return s.as(nobody).post(pathForgot, "email", email) })
	s.mailOn()
	for range 5 { // also when it is asked for too often
		sameForAll(t, accounts, func(email string) *answer {
			return s.as(nobody).post(pathForgot, "email", email).want(http.StatusOK).shows("Is dit adres bij ons bekend?")
		})
	}
	queued := map[rugzak.PersonID]int{}
	err := s.Store.View(t.Context(), func(r rugzak.Reader) error {
		queue, err := r.MailQueue()
		for _, m := range queue {
			queued[m.To]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{participant, coreteam, colleague, privacyperson} {
		if n := queued[s.people[who].ID]; n < 1 || n > 3 {
			t.Errorf("%d mails to %s, want some and at most 3", n, who)
		}
	}
	if queued[s.people[manager].ID] > 0 || queued[""] > 0 {
		t.Errorf("mail to who is inactive or unknown: %v", queued)
	}
}

// A question to a passkey names nobody's passkeys, and is the same for all but
// for its random part.
func TestPasskeyQuestionNamesNobody(t *testing.T) {
	s := newSite(t)
	c := s.as(nobody)
	c.site.URL = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	a := c.post(pathPasskeyAsk, "email", s.people[participant].Email).want(http.StatusOK)
	if strings.Contains(a.Body, "allowCredentials") || !strings.Contains(a.Body, `"userVerification":"required"`) || !strings.Contains(a.Body, `"rpId":"localhost"`) {
		t.Errorf("the question is %s", a.Body)
	}
	c.post(pathPasskeyAnswer, "answer", `{}`, "return", "/").want(http.StatusUnprocessableEntity)
	c.post(pathPasskeyAnswer, "answer", strings.Repeat("[", 60_000), "return", "/").want(http.StatusUnprocessableEntity)
}

// Nor does the time tell: sign-in and the mail take as long for everybody.
func BenchmarkDoor(b *testing.B) {
	s := newSite(b, func(c *Config) { c.Throttle = &slowThrottle{} })
	s.mailOn()
	accounts := s.accountsOfAllSorts()
	post := func(path, email string) func() {
		return func() {
			a := s.as(nobody).post(path, "email", email, "password", "niet dit wachtwoord")
			if a.Status != http.StatusUnprocessableEntity && a.Status != http.StatusOK {
				b.Errorf("%s answered %d", path, a.Status)
			}
		}
	}
	for _, path := range []string{pathSignIn, pathForgot} {
		for what, email := range accounts {
			if what == "with password" || what == "empty" || what == "no address" {
				continue
			}
			b.Run(strings.Trim(path, "/")+"-"+strings.ReplaceAll(what, " ", "-"), func(b *testing.B) {
				sideBySide(b, post(path, accounts["with password"]), post(path, email))
			})
		}
	}
}
