// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// An administrator hands over what the colleague could read already, and learns
// of nothing else; the person hands over everything.
func TestLeavingAndHandingOver(t *testing.T) {
	c := newCast(t)
	admin, heir := c.people["administrator"], c.people["facilitator"] // of Ahorn, in no team
	set := func(leaver rugzak.Person) (shared, team, draft, nameless rugzak.EntryID) {
		shared = c.share(t, leaver, simple("Voor allen", "Tekst.", rugzak.LevelInternal)).ID
		team = c.share(t, leaver, simple("Voor het team", "Tekst.", rugzak.LevelTeam)).ID
		saved, err := c.SaveDraft(t.Context(), leaver, c.idFor(leaver), 0, simple("Concept", "Tekst.", rugzak.LevelTeam))
		if err != nil {
			t.Fatal(err)
		}
		in := simple("Zonder naam", "Tekst.", rugzak.LevelInternal)
		in.Mode = rugzak.Anonymous
		return shared, team, saved.Entry.ID, c.share(t, leaver, in).ID
	}
	mine := func(id rugzak.EntryID) bool {
		v, err := c.Read(t.Context(), heir, id)
		return err == nil && v.Mine
	}
	a, b := c.people[author], c.people[teammate]
	shared, team, draft, nameless := set(a)
	for _, to := range []rugzak.PersonID{a.ID, admin.ID, c.people[elsewhere].ID, c.people[gone].ID, "niemand"} {
		if to == c.people[gone].ID {
			c.inactive(t, c.person(t, c.people[gone].Email), true)
		}
		if err := c.Leave(t.Context(), admin, a.ID, to); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("handing over to %s: %v", to, err)
		}
	}
	if err := c.Leave(t.Context(), admin, a.ID, heir.ID); err != nil {
		t.Fatal(err)
	}
	if !mine(shared) || mine(team) || mine(draft) || mine(nameless) {
		t.Error("the administrator handed over something else than what was shared with the colleague")
	}
	if p := c.person(t, a.Email); !p.Inactive || p.LeftAt.IsZero() {
		t.Errorf("who left: %+v", p)
	}
	page, err := c.Notices(t.Context(), heir)
	if err != nil || len(page.Lines) != 1 || page.Lines[0].Notice.Kind != backpack.NoticeHandedOver || page.Lines[0].Title != "" {
		t.Errorf("the colleague is told %+v, %v", page, err)
	}

	shared, team, draft, nameless = set(b)
	if err := c.HandOver(t.Context(), b, heir.ID); err != nil {
		t.Fatal(err)
	}
	if !mine(shared) || !mine(team) || !mine(draft) || !mine(nameless) {
		t.Error("the person could not hand over everything")
	}
	if v, err := c.Read(t.Context(), b, nameless); err != nil || !v.Mine {
		t.Errorf("who handed over is no author any more: %v", err)
	}
	if _, err := c.Colleagues(t.Context(), b, a.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("the colleagues of another: %v", err)
	}
	if all, err := c.Colleagues(t.Context(), c.people[ceder], c.people[ceder].ID); err != nil || len(all) != 1 || all[0].ID != c.people["partnercontact"].ID {
		t.Errorf("the colleagues of a partner: %v, %v", all, err)
	}
}

// Who moves takes the drafts along, and leaves what is shared where it is.
func TestDraftsMoveAlong(t *testing.T) {
	c := newCast(t)
	p := c.people[author]
	shared := c.share(t, p, simple("Gedeeld", "Tekst.", rugzak.LevelOrganisation))
	draft, err := c.SaveDraft(t.Context(), p, c.idFor(p), 0, simple("Concept", "Tekst.", rugzak.LevelOrganisation))
	if err != nil {
		t.Fatal(err)
	}
	berk := c.people[elsewhere].Organisation
	in := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: berk, Roles: p.Roles}
	if _, err := c.SavePerson(t.Context(), c.people["administrator"], p.ID, p.Version, in); err != nil {
		t.Fatal(err)
	}
	c.see(t, func(r rugzak.Reader) error {
		e, err := r.Entry(draft.Entry.ID)
		if e.Organisation != berk || e.Team != "" || err != nil {
			t.Errorf("the draft belongs to %s/%s, %v", e.Organisation, e.Team, err)
		}
		if e, err = r.Entry(shared.ID); e.Organisation != shared.Organisation || err != nil {
			t.Errorf("what was shared belongs to %s, %v", e.Organisation, err)
		}
		return nil
	})
}

// A notice is about what its reader may see now, and about nothing else.
func TestNotices(t *testing.T) {
	c := newCast(t)
	reader, e := c.people[ceder], c.share(t, c.people[author], simple("Voor een partner", "Tekst.", rugzak.LevelTeam, c.partner))
	put := func(n rugzak.Notice) {
		t.Helper()
		n.ID, n.Person, n.At = rugzak.NewID(c.clock.Now()), reader.ID, c.clock.Now()
		if _, err := c.store.Update(t.Context(), func(w rugzak.Writer) error { return w.SaveNotice(n) }); err != nil {
			t.Fatal(err)
		}
	}
	put(rugzak.Notice{Kind: "x", Entry: e.ID})
	put(rugzak.Notice{Kind: "x", Theme: c.theme})
	put(rugzak.Notice{Kind: "x"})
	put(rugzak.Notice{Kind: "x", Entry: rugzak.EntryID(c.NewID())})
	titles := func() map[string]int {
		t.Helper()
		page, err := c.Notices(t.Context(), reader)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]int{}
		for _, l := range page.Lines {
			out[l.Title]++
		}
		return out
	}
	if got := titles(); len(got) != 3 || got["Voor een partner"] != 1 || got["Samen"] != 1 || got[""] != 1 {
		t.Errorf("notices: %v", got)
	}
	if _, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	if got := titles(); got["Voor een partner"] != 0 || len(got) != 2 {
		t.Errorf("after narrowing: %v", got)
	}
	if err := c.SeenNotices(t.Context(), reader); err != nil {
		t.Fatal(err)
	}
	page, err := c.Notices(t.Context(), reader)
	if err != nil || page.News {
		t.Errorf("after reading: %+v, %v", page, err)
	}
	id := page.Lines[0].Notice.ID
	if err := c.RemoveNotice(t.Context(), c.people[douglas], id); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("somebody else's notice: %v", err)
	}
	if err := c.RemoveNotice(t.Context(), reader, id); err != nil {
		t.Error(err)
	}
}
