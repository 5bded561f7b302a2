// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// BulkOutcome is what becomes of a line of a table of people to invite.
type BulkOutcome string

// The outcomes.
const (
	BulkMade    BulkOutcome = "made"    // invited, or in a preview: will be
	BulkSkipped BulkOutcome = "skipped" // takes part already, or was invited
	BulkWrong   BulkOutcome = "wrong"   // see Problems
)

// BulkLine tells of one line.
type BulkLine struct {
	Row          rugzak.InvitationRow
	Outcome      BulkOutcome
	Problems     []rugzak.FieldError // why it was skipped or is wrong
	Organisation rugzak.Organisation
	Secret       string // of the link; only when it was made now
}

// BulkReport tells of every line, in order.
type BulkReport struct {
	Lines                []BulkLine
	Made, Skipped, Wrong int
	Mailed               bool
}

// PreviewInvitations tells what InviteAll would do with a table. It writes
// nothing.
func (s *Service) PreviewInvitations(ctx context.Context, by rugzak.Person, table []byte) (BulkReport, error) {
	rows, err := readTable(by, table)
	if err != nil {
		return BulkReport{}, err
	}
	var report BulkReport
	err = s.view(ctx, "preview invitations", func(r rugzak.Reader) error {
		b, err := s.newBulk(r, by)
		if err != nil {
			return err
		}
		for _, row := range rows {
			_, line, err := s.judge(r, b, row)
			if err != nil {
				return err
			}
			report.add(line)
		}
		return nil
	})
	return report, err
}

// InviteAll invites everybody in a table who can be invited. A line that is
// wrong stops no other; one that is good is done whole.
func (s *Service) InviteAll(ctx context.Context, by rugzak.Person, table []byte) (BulkReport, error) {
	rows, err := readTable(by, table)
	if err != nil {
		return BulkReport{}, err
	}
	var report BulkReport
	_, err = s.update(ctx, "invite all", func(w rugzak.Writer) error {
		report = BulkReport{}
		b, err := s.newBulk(w, by)
		if err != nil {
			return err
		}
		for _, row := range rows {
			i, line, err := s.judge(w, b, row)
			if err != nil {
				return err
			}
			if line.Outcome == BulkMade {
				if id := b.over[bulkKey(i)]; id != "" { // takes the place of one that ran out
					i.ID = id
				}
				made, err := s.sendInvitation(w, by, i)
				if err != nil {
					return err
				}
				line.Secret, report.Mailed = made.Secret, report.Mailed || made.Mailed
			}
			report.add(line)
		}
		return nil
	})
	return report, err
}

func readTable(by rugzak.Person, table []byte) ([]rugzak.InvitationRow, error) {
	if !rugzak.CanInvite(by, by.Organisation) && !rugzak.CanAdminister(by) {
		return nil, rugzak.Forbidden("error.inviters_only")
	}
	return rugzak.ReadInvitationTable(table)
}

func (r *BulkReport) add(l BulkLine) {
	r.Lines = append(r.Lines, l)
	switch l.Outcome {
	case BulkMade:
		r.Made++
	case BulkSkipped:
		r.Skipped++
	default:
		r.Wrong++
	}
}

// bulk is what lines are held to.
type bulk struct {
	by     rugzak.Person
	places []rugzak.Organisation // the inviter may invite into
	open   map[string]bool       // invitations that are open, by bulkKey
	over   map[string]string     // invitations that ran out, to their id
	count  int                   // of open ones of the own organisation
	seen   map[string]bool       // addresses of the table
}

func (s *Service) newBulk(r rugzak.Reader, by rugzak.Person) (*bulk, error) {
	b := &bulk{by: by, open: map[string]bool{}, over: map[string]string{}, seen: map[string]bool{}}
	all, err := r.Organisations()
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		if rugzak.CanInvite(by, o.ID) {
			b.places = append(b.places, o)
		}
	}
	invitations, err := r.Invitations()
	for _, i := range invitations {
		if !i.Open(s.now()) {
			b.over[bulkKey(i)] = i.ID
			continue
		}
		b.open[bulkKey(i)] = true
		if i.Organisation == by.Organisation {
			b.count++
		}
	}
	return b, err
}

func bulkKey(i rugzak.Invitation) string { return i.Email + " " + string(i.Organisation) }

// judge decides on one line, with the rules of a single invitation.
func (s *Service) judge(r rugzak.Reader, b *bulk, row rugzak.InvitationRow) (rugzak.Invitation, BulkLine, error) {
	line := BulkLine{Row: row, Outcome: BulkWrong}
	wrong := func(field, key string, args ...any) {
		line.Problems = append(line.Problems, rugzak.FieldError{Field: field, Key: key, Args: args})
	}
	in := InvitationInput{Email: row.Email, Name: row.Name, Language: rugzak.Lang(strings.ToLower(row.Language)), Organisation: b.by.Organisation}
	if row.Organisation != "" || rugzak.CanAdminister(b.by) {
		in.Organisation = ""
		if o, ok := organisationNamed(b.places, row.Organisation); ok && row.Organisation != "" {
			in.Organisation = o.ID
		} else {
			wrong("organisation", "error.table_organisation")
		}
	}
	for _, o := range b.places {
		if o.ID == in.Organisation {
			line.Organisation = o
		}
	}
	if row.Team != "" {
		i := slices.IndexFunc(line.Organisation.Teams, func(t rugzak.Team) bool { return string(t.ID) == row.Team || byName(t.Name, row.Team) == 0 })
		if i < 0 {
			wrong("team", "error.table_team")
		} else {
			in.Team = line.Organisation.Teams[i].ID
		}
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(row.Roles), func(r rune) bool { return strings.ContainsRune(" ,;+/|", r) }) {
		in.Roles = append(in.Roles, rugzak.Role(word))
	}
	if row.Language != "" && !in.Language.Valid() {
		wrong("language", "error.choose")
	}
	if len(line.Problems) > 0 {
		return rugzak.Invitation{}, line, nil
	}
	i, err := s.readyInvitation(r, b.by, in)
	if e, ok := errors.AsType[*rugzak.Error](err); ok && e.Code == rugzak.CodeInvalid {
		line.Problems = e.Fields
		if len(e.Fields) == 1 && e.Fields[0].Key == "error.invited_known" {
			line.Outcome = BulkSkipped
		}
		return i, line, nil
	}
	if err != nil {
		return i, line, err
	}
	switch {
	case b.seen[i.Email]:
		wrong("email", "error.invited_twice")
	case b.open[bulkKey(i)]:
		line.Outcome = BulkSkipped
		wrong("email", "error.invited_already")
	case !rugzak.CanAdminister(b.by) && b.count >= maxOpenOfPartner:
		wrong("email", "error.too_many_invitations", maxOpenOfPartner)
	default:
		line.Outcome = BulkMade
		b.count++
	}
	b.seen[i.Email] = true
	return i, line, nil
}
