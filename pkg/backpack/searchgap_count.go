// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// gapPause is how often what was searched in vain is written down. Until then it
// is in memory only, and lost when the program stops: it is a count, not a
// record.
const gapPause = 20 * time.Second

// maxGapsWaiting bounds what waits in memory; what comes beyond is not counted.
const maxGapsWaiting = 200

// gapSeen is a search without result. The mark says that it was a person, and
// not which: it is made with a key that only this process ever had in memory,
// and that is forgotten at the end of the week.
type gapSeen struct{ typed, term, mark string }

// gaps is what waits to be counted.
type gaps struct {
	mu      sync.Mutex
	waiting []gapSeen
	key     []byte
	week    string
}

// NoteSearchGap remembers that somebody searched in vain, to be counted without
// them. It does not wait and cannot fail; what may be about a person is left
// out when it is counted.
func (s *Service) NoteSearchGap(by rugzak.Person, query string) {
	term := rugzak.GapTerm(query)
	if term == "" || by.ID == "" || by.ID == Operator().ID || s.ReadOnly() {
		return
	}
	week := rugzak.WeekOf(s.now())
	s.gaps.mu.Lock()
	defer s.gaps.mu.Unlock()
	s.gaps.turn(week)
	if len(s.gaps.waiting) == maxGapsWaiting {
		return
	}
	mac := hmac.New(sha256.New, s.gaps.key)
	mac.Write([]byte(string(by.ID) + "\x00" + term))
	s.gaps.waiting = append(s.gaps.waiting, gapSeen{typed: query, term: term, mark: hex.EncodeToString(mac.Sum(nil)[:16])})
}

// turn begins a week with a new key. The old one is overwritten, and what still
// waits goes with it: no mark of one week can be compared with one of another.
func (g *gaps) turn(week string) {
	if g.week == week {
		return
	}
	clear(g.key)
	g.key, g.week, g.waiting = make([]byte, 32), week, nil
	_, _ = rand.Read(g.key) // never fails
}

// take returns what waits, with the name of the key that marked it. The name
// says nothing of the key.
func (g *gaps) take(week string) (seen []gapSeen, key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn(week)
	seen, g.waiting = g.waiting, nil
	name := sha256.Sum256(append([]byte("name of the key "), g.key...))
	return seen, hex.EncodeToString(name[:8])
}

// countGapsAlways writes down what was searched in vain until ctx ends.
func (s *Service) countGapsAlways(ctx context.Context) {
	for timer := time.NewTimer(gapPause); ; timer.Reset(gapPause) {
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		if err := s.CountSearchGaps(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "searches without result are not counted", "err", err)
		}
	}
}

// CountSearchGaps writes down what waits. What may be about a person is not
// kept, nor anything where the organisation wants no counting.
func (s *Service) CountSearchGaps(ctx context.Context) error {
	week := rugzak.WeekOf(s.now())
	seen, key := s.gaps.take(week)
	if len(seen) == 0 {
		return nil
	}
	counts := false
	err := s.view(ctx, "search gaps", func(r rugzak.Reader) error {
		settings, err := r.Settings()
		if counts = settings.Search.CountGaps; err != nil || !counts {
			return err
		}
		known, err := knownTo(r)
		if err != nil {
			return err
		}
		inspect := s.Screener.Inspector(known)
		seen = slices.DeleteFunc(seen, func(g gapSeen) bool {
			return slices.ContainsFunc(spellings(g), func(text string) bool { return len(inspect(text)) > 0 })
		})
		seen, err = withoutNames(r, seen)
		return err
	})
	if err != nil || !counts || len(seen) == 0 {
		return err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if settings, err := w.Settings(); err != nil || !settings.Search.CountGaps { // switched off meanwhile
			return err
		}
		total := 0
		for _, err := range w.SearchGaps() {
			if err != nil {
				return err
			}
			total++
		}
		for _, one := range seen {
			g, err := w.SearchGap(one.term)
			if isMissing(err) {
				if total++; total > rugzak.MaxGaps {
					continue
				}
				g = rugzak.SearchGap{Term: one.term, First: week}
			} else if err != nil {
				return err
			}
			if next, changed := counted(g, one.mark, key, week); changed {
				if err := w.SaveSearchGap(next); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}

// spellings are the ways in which a search is inspected: people search for names
// and postcodes in small letters too.
func spellings(g gapSeen) []string {
	words := strings.Fields(g.term)
	for i, w := range words {
		first, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(first)) + w[size:]
	}
	return []string{g.typed, g.term, strings.Join(words, " "), strings.ToUpper(g.term)}
}

// counted is a gap after one more search. Marks of another key say nothing any
// more, so that counting to three begins anew.
func counted(g rugzak.SearchGap, mark, key, week string) (next rugzak.SearchGap, changed bool) {
	if g.Count > 0 {
		g.Count++
		g.Last = week
		if g.State == rugzak.GapSolved {
			g.State = rugzak.GapOpen
		}
		return g, true
	}
	if g.Key != key {
		g.Key, g.Marks, g.First = key, nil, week
	}
	if slices.Contains(g.Marks, mark) {
		return g, false
	}
	g.Marks, g.Last = append(slices.Clone(g.Marks), mark), week
	if len(g.Marks) == rugzak.GapPeople {
		g.Key, g.Marks, g.Count = "", nil, rugzak.GapPeople
	}
	return g, true
}

// withoutNames leaves out searches in which somebody of the backpack is named.
func withoutNames(r rugzak.Reader, seen []gapSeen) ([]gapSeen, error) {
	for p, err := range r.People() {
		if err != nil {
			return nil, err
		}
		name := strings.Join(strings.Fields(strings.ToLower(p.Name)), " ")
		if name == "" {
			continue
		}
		seen = slices.DeleteFunc(seen, func(g gapSeen) bool { return holdsWhole(g.term, name) })
	}
	return seen, nil
}

// cleanGaps removes what has not been asked for a long time, and what three
// people did not ask in its week; everything where nothing is counted, which a
// crash can have left.
func (s *Service) cleanGaps(ctx context.Context) error {
	week, limit := rugzak.WeekOf(s.now()), rugzak.WeekOf(s.now().AddDate(0, -rugzak.GapMonths, 0))
	off := false
	goes := func(g rugzak.SearchGap) bool { return off || g.Last < limit || !g.Shown() && g.Last < week }
	old := false
	err := s.view(ctx, "old search gaps", func(r rugzak.Reader) error {
		settings, err := r.Settings()
		if err != nil {
			return err
		}
		off = !settings.Search.CountGaps
		for g, err := range r.SearchGaps() {
			if err != nil {
				return err
			}
			old = old || goes(g)
		}
		return nil
	})
	if err != nil || !old {
		return err
	}
	return s.forgetGaps(ctx, goes)
}
