// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"reflect"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// cleanAndShare lets the author of an entry take its text out and then let the
// partner in.
func (c *cast) cleanAndShare(t *testing.T, id rugzak.EntryID, clean func(*backpack.Input)) {
	t.Helper()
	writer := c.people[author]
	e, _ := c.stored(t, id)
	in := c.InputOf(e)
	clean(&in)
	if _, err := c.Revise(t.Context(), writer, id, e.Version, in); err != nil {
		t.Fatal(err)
	}
	e, _ = c.stored(t, id)
	wider := rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}}
	if _, err := c.ChangeAudience(t.Context(), writer, id, e.Version, wider, c.partner); err != nil {
		t.Fatal(err)
	}
}

// A story shows what was taken out before the entry was shared wider to nobody
// but its readers of that time; what it says still is for everybody.
func TestInterimKeepsWhatWasTakenOut(t *testing.T) {
	t.Parallel()
	for name, clean := range map[string]func(*backpack.Input){
		"the title":  func(in *backpack.Input) { in.Title = "Schoon" },
		"the lesson": func(in *backpack.Input) { in.Lesson = "Schoon en kort." },
		"the body":   func(in *backpack.Input) { in.Body = "Schoon." },
	} {
		c := newCast(t)
		in := simple("De heggenmus", "Wij belden.", rugzak.LevelInternal)
		in.Lesson = "Het geheim van de wethouder."
		e := c.share(t, c.people[author], in)
		c.follows(t)
		made, err := c.FreezeInterim(t.Context(), c.people["coreteam"], backpack.InterimInput{
			Title: "Eerste", Text: "We begonnen.", Span: rugzak.SpanAll, Key: rugzak.NewID(c.clock.Now()),
			Stories: map[rugzak.Rung]rugzak.EntryID{rugzak.RungTogether: e.ID},
		})
		if err != nil {
			t.Fatal(err)
		}
		c.cleanAndShare(t, e.ID, clean)
		for who, want := range map[string]bool{elsewhere: true, author: true, ceder: name == "the body"} {
			v, err := c.Interim(t.Context(), c.people[who], made.ID)
			if err != nil {
				t.Fatal(err)
			}
			if s, ok := v.Shown[rugzak.RungTogether]; ok != want || ok && s.Text != in.Lesson {
				t.Errorf("after %s was changed %s sees %v %+v", name, who, ok, s)
			}
		}
	}
}

// A quote that was taken out of its source before that was shared wider is for
// nobody but the readers of the source of that time, and so is the thread, in
// versions and letters too.
func TestThreadKeepsWhatWasTakenOut(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	in := simple("De heggenmus", "Het geheim van de wethouder is groot. De deur staat open.", rugzak.LevelInternal)
	in.Themes = []rugzak.ThemeID{c.theme}
	e := c.share(t, c.people[author], in)
	q := quoting(rugzak.Quote{Entry: e.ID, Text: "geheim van de wethouder"})
	q.Bound = true
	c.thread(t, curator, c.theme, q)
	l, err := c.SaveLetter(ctx, curator, c.theme, "", 0, backpack.LetterInput{Lead: "Nieuw."}, true)
	if err != nil {
		t.Fatalf("%v %v", err, problems(err))
	}
	sees := func(who string, want bool) {
		t.Helper()
		v, err := c.Thread(ctx, c.people[who], c.theme)
		if err != nil || v.Empty() == want || want && v.Parts[0].Quotes[0].Text != "geheim van de wethouder" {
			t.Errorf("%s sees %+v, %v", who, v.Parts, err)
		}
		letter, err := c.ThemeLetter(ctx, c.people[who], l.ID)
		if err != nil || letter.Thread.Empty() == want {
			t.Errorf("in the letter %s sees %+v, %v", who, letter.Thread.Parts, err)
		}
	}
	c.cleanAndShare(t, e.ID, func(in *backpack.Input) { in.Body = "De deur staat open." })
	sees(ceder, false)
	sees(elsewhere, true)
	sees(author, true)
	if v, err := c.ThreadVersion(ctx, c.people[elsewhere], c.theme, 1); err != nil || len(v.Thread.Parts) != 1 {
		t.Errorf("a member sees %+v, %v", v.Thread.Parts, err)
	}
	// What still stands there is for everybody who reads it.
	c.thread(t, curator, c.theme, quoting(rugzak.Quote{Entry: e.ID, Text: "de deur staat open"}))
	if v, err := c.Thread(ctx, c.people[ceder], c.theme); err != nil || v.Empty() {
		t.Errorf("a partner sees %+v, %v", v.Parts, err)
	}
}

// Who mends a thread sees no quote that was taken out before its source was
// shared with them, and cannot keep it.
func TestMenderSeesNoQuoteThatWasTakenOut(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, mender, writer := t.Context(), c.people["facilitator"], c.people[elsewhere]
	e := c.share(t, writer, simple("De heggenmus", "Het geheim van de wethouder.", rugzak.LevelOrganisation))
	in := quoting(rugzak.Quote{Entry: e.ID, Text: "geheim van de wethouder"})
	in.Bound = true
	now := c.thread(t, c.join(t, writer.Organisation, "", rugzak.RoleFacilitator), c.theme, in)
	clean := c.InputOf(e)
	clean.Body = "De deur staat open."
	if _, err := c.Revise(ctx, writer, e.ID, e.Version, clean); err != nil {
		t.Fatal(err)
	}
	e, _ = c.stored(t, e.ID)
	if _, err := c.ChangeAudience(ctx, writer, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	v, err := c.Thread(ctx, mender, c.theme)
	if err != nil || len(v.Parts) != 1 || len(v.Parts[0].Quotes) != 1 || !reflect.DeepEqual(v.Parts[0].Quotes[0], backpack.QuoteView{Hidden: true}) {
		t.Errorf("who mends it sees %+v, %v", v.Parts, err)
	}
	d, err := c.ThreadToWrite(ctx, mender, c.theme)
	if err != nil || !d.Lost || len(d.Thread.Section(rugzak.PromptSee).Quotes) != 0 {
		t.Errorf("who mends it writes from %+v, %v", d.Thread, err)
	}
	in.Intro = "Aangevuld."
	if _, err := c.SaveThread(ctx, mender, c.theme, now.Number, in); problems(err)["see_quote_1"] == "" {
		t.Errorf("keeping the quote: %v", err)
	}
	// What somebody writes they see as they write it.
	if v, err := c.PreviewThread(ctx, mender, c.theme, in); err != nil || v.Parts[0].Quotes[0].Text != in.Sections[0].Quotes[0].Text {
		t.Errorf("as it will look: %+v, %v", v.Parts, err)
	}
}

// An older version of a thread stays with the members for whom it was written;
// a partner finds the thread in a letter as long as that tells the newest one.
func TestOldLetterKeepsTheThreadOfThen(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	box := c.withPost()
	th := c.curate(t, curator, backpack.ThemeInput{Title: "Binnen"})
	c.thread(t, curator, th.ID, backpack.ThreadInput{Intro: "Alleen voor onszelf."})
	old, err := c.SaveLetter(ctx, curator, th.ID, "", 0, backpack.LetterInput{Lead: "Nieuw."}, true)
	if err != nil {
		t.Fatalf("%v %v", err, problems(err))
	}
	c.thread(t, curator, th.ID, backpack.ThreadInput{Intro: "Nu voor iedereen."})
	c.see(t, func(r rugzak.Reader) (err error) { th, err = r.Theme(th.ID); return err })
	if _, err := c.SaveTheme(ctx, curator, th.ID, th.Version, backpack.ThemeInput{Title: "Binnen", Also: []rugzak.OrganisationID{c.partner}, Confirmed: []rugzak.OrganisationID{c.partner}}); err != nil {
		t.Fatalf("%v %v", err, problems(err))
	}
	c.clock.turn(c.clock.Now().Add(rugzak.LetterPause))
	for _, who := range []string{ceder, elsewhere} {
		if err := c.Join(ctx, c.people[who], rugzak.Subject(rugzak.ThemeSubject(th.ID)), backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
			t.Fatal(err)
		}
	}
	now, err := c.SaveLetter(ctx, curator, th.ID, "", 0, backpack.LetterInput{Lead: "Nog iets."}, true)
	if err != nil {
		t.Fatalf("%v %v", err, problems(err))
	}
	if err := c.FollowNotices(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	sees := func(who, id, want string) {
		t.Helper()
		v, err := c.ThemeLetter(ctx, c.people[who], id)
		if err != nil || v.Thread.Empty() != (want == "") || !strings.Contains(v.Thread.IntroHTML, want) {
			t.Errorf("%s sees %q, %v; want %q", who, v.Thread.IntroHTML, err, want)
		}
	}
	sees(elsewhere, old.ID, "Alleen voor onszelf.")
	sees(ceder, old.ID, "")
	sees(elsewhere, now.ID, "Nu voor iedereen.")
	sees(ceder, now.ID, "Nu voor iedereen.")
	// The thread is written on before the mail goes.
	c.thread(t, curator, th.ID, backpack.ThreadInput{Intro: "En nog eens."})
	c.round(t)
	if len(box.got) != 2 {
		t.Fatalf("%d sent", len(box.got))
	}
	for _, m := range box.got {
		if strings.Contains(m.Text, "theme.thread") != (m.To != c.people[ceder].Email) {
			t.Errorf("the mail to %s is made with other rights: %s", m.To, m.Text)
		}
	}
	// A version that was purged makes place for the newest.
	c.put(t, func(w rugzak.Writer) error { return w.RemoveThreads(th.ID, true) })
	sees(ceder, old.ID, "En nog eens.")
}
