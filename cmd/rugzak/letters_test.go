// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/backpack"
	"rugzak/pkg/config"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// letterBox takes the mails of a test.
type letterBox struct{ got []rugzak.Message }

func (b *letterBox) Send(_ context.Context, m rugzak.Message) error {
	b.got = append(b.got, m)
	return nil
}

// oddTitle is a title as nobody expects it: markup, a direction that turns, an
// emoji, and no place to break a line.
const oddTitle = `<b>Wachten & "bellen"</b> مرحبا 🙂 ` + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

// everyLetter is one mail of each kind as people of a demonstration get them.
func everyLetter(t *testing.T, lang rugzak.Lang) map[rugzak.MailKind]rugzak.Message {
	t.Helper()
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(config.Input{Env: func(string) (string, bool) { return "", false }})
	if err != nil {
		t.Fatal(err)
	}
	c.DataDir, c.BaseURL, c.SiteName = filepath.Join(t.TempDir(), "data"), "https://rugzak.example.test", `Rugzak "Samen leren" Voorbeeldstad`
	c.Mail.Host, c.Mail.Port, c.Mail.TLS, c.Mail.From = "127.0.0.1", 25, config.MailNoTLS, "rugzak@example.test"
	p, err := open(c, catalogue, rugzak.ClockFunc(time.Now), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	box := &letterBox{}
	p.service.Post.Mailer = box
	b, entries, err := starter(lang)
	if err != nil {
		t.Fatal(err)
	}
	ctx, by := t.Context(), backpack.Operator()
	if _, err := p.service.LoadStarter(ctx, by, b, entries, true); err != nil {
		t.Fatal(err)
	}
	var me, contact rugzak.Person
	var mine rugzak.Entry
	_, err = p.store.Update(ctx, func(w rugzak.Writer) error {
		for person, err := range w.People() {
			if err != nil {
				return err
			}
			if person.Has(rugzak.RolePartnerContact) {
				contact = person
			}
			if !person.IsMember() {
				continue
			}
			for e, err := range w.Entries(rugzak.AuthorList(person.ID), "") {
				if err != nil {
					return err
				}
				if e.State.Public() && e.Mode == rugzak.ByName && mine.ID == "" {
					me, mine = person, e
				}
			}
		}
		mine.Title = oddTitle
		if err := w.SaveEntry(mine, mine.Version, nil); err != nil {
			return err
		}
		now := time.Now()
		n := rugzak.Notice{ID: rugzak.NewID(now), Person: me.ID, Kind: rugzak.NoticeWideningYes, Entry: mine.ID, At: now}
		if err := w.SaveNoticeSettings(rugzak.NoticeSettings{Person: me.ID, Digest: true}); err != nil {
			return err
		}
		week := rugzak.WeekIn(now)
		if err := w.SaveDigest(rugzak.Digest{Week: week, Picks: []rugzak.DigestPick{{Entry: mine.ID, Reason: "Omdat het <helpt>"}}}, 0); err != nil {
			return err
		}
		for _, m := range []rugzak.Mail{{Kind: backpack.MailNotice, Notice: n.ID, Entry: mine.ID}, {Kind: backpack.MailDigest, Week: week}, {Kind: backpack.MailReset}} {
			m.ID, m.To, m.At = rugzak.NewID(now), me.ID, now
			if err := w.QueueMail(m); err != nil {
				return err
			}
		}
		return w.SaveNotice(n)
	})
	if err != nil {
		t.Fatal(err)
	}
	// A contact does not learn that somebody elsewhere has an account already.
	for email, by := range map[string]rugzak.Person{"nieuw@example.test": by, me.Email: contact} {
		in := backpack.InvitationInput{Email: email, Organisation: contact.Organisation, Language: lang}
		if _, err := p.service.Invite(ctx, by, in); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.service.SendMail(ctx, "test"); err != nil {
		t.Fatal(err)
	}
	out := map[rugzak.MailKind]rugzak.Message{}
	for _, m := range box.got {
		switch {
		case m.To == "nieuw@example.test":
			out[backpack.MailInvitation] = m
		case strings.Contains(m.Text, "/wachtwoord"):
			out[backpack.MailReset] = m
		case strings.Contains(m.Text, "/weekbericht"):
			out[backpack.MailDigest] = m
		case strings.Contains(m.Text, "/meldingen"):
			out[backpack.MailNotice] = m
		default:
			out[backpack.MailInvitationKnown] = m
		}
	}
	return out
}

// Every kind of mail says the same as text and as HTML, in both languages,
// whatever names and titles hold, and leads to this site only.
func TestEveryLetter(t *testing.T) {
	keys := regexp.MustCompile(`\b(mail|notice_item|notice_group|digest)\.[a-z]`) // of sentences that are not there
	links := regexp.MustCompile(`https?://[^\s<>"]+`)
	for _, lang := range rugzak.Languages() {
		all := everyLetter(t, lang)
		for _, kind := range []rugzak.MailKind{backpack.MailInvitation, backpack.MailInvitationKnown, backpack.MailReset, backpack.MailNotice, backpack.MailDigest} {
			name := fmt.Sprint(lang, " ", kind)
			m, there := all[kind]
			if !there {
				t.Errorf("%s: no such mail", name)
				continue
			}
			page, err := goquery.NewDocumentFromReader(strings.NewReader(m.HTML))
			if err != nil {
				t.Fatal(err)
			}
			for what, text := range map[string]string{"subject": m.Subject, "text": m.Text, "html": page.Text()} {
				if strings.Contains(text, "%!") || keys.MatchString(text) || strings.Contains(text, "<nil>") || strings.TrimSpace(text) == "" {
					t.Errorf("%s: the %s is %q", name, what, text)
				}
			}
			if m.Subject != rugzak.Line(m.Subject) || strings.Contains(m.Subject, "Wachten") {
				t.Errorf("%s: the subject is %q", name, m.Subject)
			}
			if got := page.Find("html").AttrOr("lang", ""); got != string(lang) || page.Find("h1").Length() != 1 || page.Find("b").Length() > 0 {
				t.Errorf("%s: the HTML begins %.300q", name, m.HTML)
			}
			said := links.FindAllString(m.Text, -1)
			page.Find("a").Each(func(_ int, a *goquery.Selection) {
				to, err := url.Parse(a.AttrOr("href", ""))
				if err != nil || to.Host != "rugzak.example.test" || !slices.Contains(said, to.String()) {
					t.Errorf("%s: the HTML leads to %q, which the text does not: %q", name, to, said)
				}
			})
			for _, line := range said {
				if page.Find(`a[href="`+line+`"]`).Length() == 0 {
					t.Errorf("%s: only the text leads to %s", name, line)
				}
			}
			titled := kind == backpack.MailNotice || kind == backpack.MailDigest
			if strings.Contains(m.Text, oddTitle) != titled || strings.Contains(page.Text(), oddTitle) != titled {
				t.Errorf("%s: the title of an entry:\n%s", name, m.Text)
			}
			if (m.Unsubscribe != "") != titled {
				t.Errorf("%s: it is stopped by %q", name, m.Unsubscribe)
			}
		}
	}
}
