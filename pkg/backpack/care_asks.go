// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"iter"
	"time"

	"rugzak/pkg/rugzak"
)

// CareAsk is what a facilitator asks of the author of an entry, as the author
// sees it: to add something, or to take over another text.
type CareAsk struct {
	ID           string
	Entry        rugzak.EntryID
	Title        string
	Lang         rugzak.Lang
	By           string // who asks
	Organisation rugzak.Organisation
	Points       []rugzak.EnrichPoint // of a request to add something
	Text         string               // in the asker's own words; may be empty
	Proposal     bool                 // it is another text
}

// Alone is a list of this one.
func (a CareAsk) Alone() []CareAsk { return []CareAsk{a} }

// CareOfEntry is what is asked about one entry, and what the reader may ask.
type CareOfEntry struct {
	Asked []CareAsk // for its author
	// Enriching and Proposing are what became of the reader's own request; empty
	// when there is none.
	Enriching, Proposing rugzak.WideningState
	CanAsk               bool
	// ArchiveAsked: a facilitator asks its author whether it may go to the archive.
	ArchiveAsked bool
}

// CareForMe lists what a person may answer, about all of their entries.
func (s *Service) CareForMe(ctx context.Context, by rugzak.Person) ([]CareAsk, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var out []CareAsk
	err := s.view(ctx, "asked of me", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		about, err := r.AskedAbout(by.ID)
		if err != nil {
			return err
		}
		for _, id := range about {
			e, err := r.Entry(id)
			if err != nil {
				return err
			}
			mine, err := isMine(r, by, e)
			if err != nil {
				return err
			}
			if !mine {
				continue
			}
			asks, err := s.careAsks(n, e)
			if err != nil {
				return err
			}
			out = append(out, asks...)
		}
		return nil
	})
	return out, err
}

// careAsks lists what stands about an entry, for its author.
func (s *Service) careAsks(n *names, e rugzak.Entry) (out []CareAsk, err error) {
	enrich, err := n.reader.Enrichments(e.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range enrich {
		if out, err = s.appendCare(out, n, e, asEnrichAsk(x), CareAsk{ID: x.ID, Points: x.Points, Text: x.Text}); err != nil {
			return nil, err
		}
	}
	texts, err := n.reader.TextProposals(e.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range texts {
		if out, err = s.appendCare(out, n, e, asTextAsk(x), CareAsk{ID: x.ID, Text: x.Why, Proposal: true}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// asEnrichAsk and asTextAsk are what such requests have in common with those to
// widen.
func asEnrichAsk(x rugzak.Enrichment) rugzak.Widening {
	return rugzak.Widening{ID: x.ID, Entry: x.Entry, Asker: x.Asker, State: x.State, At: x.At}
}

func asTextAsk(x rugzak.TextProposal) rugzak.Widening {
	return rugzak.Widening{ID: x.ID, Entry: x.Entry, Asker: x.Asker, State: x.State, At: x.At}
}

func (s *Service) appendCare(out []CareAsk, n *names, e rugzak.Entry, ask rugzak.Widening, a CareAsk) ([]CareAsk, error) {
	stands, err := s.stands(n.reader, e, ask)
	if err != nil || !stands {
		return out, err
	}
	asker, err := n.reader.Person(ask.Asker)
	if err != nil {
		return out, err
	}
	a.Entry, a.Title, a.Lang, a.By, a.Organisation = e.ID, e.Title, e.Lang, asker.Name, n.organisation(asker.Organisation)
	return append(out, a), nil
}

// careOf fills in, on the page of an entry, what its author may answer, or what
// the reader asked.
func (s *Service) careOf(n *names, by rugzak.Person, e rugzak.Entry, v *EntryView) error {
	if !e.State.Public() || !rugzak.CanPost(by) {
		return nil
	}
	var err error
	if v.Mine {
		if v.Care.ArchiveAsked, err = archiveAsked(n.reader, e); err != nil {
			return err
		}
		v.Care.Asked, err = s.careAsks(n, e)
		return err
	}
	if !rugzak.CanCurate(by) {
		return nil
	}
	v.Care.CanAsk = true
	enrich, err := n.reader.Enrichments(e.ID)
	if err != nil {
		return err
	}
	for _, x := range enrich {
		if x.Asker == by.ID && !x.Expired(s.now()) {
			v.Care.Enriching = x.State
		}
	}
	texts, err := n.reader.TextProposals(e.ID)
	for _, x := range texts {
		if x.Asker == by.ID && !x.Expired(s.now()) {
			v.Care.Proposing = x.State
		}
	}
	return err
}

// mayAskCare bounds how often a facilitator asks: one of a kind about an entry
// as long as a request lasts, and so many a day. It returns what is over, which
// goes. A refusal is told beside field, so that what was typed stays.
func (s *Service) mayAskCare(by rugzak.Person, e rugzak.Entry, mine bool, field string, all iter.Seq2[rugzak.Widening, error]) (over []rugzak.Widening, err error) {
	if mine {
		return nil, rugzak.Forbidden("error.care.own")
	}
	var p rugzak.Problems
	today := 0
	for x, err := range all {
		switch {
		case err != nil:
			return nil, err
		case x.Expired(s.now()):
			over = append(over, x)
		case x.Asker != by.ID:
		case x.Entry == e.ID && x.State == rugzak.WideningOpen:
			p.Add(field, "error.care.asked")
			return nil, p.Err()
		case s.now().Sub(x.At) < 24*time.Hour:
			today++
		}
	}
	if today >= rugzak.MaxWidenings {
		p.Add(field, "error.care.many", rugzak.MaxWidenings)
		return nil, p.Err()
	}
	return over, nil
}

// lookCare fetches an entry about which a facilitator asks its author something.
func lookCare(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (rugzak.Entry, bool, error) {
	e, mine, err := look(r, by, id)
	if err != nil {
		return e, mine, err
	}
	if !rugzak.CanCurate(by) {
		return e, mine, rugzak.Forbidden("error.curators_only")
	}
	if !e.State.Public() {
		return e, mine, rugzak.Forbidden("error.keep_shared_only")
	}
	return e, mine, nil
}

// tellCare tells the authors of an entry that a facilitator asks something. Who
// wrote without name is reached through the hidden link, and told without the
// entry.
func (s *Service) tellCare(w rugzak.Writer, e rugzak.Entry, kind rugzak.NoticeKind) error {
	authors, err := authorsToTell(w, e)
	if err != nil {
		return err
	}
	about := e.ID
	if e.Mode == rugzak.Anonymous {
		about = ""
	}
	for _, a := range authors {
		if p, err := w.Person(a); isMissing(err) || err == nil && p.Inactive {
			continue
		} else if err != nil {
			return err
		}
		n := rugzak.Notice{ID: rugzak.NewID(s.now()), Person: a, Kind: kind, Entry: about, At: s.now()}
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// tellCareAsker tells who asked what the author answered.
func (s *Service) tellCareAsker(w rugzak.Writer, ask rugzak.Widening, kind rugzak.NoticeKind) error {
	return w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(s.now()), Person: ask.Asker, Kind: kind, Entry: ask.Entry, At: s.now()})
}
