// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// RevisionLine is one line of an entry's history.
type RevisionLine struct {
	// Number counts the revisions this reader may see, oldest first.
	Number    int
	At        time.Time
	MonthOnly bool
	By        string // empty when not shown by name
	Reason    rugzak.RevisionReason
	Current   bool
}

// HistoryView is the list of revisions, newest first.
type HistoryView struct {
	Entry     EntryView
	Revisions []RevisionLine
}

// RevisionView is one revision, with what changed since the one before.
type RevisionView struct {
	Entry    EntryView // as it is now
	Revision rugzak.Revision
	Line     RevisionLine
	HTML     string
	Diff     []FieldDiff // empty for the first
	// Previous and Next are numbers for links, 0 at the ends.
	Previous, Next int
}

// FieldDiff is what changed in one field.
type FieldDiff struct {
	Field  string
	Pieces []rugzak.DiffPiece
}

// visibleRevisions returns the revisions a reader may see, oldest first: those
// that were already meant for them. What the author took out before sharing
// wider stays with the readers of that time; what was changed after a report,
// with its authors.
func visibleRevisions(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, mine bool) ([]rugzak.Revision, error) {
	var out []rugzak.Revision
	reported := e.State == rugzak.StateReported && rugzak.CanHandlePrivacy(by) // who settles it must see all
	for rev, err := range r.Revisions(e.ID) {
		if err != nil {
			return nil, err
		}
		if mine || reported || rev.Entry.Revision == e.Revision || rugzak.CanRead(by, rev.Entry) {
			out = append(out, rev)
		}
	}
	slices.Reverse(out)
	return out, nil
}

func (n *names) line(rev rugzak.Revision, number int, e rugzak.Entry) RevisionLine {
	l := RevisionLine{
		Number: number, At: rev.At, Reason: rev.Reason, Current: rev.Entry.Revision == e.Revision,
		MonthOnly: e.Mode == rugzak.Anonymous,
	}
	if l.MonthOnly {
		l.At = monthOf(l.At)
	}
	if id, ok := strings.CutPrefix(rev.Actor, "person:"); ok && rev.Entry.Mode == rugzak.ByName && e.Mode == rugzak.ByName {
		l.By = n.person(rugzak.PersonID(id))
	}
	return l
}

// History lists the revisions of an entry.
func (s *Service) History(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (HistoryView, error) {
	var v HistoryView
	err := s.view(ctx, "history", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Entry = n.entry(by, e, mine)
		if e.Revision == 0 {
			return nil // a draft has no history
		}
		revs, err := visibleRevisions(r, by, e, mine)
		for i, rev := range revs {
			v.Revisions = append(v.Revisions, n.line(rev, i+1, e))
		}
		slices.Reverse(v.Revisions)
		return err
	})
	return v, err
}

// Revision shows one revision by its number in the reader's history.
func (s *Service) Revision(ctx context.Context, by rugzak.Person, id rugzak.EntryID, number int) (RevisionView, error) {
	var v RevisionView
	var before *rugzak.Entry
	err := s.view(ctx, "revision", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		revs, err := visibleRevisions(r, by, e, mine)
		if err != nil {
			return err
		}
		if e.Revision == 0 || number < 1 || number > len(revs) {
			return rugzak.NotFound()
		}
		v.Entry = n.entry(by, e, mine)
		v.Revision = revs[number-1]
		v.Line = n.line(v.Revision, number, e)
		v.Revision.Entry = n.shown(by, v.Revision.Entry, mine)
		if !mine {
			v.Revision.Actor, v.Revision.At = "", v.Line.At
		}
		if number > 1 {
			v.Previous, before = number-1, &revs[number-2].Entry
		}
		if number < len(revs) {
			v.Next = number + 1
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	rendered, err := s.rendered(ctx, v.Revision.Entry.Body, v.Revision.Entry.Lang)
	if err != nil {
		return v, err
	}
	v.HTML = rendered.HTML
	if before != nil {
		v.Diff = s.Compare(s.InputOf(*before), s.InputOf(v.Revision.Entry))
	}
	return v, nil
}

// Compare tells two texts of an entry apart, word by word, field by field.
// Fields that are the same are left out.
func (s *Service) Compare(before, after Input) []FieldDiff {
	var out []FieldDiff
	old := compared(before)
	for i, f := range compared(after) {
		if old[i].Text != f.Text {
			out = append(out, FieldDiff{Field: f.Name, Pieces: s.Differ.Diff(old[i].Text, f.Text)})
		}
	}
	return out
}

// compared lists the fields that are compared, always the same ones.
func compared(in Input) []field {
	var q rugzak.QuestionData
	if in.Question != nil {
		q = *in.Question
	}
	var m rugzak.MethodData
	if in.Method != nil {
		m = *in.Method
	}
	var steps strings.Builder
	for _, st := range m.Steps {
		steps.WriteString(strconv.Itoa(st.Minutes) + " " + st.Text + "\n")
	}
	return []field{
		{"title", in.Title}, {"lesson", in.Lesson}, {"body", in.Body}, {"tags", strings.Join(in.Tags, ", ")},
		{"month", in.Month}, {"question_next_step", q.NextStep}, {"question_hoped_gain", q.HopedGain},
		{"question_gain", q.Gain}, {"method_preparation", m.Preparation}, {"method_materials", m.Materials},
		{"method_place", m.Place}, {"method_steps", steps.String()},
	}
}
