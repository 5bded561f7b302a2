// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"rugzak/pkg/rugzak"
)

// Recognition is who knows an entry from their own work, in words: never a
// number, and never who.
type Recognition struct {
	Mine bool // the reader does
	// Organisations of which enough people do.
	Organisations []rugzak.Organisation
	Others        bool // somebody of another organisation does, or too few to name it
	CanRecognise  bool
	Thanked       bool // by the reader
	CanThank      bool
}

// mostSignals bounds how many signals are looked at for one page.
const mostSignals = 500

// Press gives a signal, or takes it back when it was given. It reports which.
func (s *Service) Press(ctx context.Context, by rugzak.Person, x rugzak.Signal) (given bool, err error) {
	if err := x.Validate(); err != nil {
		return false, err
	}
	x.Person, x.At = by.ID, s.now()
	_, err = s.update(ctx, "press", func(w rugzak.Writer) error {
		e, mine, err := look(w, by, x.Entry)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		to := e.Authors
		if x.Response != "" {
			_, response, _, err := lookResponse(w, by, x.Entry, x.Response)
			if err != nil {
				return err
			}
			if !response.Shown() {
				return rugzak.Conflict()
			}
			to, mine = []rugzak.PersonID{response.Author}, response.Author == by.ID
		}
		if mine {
			return rugzak.Forbidden("error.signal_own")
		}
		if !e.State.Public() {
			return rugzak.Forbidden("error.signal_shared_only")
		}
		if _, err := w.Signal(x); err == nil {
			given = false
			return w.RemoveSignal(x)
		} else if !isMissing(err) {
			return err
		}
		given = true
		if err := w.SaveSignal(x); err != nil || x.Kind != rugzak.SignalThank {
			return err
		}
		if first, err := s.thankedFirst(w, x); err != nil || !first {
			return err
		}
		return s.tellThanked(w, e, x, to)
	})
	return given, err
}

// thankedFirst reports whether somebody thanks for this for the first time, and
// writes that down with the entry: who presses, takes it back and presses again
// is not told of twice, also when the first notice is gone. What is written down
// does not tell who it was.
func (s *Service) thankedFirst(w rugzak.Writer, x rugzak.Signal) (bool, error) {
	key, err := w.Key()
	if err != nil {
		return false, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("thanks\x00" + string(x.Entry) + "\x00" + x.Response + "\x00" + string(x.Person)))
	sealed := rugzak.NoticeKind(":" + hex.EncodeToString(mac.Sum(nil)[:16]))
	once := rugzak.Announcement{Entry: x.Entry, Kind: rugzak.NoticeThanks + sealed, At: s.now()}
	if _, err := w.Announced(x.Entry, once.Kind); !isMissing(err) {
		return false, err
	}
	return true, w.Announce(once)
}

// tellThanked tells people that somebody thanks them, once also for an entry and
// what is said about it together.
func (s *Service) tellThanked(w rugzak.Writer, e rugzak.Entry, x rugzak.Signal, to []rugzak.PersonID) error {
	if x.Response == "" && e.Mode == rugzak.Anonymous {
		hidden, err := w.HiddenAuthors(e.ID)
		if err != nil {
			return err
		}
		for _, a := range hidden {
			if err := s.tellUnnamed(w, a, rugzak.NoticeThanksUnnamed); err != nil {
				return err
			}
		}
		return nil
	}
	for _, id := range to {
		p, err := w.Person(id)
		if isMissing(err) || err == nil && (p.Inactive || !rugzak.CanRead(p, e)) {
			continue
		}
		if err != nil {
			return err
		}
		notices, err := w.Notices(id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(notices, func(n rugzak.Notice) bool {
			return n.Kind == rugzak.NoticeThanks && n.Entry == e.ID && n.About == string(x.Person)
		}) {
			continue
		}
		if err := s.leave(w, rugzak.Notice{Person: id, Kind: rugzak.NoticeThanks, Entry: e.ID, About: string(x.Person)}); err != nil {
			return err
		}
	}
	return nil
}

// recognition puts into words who recognises an entry. An organisation is named
// when enough of its people do, who may still read the entry, and when the
// reader may know of it.
func (n *names) recognition(by rugzak.Person, e rugzak.Entry, mine bool) (Recognition, error) {
	var out Recognition
	can := rugzak.CanPost(by) && e.State.Public()
	out.CanRecognise, out.CanThank = can && !mine, can && !mine
	counts := map[rugzak.OrganisationID]int{}
	looked := 0
	for x, err := range n.reader.Signals(e.ID) {
		if err != nil {
			return out, err
		}
		if x.Response != "" {
			continue
		}
		if x.Person == by.ID {
			out.Mine = out.Mine || x.Kind == rugzak.SignalRecognise
			out.Thanked = out.Thanked || x.Kind == rugzak.SignalThank
		}
		if looked++; x.Kind != rugzak.SignalRecognise || looked > mostSignals {
			continue
		}
		p, err := n.reader.Person(x.Person)
		if isMissing(err) || err == nil && !rugzak.CanRead(p, e) {
			continue
		}
		if err != nil {
			return out, err
		}
		counts[p.Organisation]++
	}
	for id, count := range counts {
		switch {
		case count >= rugzak.RecognisedBy && rugzak.CanKnowOrganisation(by, n.organisation(id)):
			out.Organisations = append(out.Organisations, n.organisation(id))
		case id == by.Organisation && out.Mine && count == 1: // only the reader
		default:
			out.Others = true
		}
	}
	sortOrganisations(out.Organisations)
	return out, nil
}
