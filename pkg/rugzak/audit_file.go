// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// AuditLine is one line of an audit log that left the backpack: JSON Lines,
// oldest first. People stand under their alias, as the chain has them, so that
// whoever has the file can follow the chain without Rugzak.
type AuditLine struct {
	Number  uint64    `json:"number"`
	At      time.Time `json:"at"`
	Verb    string    `json:"verb"`
	By      string    `json:"by"`
	Subject string    `json:"subject,omitempty"`
	Detail  string    `json:"detail,omitempty"`
	Hash    string    `json:"hash"`
}

// LineOf is the line of a record as it is stored.
func LineOf(r AuditRecord) AuditLine {
	return AuditLine{
		Number: r.Number, At: r.At.UTC(), Verb: string(r.Verb), By: r.By, Subject: r.Subject, Detail: r.Detail, Hash: r.Hash,
	}
}

// act is what the hash of a line is made of.
func (l AuditLine) act() AuditAct {
	return AuditAct{At: l.At, Verb: AuditVerb(l.Verb), By: l.By, Subject: l.Subject, Detail: l.Detail}
}

// AuditState says what the chain of the audit log is like.
type AuditState struct {
	Records uint64   `json:"records"`
	First   uint64   `json:"first"` // number of the oldest record; 0 when there is none
	Head    AuditSum `json:"head"`
	// Broken is the number of the first record that does not follow from the
	// one before it; 0 when the chain is whole.
	Broken uint64 `json:"broken,omitempty"`
}

// Whole reports whether every record follows from the one before it.
func (s AuditState) Whole() bool { return s.Broken == 0 }

// AuditFollower follows a chain, record by record.
type AuditFollower struct {
	state    AuditState
	previous string
	begun    bool
}

// NewAuditFollower begins behind the last record that is known, such as where
// retention cut the chain. A follower that begins with an empty sum and meets
// a first record with another number takes that record's word for it.
func NewAuditFollower(start AuditSum) *AuditFollower {
	return &AuditFollower{state: AuditState{Head: start}, previous: start.Hash}
}

// Follow takes the next record as it is stored.
func (f *AuditFollower) Follow(r AuditRecord) {
	cut := !f.begun && f.previous == "" && r.Number > 1
	good := cut || r.Number == f.state.Head.Number+1 && r.Hash == AuditHash(f.previous, r.Number, r.AuditAct)
	if !good && f.state.Broken == 0 {
		f.state.Broken = r.Number
	}
	if !f.begun {
		f.state.First, f.begun = r.Number, true
	}
	f.state.Records++
	f.state.Head, f.previous = AuditSum{Number: r.Number, Hash: r.Hash}, r.Hash
}

// State is what was found so far.
func (f *AuditFollower) State() AuditState { return f.state }

// maxAuditLine bounds a line of a file, in bytes.
const maxAuditLine = 64 << 10

// VerifyAuditLines follows the chain in a file of AuditLine. Of a file whose
// beginning was cut off it cannot know what stood before.
func VerifyAuditLines(from io.Reader) (AuditState, error) {
	follower := NewAuditFollower(AuditSum{})
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 4096), maxAuditLine)
	for n := 1; lines.Scan(); n++ {
		var l AuditLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return follower.State(), &Error{Code: CodeInvalid, Key: "error.audit_line", Args: []any{n}, Err: err}
		}
		follower.Follow(AuditRecord{Number: l.Number, AuditAct: l.act(), Hash: l.Hash})
	}
	if err := lines.Err(); err != nil {
		return follower.State(), fmt.Errorf("read audit lines: %w", err)
	}
	return follower.State(), nil
}
