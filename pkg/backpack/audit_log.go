// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// AuditAsk says which part of the audit log is asked for. Empty parts do not
// narrow it.
type AuditAsk struct {
	Before      uint64 // older than the record with this number
	Verb        rugzak.AuditVerb
	Person      string    // a part of a name, or an e-mail address
	From, Until time.Time // Until itself is not in it
}

// AuditParty is who did something, or what it was done to, as far as a reader
// of the log may know: people by name, entries by id only.
type AuditParty struct {
	// Kind is "person", "gone" for somebody whose name was erased, "author" for
	// who wrote an entry without name or a draft, "operator", "system",
	// "nobody", "entry", "theme", "organisation", or else a word of the act.
	Kind, ID, Name string
}

// AuditLine is a record of the log as it is shown.
type AuditLine struct {
	Number      uint64
	At          time.Time
	Verb        rugzak.AuditVerb
	By, Subject AuditParty
	Detail      string
	// Names are the organisations that Detail speaks of.
	Names []string
	Hash  string
}

// AuditView is one page of the log, newest first.
type AuditView struct {
	Lines []AuditLine
	Next  uint64 // older records begin before this number; 0 at the end
	Head  rugzak.AuditSum
	Start rugzak.AuditSum
}

const (
	pageOfAudit = 50
	// auditStep bounds how many records one look at the log goes along.
	auditStep = 5000
)

// AuditLog returns a page of the audit log. A page of a search may be short, or
// empty, with older records still to look at.
func (s *Service) AuditLog(ctx context.Context, by rugzak.Person, ask AuditAsk) (AuditView, error) {
	if !rugzak.CanAudit(by) {
		return AuditView{}, rugzak.Forbidden("error.audit_only")
	}
	var v AuditView
	err := s.view(ctx, "audit log", func(r rugzak.Reader) (err error) {
		if v.Head, err = r.AuditHead(); err != nil {
			return err
		}
		if v.Start, err = r.AuditStart(); err != nil {
			return err
		}
		v.Lines, v.Next, err = readAudit(r, by, ask, pageOfAudit)
		return err
	})
	return v, err
}

// AuditTable passes every line that is asked for, newest first, for an export.
// It writes that down first, and reads in steps, so that a slow receiver holds
// nothing up.
func (s *Service) AuditTable(ctx context.Context, by rugzak.Person, ask AuditAsk, each func(AuditLine) error) error {
	if err := s.auditExport(ctx, by, rugzak.ExportAuditTable); err != nil {
		return err
	}
	for {
		var lines []AuditLine
		err := s.view(ctx, "audit table", func(r rugzak.Reader) (err error) {
			lines, ask.Before, err = readAudit(r, by, ask, auditStep)
			return err
		})
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := each(l); err != nil {
				return err
			}
		}
		if ask.Before == 0 {
			return nil
		}
	}
}

// AuditChain passes the records as they are stored, oldest first: what somebody
// needs to follow the chain elsewhere. From passes over those before a time.
func (s *Service) AuditChain(ctx context.Context, by rugzak.Person, from time.Time, each func(rugzak.AuditLine) error) error {
	if err := s.auditExport(ctx, by, rugzak.ExportAuditChain); err != nil {
		return err
	}
	return s.eachAudit(ctx, func(record rugzak.AuditRecord) error {
		if record.At.Before(from) {
			return nil
		}
		return each(rugzak.LineOf(record))
	})
}

// VerifyAudit follows the whole chain of the store.
func (s *Service) VerifyAudit(ctx context.Context, by rugzak.Person) (rugzak.AuditState, error) {
	if !rugzak.CanAudit(by) {
		return rugzak.AuditState{}, rugzak.Forbidden("error.audit_only")
	}
	var start rugzak.AuditSum
	err := s.view(ctx, "start of the audit log", func(r rugzak.Reader) (err error) {
		start, err = r.AuditStart()
		return err
	})
	if err != nil {
		return rugzak.AuditState{}, err
	}
	follower := rugzak.NewAuditFollower(start)
	err = s.eachAudit(ctx, func(record rugzak.AuditRecord) error {
		follower.Follow(record)
		return nil
	})
	return follower.State(), err
}

// eachAudit passes the stored records in steps, oldest first.
func (s *Service) eachAudit(ctx context.Context, each func(rugzak.AuditRecord) error) error {
	var after uint64
	for {
		var records []rugzak.AuditRecord
		err := s.view(ctx, "audit chain", func(r rugzak.Reader) error {
			for record, err := range r.AuditChain(after) {
				if err != nil {
					return err
				}
				if records = append(records, record); len(records) == auditStep {
					break
				}
			}
			return nil
		})
		if err != nil || len(records) == 0 {
			return err
		}
		for _, record := range records {
			if err := each(record); err != nil {
				return err
			}
		}
		after = records[len(records)-1].Number
	}
}

// auditExport refuses who may not take the log out, and writes down that it
// leaves. After a disk error the log must still be readable.
func (s *Service) auditExport(ctx context.Context, by rugzak.Person, what string) error {
	if !rugzak.CanAudit(by) {
		return rugzak.Forbidden("error.audit_only")
	}
	return s.noteExport(ctx, by, what)
}

// noteExport writes down what leaves the backpack, before it does. A store
// that no longer takes writes must not keep its owner from saving what is in
// it: the operator goes on, and the log of the server says so.
func (s *Service) noteExport(ctx context.Context, by rugzak.Person, what string) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		return s.audit(w, by, rugzak.AuditExported, "", what)
	})
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable && by.ID == Operator().ID {
		s.Log.WarnContext(ctx, "an export could not be written in the audit log", "what", what)
		return nil
	}
	return err
}

// readAudit takes at most so many lines that are asked for, and says where to
// go on.
func readAudit(r rugzak.Reader, by rugzak.Person, ask AuditAsk, most int) (lines []AuditLine, next uint64, err error) {
	wanted, err := ask.people(r)
	if err != nil {
		return nil, 0, err
	}
	n, err := readNames(r, by)
	if err != nil {
		return nil, 0, err
	}
	looked := 0
	for record, err := range r.AuditLog(ask.Before) {
		if err != nil {
			return nil, 0, err
		}
		if record.At.Before(ask.From) { // the log goes back in time
			return lines, 0, nil
		}
		if len(lines) == most || looked == auditStep {
			return lines, record.Number + 1, nil
		}
		looked++
		if ask.fits(record, wanted) {
			lines = append(lines, n.auditLine(record))
		}
	}
	return lines, 0, nil
}

// people are the words of those the filter means; nil when it means everybody.
func (a AuditAsk) people(r rugzak.Reader) (map[string]bool, error) {
	words := strings.Fields(strings.ToLower(a.Person))
	if len(words) == 0 {
		return nil, nil
	}
	out := map[string]bool{}
	for p, err := range r.People() {
		if err != nil {
			return nil, err
		}
		in, all := strings.ToLower(p.Name), true
		for _, word := range words {
			all = all && (strings.Contains(in, word) || word == p.Email)
		}
		if all {
			out[rugzak.PersonActor(p.ID)] = true
		}
	}
	return out, nil
}

func (a AuditAsk) fits(record rugzak.AuditRecord, people map[string]bool) bool {
	switch {
	case a.Verb != "" && record.Verb != a.Verb, !a.Until.IsZero() && !record.At.Before(a.Until):
		return false
	}
	return people == nil || people[record.By] || people[record.Subject]
}

func (n *names) auditLine(record rugzak.AuditRecord) AuditLine {
	l := AuditLine{
		Number: record.Number, At: record.At, Verb: record.Verb, By: n.auditParty(record.By), Subject: n.auditParty(record.Subject),
		Detail: record.Detail, Hash: record.Hash,
	}
	switch record.Verb {
	case rugzak.AuditAudiencePartner:
		if a, err := rugzak.ParseAudience(record.Detail); err == nil {
			l.Detail = string(a.Level)
			for _, o := range a.Also {
				l.Names = append(l.Names, n.organisation(o).Name)
			}
		}
	case rugzak.AuditMoved:
		l.Names, l.Detail = []string{n.organisation(rugzak.OrganisationID(record.Detail)).Name}, ""
	}
	return l
}

// auditParty says who or what a word of the log is.
func (n *names) auditParty(word string) AuditParty {
	kind, id, _ := strings.Cut(word, ":")
	p := AuditParty{Kind: kind, ID: id}
	switch kind {
	case "person":
		if p.Name = n.person(rugzak.PersonID(id)); p.Name == "" {
			p.Kind = "gone"
		}
	case "alias":
		p.Kind = "gone"
	case "anon":
		p.Kind = "author"
	case "theme":
		p.Name = n.themes[rugzak.ThemeID(id)].Title
	case "organisation":
		p.Name = n.organisation(rugzak.OrganisationID(id)).Name
	}
	return p
}
