// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"

	"rugzak/pkg/auth"
	"rugzak/pkg/rugzak"
)

// codeAt is what an app shows at a moment.
func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// nextCode is what an app shows in the half minute after this one: the site
// takes it already, and goes on taking it for a minute at least. A code of now
// that was used before it does not stand in its way.
func nextCode(t *testing.T, secret string) string {
	t.Helper()
	return codeAt(t, secret, time.Now().Add(30*time.Second))
}

// addCodeApp adds a code app with a code of now, and returns its secret.
func (c *client) addCodeApp() string {
	c.Helper()
	page := c.get(pathFactors).want(http.StatusOK).submit(`form[action="` + pathCodeAppBegin + `"]`).follow().want(http.StatusOK)
	secret := page.text(".rz-secret")
	t := c.TB.(*testing.T)
	page.submit(`form[action="`+pathCodeApp+`"]`, "code", codeAt(t, secret, time.Now())).follow().
		want(http.StatusOK).shows("Je code-app is toegevoegd").shows("Je hebt nog geen herstelcodes")
	return secret
}

func TestCodeApp(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	me, other := s.as(participant), s.as(participant)
	begun := me.get(pathFactors).want(http.StatusOK).submit(`form[action="` + pathCodeAppBegin + `"]`).follow().want(http.StatusOK)
	image := me.get(begun.find("img.rz-qr").AttrOr("src", "")).want(http.StatusOK)
	if image.Header.Get("Content-Type") != "image/png" || image.Header.Get("Cache-Control") != "no-store, private" {
		t.Errorf("the picture comes with %v", image.Header)
	}
	begun.submit(`form[action="`+pathCodeApp+`"]`, "code", "000000x").want(http.StatusUnprocessableEntity).shows("Deze code klopt niet")
	before := me.cookies[cookieSession].Value
	secret := me.addCodeApp()
	if me.cookies[cookieSession].Value == before {
		t.Error("the session kept its secret")
	}
	other.get(pathAccount).want(http.StatusSeeOther) // all others ended

	codes := me.get(pathFactors).submit(`form[action="` + pathRecovery + `"]`).want(http.StatusOK)
	var recovery []string
	codes.find(".rz-secrets code").Each(func(_ int, c *goquery.Selection) { recovery = append(recovery, c.Text()) })
	if len(recovery) != rugzak.RecoveryCount {
		t.Fatalf("%d recovery codes", len(recovery))
	}

	// The password alone no longer lets in.
	signIn := func() (*client, *answer) {
		c := s.as(nobody)
		a := c.post(pathSignIn, "email", s.people[participant].Email, "password", testPassword, "return", pathMine)
		if a.want(http.StatusSeeOther).Header.Get("Location") != pathStep+"?naar=%2Frugzak" || c.cookies[cookieSession] != nil {
			t.Fatalf("the password leads to %v", a.Header)
		}
		return c, a.follow().want(http.StatusOK)
	}
	phone, step := signIn()
	phone.get(pathAccount).want(http.StatusSeeOther)
	wrong := step.submit(`form[action="`+pathStepCode+`"]`, "code", "123456").want(http.StatusUnprocessableEntity).shows("Deze code klopt niet")
	code, used := nextCode(t, secret), *phone.cookies[cookieStep]
	in := wrong.submit(`form[action="`+pathStepCode+`"]`, "code", " "+code[:3]+" "+code[3:])
	if in.want(http.StatusSeeOther).Header.Get("Location") != pathMine {
		t.Errorf("led to %s", in.Header.Get("Location"))
	}
	phone.get(pathSessions).want(http.StatusOK).shows("dit apparaat").shows("Met je wachtwoord en een code")

	// A code works once, also for who looked over the shoulder.
	_, step = signIn()
	step.submit(`form[action="`+pathStepCode+`"]`, "code", code).want(http.StatusUnprocessableEntity).shows("al gebruikt")
	typed := strings.ToUpper(strings.ReplaceAll(recovery[3], "-", " "))
	step.submit(`form[action="`+pathStepRecovery+`"]`, "recovery", typed).want(http.StatusSeeOther)
	_, step = signIn()
	step.submit(`form[action="`+pathStepRecovery+`"]`, "recovery", recovery[3]).want(http.StatusUnprocessableEntity)

	// A step is taken once: its cookie opens nothing afterwards.
	thief := s.as(nobody)
	thief.cookies[cookieStep] = &used
	if a := thief.get(pathStep).want(http.StatusSeeOther); a.Header.Get("Location") != pathSignIn {
		t.Errorf("a step that was taken leads to %s", a.Header.Get("Location"))
	}
	thief.post(pathStepRecovery, "recovery", recovery[5], "return", "/").want(http.StatusSeeOther)
	thief.get(pathAccount).want(http.StatusSeeOther)
	again, step2 := signIn()
	step2.submit(`form[action="`+pathStepRecovery+`"]`, "recovery", recovery[4]).want(http.StatusSeeOther)
	again.get(pathAccount).want(http.StatusOK)
	again.get(pathFactors).want(http.StatusOK).shows("nog 8 herstelcodes")
	told := map[rugzak.NoticeKind]int{}
	err := s.Store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Notices(s.people[participant].ID)
		for _, n := range all {
			told[n.Kind]++
		}
		return err
	})
	if err != nil || told["recovery_used"] != 2 || told["factor_added"] != 1 {
		t.Errorf("told %v, %v", told, err)
	}
}

// Who got to the second step and guesses is made to wait, also when starting
// again.
func TestCodesAreGuessedAFewTimesOnly(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Throttle = auth.NewThrottle(stillClock()) })
	s.withPassword(participant)
	s.as(participant).addCodeApp()
	guesses := 0
	for range 4 {
		c := s.as(nobody)
		c.post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther)
		for range 3 {
			a := c.post(pathStepCode, "code", "000000", "return", "/")
			if a.Status == http.StatusTooManyRequests {
				a.shows("Wacht 30 seconden")
				continue
			}
			guesses++
		}
	}
	if guesses != 5 {
		t.Errorf("%d guesses, want 5", guesses)
	}
}

// A role that asks for a second factor holds at the next request, and until
// there is one nothing else can be done.
func TestRequiredFactor(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	admin, waiting, free := s.as(administrator), s.as(facilitator), s.as(participant)
	page := admin.get(pathSettings).want(http.StatusOK)
	page.submit("form.rz-panel", "second_factor", "koning").want(http.StatusUnprocessableEntity)
	page.submit("form.rz-panel", "second_factor", string(rugzak.RoleFacilitator)).follow().want(http.StatusOK).shows("Bewaard")
	page.submit("form.rz-panel", "second_factor", string(rugzak.RoleParticipant)).want(http.StatusConflict)

	free.get(pathMine).want(http.StatusOK)
	for _, path := range []string{pathHome, pathMine, pathAccount, pathSessions, "/bestaat-niet"} {
		if a := waiting.get(path).want(http.StatusSeeOther); a.Header.Get("Location") != pathFactors {
			t.Errorf("%s leads to %s", path, a.Header.Get("Location"))
		}
	}
	waiting.get(pathHelp).want(http.StatusOK).hides("Test facilitator") // as nobody
	waiting.post(pathAsk, "body", "x").want(http.StatusSeeOther)
	waiting.get(pathFactors).want(http.StatusOK).shows("Bij jouw rol hoort een tweede stap").hides("Test facilitator")
	waiting.addCodeApp()
	waiting.get(pathMine).want(http.StatusOK)
	remove := waiting.get(pathFactors).find(`form[action$="/verwijderen"]`).AttrOr("action", "")
	waiting.post(remove).want(http.StatusForbidden).shows("Je rol vraagt om een tweede stap")

	// The administrator takes it away from who lost it: all sessions end, and at
	// the next sign-in a factor must be added again.
	s.withPassword(facilitator)
	waiting = s.as(facilitator)
	admin.get(at(pathPerson, string(s.people[facilitator].ID))).submit(`form[action$="/tweede-stap"]`).follow().shows("De tweede stap is weggehaald")
	waiting.get(pathMine).want(http.StatusSeeOther)
	fresh := s.as(nobody)
	fresh.post(pathSignIn, "email", s.people[facilitator].Email, "password", testPassword).follow().want(http.StatusSeeOther)
	fresh.get(pathFactors).want(http.StatusOK).shows("Bij jouw rol hoort een tweede stap")
	admin.post(at(pathPersonFactors, string(s.people[administrator].ID))).want(http.StatusForbidden)
}

// Whoever finds a screen that was left open changes nothing about signing in.
func TestOldSessionsChangeNoFactors(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		all, err := w.Sessions(s.people[participant].ID)
		if err != nil {
			return err
		}
		all[0].CreatedAt = time.Now().Add(-time.Hour)
		return w.SaveSession(all[0])
	})
	if err != nil {
		t.Fatal(err)
	}
	me.get(pathFactors).want(http.StatusOK).shows("Log opnieuw in om hier iets te veranderen")
	me.post(pathCodeAppBegin).want(http.StatusForbidden)
	me.post(pathRecovery).want(http.StatusForbidden)
}

func TestSessions(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	me := s.as(nobody)
	me.header.Set("User-Agent", "Mozilla/5.0 (Android 16; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0")
	me.post(pathSignIn, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther)
	other, third := s.as(participant), s.as(participant)
	page := me.get(pathSessions).want(http.StatusOK).shows("Firefox op Android dit apparaat")
	page.hides(rugzak.HashSecret(me.cookies[cookieSession].Value)).hides("149")
	if n := page.find(".rz-list li").Length(); n != 3 {
		t.Errorf("%d sessions", n)
	}
	var ids []string
	page.find(`form[action$="/uitloggen"]`).Each(func(_ int, f *goquery.Selection) {
		if action := f.AttrOr("action", ""); strings.HasPrefix(action, pathSessions) {
			ids = append(ids, action)
		}
	})
	s.as(colleague).post(ids[len(ids)-1]).want(http.StatusNotFound) // of somebody else
	for _, id := range ids {
		if !strings.Contains(page.find(`form[action="`+id+`"]`).Parent().Text(), "dit apparaat") {
			me.post(id).want(http.StatusSeeOther)
			break
		}
	}
	left := 0
	for _, c := range []*client{other, third} {
		if c.get(pathAccount).Status == http.StatusOK {
			left++
		}
	}
	if left != 1 {
		t.Errorf("%d of the two others are left", left)
	}
	me.get(pathSessions).submit(`form[action="` + pathSessionsEnd + `"]`).follow().want(http.StatusOK).shows("Je bent overal uitgelogd")
	for _, c := range []*client{me, other, third} {
		c.get(pathAccount).want(http.StatusSeeOther)
	}
}

// Somebody's own change of rights gives the session a new secret and goes on.
func TestOwnRightsGiveANewSession(t *testing.T) {
	s := newSite(t)
	me := s.as(administrator)
	old := me.cookies[cookieSession].Value
	page := me.get(at(pathPerson, string(s.people[administrator].ID))).want(http.StatusOK)
	team := page.find("#team option").FilterFunction(func(_ int, o *goquery.Selection) bool { return o.Text() == "Toegang" }).AttrOr("value", "")
	page.submit("form.rz-panel[novalidate]", "team", team).want(http.StatusSeeOther)
	if me.cookies[cookieSession].Value == old {
		t.Error("the session kept its secret")
	}
	me.get(pathAdmin).want(http.StatusOK)
	thief := s.as(nobody)
	thief.cookies[cookieSession] = &http.Cookie{Name: cookieSession, Value: old}
	thief.get(pathAccount).want(http.StatusSeeOther)
}
