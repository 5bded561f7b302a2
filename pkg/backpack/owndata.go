// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

const (
	// ownExports is how often a person may take their data out in a day.
	ownExports = 5
	// ownAudit bounds how many lines of the audit log a person is shown.
	ownAudit = 200
)

// OwnData is everything the backpack holds about a person, for that person.
func (s *Service) OwnData(ctx context.Context, by rugzak.Person) (rugzak.OwnData, error) {
	var d rugzak.OwnData
	if by.ID == "" || by.ID == Operator().ID {
		return d, mustSignIn()
	}
	err := s.view(ctx, "own data", func(r rugzak.Reader) (err error) {
		d, err = s.ownData(r, by)
		return err
	})
	return d, err
}

func (s *Service) ownData(r rugzak.Reader, by rugzak.Person) (rugzak.OwnData, error) {
	p, err := r.Person(by.ID)
	if err != nil {
		return rugzak.OwnData{}, err
	}
	n, err := readNames(r, by)
	if err != nil {
		return rugzak.OwnData{}, err
	}
	d := rugzak.OwnData{
		Made: s.now(), ID: p.ID, Name: p.Name, Email: p.Email, Organisation: n.organisation(p.Organisation).Name,
		Team: n.team(p.Organisation, p.Team).Name, Roles: p.Roles, Language: p.Language, TourDone: p.TourDone, Visual: p.Visual,
	}
	for _, part := range []func(rugzak.Reader, rugzak.Person, *rugzak.OwnData) error{
		s.countOwn, s.ownRoom, s.ownKeeps, s.ownJoined, s.ownSearches, s.ownFeeds, s.ownSessions, s.ownNotices, s.ownRequests, s.ownResponses, s.ownAsks, s.ownAudit,
	} {
		if err := part(r, p, &d); err != nil {
			return d, err
		}
	}
	return d, nil
}

// ownEntries lists the ids of everything a person wrote, by id.
func ownEntries(r rugzak.Reader, p rugzak.Person) ([]rugzak.EntryID, error) {
	ids, err := r.HiddenEntries(p.ID)
	if err != nil {
		return nil, err
	}
	for e, err := range r.Entries(rugzak.AuthorList(p.ID), "") {
		if err != nil {
			return nil, err
		}
		ids = append(ids, e.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

func (s *Service) countOwn(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	ids, err := ownEntries(r, p)
	if err != nil {
		return err
	}
	for _, id := range ids {
		e, err := r.Rights(id)
		if err != nil {
			return err
		}
		switch {
		case e.State == rugzak.StateDraft:
			d.Drafts++
		case e.State == rugzak.StateWithdrawn:
			d.Withdrawn++
		case e.Mode == rugzak.Anonymous:
			d.WithoutName++
		default:
			d.Entries++
		}
	}
	return nil
}

// ownKeeps tells the title only of what the person may still read.
func (s *Service) ownKeeps(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	keeps, err := r.Keeps(p.ID)
	if err != nil {
		return err
	}
	for _, k := range keeps {
		out := rugzak.OwnKeep{Entry: k.Entry, Purpose: k.Purpose, Note: k.Note, At: k.At, RemindAt: k.RemindAt, AskedAt: k.AskedAt, Answer: k.Answer}
		e, _, err := look(r, p, k.Entry)
		if err == nil {
			out.Title = e.Title
		} else if !isMissing(err) {
			return err
		}
		d.Keeps = append(d.Keeps, out)
	}
	return nil
}

func (s *Service) ownSearches(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	all, err := r.SavedSearches(p.ID)
	for _, q := range all {
		d.Searches = append(d.Searches, rugzak.OwnSearch{Name: q.Name, Query: q.Query, Filter: q.Filter, Notify: q.Notify, At: q.At})
	}
	return err
}

func (s *Service) ownFeeds(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	all, err := r.FeedTokens(p.ID)
	for _, f := range all {
		d.Feeds = append(d.Feeds, rugzak.OwnFeed{Name: f.Name, Kind: f.Feed.Kind, At: f.At, UsedAt: f.UsedAt})
	}
	return err
}

func (s *Service) ownSessions(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	all, err := r.Sessions(p.ID)
	if err != nil {
		return err
	}
	for _, session := range all {
		if s.alive(session, p) {
			d.Sessions = append(d.Sessions, rugzak.OwnSession{CreatedAt: session.CreatedAt, SeenAt: session.SeenAt})
		}
	}
	factors, err := r.Factors(p.ID)
	if err != nil {
		return err
	}
	for _, f := range factors {
		d.Factors = append(d.Factors, rugzak.OwnFactor{Kind: f.Kind, Name: f.Name, CreatedAt: f.CreatedAt, UsedAt: f.UsedAt})
	}
	identities, err := r.Identities(p.ID)
	for _, i := range identities {
		d.Identities = append(d.Identities, rugzak.OwnIdentity{Issuer: i.Issuer, Subject: i.Subject, At: i.At})
	}
	return err
}

func (s *Service) ownNotices(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	all, err := r.Notices(p.ID)
	for _, n := range all {
		d.Notices = append(d.Notices, rugzak.OwnNotice{Kind: n.Kind, At: n.At})
	}
	if err != nil {
		return err
	}
	chosen, err := r.NoticeSettings(p.ID)
	if err != nil {
		return err
	}
	d.Messages.Digest, d.Messages.Quiet = chosen.Digest, chosen.Quiet
	for group, c := range chosen.Choices {
		if d.Messages.Kinds == nil {
			d.Messages.Kinds = map[rugzak.NoticeGroup]rugzak.OwnMessageKind{}
		}
		d.Messages.Kinds[group] = rugzak.OwnMessageKind(c)
	}
	d.Messages.Week, err = r.Digested(p.ID)
	return err
}

func (s *Service) ownRequests(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	all, err := r.PersonRequests()
	for _, q := range all {
		if q.Person == p.ID {
			d.Requests = append(d.Requests, rugzak.OwnRequest{ID: q.ID, Kind: q.Kind, Text: q.Text, At: q.At, DueAt: q.DueAt()})
		}
	}
	return err
}

// ownAudit lists what the audit log says of a person, newest first. Whoever
// did something to the account is not named: that is about them.
func (s *Service) ownAudit(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	me := rugzak.PersonActor(p.ID)
	looked := 0
	for record, err := range r.AuditLog(0) {
		if err != nil {
			return err
		}
		if looked++; looked > 4*auditStep || len(d.Audit) == ownAudit {
			d.AuditMore = true
			return nil
		}
		if record.By == me || record.Subject == me {
			d.Audit = append(d.Audit, rugzak.OwnAuditAct{At: record.At, Verb: record.Verb, Own: record.By == me, Detail: record.Detail})
		}
	}
	return nil
}

// OwnSink takes what a person wrote, entry by entry, with their past.
type OwnSink interface {
	Data(d rugzak.OwnData) error
	Entry(e rugzak.Entry, revisions []rugzak.Revision) error
	AttachmentSink // after its entry
}

// OwnExport passes everything the backpack holds about a person to that
// person: also drafts and what they wrote without name. It is written down,
// and goes a few times a day.
func (s *Service) OwnExport(ctx context.Context, by rugzak.Person, to OwnSink) error {
	if by.ID == "" || by.ID == Operator().ID {
		return mustSignIn()
	}
	var d rugzak.OwnData
	var ids []rugzak.EntryID
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) (err error) {
		if err := s.mayTake(w, by, rugzak.ExportOwnData); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditExported, "", rugzak.ExportOwnData); err != nil {
			return err
		}
		if d, err = s.ownData(w, by); err != nil {
			return err
		}
		ids, err = ownEntries(w, by)
		return err
	})
	if err != nil {
		return err
	}
	if err := to.Data(d); err != nil {
		return err
	}
	for _, id := range ids {
		var e rugzak.Entry
		var past []rugzak.Revision
		gone := false
		err := s.view(ctx, "own entry", func(r rugzak.Reader) error {
			past = nil
			mine := false
			var err error
			if e, mine, err = look(r, by, id); isMissing(err) || err == nil && !mine {
				gone = true
				return nil
			}
			if err != nil || e.Revision == 0 {
				return err
			}
			for rev, err := range r.Revisions(id) {
				if err != nil {
					return err
				}
				if past = append(past, rev); len(past) == maxOwnPast {
					break
				}
			}
			slices.Reverse(past)
			return nil
		})
		if err != nil {
			return err
		}
		if gone {
			continue
		}
		if err := to.Entry(e, past); err != nil {
			return err
		}
		if err := s.passAttached(ctx, by, id, to); err != nil {
			return err
		}
	}
	return nil
}

// maxOwnPast is how many versions of one entry are taken along: the newest.
const maxOwnPast = 500

// mayTake bounds how often a person takes something of their own out. It counts
// in the audit log, so that the bound holds for all processes
// and after a restart.
func (s *Service) mayTake(r rugzak.Reader, by rugzak.Person, what string) error {
	me, since, count := rugzak.PersonActor(by.ID), s.now().Add(-24*time.Hour), 0
	for record, err := range r.AuditLog(0) {
		if err != nil {
			return err
		}
		if record.At.Before(since) {
			return nil
		}
		if record.By == me && record.Verb == rugzak.AuditExported && record.Detail == what {
			if count++; count >= ownExports {
				return &rugzak.Error{Code: rugzak.CodeTooMany, Key: "error.own_exports", Args: []any{ownExports}}
			}
		}
	}
	return nil
}
