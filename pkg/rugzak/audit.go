// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"strings"
	"time"
)

// AuditVerb is a security-relevant act.
type AuditVerb string

// AuditAct is what somebody did, as code that acts hands it to the store. It
// holds ids and codes only, never text, titles, names or addresses.
type AuditAct struct {
	At   time.Time
	Verb AuditVerb
	// By is who did it: "person:ID", "anon:ENTRY" for the author of an entry
	// without name (see Entry.Actor), "operator", "system" or "nobody".
	By string
	// Subject is what it was done to: "person:ID", "entry:ID", "theme:ID",
	// "organisation:ID", "settings", ...; may be empty.
	Subject string
	// Detail is a code that says more, such as a role or an audience; may be
	// empty.
	Detail string
}

// AuditRecord is an act in the audit log. People stand in it under an alias;
// By and Subject are resolved when read, and keep the alias ("alias:...") once
// the table of aliases was erased for that person.
type AuditRecord struct {
	Number uint64 // 1 is the first
	AuditAct
	Hash string // of this record and, through the one before, of all before it
}

// AuditSum is the end of the chain up to and with a record: whoever keeps one
// elsewhere can tell later that nothing before it was changed.
type AuditSum struct {
	Number uint64
	Hash   string
}

// AuditHash chains a record to the one before it (SHA-256). By and subject are
// those that are stored, with aliases. Every part stands behind its length, so
// that no two different records give the same bytes.
func AuditHash(previous string, number uint64, a AuditAct) string {
	h := sha256.New()
	for _, part := range []string{previous, a.At.UTC().Format(time.RFC3339Nano), string(a.Verb), a.By, a.Subject, a.Detail} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		h.Write(length[:])
		h.Write([]byte(part))
	}
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], number)
	h.Write(n[:])
	return hex.EncodeToString(h.Sum(nil))
}

// PersonActor is the word for a person in changes and in the audit log.
func PersonActor(id PersonID) string { return "person:" + string(id) }

// PersonOf returns the person a word of PersonActor names.
func PersonOf(actor string) (PersonID, bool) {
	id, ok := strings.CutPrefix(actor, "person:")
	return PersonID(id), ok && id != ""
}

// AuditReader reads the audit log.
type AuditReader interface {
	// AuditLog yields records newest first, beginning with the one before a
	// number; 0 begins with the newest.
	AuditLog(before uint64) iter.Seq2[AuditRecord, error]
	// AuditChain yields records oldest first, beginning with the one after a
	// number, as they are stored: with aliases, so that the chain can be followed.
	AuditChain(after uint64) iter.Seq2[AuditRecord, error]
	// AuditHead is the end of the chain, AuditStart what retention left of its
	// beginning: the last record that was cut off.
	AuditHead() (AuditSum, error)
	AuditStart() (AuditSum, error)
}

// AuditWriter writes the audit log. Nothing in it can be changed; retention
// cuts off its beginning.
type AuditWriter interface {
	// Audit appends an act.
	Audit(a AuditAct) error
	// CutAudit removes the records up to and with a number, and records where
	// the chain was cut.
	CutAudit(upTo uint64) error
	// ForgetInAudit erases who is behind the alias of a person. The chain stays
	// whole.
	ForgetInAudit(id PersonID) error
}

// OrganisationSubject is the subject of acts about an organisation.
func OrganisationSubject(id OrganisationID) string { return "organisation:" + string(id) }
