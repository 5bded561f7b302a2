// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"errors"
	"io"
	"iter"
	"net/http"

	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// export writes everything as a zip.
func (s *Server) export(r *http.Request, to io.Writer) error {
	w := exchange.ToZip(to)
	defer w.Discard()
	if err := s.Service.Export(r.Context(), s.by, w, r.URL.Query().Get("hidden") == "1", nil); err != nil {
		return err
	}
	return w.Commit()
}

// importWhole fills an empty backpack, all or nothing.
func (s *Server) importWhole(r *http.Request, e *events, limits exchange.Limits) (any, error) {
	defer s.Service.HoldFile()()
	f, err := newSpool(s.Dir, r.Body, limits.Total+maxZipNames)
	if err != nil {
		return nil, err
	}
	defer f.remove()
	source, err := exchange.Zip(f, f.size, limits)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	whole, err := source.Whole()
	if err != nil {
		return nil, err
	}
	place := ""
	entries := wholeEntries(whole, &place)
	count, err := s.Service.ImportWhole(r.Context(), s.by, whole.Backpack(), entries, func(done, _ int) {
		e.progress(StageWrite, done, whole.Len())
	})
	if err != nil {
		return nil, atPlace(place, err)
	}
	return ImportResult{Entries: count, Added: count}, nil
}

// maxWholeProblems bounds what is told of an export that cannot be taken.
const maxWholeProblems = 200

// wholeEntries reads on after an entry that is wrong, so that one run tells
// everything. place is the file that was read last.
func wholeEntries(whole *exchange.Whole, place *string) iter.Seq2[backpack.WholeEntry, error] {
	return func(yield func(backpack.WholeEntry, error) bool) {
		var wrong rugzak.Problems
		for in, revisions := range whole.Entries() {
			*place = in.Place
			if e, ok := errors.AsType[*rugzak.Error](in.Err); ok {
				wrong = append(wrong, e.Fields...)
			} else if in.Err != nil {
				yield(backpack.WholeEntry{}, in.Err)
				return
			}
			if len(wrong) > 0 {
				if len(wrong) >= maxWholeProblems {
					break
				}
				continue
			}
			if !yield(wholeEntry(in, revisions), nil) {
				return
			}
		}
		if len(wrong) > 0 {
			yield(backpack.WholeEntry{}, &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.refused", Fields: wrong})
		}
	}
}

// wholeEntry tells the newest revision from the past ones.
func wholeEntry(in rugzak.Incoming, revisions []rugzak.Revision) backpack.WholeEntry {
	w := backpack.WholeEntry{Entry: in.Entry, Past: revisions, Hidden: in.Hidden}
	w.Note = rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonImported}
	if n := len(revisions); n > 0 && revisions[n-1].Entry.Revision == in.Entry.Revision {
		w.Note = rugzak.RevisionNote{Actor: revisions[n-1].Actor, Reason: revisions[n-1].Reason, At: revisions[n-1].At}
		w.Past = revisions[:n-1]
	}
	return w
}

// atPlace says in which file the fields of an error stand.
func atPlace(place string, err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || len(e.Fields) == 0 || place == "" {
		return err
	}
	moved := *e
	moved.Fields = nil
	for _, f := range e.Fields {
		if f.Place == "" {
			f.Place = place
		}
		moved.Fields = append(moved.Fields, f)
	}
	return &moved
}
