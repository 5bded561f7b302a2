// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A notice names who thanks, only to somebody who may know that person, and
// leads to the response it is about.
func TestNoticesOfResponses(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality and partner", by: author, level: rugzak.LevelInternal, also: []string{ceder}})
	line := func(who string, kind rugzak.NoticeKind) (out backpack.NoticeLine) {
		page, err := c.Notices(t.Context(), c.people[who])
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Lines {
			if l.Notice.Kind == kind {
				return l
			}
		}
		t.Fatalf("%s has no notice %s", who, kind)
		return out
	}
	thank := func(who, response string) {
		c.clock.turn(c.clock.Now().Add(time.Minute))
		x := rugzak.Signal{Entry: e.ID, Response: response, Kind: rugzak.SignalThank}
		if _, err := c.Press(t.Context(), c.people[who], x); err != nil {
			t.Fatal(err)
		}
	}
	said := c.say(t, ceder, e.ID, backpack.ResponseInput{Body: "ooievaar " + rugzak.Mention(c.people[author].ID)})
	if got := line(author, rugzak.NoticeMention).Response; got != said.ID {
		t.Errorf("who is named is led to %q, want %q", got, said.ID)
	}
	thank(ceder, "")
	if l := line(author, rugzak.NoticeThanks); len(l.Who) != 1 || l.Who[0] != c.people[ceder].Name {
		t.Errorf("a member is told that %q thanks", l.Who)
	}
	thank(elsewhere, "")
	if l := line(author, rugzak.NoticeThanks); len(l.Who) != 2 || l.Times != 2 {
		t.Errorf("thanked by two: %q, %d times", l.Who, l.Times)
	}
	// A partner does not meet the name of who only thanks.
	thank(elsewhere, said.ID)
	if l := line(ceder, rugzak.NoticeThanks); len(l.Who) != 0 || l.Notice.About != "" || l.Times != 1 {
		t.Errorf("a partner is told %q and %q", l.Who, l.Notice.About)
	}
	answer := c.say(t, elsewhere, e.ID, backpack.ResponseInput{Body: "reiger", To: said.ID, Kind: rugzak.ResponseAnswer})
	if l := line(ceder, rugzak.NoticeThanks); len(l.Who) != 1 || l.Who[0] != c.people[elsewhere].Name {
		t.Errorf("a partner who reads the name beneath the entry is told %q", l.Who)
	}
	if got := line(ceder, rugzak.NoticeResponse).Response; got != answer.ID {
		t.Errorf("who is answered is led to %q, want %q", got, answer.ID)
	}
	if _, err := c.WithdrawResponse(t.Context(), c.people[elsewhere], e.ID, answer.ID); err != nil {
		t.Fatal(err)
	}
	page, err := c.Notices(t.Context(), c.people[ceder])
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Lines {
		if l.Response != "" || len(l.Who) > 0 {
			t.Errorf("after withdrawing, a partner still learns %q of %q", l.Response, l.Who)
		}
	}
}

// Who thanks, takes it back and thanks again is told of once, also to somebody
// who read the notice and took it away, and to who wrote without name.
func TestThankedAgain(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	wide := audienceCase{name: "municipality", by: author, level: rugzak.LevelInternal}
	byName := c.write(t, wide)
	in := simple("Zonder naam", "Dat durfde ik niet te vragen.", rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	nameless := c.share(t, c.people[author], in)
	said := c.say(t, author, byName.ID, backpack.ResponseInput{Body: "reiger"})
	for name, tc := range map[string]struct {
		x    rugzak.Signal
		kind rugzak.NoticeKind
	}{
		"a response":               {rugzak.Signal{Entry: byName.ID, Response: said.ID}, rugzak.NoticeThanks},
		"an entry":                 {rugzak.Signal{Entry: byName.ID}, rugzak.NoticeThanks},
		"something without a name": {rugzak.Signal{Entry: nameless.ID}, rugzak.NoticeThanksUnnamed},
	} {
		tc.x.Kind = rugzak.SignalThank
		press := func() {
			t.Helper()
			c.clock.turn(c.clock.Now().Add(25 * time.Hour))
			if _, err := c.Press(t.Context(), c.people[elsewhere], tc.x); err != nil {
				t.Fatal(err)
			}
		}
		press()
		if n := c.noticed(t, author, tc.kind); n != 1 {
			t.Errorf("%s: thanked once, told %d times", name, n)
		}
		_, err := c.store.Update(t.Context(), func(w rugzak.Writer) error {
			all, err := w.Notices(c.people[author].ID)
			for _, n := range all {
				err = errors.Join(err, w.RemoveNotice(n.Person, n.ID))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		press()
		press()
		if n := c.noticed(t, author, tc.kind); n != 0 {
			t.Errorf("%s: thanked again, told %d times more", name, n)
		}
		press()
	}
}
