// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreAudit(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	someone, other := People()[0].ID, People()[1].ID
	acts := []rugzak.AuditAct{
		{At: Noon, Verb: rugzak.AuditSignIn, By: rugzak.PersonActor(someone), Detail: "password"},
		{At: Noon.Add(time.Minute), Verb: rugzak.AuditRoles, By: rugzak.PersonActor(someone), Subject: rugzak.PersonActor(other), Detail: "facilitator"},
		{At: Noon.Add(2 * time.Minute), Verb: rugzak.AuditSettings, By: "operator", Subject: "settings"},
		{At: Noon.Add(3 * time.Minute), Verb: rugzak.AuditExported, By: rugzak.PersonActor(other), Detail: "audit"},
	}
	wantEveryField(t, reflect.ValueOf(acts[1]), "AuditAct")
	for _, a := range acts {
		storeUpdate(t, s, func(w rugzak.Writer) error { return w.Audit(a) })
	}
	newestFirst := func(before uint64) (out []rugzak.AuditAct, numbers []uint64) {
		storeView(t, s, func(r rugzak.Reader) error {
			for _, record := range storeCollect(t, r.AuditLog(before)) {
				out, numbers = append(out, record.AuditAct), append(numbers, record.Number)
			}
			return nil
		})
		return out, numbers
	}
	got, numbers := newestFirst(0)
	Same(t, "audit log", got, []rugzak.AuditAct{acts[3], acts[2], acts[1], acts[0]})
	Same(t, "numbers", numbers, []uint64{4, 3, 2, 1})
	got, _ = newestFirst(3)
	Same(t, "before the third", got, []rugzak.AuditAct{acts[1], acts[0]})

	chain := func(after uint64) (out []rugzak.AuditRecord) {
		storeView(t, s, func(r rugzak.Reader) error {
			out = storeCollect(t, r.AuditChain(after))
			return nil
		})
		return out
	}
	whole, previous := chain(0), ""
	for i, record := range whole {
		if record.Number != uint64(i+1) || record.Verb != acts[i].Verb || record.Hash != rugzak.AuditHash(previous, record.Number, record.AuditAct) {
			t.Errorf("record %d of the chain as it is stored: %+v", i+1, record)
		}
		previous = record.Hash
	}
	if rest := chain(3); len(whole) != 4 || len(rest) != 1 || rest[0].Number != 4 || chain(4) != nil {
		t.Errorf("%d records, after the third %+v", len(whole), rest)
	}

	// Who is behind an alias can be erased; the chain stays whole.
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.ForgetInAudit(other) })
	got, _ = newestFirst(0)
	if got[0].By == acts[3].By || !strings.HasPrefix(got[0].By, "alias:") || got[0].By != got[2].Subject || got[3].By != acts[0].By {
		t.Errorf("after forgetting a person: %+v", got)
	}
	storeSound(t, s)

	storeUpdate(t, s, func(w rugzak.Writer) error { return w.CutAudit(2) })
	if rest := chain(0); len(rest) != 2 || rest[0].Number != 3 {
		t.Errorf("the chain after a cut: %+v", rest)
	}
	if _, numbers = newestFirst(0); !reflect.DeepEqual(numbers, []uint64{4, 3}) {
		t.Errorf("after a cut: %v", numbers)
	}
	storeSound(t, s)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.Audit(acts[0]) })
	storeView(t, s, func(r rugzak.Reader) error {
		head, err := r.AuditHead()
		start, err2 := r.AuditStart()
		if head.Number != 5 || start.Number != 2 || len(head.Hash) != 64 || len(start.Hash) != 64 || err2 != nil {
			t.Errorf("the chain goes from %+v to %+v (%v)", start, head, err2)
		}
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.CutAudit(100) })
	if got, _ = newestFirst(0); got != nil {
		t.Errorf("after cutting everything: %+v", got)
	}
}

func testStoreNotices(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	notice := func(n int, p rugzak.PersonID) rugzak.Notice {
		return rugzak.Notice{ID: ID(n), Person: p, Kind: "asked", Entry: Entry(1).ID, Theme: "wonen", About: "ja", At: Noon, Read: true}
	}
	wantEveryField(t, reflect.ValueOf(notice(1, me)), "Notice")
	mail := rugzak.Mail{ID: ID(7), Kind: "reset", To: me, Invitation: "x", Entry: Entry(1).ID, Notice: ID(2), Week: "2026-W48", At: Noon, Attempts: 2, NotBefore: Noon.Add(time.Hour)}
	wantEveryField(t, reflect.ValueOf(mail), "Mail")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, n := range []rugzak.Notice{notice(1, me), notice(2, me), notice(3, other)} {
			if err := w.SaveNotice(n); err != nil {
				return err
			}
		}
		later := rugzak.Mail{ID: ID(8), Kind: "invitation", Invitation: "y", At: Noon}
		if err := w.QueueMail(later); err != nil {
			return err
		}
		return w.QueueMail(mail)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		mine, err := r.Notices(me)
		Same(t, "notices", mine, []rugzak.Notice{notice(2, me), notice(1, me)})
		newest, errN := r.NewestNotice(me)
		Same(t, "newest notice", newest, notice(2, me))
		_, errM := r.NewestNotice(People()[2].ID)
		storeMissing(t, "newest of who has none", errM)
		if errN != nil {
			t.Error(errN)
		}
		queue, err2 := r.MailQueue()
		if len(queue) != 2 || err2 != nil {
			t.Fatalf("queue %v, %v", queue, err2)
		}
		Same(t, "oldest mail", queue[0], mail)
		return err
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveNotice(other, ID(1)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveNotice(me, ID(1)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	storeView(t, s, func(r rugzak.Reader) error {
		mine, err := r.Notices(me)
		if len(mine) > 0 || err != nil {
			t.Errorf("notices of somebody who is gone: %v, %v", mine, err)
		}
		queue, err := r.MailQueue()
		if len(queue) != 1 || queue[0].ID != ID(8) {
			t.Errorf("mail to somebody who is gone: %v", queue)
		}
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveMail(ID(8)) })
}

func testStoreSettings(t *testing.T, s rugzak.Store) {
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Settings()
		Same(t, "settings of a new store", got, rugzak.DefaultSettings())
		return err
	})
	want := rugzak.DefaultSettings()
	want.Privacy.KnownDomains = []string{"gemeente.test"}
	want.Accounts.SecondFactor = []rugzak.Role{rugzak.RoleAdministrator}
	want.Retention.Audit = 0
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveSettings(want, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveSettings(want, 0) })
	want.Version = 1
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Settings()
		Same(t, "settings", got, want)
		return err
	})
}
