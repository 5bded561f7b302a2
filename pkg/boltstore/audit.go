// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

type auditRecord struct {
	At      time.Time `json:"t"`
	Verb    string    `json:"v"`
	By      string    `json:"b"`
	Subject string    `json:"s,omitempty"`
	Detail  string    `json:"d,omitempty"`
	Hash    string    `json:"h"`
}

func (r auditRecord) act() rugzak.AuditAct {
	return rugzak.AuditAct{At: r.At, Verb: rugzak.AuditVerb(r.Verb), By: r.By, Subject: r.Subject, Detail: r.Detail}
}

type auditSumRecord struct {
	Number uint64 `json:"n"`
	Hash   string `json:"h"`
}

const aliasWord = "alias:"

// The aliases have two kinds of keys in their bucket.
const (
	aliasByPerson = "p"
	aliasByAlias  = "a"
)

// AuditHead is the end of the chain.
func (r *reader) AuditHead() (rugzak.AuditSum, error) { return r.auditSum(metaAudit) }

// AuditStart is where retention cut the chain.
func (r *reader) AuditStart() (rugzak.AuditSum, error) { return r.auditSum(metaAuditCut) }

func (r *reader) auditSum(key []byte) (rugzak.AuditSum, error) {
	var record auditSumRecord
	err := r.get(bucketMeta, key, &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return rugzak.AuditSum(record), err
}

// AuditLog yields records newest first.
func (r *reader) AuditLog(before uint64) iter.Seq2[rugzak.AuditRecord, error] {
	return func(yield func(rugzak.AuditRecord, error) bool) {
		head, err := r.AuditHead()
		if err != nil {
			yield(rugzak.AuditRecord{}, err)
			return
		}
		start, err := r.AuditStart()
		if err != nil {
			yield(rugzak.AuditRecord{}, err)
			return
		}
		number := head.Number
		if before > 0 && before-1 < number {
			number = before - 1
		}
		for ; number > start.Number; number-- {
			record, err := r.auditRecord(number)
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

// AuditChain yields records oldest first, as they are stored.
func (r *reader) AuditChain(after uint64) iter.Seq2[rugzak.AuditRecord, error] {
	return func(yield func(rugzak.AuditRecord, error) bool) {
		start, err1 := r.AuditStart()
		head, err2 := r.AuditHead()
		if err := errors.Join(err1, err2); err != nil {
			yield(rugzak.AuditRecord{}, err)
			return
		}
		for number := max(after, start.Number) + 1; number <= head.Number; number++ {
			record, err := r.storedAudit(number)
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

func (r *reader) storedAudit(number uint64) (rugzak.AuditRecord, error) {
	var record auditRecord
	if err := r.get(bucketAudit, changeKey(number), &record); err != nil {
		return rugzak.AuditRecord{}, err
	}
	return rugzak.AuditRecord{Number: number, AuditAct: record.act(), Hash: record.Hash}, nil
}

func (r *reader) auditRecord(number uint64) (rugzak.AuditRecord, error) {
	out, err := r.storedAudit(number)
	if err != nil {
		return out, err
	}
	if out.By, err = r.behind(out.By); err == nil {
		out.Subject, err = r.behind(out.Subject)
	}
	return out, err
}

// behind resolves an alias; one that was erased stays.
func (r *reader) behind(word string) (string, error) {
	alias, ok := strings.CutPrefix(word, aliasWord)
	if !ok {
		return word, nil
	}
	id, err := r.pointer(bucketAliases, pair(aliasByAlias, alias))
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return word, nil
	}
	return rugzak.PersonActor(rugzak.PersonID(id)), err
}

// Audit appends an act to the chain. People get an alias.
func (w *writer) Audit(a rugzak.AuditAct) error {
	head, err := w.AuditHead()
	if err != nil {
		return err
	}
	a.At = a.At.UTC()
	if a.By, err = w.alias(a.By); err != nil {
		return err
	}
	if a.Subject, err = w.alias(a.Subject); err != nil {
		return err
	}
	number := head.Number + 1
	record := auditRecord{At: a.At, Verb: string(a.Verb), By: a.By, Subject: a.Subject, Detail: a.Detail}
	record.Hash = rugzak.AuditHash(head.Hash, number, a)
	if err := w.put(bucketAudit, changeKey(number), record); err != nil {
		return err
	}
	return w.put(bucketMeta, metaAudit, auditSumRecord{Number: number, Hash: record.Hash})
}

// alias is the word under which somebody stands in the log; others than people
// stand under their own.
func (w *writer) alias(word string) (string, error) {
	id, ok := rugzak.PersonOf(word)
	if !ok {
		return word, nil
	}
	if err := validID(id); err != nil {
		return "", err
	}
	known, err := w.pointer(bucketAliases, pair(aliasByPerson, id))
	if err == nil {
		return aliasWord + known, nil
	}
	if rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return "", err
	}
	_, hash := rugzak.NewSecret()
	fresh := hash[:32]
	return aliasWord + fresh, errors.Join(
		w.put(bucketAliases, pair(aliasByPerson, id), pointerRecord{ID: fresh}),
		w.put(bucketAliases, pair(aliasByAlias, fresh), pointerRecord{ID: string(id)}),
	)
}

// ForgetInAudit erases who is behind an alias.
func (w *writer) ForgetInAudit(id rugzak.PersonID) error {
	alias, err := w.pointer(bucketAliases, pair(aliasByPerson, id))
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return nil
	}
	return errors.Join(err,
		w.remove(bucketAliases, pair(aliasByPerson, id)),
		w.remove(bucketAliases, pair(aliasByAlias, alias)),
	)
}

// CutAudit removes the beginning of the log.
func (w *writer) CutAudit(upTo uint64) error {
	head, err := w.AuditHead()
	if err != nil {
		return err
	}
	start, err := w.AuditStart()
	if err != nil {
		return err
	}
	upTo = min(upTo, head.Number)
	if upTo <= start.Number {
		return nil
	}
	var last auditRecord
	if err := w.get(bucketAudit, changeKey(upTo), &last); err != nil {
		return err
	}
	for number := start.Number + 1; number <= upTo; number++ {
		if err := w.remove(bucketAudit, changeKey(number)); err != nil {
			return err
		}
	}
	return w.put(bucketMeta, metaAuditCut, auditSumRecord{Number: upTo, Hash: last.Hash})
}

// audit goes along the chain: a record that was changed, taken out or put in
// shows.
func (c *checker) audit() {
	start, err1 := c.AuditStart()
	head, err2 := c.AuditHead()
	if !c.good("where the audit log begins", err1) || !c.good("where the audit log ends", err2) {
		return
	}
	previous, next := start.Hash, start.Number+1
	each(&c.reader, bucketAudit, func(key string, record auditRecord, err error) bool {
		if len(key) != 8 || !c.good(fmt.Sprintf("audit record %x", key), err) {
			c.report(fmt.Sprintf("audit log: record %x does not belong there", key))
			return true
		}
		number := binary.BigEndian.Uint64([]byte(key))
		if number != next {
			c.report(fmt.Sprintf("audit log: record %d follows where %d should", number, next))
		} else if record.Hash != rugzak.AuditHash(previous, number, record.act()) {
			c.report(fmt.Sprintf("audit log: record %d was changed, or one before it", number))
		}
		previous, next = record.Hash, number+1
		return c.ctx.Err() == nil
	})
	if next != head.Number+1 || previous != head.Hash {
		c.report(fmt.Sprintf("audit log: it ends with record %d, not %d", next-1, head.Number))
	}
}
