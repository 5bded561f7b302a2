// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// LeadAct is what somebody does about leading a question.
type LeadAct string

// The acts. Nobody can make somebody else the lead.
const (
	LeadTake     LeadAct = "take"     // ik trek dit
	LeadStop     LeadAct = "stop"     // ik stop ermee
	LeadOffer    LeadAct = "offer"    // wie neemt het over?
	LeadTakeBack LeadAct = "takeback" // toch niet
	LeadAccept   LeadAct = "accept"   // ik neem het over
	LeadDecline  LeadAct = "decline"  // liever niet
)

// Lead is how somebody volunteers to lead a question, stops, or hands over to
// whoever accepts. An offer is to one person who takes part by name, or, when to
// is empty, to whoever wants.
func (s *Service) Lead(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, act LeadAct, to rugzak.PersonID) (rugzak.Position, error) {
	return s.inquire(ctx, by, id, base, "lead a question", func(a *inquiring) error {
		leads := a.i.Lead == by.ID
		forMe := a.i.Offer != nil && (a.i.Offer.To == "" || a.i.Offer.To == by.ID)
		switch act {
		case LeadTake:
			if free, err := isFree(a.w, a.i); err != nil || !free {
				if err == nil {
					err = rugzak.Forbidden("error.lead.taken")
				}
				return err
			}
			a.i.Take(by.ID, by.Organisation, s.now())
			return nil
		case LeadStop:
			if !leads {
				return rugzak.Forbidden("error.lead.not_you")
			}
			a.i.StepDown(s.now())
			return nil
		case LeadOffer:
			if !leads {
				return rugzak.Forbidden("error.lead.not_you")
			}
			return s.offerLead(a, to)
		case LeadTakeBack:
			if !leads {
				return rugzak.Forbidden("error.lead.not_you")
			}
			a.i.Offer = nil
			return nil
		case LeadAccept:
			if !forMe || leads {
				return rugzak.Forbidden("error.lead.not_offered")
			}
			a.i.Take(by.ID, by.Organisation, s.now())
			return nil
		case LeadDecline:
			if !forMe || a.i.Offer.To == "" {
				return rugzak.Forbidden("error.lead.not_offered")
			}
			a.i.Offer = nil
			return nil
		}
		return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	})
}

// isFree reports whether nobody leads: who left leads no more.
func isFree(r rugzak.Reader, i rugzak.Inquiry) (bool, error) {
	if i.Lead == "" {
		return true, nil
	}
	p, err := r.Person(i.Lead)
	if isMissing(err) {
		return true, nil
	}
	return p.Inactive, err
}

// offerLead offers to hand over and tells who is asked: the one, or those who
// take part.
func (s *Service) offerLead(a *inquiring, to rugzak.PersonID) error {
	var people []rugzak.PersonID
	known := to == ""
	for p, err := range a.w.Participants(rugzak.Subject(rugzak.EntrySubject(a.e.ID))) {
		if err != nil {
			return err
		}
		if p.Way != rugzak.WayDo || p.Person == a.by.ID || !rugzak.CanRead(p.Member, a.e) {
			continue
		}
		if to == "" {
			people = append(people, p.Person)
		} else if p.Person == to && p.ShowName {
			known, people = true, append(people, p.Person)
		}
	}
	if !known {
		var p rugzak.Problems
		p.Add("to", "error.choose")
		return p.Err()
	}
	a.i.Offer = &rugzak.LeadOffer{To: to, At: s.now()}
	return s.tellPeople(a.w, a.by, people, rugzak.Notice{Kind: rugzak.NoticeLead, Entry: a.e.ID})
}
