// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// save keeps a search for somebody, to be told of what is new.
func (v *village) save(t testing.TB, name, query string, filter rugzak.Filter) rugzak.SavedSearch {
	t.Helper()
	q, err := v.SaveSearch(t.Context(), v.people[name], backpack.SavedSearchInput{Name: "Over " + query, Query: query, Filter: filter, Notify: true})
	if err != nil {
		t.Fatal(err)
	}
	v.clock.turn(v.clock.Now().Add(time.Second))
	return q
}

// later lets time pass and looks what is new.
func (v *village) later(t testing.TB, pass time.Duration) {
	t.Helper()
	v.clock.turn(v.clock.Now().Add(pass))
	v.caughtUp(t)
	if err := v.TellSavedSearches(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// told returns what somebody is told of saved searches: a count for each.
func (v *village) told(t testing.TB, name string) map[string]int {
	t.Helper()
	page, err := v.Notices(t.Context(), v.people[name])
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, l := range page.Lines {
		if l.Notice.Kind == rugzak.NoticeSavedSearch {
			if _, twice := out[l.Saved.Query]; twice {
				t.Errorf("%s is told of %q twice", name, l.Saved.Query)
			}
			out[l.Saved.Query] = l.Count
		}
	}
	return out
}

func (v *village) wantTold(t testing.TB, when, name string, want map[string]int) {
	t.Helper()
	if got := v.told(t, name); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %s is told %v, want %v", when, name, got, want)
	}
}

// A saved search is a person's own: others cannot read, change or remove it,
// and it says nothing about what is hidden.
func TestSavedSearchesAreOnesOwn(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	anna, bas := v.people["anna"], v.people["bas"]
	q := v.save(t, "anna", "zandloper", rugzak.Filter{rugzak.FacetKind: {"method"}})
	again, err := v.SaveSearch(t.Context(), anna, backpack.SavedSearchInput{Name: "  Anders \n ", Query: "zandloper", Filter: rugzak.Filter{rugzak.FacetKind: {"method"}}, Newest: true})
	if err != nil || again.ID != q.ID || again.Name != "Anders" || again.Notify || !again.Newest {
		t.Errorf("saving the same question again: %+v, %v", again, err)
	}
	for what, err := range map[string]error{
		"reading":  second(v.SavedSearch(t.Context(), bas, q.ID)),
		"changing": v.ChangeSavedSearch(t.Context(), bas, q.ID, "Gekaapt", true),
		"nobody":   second(v.SavedSearch(t.Context(), rugzak.Person{}, q.ID)),
	} {
		if rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s somebody else's: %v", what, err)
		}
	}
	if err := v.RemoveSavedSearch(t.Context(), bas, q.ID); err != nil {
		t.Errorf("removing somebody else's: %v", err)
	}
	if all, err := v.SavedSearches(t.Context(), anna); err != nil || len(all) != 1 || all[0].Name != "Anders" {
		t.Errorf("after others tried: %+v, %v", all, err)
	}
	if _, err := v.SavedSearches(t.Context(), rugzak.Person{}); rugzak.CodeOf(err) != rugzak.CodeSignIn {
		t.Errorf("nobody's: %v", err)
	}
	if err := v.RemoveSavedSearch(t.Context(), anna, q.ID); err != nil {
		t.Fatal(err)
	}
	if err := v.RemoveSavedSearch(t.Context(), anna, q.ID); err != nil {
		t.Errorf("removing twice: %v", err)
	}
	for what, in := range map[string]backpack.SavedSearchInput{
		"nothing asked": {Name: "Leeg"},
		"no name":       {Query: "zandloper"},
		"odd facet":     {Name: "Lezer", Query: "zandloper", Filter: rugzak.Filter{"reader": {"internal"}}},
		"endless query": {Name: "Lang", Query: string(make([]byte, rugzak.MaxQuery+1))},
	} {
		if _, err := v.SaveSearch(t.Context(), anna, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	for n := range rugzak.MaxSavedSearches {
		v.save(t, "bas", fmt.Sprintf("vraag%d", n), nil)
	}
	if _, err := v.SaveSearch(t.Context(), bas, backpack.SavedSearchInput{Name: "Te veel", Query: "te veel"}); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("one too many: %v", err)
	}
}

// People are told of what they find, with the rights of the moment, once a day
// and never of their own.
func TestSavedSearchesTellWhatIsNew(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	old := v.share(t, v.people["bas"], simple("Oude zandloper", "Van voor het bewaren.", rugzak.LevelInternal))
	v.later(t, time.Minute)
	q := v.save(t, "anna", "zandloper", nil)
	v.save(t, "partner", "zandloper", nil)
	v.save(t, "curator", "zandloper", rugzak.Filter{rugzak.FacetKind: {"method"}})
	silent, err := v.SaveSearch(t.Context(), v.people["officer"], backpack.SavedSearchInput{Name: "Stil", Query: "zandloper"})
	if err != nil {
		t.Fatal(err)
	}
	v.later(t, time.Minute)
	v.wantTold(t, "with nothing new", "anna", nil)

	v.share(t, v.people["anna"], simple("Eigen zandloper", "Zelf geschreven.", rugzak.LevelInternal))
	nameless := simple("Zandloper zonder naam", "Zelf geschreven.", rugzak.LevelInternal)
	nameless.Mode = rugzak.Anonymous
	v.share(t, v.people["anna"], nameless)
	v.share(t, v.people["bas"], simple("Zandloper van Jeugd", "Alleen voor Jeugd.", rugzak.LevelOrganisation))
	wide := v.share(t, v.people["bas"], simple("Zandloper voor allen", "Voor iedereen.", rugzak.LevelInternal))
	v.share(t, v.people["bas"], simple("Iets anders", "Zonder dat woord.", rugzak.LevelInternal))
	draft := v.draft(t, "bas")
	v.later(t, time.Minute)
	v.wantTold(t, "after sharing", "anna", map[string]int{"zandloper": 1})
	v.wantTold(t, "after sharing", "partner", nil)
	v.wantTold(t, "with another filter", "curator", nil)
	v.wantTold(t, "silent", "officer", nil)

	// The same day nothing is added; the next day both are counted.
	v.share(t, v.people["bas"], simple("Nog een zandloper", "Later die dag.", rugzak.LevelInternal))
	v.later(t, time.Hour)
	v.wantTold(t, "the same day", "anna", map[string]int{"zandloper": 1})
	v.later(t, 24*time.Hour)
	v.wantTold(t, "the next day", "anna", map[string]int{"zandloper": 2})
	if n := len(v.notices(t, "anna", rugzak.NoticeSavedSearch)); n != 1 {
		t.Errorf("%d notices, want one", n)
	}
	v.later(t, 24*time.Hour)
	v.wantTold(t, "with nothing new", "anna", map[string]int{"zandloper": 2})

	// What goes out of sight is not counted any more, whoever was told.
	if _, err := v.Withdraw(t.Context(), v.people["bas"], wide.ID); err != nil {
		t.Fatal(err)
	}
	v.wantTold(t, "after withdrawing", "anna", map[string]int{"zandloper": 1})
	if err := v.SeenNotices(t.Context(), v.people["anna"]); err != nil {
		t.Fatal(err)
	}
	v.share(t, v.people["bas"], simple("Zandloper na het lezen", "Nieuw.", rugzak.LevelInternal))
	narrowed := v.share(t, v.people["bas"], simple("Zandloper die smaller wordt", "Nieuw.", rugzak.LevelInternal))
	v.caughtUp(t)
	if _, err := v.ChangeAudience(t.Context(), v.people["bas"], narrowed.ID, narrowed.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	v.later(t, 24*time.Hour)
	v.wantTold(t, "after looking", "anna", map[string]int{"zandloper": 1})

	// Widening shows something new, also to who could not read it before.
	if _, err := v.ChangeAudience(t.Context(), v.people["bas"], narrowed.ID, narrowed.Version+1, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	if err := v.ChangeSavedSearch(t.Context(), v.people["officer"], silent.ID, "Niet meer stil", true); err != nil {
		t.Fatal(err)
	}
	v.later(t, 24*time.Hour)
	v.wantTold(t, "after widening", "anna", map[string]int{"zandloper": 2})
	v.wantTold(t, "switched on after the widening", "officer", nil)

	// Switched off, and gone.
	if err := v.ChangeSavedSearch(t.Context(), v.people["anna"], q.ID, q.Name, false); err != nil {
		t.Fatal(err)
	}
	v.share(t, v.people["bas"], simple("Laatste zandloper", "Nieuw.", rugzak.LevelInternal))
	v.later(t, 24*time.Hour)
	v.wantTold(t, "switched off", "anna", map[string]int{"zandloper": 2})
	v.wantTold(t, "switched on", "officer", map[string]int{"zandloper": 1})
	if err := v.RemoveSavedSearch(t.Context(), v.people["anna"], q.ID); err != nil {
		t.Fatal(err)
	}
	if n := len(v.notices(t, "anna", rugzak.NoticeSavedSearch)); n != 0 {
		t.Errorf("%d notices of a search that is gone", n)
	}
	for _, id := range []rugzak.EntryID{old.ID, draft.ID} {
		if !v.there(t, id) {
			t.Error("an entry went")
		}
	}
	v.sound(t)
}

// Rights are those of the moment: who moved or lost a team is told of what they
// may read now, and who left of nothing.
func TestSavedSearchesFollowTheOwnersRights(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	v.save(t, "anna", "zandloper", nil)
	v.save(t, "bas", "zandloper", nil)
	in := simple("Zandloper van het team", "Voor team Noord.", rugzak.LevelTeam)
	writer := v.join(t, "wmo", "noord", rugzak.RoleParticipant)
	v.share(t, writer, in)
	v.caughtUp(t)
	p := v.people["anna"]
	moved := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: p.Organisation, Roles: p.Roles, Language: p.Language}
	if _, err := v.SavePerson(t.Context(), backpack.Operator(), p.ID, p.Version, moved); err != nil {
		t.Fatal(err)
	}
	v.people["anna"] = v.person(t, p.Email)
	v.people["bas"] = v.inactive(t, v.people["bas"], true)
	v.share(t, writer, simple("Zandloper voor allen", "Voor iedereen.", rugzak.LevelInternal))
	v.later(t, time.Minute)
	v.wantTold(t, "out of the team", "anna", map[string]int{"zandloper": 1})
	if n := len(v.notices(t, "bas", rugzak.NoticeSavedSearch)); n != 0 {
		t.Errorf("who left has %d notices", n)
	}
}

// A follower that stops goes on from where it was, and waits for the index.
func TestSavedSearchesGoOn(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	v.later(t, time.Minute)
	head := func() rugzak.Position {
		pos, _, err := v.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return pos
	}
	followed := func() (pos rugzak.Position) {
		v.see(t, func(r rugzak.Reader) (err error) { pos, err = r.FollowedTo("saved-searches"); return err })
		return pos
	}
	if followed() != head() {
		t.Errorf("without anybody to tell it is at %q, want %q", followed(), head())
	}
	v.save(t, "anna", "zandloper", nil)
	was := followed()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	v.share(t, v.people["bas"], simple("Zandloper", "Voor iedereen.", rugzak.LevelInternal))
	v.caughtUp(t)
	if err := v.TellSavedSearches(ctx); err == nil {
		t.Error("a stopped follower says it is done")
	}
	if followed() != was {
		t.Error("a stopped follower went on")
	}
	v.later(t, time.Minute)
	v.wantTold(t, "going on", "anna", map[string]int{"zandloper": 1})
	if followed() != head() {
		t.Errorf("it is at %q, want %q", followed(), head())
	}
}

// busyLog is a store in which something happens before the log is read on.
type busyLog struct {
	rugzak.Store
	before func()
}

func (s *busyLog) Changes(ctx context.Context, after rugzak.Position, limit int) ([]rugzak.Change, error) {
	s.before()
	return s.Store.Changes(ctx, after, limit)
}

func (s *busyLog) Head(ctx context.Context) (head, narrowed rugzak.Position, err error) {
	s.before()
	return s.Store.Head(ctx)
}

// A search that is saved while the follower is at work misses nothing that comes
// after it.
func TestSavedSearchWhileFollowing(t *testing.T) {
	t.Parallel()
	for n := range 6 {
		v := newVillage(t)
		if n%2 == 1 {
			v.save(t, "curator", "iets anders", nil)
		}
		v.share(t, v.people["bas"], simple("Zandloper van vroeger", "Voor iedereen.", rugzak.LevelInternal))
		v.caughtUp(t)
		deps, left := v.Deps, n/2
		meanwhile := func() {
			v.clock.turn(v.clock.Now().Add(time.Second))
			v.save(t, "anna", "zandloper", nil)
			v.share(t, v.people["bas"], simple("Zandloper", "Voor iedereen.", rugzak.LevelInternal))
			v.caughtUp(t)
		}
		deps.Store = &busyLog{v.store, func() {
			if left--; left == -1 {
				meanwhile()
			}
		}}
		if err := backpack.New(deps).TellSavedSearches(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left >= 0 {
			meanwhile()
		}
		v.later(t, time.Minute)
		v.wantTold(t, fmt.Sprint("saved meanwhile ", n), "anna", map[string]int{"zandloper": 1})
	}
}
