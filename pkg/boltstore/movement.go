// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

var bucketCompasses = []byte("compasses") // version -> what the compass was

// metaWordings counts how often wordings were replaced.
var metaWordings = []byte("wordings")

type movementRecord struct {
	Purpose  string          `json:"p,omitempty"`
	Drives   []driveRecord   `json:"d,omitempty"`
	Why      string          `json:"w,omitempty"`
	Occasion string          `json:"oc,omitempty"`
	Sample   bool            `json:"sa,omitempty"`
	Version  int             `json:"v,omitempty"`
	Updated  time.Time       `json:"ua,omitzero"`
	Agenda   []agendaRecord  `json:"a,omitempty"`
	Rounds   []roundRecord   `json:"r,omitempty"`
	Phases   []phaseRecord   `json:"ph,omitempty"`
	Wordings []wordingRecord `json:"wo,omitempty"`
}

type driveRecord struct {
	ID      string `json:"i"`
	Name    string `json:"n"`
	Meaning string `json:"m,omitempty"`
	Closed  bool   `json:"c,omitempty"`
}

type agendaRecord struct {
	ID        string           `json:"i"`
	Title     string           `json:"t"`
	Text      string           `json:"b,omitempty"`
	Horizon   string           `json:"h"`
	Orgs      []string         `json:"o,omitempty"`
	Questions []string         `json:"q,omitempty"`
	Successes []string         `json:"su,omitempty"`
	Progress  []progressRecord `json:"pr,omitempty"`
	Done      time.Time        `json:"d,omitzero"`
	Learned   string           `json:"l,omitempty"`
	Occasion  string           `json:"oc,omitempty"`
	Sample    bool             `json:"sa,omitempty"`
	Version   int              `json:"v,omitempty"`
	Updated   time.Time        `json:"ua,omitzero"`
}

type progressRecord struct {
	At   time.Time `json:"at"`
	Org  string    `json:"o,omitempty"`
	Text string    `json:"x"`
}

type roundRecord struct {
	ID        string   `json:"i"`
	Title     string   `json:"t"`
	Text      string   `json:"b,omitempty"`
	Weeks     int      `json:"w,omitempty"`
	Start     string   `json:"s,omitempty"`
	Questions []string `json:"q,omitempty"`
	Sample    bool     `json:"sa,omitempty"`
}

type phaseRecord struct {
	ID     string `json:"i"`
	NL     string `json:"nl"`
	EN     string `json:"en,omitempty"`
	Begins string `json:"b,omitempty"`
	Closed bool   `json:"c,omitempty"`
}

type wordingRecord struct {
	Key string `json:"k"`
	NL  string `json:"nl,omitempty"`
	EN  string `json:"en,omitempty"`
}

func recordOfMovement(m rugzak.Movement) movementRecord {
	r := recordOfCompass(m.Compass)
	for _, a := range m.Agenda {
		r.Agenda = append(r.Agenda, recordOfItem(a))
	}
	for _, x := range m.Rounds {
		r.Rounds = append(r.Rounds, roundRecord(x))
	}
	for _, p := range m.Phases {
		r.Phases = append(r.Phases, phaseRecord{ID: string(p.ID), NL: p.NameNL, EN: p.NameEN, Begins: p.Begins, Closed: p.Closed})
	}
	for _, w := range m.Wordings {
		r.Wordings = append(r.Wordings, wordingRecord(w))
	}
	return r
}

func (r movementRecord) movement() rugzak.Movement {
	m := rugzak.Movement{Compass: r.compass()}
	for _, a := range r.Agenda {
		m.Agenda = append(m.Agenda, a.item())
	}
	for _, x := range r.Rounds {
		m.Rounds = append(m.Rounds, rugzak.RoundPlan(x))
	}
	for _, p := range r.Phases {
		m.Phases = append(m.Phases, rugzak.Phase{ID: rugzak.PhaseID(p.ID), NameNL: p.NL, NameEN: p.EN, Begins: p.Begins, Closed: p.Closed})
	}
	for _, w := range r.Wordings {
		m.Wordings = append(m.Wordings, rugzak.Wording(w))
	}
	return m
}

// recordOfCompass is the part of the record that a past version is too.
func recordOfCompass(c rugzak.Compass) movementRecord {
	r := movementRecord{Purpose: c.Purpose, Why: c.Why, Occasion: string(c.Occasion), Sample: c.Sample, Version: c.Version, Updated: c.UpdatedAt}
	for _, d := range c.Drives {
		r.Drives = append(r.Drives, driveRecord{ID: string(d.ID), Name: d.Name, Meaning: d.Meaning, Closed: d.Closed})
	}
	return r
}

func (r movementRecord) compass() rugzak.Compass {
	c := rugzak.Compass{Purpose: r.Purpose, Why: r.Why, Occasion: rugzak.Subject(r.Occasion), Sample: r.Sample, Version: r.Version, UpdatedAt: r.Updated}
	for _, d := range r.Drives {
		c.Drives = append(c.Drives, rugzak.Drive{ID: rugzak.DriveID(d.ID), Name: d.Name, Meaning: d.Meaning, Closed: d.Closed})
	}
	return c
}

func recordOfItem(a rugzak.AgendaItem) agendaRecord {
	r := agendaRecord{
		ID: a.ID, Title: a.Title, Text: a.Text, Horizon: string(a.Horizon), Orgs: words[rugzak.OrganisationID, string](a.Organisations),
		Questions: words[rugzak.EntryID, string](a.Questions), Successes: words[rugzak.EntryID, string](a.Successes),
		Done: a.DoneAt, Learned: a.Learned, Occasion: string(a.Occasion), Sample: a.Sample, Version: a.Version, Updated: a.UpdatedAt,
	}
	for _, p := range a.Progress {
		r.Progress = append(r.Progress, progressRecord{At: p.At, Org: string(p.Organisation), Text: p.Text})
	}
	return r
}

func (r agendaRecord) item() rugzak.AgendaItem {
	a := rugzak.AgendaItem{
		ID: r.ID, Title: r.Title, Text: r.Text, Horizon: rugzak.Horizon(r.Horizon), Organisations: words[string, rugzak.OrganisationID](r.Orgs),
		Questions: words[string, rugzak.EntryID](r.Questions), Successes: words[string, rugzak.EntryID](r.Successes),
		DoneAt: r.Done, Learned: r.Learned, Occasion: rugzak.Subject(r.Occasion), Sample: r.Sample, Version: r.Version, UpdatedAt: r.Updated,
	}
	for _, p := range r.Progress {
		a.Progress = append(a.Progress, rugzak.AgendaProgress{At: p.At, Organisation: rugzak.OrganisationID(p.Org), Text: p.Text})
	}
	return a
}

var movementKey = []byte("movement")

// Movement returns what gives the backpack direction; a new backpack has the
// default phases.
func (r *reader) Movement() (rugzak.Movement, error) {
	var record movementRecord
	err := r.get(bucketMovement, movementKey, &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return rugzak.Movement{Phases: rugzak.DefaultPhases()}, nil
	}
	if err != nil {
		return rugzak.Movement{}, err
	}
	return record.movement(), nil
}

// WordingsVersion changes with every save of other wordings.
func (r *reader) WordingsVersion() (int, error) { return r.counted(metaWordings) }

// SaveMovement stores what gives direction.
func (w *writer) SaveMovement(m rugzak.Movement) error {
	before, err := w.Movement()
	if err != nil {
		return err
	}
	if err := w.leaveAgenda(before, m); err != nil {
		return err
	}
	if !slices.Equal(before.Wordings, m.Wordings) {
		if err := w.count(metaWordings); err != nil {
			return err
		}
	}
	return w.put(bucketMovement, movementKey, recordOfMovement(m))
}

// unlinkAgenda takes an entry that goes out of the items it is linked to.
func (w *writer) unlinkAgenda(id rugzak.EntryID) error {
	m, err := w.Movement()
	if err != nil {
		return err
	}
	linked := false
	without := func(ids []rugzak.EntryID) []rugzak.EntryID {
		out := slices.DeleteFunc(slices.Clone(ids), func(other rugzak.EntryID) bool { return other == id })
		linked = linked || len(out) < len(ids)
		return out
	}
	for i, a := range m.Agenda {
		m.Agenda[i].Questions, m.Agenda[i].Successes = without(a.Questions), without(a.Successes)
	}
	if !linked {
		return nil
	}
	return w.put(bucketMovement, movementKey, recordOfMovement(m))
}

// PastCompasses lists what the compass was, the newest first.
func (r *reader) PastCompasses() (out []rugzak.Compass, err error) {
	each(r, bucketCompasses, func(_ string, record movementRecord, failed error) bool {
		out, err = append(out, record.compass()), failed
		return err == nil
	})
	slices.Reverse(out)
	return out, err
}

// PutPastCompass keeps what the compass was.
func (w *writer) PutPastCompass(c rugzak.Compass) error {
	return w.put(bucketCompasses, compassKey(c.Version), recordOfCompass(c))
}

// RemovePastCompasses forgets what the compass was.
func (w *writer) RemovePastCompasses() error { return w.removeUnder(bucketCompasses, nil) }

// compassKey sorts by version.
func compassKey(version int) []byte { return changeKey(uint64(version)) }
