// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// session is the newest session of a person.
func (h *house) session(t testing.TB, p rugzak.Person) rugzak.Session {
	t.Helper()
	all, err := h.Sessions(t.Context(), h.person(t, p.Email))
	if err != nil || len(all) == 0 {
		t.Fatalf("%d sessions, %v", len(all), err)
	}
	return all[0]
}

// codeApp gives a person who is signed in a code app, and returns its secret.
func (h *house) codeApp(t testing.TB, p rugzak.Person) string {
	t.Helper()
	p = h.person(t, p.Email)
	step, err := h.BeginCodeApp(t.Context(), p, h.session(t, p))
	if err != nil {
		t.Fatal(err)
	}
	app, err := h.ShowCodeApp(t.Context(), p, step)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.AddCodeApp(t.Context(), p, h.session(t, p), step, h.code(t, app.Secret)); err != nil {
		t.Fatal(err)
	}
	return app.Secret
}

// code is what an app shows now.
func (h *house) code(t testing.TB, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, h.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// A link from a mail changes the password and asks for the second step: whoever
// reads the mail is not yet the person.
func TestLinksDoNotPassTheSecondStep(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	secret := h.codeApp(t, admin)
	link, err := h.ResetLink(t.Context(), admin.ID)
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.ChoosePassword(t.Context(), link, "een heel ander wachtwoord", "")
	if err != nil || in.Session != "" || in.Step == "" {
		t.Fatalf("the link leads to %+v, %v", in, err)
	}
	if all, err := h.Sessions(t.Context(), h.person(t, admin.Email)); len(all) > 0 || err != nil {
		t.Errorf("%d sessions after the password changed, %v", len(all), err)
	}
	if _, err := h.FinishWithCode(t.Context(), in.Step, h.code(t, secret), ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("the code that was used to add the app: %v", err)
	}
	h.clock.turn(h.clock.Now().Add(time.Minute))
	done, err := h.FinishWithCode(t.Context(), in.Step, h.code(t, secret), "")
	if err != nil || !h.alive(t, done.Session) {
		t.Errorf("the second step: %v", err)
	}
	if _, err := h.FinishWithCode(t.Context(), in.Step, h.code(t, secret), ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("the same step again: %v", err)
	}
	late, err := h.SignIn(t.Context(), admin.Email, "een heel ander wachtwoord", "")
	if err != nil {
		t.Fatal(err)
	}
	h.clock.turn(h.clock.Now().Add(11 * time.Minute))
	if _, err := h.FinishWithCode(t.Context(), late.Step, h.code(t, secret), ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a step that took too long: %v", err)
	}
}

// Who came past a password stays before the second step when that password, or
// the rights of the person, change meanwhile.
func TestSecondStepEndsWithTheSessions(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	secret := h.codeApp(t, admin)
	link, err := h.ResetLink(t.Context(), admin.ID)
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.ChoosePassword(t.Context(), link, "een heel ander wachtwoord", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.EndSessions(t.Context(), h.person(t, admin.Email)); err != nil {
		t.Fatal(err)
	}
	h.clock.turn(h.clock.Now().Add(time.Minute))
	if _, err := h.FinishWithCode(t.Context(), in.Step, h.code(t, secret), ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a step that began before everything ended: %v", err)
	}
	again, err := h.SignIn(t.Context(), admin.Email, "een heel ander wachtwoord", "")
	if err != nil {
		t.Fatal(err)
	}
	if done, err := h.FinishWithCode(t.Context(), again.Step, h.code(t, secret), ""); err != nil || !h.alive(t, done.Session) {
		t.Errorf("control, a step that began since: %v", err)
	}
}

// A link that was never used dies when the password changes another way, and
// each newer link kills the older one.
func TestUnusedLinksDie(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	p := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	make := map[string]func() (string, error){
		"administrator's": func() (string, error) { return h.PasswordLink(t.Context(), admin, p.ID) },
		"mailed":          func() (string, error) { return h.ResetLink(t.Context(), p.ID) },
	}
	for what, link := range make {
		older, err := link()
		if err != nil {
			t.Fatal(err)
		}
		newer, err := link()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.PasswordLinkFor(t.Context(), older); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("the older %s link: %v", what, err)
		}
		if who, err := h.PasswordLinkFor(t.Context(), newer); err != nil || who.ID != p.ID {
			t.Errorf("the newer %s link is for %s, %v", what, who.ID, err)
		}
		if err := h.SetPassword(t.Context(), backpack.Operator(), p.ID, password); err != nil {
			t.Fatal(err)
		}
		if _, err := h.ChoosePassword(t.Context(), newer, "weer een ander wachtwoord", ""); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("the %s link after another change: %v", what, err)
		}
	}
	link, err := h.ResetLink(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.turn(h.clock.Now().Add(backpack.ResetLinkLasts + time.Minute))
	if _, err := h.ChoosePassword(t.Context(), link, "weer een ander wachtwoord", ""); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a mailed link after an hour: %v", err)
	}
	notices, _ := h.told(t, p)
	if n := len(slices.DeleteFunc(notices, func(n rugzak.Notice) bool { return n.Kind != backpack.NoticePassword })); n != 1 {
		t.Errorf("told %d times of a changed password, want once: not of the first", n)
	}
}

// No export holds what opens an account, and the audit log says what was done
// without any of it.
func TestFactorsLeaveTheStoreByNoDoor(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	secret := h.codeApp(t, admin)
	codes, err := h.MakeRecoveryCodes(t.Context(), h.person(t, admin.Email), h.session(t, admin))
	if err != nil {
		t.Fatal(err)
	}
	if got := h.acts(t, rugzak.AuditFactor); len(got) != 2 {
		t.Errorf("acts on factors: %q", got)
	}
	out := fmt.Sprintf("%+v", h.export(t, true))
	var secrets []string
	h.see(t, func(r rugzak.Reader) error {
		c, err := r.Credential(admin.ID)
		if err != nil {
			return err
		}
		recovery, err := r.Recovery(admin.ID)
		secrets = append(recovery.Hashes, secret, c.Password, codes[0], h.session(t, admin).Hash)
		for record, err := range r.AuditLog(0) {
			if err != nil {
				return err
			}
			for _, s := range secrets {
				if strings.Contains(fmt.Sprintf("%+v", record), s) {
					t.Errorf("the audit log holds %.8s...", s)
				}
			}
		}
		return err
	})
	for _, s := range secrets {
		if strings.Contains(out, s) {
			t.Errorf("the export holds %.8s...", s)
		}
	}
	if !strings.Contains(out, admin.Email) {
		t.Error("the export does not hold the person: the check has gone blind")
	}
}

// However much somebody guesses, the log of refusals grows slowly; what was not
// written down one by one is counted.
func TestRefusalsAreBounded(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	for i := range 40 {
		email := admin.Email
		if i%2 == 0 {
			email = "niemand@voorbeeld.test"
		}
		if _, err := h.SignIn(t.Context(), email, "niet dit wachtwoord", ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Fatal(err)
		}
	}
	if n := len(h.audited(t, rugzak.AuditSignInRefused)); n != 30 {
		t.Errorf("%d refusals written down, want 30", n)
	}
	h.clock.turn(h.clock.Now().Add(time.Minute))
	if _, err := h.SignIn(t.Context(), "niemand@voorbeeld.test", "niet dit wachtwoord", ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Fatal(err)
	}
	all := h.audited(t, rugzak.AuditSignInRefused)
	if !slices.ContainsFunc(all, func(a rugzak.AuditRecord) bool { return a.Detail == "more:10" }) {
		t.Errorf("nobody counted the rest: %+v", all)
	}
	for _, a := range all {
		if a.By != "nobody" || strings.Contains(a.Subject+a.Detail, "@") {
			t.Errorf("a refusal says %+v", a)
		}
	}
}

// A device is known to who signed in on it, until their password changes.
func TestKnownDevices(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	p := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	if err := h.SetPassword(t.Context(), backpack.Operator(), p.ID, password); err != nil {
		t.Fatal(err)
	}
	word, err := h.RememberDevice(t.Context(), admin.ID, nil)
	if err != nil || word == "" {
		t.Fatal(word, err)
	}
	if again, err := h.RememberDevice(t.Context(), admin.ID, []string{word}); again != "" || err != nil {
		t.Errorf("a known device gets another word: %q, %v", again, err)
	}
	known := func(email string, words ...string) bool {
		device, err := h.KnownDevice(t.Context(), email, words)
		if err != nil {
			t.Fatal(err)
		}
		return device != ""
	}
	device, _, _ := strings.Cut(word, ".")
	for what, got := range map[string]bool{
		"of another": known(p.Email, word), "of nobody": known("niemand@voorbeeld.test", word), "without seal": known(admin.Email, device, device+"."),
		"none": known(admin.Email), "made up": known(admin.Email, "a.b", strings.Replace(word, device, "0123456789abcdef", 1)),
	} {
		if got {
			t.Errorf("a word %s counts", what)
		}
	}
	if !known(admin.Email, "x.y", word) {
		t.Error("the device is not known")
	}
	if err := h.SetPassword(t.Context(), backpack.Operator(), admin.ID, "een heel ander wachtwoord"); err != nil {
		t.Fatal(err)
	}
	if known(admin.Email, word) {
		t.Error("the device is known after the password changed")
	}
}

// Passwords that are guessed first are refused, with the words about the person.
func TestCommonPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	for _, guess := range []string{"wachtwoord123", "Welkom2026!!", "rugzakrugzak", admin.Email, "qwertyuiop123"} {
		if err := h.SetPassword(t.Context(), backpack.Operator(), admin.ID, guess); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%q: %v", guess, err)
		}
	}
	if err := h.SetPassword(t.Context(), backpack.Operator(), admin.ID, "fiets lamp wolk"); err != nil {
		t.Error(err)
	}
}

// A link that was mailed opens nothing once an administrator gave the person
// another address: whoever reads the old mailbox may be somebody else. That the
// address changed stands in the audit log.
func TestLinksDieWithTheAddress(t *testing.T) {
	t.Parallel()
	h, admin, _ := account(t)
	p := h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	link, err := h.ResetLink(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	save := func(email string) {
		t.Helper()
		p = h.person(t, p.Email)
		in := backpack.PersonInput{Name: p.Name + " X", Email: email, Organisation: p.Organisation, Team: p.Team, Roles: p.Roles}
		if p, err = h.SavePerson(t.Context(), admin, p.ID, p.Version, in); err != nil {
			t.Fatal(err)
		}
	}
	save(p.Email)
	if who, err := h.PasswordLinkFor(t.Context(), link); err != nil || who.ID != p.ID {
		t.Fatalf("control, another name: %v", err)
	}
	if acts := h.acts(t, rugzak.AuditAddress); len(acts) > 0 {
		t.Errorf("control: %q", acts)
	}
	save("nieuw@voorbeeld.test")
	if _, err := h.PasswordLinkFor(t.Context(), link); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the link to the old address: %v", err)
	}
	if acts := h.acts(t, rugzak.AuditAddress); len(acts) != 1 || !strings.HasPrefix(acts[0], "person person ") {
		t.Errorf("the log says %q", acts)
	}
}
