// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// ChecklistPoint is a point of the legal checklist as it is shown. At is zero
// while it is not ticked.
type ChecklistPoint struct {
	Point rugzak.CheckPoint
	At    time.Time
	// Name is who ticked it; empty when that person left, or is the operator.
	Name   string
	Former bool
}

// ChecklistView is the legal checklist as it is shown.
type ChecklistView struct {
	Points  []ChecklistPoint
	Done    int
	Version int
}

// Checklist returns the points of the legal checklist and what was ticked.
func (s *Service) Checklist(ctx context.Context, by rugzak.Person) (ChecklistView, error) {
	if !rugzak.CanAudit(by) {
		return ChecklistView{}, rugzak.Forbidden("error.audit_only")
	}
	var v ChecklistView
	err := s.view(ctx, "checklist", func(r rugzak.Reader) error {
		list, err := r.Checklist()
		if err != nil {
			return err
		}
		v.Version = list.Version
		for _, point := range rugzak.CheckPoints() {
			p := ChecklistPoint{Point: point}
			if mark, ok := list.Mark(point); ok {
				v.Done++
				p.At = mark.At
				who, err := r.Person(mark.By)
				if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
					return err
				}
				p.Name, p.Former = who.Name, who.Former
			}
			v.Points = append(v.Points, p)
		}
		return nil
	})
	return v, err
}

// SaveChecklist ticks exactly these points. base is the version the form was
// made from.
func (s *Service) SaveChecklist(ctx context.Context, by rugzak.Person, base int, points []rugzak.CheckPoint) error {
	if !rugzak.CanAudit(by) {
		return rugzak.Forbidden("error.audit_only")
	}
	_, err := s.update(ctx, "save checklist", func(w rugzak.Writer) error {
		list, err := w.Checklist()
		if err != nil {
			return err
		}
		if list.Version != base {
			return rugzak.Conflict()
		}
		if list, err = list.Tick(points, by.ID, s.now()); err != nil {
			return err
		}
		if err := w.SaveChecklist(list, base); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditSettings, "settings", "checklist")
	})
	return err
}

// RetentionTerms are how long things are kept: everybody may know, also who has
// no account.
func (s *Service) RetentionTerms(ctx context.Context) (rugzak.RetentionSettings, error) {
	var out rugzak.RetentionSettings
	err := s.view(ctx, "retention terms", func(r rugzak.Reader) error {
		all, err := r.Settings()
		out = all.Retention
		return err
	})
	return out, err
}
