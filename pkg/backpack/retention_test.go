// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// days moves the clock on, a day at a time, and does the daily work.
func (v *village) days(t testing.TB, count int) {
	t.Helper()
	for range count {
		v.clock.turn(v.clock.Now().AddDate(0, 0, 1))
		if err := v.Daily(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (v *village) notices(t testing.TB, name string, kind rugzak.NoticeKind) (out []rugzak.Notice) {
	t.Helper()
	err := v.store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Notices(v.people[name].ID)
		for _, n := range all {
			if n.Kind == kind {
				out = append(out, n)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (v *village) draft(t testing.TB, name string) rugzak.Entry {
	t.Helper()
	in := simple("Half af van "+name, "Nog niet klaar.", rugzak.LevelTeam)
	saved, err := v.SaveDraft(t.Context(), v.people[name], v.idFor(v.people[name]), 0, in)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Entry
}

func (v *village) there(t testing.TB, id rugzak.EntryID) bool {
	t.Helper()
	err := v.store.View(t.Context(), func(r rugzak.Reader) error { _, err := r.Entry(id); return err })
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Fatal(err)
	}
	return err == nil
}

// A draft nobody touches is announced once after six months and gone after
// twelve; one that is kept or written on begins anew.
func TestOldDraftsAreAnnouncedAndRemoved(t *testing.T) {
	v := newVillage(t)
	left, kept, touched := v.draft(t, "anna"), v.draft(t, "bas"), v.draft(t, "curator")
	v.days(t, 180)
	if n := v.notices(t, "anna", rugzak.NoticeDraftOld); len(n) != 0 {
		t.Fatalf("announced too early: %+v", n)
	}
	v.days(t, 5)
	for name, e := range map[string]rugzak.Entry{"anna": left, "bas": kept, "curator": touched} {
		if n := v.notices(t, name, rugzak.NoticeDraftOld); len(n) != 1 || n[0].Entry != e.ID {
			t.Fatalf("%s was told %+v", name, n)
		}
	}
	view, err := v.Read(t.Context(), v.people["anna"], left.ID)
	if want := left.UpdatedAt.AddDate(0, 12, 0); err != nil || !view.RemovesAt.Equal(want) {
		t.Errorf("the page says it goes at %v, want %v (%v)", view.RemovesAt, want, err)
	}
	if _, err := v.KeepDraft(t.Context(), v.people["bas"], kept.ID); err != nil {
		t.Fatal(err)
	}
	in := v.InputOf(touched)
	in.Body = "Weer verder."
	if _, err := v.SaveDraft(t.Context(), v.people["curator"], touched.ID, touched.Version, in); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bas", "curator"} {
		if n := v.notices(t, name, rugzak.NoticeDraftOld); len(n) != 0 {
			t.Errorf("%s is still told %+v", name, n)
		}
	}
	v.days(t, 175) // a year less five days
	if !v.there(t, left.ID) || len(v.notices(t, "anna", rugzak.NoticeDraftOld)) != 1 {
		t.Fatal("it went too early, or was announced twice")
	}
	v.days(t, 6)
	if v.there(t, left.ID) || len(v.notices(t, "anna", rugzak.NoticeDraftOld)) != 0 {
		t.Error("the draft nobody touched is still there, or still spoken of")
	}
	if !v.there(t, kept.ID) || !v.there(t, touched.ID) {
		t.Error("a draft that somebody kept is gone")
	}
	if got := v.acts(t, rugzak.AuditRetention); len(got) != 1 || got[0] != "system entry "+string(left.ID)+" draft" {
		t.Errorf("the audit log says %q", got)
	}
	v.days(t, 5)
	if n := v.notices(t, "bas", rugzak.NoticeDraftOld); len(n) != 1 {
		t.Errorf("the draft that was kept is old again, and told %d times", len(n))
	}
	v.sound(t)
}

// A draft that lay for years before anybody looked is not removed unannounced.
func TestNoDraftGoesUnannounced(t *testing.T) {
	v := newVillage(t)
	old := v.draft(t, "anna")
	v.clock.turn(v.clock.Now().AddDate(3, 0, 0))
	v.days(t, 1)
	if !v.there(t, old.ID) || len(v.notices(t, "anna", rugzak.NoticeDraftOld)) != 1 {
		t.Fatal("removed, or not announced")
	}
	v.days(t, 29)
	if !v.there(t, old.ID) {
		t.Fatal("removed within the grace")
	}
	v.days(t, 2)
	if v.there(t, old.ID) {
		t.Error("still there")
	}
}

// After two years the authors are asked, also who wrote without name, and
// decide; nothing is removed, and nobody else sees a difference in who may read.
func TestOldEntriesAreReviewed(t *testing.T) {
	v := newVillage(t)
	anna := v.people["anna"]
	named := v.share(t, anna, simple("Met naam", "Tekst.", rugzak.LevelInternal))
	other := v.share(t, anna, simple("Ook met naam", "Tekst.", rugzak.LevelInternal))
	third := v.share(t, anna, simple("Nog een", "Tekst.", rugzak.LevelInternal))
	form := simple("Zonder naam", "Tekst.", rugzak.LevelInternal)
	form.Mode = rugzak.Anonymous
	v.share(t, v.people["bas"], form)
	v.days(t, 1)
	v.clock.turn(v.clock.Now().AddDate(2, 0, 0))
	v.days(t, 2)
	if n := v.notices(t, "anna", rugzak.NoticeReview); len(n) != 3 {
		t.Fatalf("anna was told %+v", n)
	}
	if n := v.notices(t, "bas", rugzak.NoticeReviewNameless); len(n) != 1 || n[0].Entry != "" { // which entry would tell who wrote it
		t.Fatalf("who wrote without name was told %+v", n)
	}
	view, err := v.Read(t.Context(), v.people["curator"], named.ID)
	if err != nil || view.Entry.State != rugzak.StateToReview || view.Entry.Version != named.Version {
		t.Fatalf("%+v, %v", view.Entry.State, err)
	}
	if titles, _ := v.find(t, v.people["curator"], "naam"); len(titles) != 3 {
		t.Errorf("found %q", titles)
	}
	for _, name := range []string{"curator", "admin"} {
		if _, err := v.Review(t.Context(), v.people[name], named.ID, backpack.ReviewArchive); rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s archived it: %v", name, err)
		}
	}
	kept, err := v.Review(t.Context(), anna, named.ID, backpack.ReviewKeep)
	if err != nil || kept.Entry.State != rugzak.StateShared {
		t.Fatal(kept.Entry.State, err)
	}
	if archived, err := v.Review(t.Context(), anna, other.ID, backpack.ReviewArchive); err != nil || archived.Entry.State != rugzak.StateArchived {
		t.Fatal(archived.Entry.State, err)
	}
	in := v.InputOf(third)
	in.Body = "Bijgewerkt."
	if revised, err := v.Revise(t.Context(), anna, third.ID, third.Version, in); err != nil || revised.Entry.State != rugzak.StateShared {
		t.Fatal(revised.Entry.State, err)
	}
	if n := v.notices(t, "anna", rugzak.NoticeReview); len(n) != 0 {
		t.Errorf("still told %+v", n)
	}
	v.days(t, 30)
	if n := v.notices(t, "anna", rugzak.NoticeReview); len(n) != 0 {
		t.Errorf("told again within the term: %+v", n)
	}
	if n := v.notices(t, "bas", rugzak.NoticeReviewNameless); len(n) != 1 {
		t.Errorf("told %d times", len(n))
	}
	if back, err := v.Review(t.Context(), anna, other.ID, backpack.ReviewKeep); err != nil || back.Entry.State != rugzak.StateShared {
		t.Errorf("an archived entry does not come back: %v, %v", back.Entry.State, err)
	}
	v.sound(t)
}

// The preview counts exactly what the daily work then does, and names nothing.
func TestPreviewIsWhatHappens(t *testing.T) {
	v := newVillage(t)
	v.draft(t, "anna")
	v.draft(t, "partner")
	v.share(t, v.people["anna"], simple("Oud", "Tekst.", rugzak.LevelTeam))
	v.clock.turn(v.clock.Now().AddDate(0, 8, 0))
	if p := v.preview(t, rugzak.DefaultSettings().Retention); p.Total("announce") != 2 || p.Total("remove") != 0 || p.Total("review") != 0 || p.Audit != 0 {
		t.Errorf("under the default terms: %+v", p)
	}
	stricter := rugzak.RetentionSettings{DraftAnnounce: 1, DraftRemove: 2, Review: 6, Audit: 3}
	p := v.preview(t, stricter)
	if p.Total("announce") != 2 || p.Total("review") != 1 || p.Audit == 0 {
		t.Errorf("under stricter terms: %+v", p)
	}
	if err := v.SaveRetention(t.Context(), v.people["admin"], 0, stricter); err != nil {
		t.Fatal(err)
	}
	records := v.state(t).Records
	v.days(t, 1)
	if got := len(v.notices(t, "anna", rugzak.NoticeDraftOld)) + len(v.notices(t, "partner", rugzak.NoticeDraftOld)); got != p.Total("announce") {
		t.Errorf("%d announced, %d previewed", got, p.Total("announce"))
	}
	if got := len(v.notices(t, "anna", rugzak.NoticeReview)); got != p.Total("review") {
		t.Errorf("%d to review, %d previewed", got, p.Total("review"))
	}
	after := v.state(t)
	if want := records - uint64(p.Audit) + 1; after.Records != want || !after.Whole() { // one for the cut itself
		t.Errorf("%+v lines left of the audit log, want %d", after, want)
	}
	if p = v.preview(t, stricter); len(p.Lines) != 0 {
		t.Errorf("there is still something to do: %+v", p.Lines)
	}
	v.days(t, 31)
	if got := v.acts(t, rugzak.AuditRetention); len(got) != 3 || !strings.HasPrefix(got[0], "system   audit ") {
		t.Errorf("the audit log says %q", got)
	}
	if err := v.SaveRetention(t.Context(), v.people["admin"], 0, stricter); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("saved over somebody else's settings: %v", err)
	}
	bad := rugzak.RetentionSettings{DraftAnnounce: 12, DraftRemove: 6}
	if err := v.SaveRetention(t.Context(), v.people["admin"], 1, bad); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("terms that make no sense: %v", err)
	}
	v.sound(t)
}

func (v *village) preview(t testing.TB, terms rugzak.RetentionSettings) backpack.RetentionPreview {
	t.Helper()
	p, err := v.PreviewRetention(t.Context(), v.people["admin"], terms)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (v *village) state(t testing.TB) rugzak.AuditState {
	t.Helper()
	state, err := v.VerifyAudit(t.Context(), backpack.Operator())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func (v *village) sound(t testing.TB) {
	t.Helper()
	if err := v.store.Check(context.WithoutCancel(t.Context()), func(problem string) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}

// The work is done once a day, by one process, also after a restart; what
// failed is done again, and who died is not waited for long.
func TestDailyWorkIsDoneOnce(t *testing.T) {
	v := newVillage(t)
	done := func() (at time.Time) {
		t.Helper()
		err := v.store.View(t.Context(), func(r rugzak.Reader) (err error) { at, err = r.DoneAt("daily"); return err })
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	v.days(t, 1)
	first := done()
	if !first.Equal(v.clock.Now()) {
		t.Fatalf("done at %v", first)
	}
	v.clock.turn(v.clock.Now().Add(time.Hour))
	if err := v.Daily(t.Context()); err != nil || !done().Equal(first) {
		t.Errorf("done twice in a day: %v", err)
	}
	// Another process is at it.
	v.clock.turn(v.clock.Now().AddDate(0, 0, 1))
	_, err := v.store.Update(t.Context(), func(w rugzak.Writer) error {
		mine, err := w.TakeLease("daily", "another", v.clock.Now(), v.clock.Now().Add(5*time.Minute))
		if !mine {
			t.Error("the lease was not given up")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Daily(t.Context()); err != nil || !done().Equal(first) {
		t.Errorf("took the work of another: %v", err)
	}
	v.clock.turn(v.clock.Now().Add(6 * time.Minute)) // it died
	if err := v.Daily(t.Context()); err != nil || !done().Equal(v.clock.Now()) {
		t.Errorf("waits for the dead: %v", err)
	}
	// What was broken off is not done.
	v.clock.turn(v.clock.Now().AddDate(0, 0, 1))
	ended, stop := context.WithCancel(t.Context())
	stop()
	if err := v.Daily(ended); err == nil {
		t.Error("nothing was broken off: the check sees nothing")
	}
	if err := v.Daily(t.Context()); err != nil || !done().Equal(v.clock.Now()) {
		t.Errorf("not done again: %v", err)
	}
}
