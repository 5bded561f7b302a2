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

// CompassInput is what the form of the compass holds. A drive without id is
// new, one without name goes.
type CompassInput struct {
	Purpose string
	Drives  []rugzak.Drive
	Why     string
	// Occasion is the round in which it was decided; may be empty.
	Occasion rugzak.Subject
	// Reviewed: the writer looked at what the screener found and leaves it so.
	Reviewed bool
}

func (in CompassInput) clean() CompassInput {
	in.Purpose, in.Why = rugzak.Newlines(in.Purpose), rugzak.Line(in.Why)
	in.Drives = slices.Clone(in.Drives)
	for i, d := range in.Drives {
		in.Drives[i].Name, in.Drives[i].Meaning = rugzak.Line(d.Name), rugzak.Line(d.Meaning)
	}
	return in
}

func (in CompassInput) texts() []field {
	out := []field{{"purpose", in.Purpose}, {"why", in.Why}}
	for _, d := range in.Drives {
		out = append(out, name("drives", d.Name)...)
		out = append(out, field{"drives", d.Meaning})
	}
	return out
}

// CompassFindings lists what the screener found in the form of the compass.
func (s *Service) CompassFindings(ctx context.Context, by rugzak.Person, in CompassInput) ([]Found, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	found, err := s.inspect(ctx, in.clean().texts(), nil)
	return shownFindings(found), err
}

// SaveCompass makes the next version of the compass. base is the version the
// form was made from. A drive that is no longer in it is closed: entries in which
// it was seen keep it.
func (s *Service) SaveCompass(ctx context.Context, by rugzak.Person, base int, in CompassInput) (rugzak.Compass, error) {
	var c rugzak.Compass
	if !rugzak.CanCurate(by) {
		return c, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	found, err := s.shortTexts(ctx, in.texts()...)
	if err != nil {
		return c, err
	}
	if len(in.Purpose) <= rugzak.MaxCompassText {
		if _, err := s.Renderer.Render(ctx, in.Purpose, rugzak.Dutch); err != nil {
			return c, renameField(asBodyProblem(err), "purpose")
		}
	}
	_, err = s.update(ctx, "save compass", func(w rugzak.Writer) error {
		var err error
		c, err = s.saveCompass(w, by, base, in, found)
		return err
	})
	return c, err
}

func (s *Service) saveCompass(w rugzak.Writer, by rugzak.Person, base int, in CompassInput, found []Found) (rugzak.Compass, error) {
	m, err := w.Movement()
	if err != nil {
		return rugzak.Compass{}, err
	}
	before := m.Compass
	if before.Version != base {
		return before, rugzak.Conflict()
	}
	drives, err := nextDrives(before.Drives, in.Drives)
	if err != nil {
		return before, err
	}
	after := rugzak.Compass{Purpose: in.Purpose, Drives: drives, Why: in.Why, Occasion: in.Occasion, Version: base + 1, UpdatedAt: s.now()}
	if before.Purpose == after.Purpose && slices.Equal(before.Drives, after.Drives) {
		return before, nil
	}
	if err := after.Validate(); err != nil {
		return before, err
	}
	if kind, id := after.Occasion.Occasion(); after.Occasion != "" { // the round in which it was decided
		if _, err := w.Round(id); kind != rugzak.OfRound || isMissing(err) {
			after.Occasion = ""
		} else if err != nil {
			return before, err
		}
	}
	if err := refusePartners(found); err != nil {
		return before, err
	}
	if !in.Reviewed {
		if err := wantReview(found); err != nil {
			return before, err
		}
	}
	if before.Purpose != "" || len(before.Drives) > 0 {
		if err := w.PutPastCompass(before); err != nil {
			return before, err
		}
	}
	m.Compass = after
	if err := w.SaveMovement(m); err != nil {
		return before, err
	}
	if err := s.textMended(w, rugzak.CompassText); err != nil {
		return before, err
	}
	return after, w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbCompassSaved, Subject: "compass"})
}

// nextDrives are the drives of a form, in its order, with the ids of those that
// were there, and behind them those that are no longer in the compass.
func nextDrives(before, form []rugzak.Drive) ([]rugzak.Drive, error) {
	var out []rugzak.Drive
	taken := func(id string) bool {
		return slices.ContainsFunc(slices.Concat(before, out), func(d rugzak.Drive) bool { return string(d.ID) == id })
	}
	used := map[rugzak.DriveID]bool{}
	for _, d := range form {
		if d.Name == "" && d.Meaning == "" {
			continue
		}
		was := slices.IndexFunc(before, func(b rugzak.Drive) bool {
			return !used[b.ID] && (d.ID != "" && b.ID == d.ID || d.ID == "" && b.Closed && strings.EqualFold(b.Name, d.Name))
		})
		next := rugzak.Drive{Name: d.Name, Meaning: d.Meaning}
		if was >= 0 {
			next.ID = before[was].ID
		} else {
			slug := rugzak.DriveID(rugzak.Slug(d.Name))
			if slug == "" {
				slug = "drijfveer"
			}
			id, err := freeSlug(slug, func(id string) (bool, error) { return !taken(id), nil })
			if err != nil {
				return nil, err
			}
			next.ID = id
		}
		used[next.ID] = true
		out = append(out, next)
	}
	for _, d := range before {
		if !used[d.ID] {
			d.Closed = true
			out = append(out, d)
		}
	}
	return out, nil
}

// CompassLine is a version of the compass in the list of all.
type CompassLine struct {
	rugzak.Compass
	Current bool
}

// CompassVersions lists what the compass is and was, the newest first. Every
// person reads it.
func (s *Service) CompassVersions(ctx context.Context, by rugzak.Person) ([]CompassLine, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var out []CompassLine
	err := s.view(ctx, "compass versions", func(r rugzak.Reader) error {
		m, err := r.Movement()
		if err != nil {
			return err
		}
		past, err := r.PastCompasses()
		if m.Compass.Purpose != "" || len(m.Compass.Drives) > 0 {
			out = append(out, CompassLine{m.Compass, true})
		}
		for _, c := range past {
			out = append(out, CompassLine{c, false})
		}
		hidden, failed := hidesText(r, by, rugzak.CompassText)
		for i := range out {
			if hidden {
				out[i].Compass = hiddenCompass(out[i].Compass)
			}
			out[i].Occasion = shownOccasion(out[i].Occasion)
		}
		return errors.Join(err, failed)
	})
	return out, err
}

// CompassVersion is one version of the compass, with what it changed.
type CompassVersion struct {
	CompassLine
	HTML string
	// Before is the version before it; nil for the first.
	Before *rugzak.Compass
	Diff   []FieldDiff
	// After is the version after it; nil for the newest.
	After *rugzak.Compass
}

// CompassVersion shows one version of the compass.
func (s *Service) CompassVersion(ctx context.Context, by rugzak.Person, version int) (CompassVersion, error) {
	all, err := s.CompassVersions(ctx, by)
	if err != nil {
		return CompassVersion{}, err
	}
	i := slices.IndexFunc(all, func(c CompassLine) bool { return c.Version == version })
	if i < 0 {
		return CompassVersion{}, rugzak.NotFound()
	}
	v := CompassVersion{CompassLine: all[i]}
	if i > 0 {
		v.After = &all[i-1].Compass
	}
	if i+1 < len(all) {
		v.Before = &all[i+1].Compass
		for _, f := range [][3]string{
			{"purpose", v.Before.Purpose, v.Purpose},
			{"drives", driveText(*v.Before), driveText(v.Compass)},
		} {
			if f[1] != f[2] {
				v.Diff = append(v.Diff, FieldDiff{Field: f[0], Pieces: s.Differ.Diff(f[1], f[2])})
			}
		}
	}
	rendered, err := s.rendered(ctx, v.Purpose, rugzak.Dutch)
	v.HTML = rendered.HTML
	return v, err
}

// driveText has a line for each drive in the compass.
func driveText(c rugzak.Compass) string {
	var b strings.Builder
	for _, d := range c.Open() {
		b.WriteString(d.Name)
		if d.Meaning != "" {
			b.WriteString(": " + d.Meaning)
		}
		b.WriteString("\n")
	}
	return b.String()
}
