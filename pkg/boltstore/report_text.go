// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var bucketReportedTexts = []byte("reportedtexts") // shared text -> its open incident

// ReportedTexts lists the shared texts with an incident that is open.
func (r *reader) ReportedTexts() (out []rugzak.Subject, err error) {
	each(r, bucketReportedTexts, func(text string, _ string, failed error) bool {
		out, err = append(out, rugzak.Subject(text)), failed
		return err == nil
	})
	return out, err
}

// markText remembers that a shared text is reported, as long as that is open.
func (w *writer) markText(i rugzak.Incident) error {
	if i.Text == "" {
		return nil
	}
	if err := validID(i.Text); err != nil {
		return err
	}
	key := []byte(i.Text)
	if i.Open() {
		return w.put(bucketReportedTexts, key, i.ID)
	}
	var open string
	switch err := w.get(bucketReportedTexts, key, &open); {
	case rugzak.CodeOf(err) == rugzak.CodeNotFound || err == nil && open != i.ID:
		return nil
	case err != nil:
		return err
	}
	return w.remove(bucketReportedTexts, key)
}

// PurgeText empties a shared text, or takes it away.
func (w *writer) PurgeText(stone rugzak.Tombstone) error {
	switch kind, id := rugzak.Subject(stone.Subject).Text(); kind {
	case rugzak.OfRound:
		r, err := w.Round(id)
		if err != nil {
			return err
		}
		r.Title, r.Text, r.Outcome, r.Changes, r.Decisions = "", "", "", nil, nil
		r.PublishedAt, r.UpdatedAt = time.Time{}, stone.At
		return w.SaveRound(r, r.Version)
	case rugzak.OfIdea:
		return w.RemoveIdea(id)
	case rugzak.OfAgenda:
		m, err := w.Movement()
		if err != nil {
			return err
		}
		if _, ok := m.Item(id); !ok {
			return rugzak.NotFound()
		}
		m.Agenda = slices.DeleteFunc(slices.Clone(m.Agenda), func(a rugzak.AgendaItem) bool { return a.ID == id })
		return w.SaveMovement(m)
	case rugzak.OfCompass:
		return w.purgeCompass(stone)
	case rugzak.OfNeed:
		return w.purgeNeed(rugzak.Subject(stone.Subject))
	}
	return rugzak.NotFound()
}

// purgeCompass empties the compass and forgets what it was. Its drives keep their
// names: entries lead to them.
func (w *writer) purgeCompass(stone rugzak.Tombstone) error {
	m, err := w.Movement()
	if err != nil {
		return err
	}
	c := &m.Compass
	c.Purpose, c.Why, c.UpdatedAt, c.Version = rugzak.LeftOut, "", stone.At, c.Version+1
	c.Drives = slices.Clone(c.Drives)
	for i := range c.Drives {
		c.Drives[i].Meaning = ""
	}
	return errors.Join(w.RemovePastCompasses(), w.SaveMovement(m))
}

func (w *writer) purgeNeed(text rugzak.Subject) error {
	id, team, _ := text.NeedOf()
	o, err := w.Organisation(id)
	if err != nil {
		return err
	}
	if team == "" {
		o.Need = rugzak.Need{}
		return w.SaveOrganisation(o, o.Version)
	}
	o.Teams = slices.Clone(o.Teams)
	i := slices.IndexFunc(o.Teams, func(t rugzak.Team) bool { return t.ID == team })
	if i < 0 {
		return rugzak.NotFound()
	}
	o.Teams[i].Need = rugzak.Need{}
	return w.SaveOrganisation(o, o.Version)
}

// takeText purges the shared text a tombstone is of, as found in a file that
// comes from elsewhere, when it is from before the stone.
func (w *writer) takeText(t rugzak.Tombstone) (removed bool, err error) {
	var before bool
	switch kind, id := rugzak.Subject(t.Subject).Text(); kind {
	case rugzak.OfRound:
		r, failed := w.Round(id)
		before, err = r.UpdatedAt.Before(t.At), failed
	case rugzak.OfIdea:
		i, failed := w.Idea(id)
		before, err = i.UpdatedAt.Before(t.At), failed
	case rugzak.OfAgenda:
		m, failed := w.Movement()
		item, ok := m.Item(id)
		before, err = ok && item.UpdatedAt.Before(t.At), failed
	case rugzak.OfCompass:
		m, failed := w.Movement()
		before, err = m.Compass.Purpose != "" && m.Compass.UpdatedAt.Before(t.At), failed
	case rugzak.OfNeed:
		o, failed := w.Organisation(rugzak.OrganisationID(strings.Split(id, "/")[0]))
		before, err = o.Version < t.Version, failed
	}
	if err == nil && before {
		err = w.PurgeText(t)
	}
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return false, nil
	}
	return before && err == nil, err
}
