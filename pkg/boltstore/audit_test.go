// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// audited opens a store with some acts in its log.
func audited(t *testing.T) *Store {
	t.Helper()
	s, err := Open(testPath(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for n := range 5 {
		_, err := s.Update(t.Context(), func(w rugzak.Writer) error {
			return w.Audit(rugzak.AuditAct{
				At: rugzaktest.Noon, Verb: rugzak.AuditRoles, By: rugzak.PersonActor(rugzak.PersonID(rugzaktest.ID(n))), Subject: "settings",
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// Whoever changes the audit log behind the store's back, with checksums that
// are right, is found out.
func TestAuditTampering(t *testing.T) {
	rewrite := func(number uint64, change func(*auditRecord)) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			b, key := tx.Bucket(bucketAudit), changeKey(number)
			var record auditRecord
			if err := decode(bucketAudit, key, b.Get(key), &record); err != nil {
				return err
			}
			change(&record)
			value, err := encode(bucketAudit, key, record)
			if err != nil {
				return err
			}
			return b.Put(key, value)
		}
	}
	remove := func(number uint64) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket(bucketAudit).Delete(changeKey(number)) }
	}
	for name, c := range map[string]struct {
		damage func(*bbolt.Tx) error
		says   string
	}{
		"another verb":    {rewrite(3, func(r *auditRecord) { r.Verb = "nothing" }), "record 3 was changed"},
		"another person":  {rewrite(2, func(r *auditRecord) { r.By = "system" }), "record 2 was changed"},
		"another time":    {rewrite(5, func(r *auditRecord) { r.At = r.At.Add(1) }), "record 5 was changed"},
		"hash made again": {rewrite(3, func(r *auditRecord) { r.Verb = "x"; r.Hash = rugzak.AuditHash("", 3, r.act()) }), "was changed"},
		"one taken out":   {remove(3), "record 4 follows where 3 should"},
		"end taken away":  {remove(5), "it ends with record 4, not 5"},
		"start taken":     {remove(1), "record 2 follows where 1 should"},
	} {
		t.Run(name, func(t *testing.T) {
			s := audited(t)
			sound(t, s)
			tamper(t, s, c.damage)
			if found := strings.Join(problems(t, s), "\n"); !strings.Contains(found, c.says) {
				t.Errorf("Check said %q, want something with %q", found, c.says)
			}
		})
	}
}
