// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// RetentionPreview is what would happen at the next daily work under some
// terms: counts, never what it is.
type RetentionPreview struct {
	Lines []RetentionCount
	// Former is how many names of who left would be erased, and FormerFew that
	// it is a number below five, which is not told.
	Former    int
	FormerFew bool
	Audit     int // lines of the audit log
}

// RetentionCount is a line of the preview.
type RetentionCount struct {
	RetentionLine
	Name  string // of the organisation
	Count int
}

// Total is the number of entries for which something happens.
func (p RetentionPreview) Total(what string) (n int) {
	for _, l := range p.Lines {
		if l.What == what {
			n += l.Count
		}
	}
	return n
}

// PreviewRetention says what would go under some terms, for the administrator.
func (s *Service) PreviewRetention(ctx context.Context, by rugzak.Person, terms rugzak.RetentionSettings) (RetentionPreview, error) {
	if !rugzak.CanAdminister(by) {
		return RetentionPreview{}, rugzak.Forbidden("error.administrators_only")
	}
	var p RetentionPreview
	err := s.view(ctx, "preview of retention", func(r rugzak.Reader) error {
		due, err := s.due(r, terms)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for line, count := range due.lines {
			p.Lines = append(p.Lines, RetentionCount{RetentionLine: line, Name: n.organisation(line.Organisation).Name, Count: count})
		}
		if p.FormerFew = due.former > 0 && due.former < fewPeople; !p.FormerFew {
			p.Former = due.former
		}
		p.Audit = due.auditCount
		return nil
	})
	slices.SortFunc(p.Lines, func(a, b RetentionCount) int {
		return cmp.Or(cmp.Compare(a.What, b.What), byName(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind))
	})
	return p, err
}
