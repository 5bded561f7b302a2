// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// told lists the notices of a person by kind, and what waits as mail for them.
func (h *house) told(t testing.TB, p rugzak.Person) (notices []rugzak.Notice, mail []rugzak.Mail) {
	t.Helper()
	err := h.store.View(t.Context(), func(r rugzak.Reader) (err error) {
		if notices, err = r.Notices(p.ID); err != nil {
			return err
		}
		queue, err := r.MailQueue()
		for _, m := range queue {
			if m.To == p.ID {
				mail = append(mail, m)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return notices, mail
}

// requests lists the requests a person may answer.
func (h *house) requests(t testing.TB, p rugzak.Person) []backpack.AskedWidening {
	t.Helper()
	all, err := h.WideningsForMe(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Only the author's yes changes the audience; both hear of it.
func TestAskToWiden(t *testing.T) {
	t.Parallel()
	for _, mode := range []rugzak.AuthorMode{rugzak.ByName, rugzak.Anonymous} {
		t.Run(string(mode), func(t *testing.T) {
			c := newCast(t)
			c.withPost()
			writer, asker, far := c.people[author], c.people["facilitator"], c.people[ceder]
			in := simple("Vertrouwelijk verhaal", "Tekst", rugzak.LevelOrganisation)
			in.Mode = mode
			e := c.share(t, writer, in)
			more := rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}}
			if err := c.AskWidening(t.Context(), asker, e.ID, more); err != nil {
				t.Fatal(err)
			}
			if now, _ := c.stored(t, e.ID); !now.Audience.Equal(e.Audience) {
				t.Fatalf("asking changed the audience to %v", now.Audience)
			}
			if err := c.FollowNotices(t.Context(), "a"); err != nil {
				t.Fatal(err)
			}
			notices, mail := c.told(t, writer)
			about := e.ID
			if mode == rugzak.Anonymous {
				about = "" // nothing beside the hidden link leads to the writer
			}
			if len(notices) != 1 || notices[0].Kind != rugzak.NoticeWideningAsked || notices[0].Entry != about {
				t.Errorf("the author is told %+v", notices)
			}
			if len(mail) != 1 || mail[0].Kind != backpack.MailNotice || mail[0].Entry != about {
				t.Errorf("the author is sent %+v", mail)
			}
			asked := c.requests(t, writer)
			if len(asked) != 1 || asked[0].By != asker.Name || asked[0].Entry != e.ID {
				t.Fatalf("the author may answer %+v", asked)
			}
			v, err := c.Read(t.Context(), asker, e.ID)
			if err != nil || v.Asking != rugzak.WideningOpen || v.CanAskWidening || len(v.Asked) > 0 {
				t.Errorf("who asked sees %q, %v, %v, %v", v.Asking, v.CanAskWidening, v.Asked, err)
			}
			if data, _ := json.Marshal(v); mode == rugzak.Anonymous && strings.Contains(string(data), string(writer.ID)) {
				t.Error("who asked learns who wrote without name")
			}
			if err := c.AskWidening(t.Context(), asker, e.ID, more); rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("asking twice: %v", err)
			}

			// Nobody but the author answers, whoever they are.
			for _, name := range c.names {
				if name == author {
					continue
				}
				_, err := c.AnswerWidening(t.Context(), c.people[name], e.ID, asked[0].ID, true, c.partner)
				if code := rugzak.CodeOf(err); code != rugzak.CodeForbidden && code != rugzak.CodeNotFound {
					t.Errorf("%s answers: %v", name, err)
				}
			}
			_, err = c.AnswerWidening(t.Context(), writer, e.ID, asked[0].ID, true)
			if _, ask := errors.AsType[*backpack.Unconfirmed](err); !ask {
				t.Fatalf("partners are not confirmed: %v", err)
			}
			if _, err := c.Read(t.Context(), far, e.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Fatalf("the partner reads: %v", err)
			}
			saved, err := c.AnswerWidening(t.Context(), writer, e.ID, asked[0].ID, true, c.partner)
			if err != nil || !saved.Entry.Audience.Equal(more) {
				t.Fatalf("yes gives %v, %v", saved.Entry.Audience, err)
			}
			if _, err := c.Read(t.Context(), far, e.ID); err != nil {
				t.Errorf("the partner reads: %v", err)
			}
			notices, _ = c.told(t, asker)
			if len(notices) != 1 || notices[0].Kind != rugzak.NoticeWideningYes || notices[0].Entry != e.ID {
				t.Errorf("who asked is told %+v", notices)
			}
			if data, _ := json.Marshal(notices); strings.Contains(string(data), string(writer.ID)) {
				t.Error("the notice names the author")
			}
			if left := c.requests(t, writer); len(left) > 0 {
				t.Errorf("after the answer there is still %+v", left)
			}
			if _, err := c.AnswerWidening(t.Context(), writer, e.ID, asked[0].ID, false); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("answering twice: %v", err)
			}
		})
	}
}

// A no changes nothing, and the same is not asked again for a while.
func TestWideningRefused(t *testing.T) {
	c := newCast(t)
	writer, asker := c.people[author], c.people[elsewhere]
	e := c.share(t, writer, simple("Titel", "Tekst", rugzak.LevelOrganisation, asker.Organisation))
	more := rugzak.Audience{Level: rugzak.LevelInternal}
	if err := c.AskWidening(t.Context(), asker, e.ID, more); err != nil {
		t.Fatal(err)
	}
	if _, err := c.AnswerWidening(t.Context(), writer, e.ID, c.requests(t, writer)[0].ID, false); err != nil {
		t.Fatal(err)
	}
	if now, _ := c.stored(t, e.ID); !now.Audience.Equal(e.Audience) || now.Version != e.Version {
		t.Errorf("a no made %v", now.Audience)
	}
	if notices, _ := c.told(t, asker); len(notices) != 1 || notices[0].Kind != rugzak.NoticeWideningNo {
		t.Errorf("who asked is told %+v", notices)
	}
	if err := c.AskWidening(t.Context(), asker, e.ID, more); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("asking again: %v", err)
	}
	c.clock.turn(c.clock.Now().Add(rugzak.WideningLasts))
	if err := c.AskWidening(t.Context(), asker, e.ID, more); err != nil {
		t.Errorf("asking after a month: %v", err)
	}
}

// A request falls when it is over, when its entry is no longer shared, and when
// who asked lost sight of it.
func TestWideningFalls(t *testing.T) {
	for name, fall := range map[string]func(t *testing.T, c *cast, e rugzak.Entry){
		"time": func(t *testing.T, c *cast, _ rugzak.Entry) { c.clock.turn(c.clock.Now().Add(rugzak.WideningLasts)) },
		"withdrawn": func(t *testing.T, c *cast, e rugzak.Entry) {
			if _, err := c.Withdraw(t.Context(), c.people[author], e.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := c.PutBack(t.Context(), c.people[author], e.ID); err != nil {
				t.Fatal(err)
			}
		},
		"narrowed": func(t *testing.T, c *cast, e rugzak.Entry) {
			if _, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
				t.Fatal(err)
			}
		},
		"chosen already": func(t *testing.T, c *cast, e rugzak.Entry) {
			if _, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
				t.Fatal(err)
			}
			if notices, _ := c.told(t, c.people[elsewhere]); len(notices) != 1 || notices[0].Kind != rugzak.NoticeWideningYes {
				t.Errorf("who asked is told %+v", notices)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			writer, asker := c.people[author], c.people[elsewhere]
			e := c.share(t, writer, simple("Titel", "Tekst", rugzak.LevelOrganisation, asker.Organisation))
			if err := c.AskWidening(t.Context(), asker, e.ID, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
				t.Fatal(err)
			}
			asked := c.requests(t, writer)
			if len(asked) != 1 {
				t.Fatalf("%+v", asked)
			}
			fall(t, c, e)
			if left := c.requests(t, writer); len(left) > 0 {
				t.Errorf("there is still %+v", left)
			}
			if _, err := c.AnswerWidening(t.Context(), writer, e.ID, asked[0].ID, true); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("it is answered: %v", err)
			}
		})
	}
}

// What is asked for must be offered: a partner can neither ask for other
// partners nor learn of them, and nobody asks all day.
func TestWideningIsBounded(t *testing.T) {
	c := newCast(t)
	writer, far, facilitator := c.people[author], c.people[ceder], c.people["facilitator"]
	douglasID := c.people[douglas].Organisation
	e := c.share(t, writer, simple("Titel", "Tekst", rugzak.LevelOrganisation, c.partner, douglasID))
	choices, err := c.WideningChoices(t.Context(), far, e.ID)
	if err != nil || len(choices.Partners) > 0 {
		t.Errorf("a partner may ask for %+v, %v", choices.Partners, err)
	}
	known := c.AskWidening(t.Context(), far, e.ID, rugzak.Audience{Also: []rugzak.OrganisationID{douglasID}})
	absent := c.AskWidening(t.Context(), far, e.ID, rugzak.Audience{Also: []rugzak.OrganisationID{"bestaat-niet"}})
	if rugzak.CodeOf(known) != rugzak.CodeInvalid || answerOf(known) != answerOf(absent) {
		t.Errorf("another partner: %v, absent: %v", known, absent)
	}
	for _, bad := range []rugzak.Audience{{}, {Level: rugzak.LevelTeam}, {Level: rugzak.LevelOrganisation}, {Level: "alles"}, {Also: []rugzak.OrganisationID{c.partner}}} {
		if err := c.AskWidening(t.Context(), facilitator, e.ID, bad); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("asking for %v: %v", bad, err)
		}
	}
	for i := range rugzak.MaxWidenings + 1 {
		c.clock.turn(c.clock.Now().Add(time.Minute))
		next := c.share(t, writer, simple("Titel", "Tekst", rugzak.LevelOrganisation))
		err := c.AskWidening(t.Context(), facilitator, next.ID, rugzak.Audience{Level: rugzak.LevelInternal})
		if last := i == rugzak.MaxWidenings; last != (rugzak.CodeOf(err) == rugzak.CodeInvalid) {
			t.Errorf("question %d: %v", i+1, err)
		}
	}
}

// hides reports whether a use case of somebody who is no author may bring an entry
// from one state into another: a report and a merge show it to fewer, and of what
// is due for review, which the probe lays, nobody is let in anew.
func hides(use string, before, after rugzak.State) bool {
	switch use {
	case "MergeEntries":
		return before.Public() && after == rugzak.StateWithdrawn
	case "AskArchive", "ReviewFor":
		return before.Public() && after.Public()
	}
	return after == rugzak.StateReported
}

// Nobody but an author ever gives an entry another audience: every use case is
// tried by everybody else, and the audience stays. A report and a merge alone
// change who reads: they hide.
func TestOnlyAuthorsWiden(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	tried := 0
	for _, a := range audienceCases() {
		e := c.write(t, a)
		before, _ := c.stored(t, e.ID)
		for use, do := range probes() {
			if use == "RemoveSamples" || use == "Import" || use == "ImportWhole" || use == "LoadStarter" {
				continue // of the data's owner; none is given this entry
			}
			for _, name := range c.names {
				if name == a.by {
					continue
				}
				tried++
				_ = do(t.Context(), c, c.people[name], before)
				after, _ := c.stored(t, e.ID)
				if !after.Audience.Equal(before.Audience) || after.State != before.State && !hides(use, before.State, after.State) {
					t.Fatalf("%s by %s of %q made %v %s of %v %s", use, name, a.name, after.Audience, after.State, before.Audience, before.State)
				}
				if after.State != before.State { // the others are tried on what it was
					before.Version = after.Version
					c.setState(t, before, before.State)
					before, _ = c.stored(t, e.ID)
				}
			}
		}
	}
	t.Logf("%d times tried by somebody who is no author", tried)
}
