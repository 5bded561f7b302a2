// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"time"

	"rugzak/pkg/rugzak"
)

// The records are how the types of the product look on disk. They are spelled
// out field by field, so that a renamed field in the domain cannot lose data.

type entryRecord struct {
	Kind      string           `json:"k"`
	State     string           `json:"s"`
	Lang      string           `json:"l"`
	Title     string           `json:"t"`
	Lesson    string           `json:"le,omitempty"`
	Body      string           `json:"b"`
	Mode      string           `json:"m"`
	Authors   []string         `json:"au,omitempty"`
	Level     string           `json:"lv"`
	Also      []string         `json:"al,omitempty"`
	Org       string           `json:"o"`
	OrgKind   string           `json:"ok"`
	Team      string           `json:"te,omitempty"`
	Themes    []string         `json:"th,omitempty"`
	Drives    []string         `json:"dr,omitempty"`
	With      []string         `json:"wi,omitempty"`
	Tags      []string         `json:"ta,omitempty"`
	Phase     string           `json:"ph,omitempty"`
	Month     string           `json:"mo,omitempty"`
	ReviewBy  string           `json:"rv,omitempty"`
	Agreed    string           `json:"ag,omitempty"`
	Occasion  string           `json:"oc,omitempty"`
	Untaken   bool             `json:"ut,omitempty"`
	Relations []relationRecord `json:"re,omitempty"`
	Question  *questionRecord  `json:"q,omitempty"`
	Applied   *appliedRecord   `json:"ap,omitempty"`
	Method    *methodRecord    `json:"me,omitempty"`
	NotBSN    []string         `json:"nb,omitempty"`
	Source    string           `json:"xs,omitempty"`
	External  string           `json:"xi,omitempty"`
	Sample    bool             `json:"sa,omitempty"`
	Revision  int              `json:"r,omitempty"`
	Version   int              `json:"v"`
	Created   time.Time        `json:"ca"`
	Updated   time.Time        `json:"ua"`
	Shared    time.Time        `json:"ha,omitzero"`
	// The note of the newest revision.
	NoteActor  string    `json:"na,omitempty"`
	NoteReason string    `json:"nr,omitempty"`
	NoteAt     time.Time `json:"nt,omitzero"`
}

type relationRecord struct {
	Type string `json:"y"`
	To   string `json:"to"`
}

type questionRecord struct {
	Size      string `json:"z,omitempty"`
	State     string `json:"s,omitempty"`
	BallWith  string `json:"bw,omitempty"`
	Since     string `json:"si,omitempty"`
	Asked     string `json:"as,omitempty"`
	NextStep  string `json:"ns,omitempty"`
	When      string `json:"w,omitempty"`
	HopedGain string `json:"hg,omitempty"`
	Gain      string `json:"g,omitempty"`
	AskUntil  string `json:"au,omitempty"`
}

type appliedRecord struct {
	Lesson  string `json:"l"`
	Outcome string `json:"o,omitempty"`
	Tell    bool   `json:"t,omitempty"`
}

type methodRecord struct {
	Goal        string       `json:"g,omitempty"`
	MinutesMin  int          `json:"mi,omitempty"`
	MinutesMax  int          `json:"ma,omitempty"`
	GroupMin    int          `json:"gi,omitempty"`
	GroupMax    int          `json:"ga,omitempty"`
	Guidance    string       `json:"gu,omitempty"`
	Trust       string       `json:"tr,omitempty"`
	Preparation string       `json:"pr,omitempty"`
	Materials   string       `json:"mt,omitempty"`
	Place       string       `json:"pl,omitempty"`
	Steps       []stepRecord `json:"st,omitempty"`
}

type stepRecord struct {
	Minutes int    `json:"m"`
	Text    string `json:"t"`
}

// words turns a list of ids into strings, and back.
func words[A, B ~string](in []A) []B {
	if len(in) == 0 {
		return nil
	}
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = B(v)
	}
	return out
}

func recordOf(e rugzak.Entry) entryRecord {
	r := entryRecord{
		Kind: string(e.Kind), State: string(e.State), Lang: string(e.Lang), Title: e.Title, Lesson: e.Lesson, Body: e.Body,
		Mode: string(e.Mode), Authors: words[rugzak.PersonID, string](e.Authors), Level: string(e.Audience.Level),
		Also: words[rugzak.OrganisationID, string](e.Audience.Also), Org: string(e.Organisation), OrgKind: string(e.OrganisationKind),
		Team: string(e.Team), Themes: words[rugzak.ThemeID, string](e.Themes), Drives: words[rugzak.DriveID, string](e.Drives),
		With: words[rugzak.OrganisationID, string](e.With),
		Tags: words[string, string](e.Tags), Phase: string(e.Phase), Month: e.Month, ReviewBy: e.ReviewBy, Agreed: e.Agreed, Occasion: string(e.Occasion), Untaken: e.HideTaking,
		NotBSN: words[string, string](e.NotBSN), Source: e.External.Source, External: e.External.ID, Sample: e.Sample,
		Revision: e.Revision, Version: e.Version, Created: e.CreatedAt, Updated: e.UpdatedAt, Shared: e.SharedAt,
	}
	for _, rel := range e.Relations {
		r.Relations = append(r.Relations, relationRecord{Type: string(rel.Type), To: string(rel.To)})
	}
	if q := e.Question; q != nil {
		r.Question = &questionRecord{Size: string(q.Size), State: string(q.State), BallWith: string(q.BallWith), Since: q.Since, Asked: string(q.Asked), NextStep: q.NextStep, When: q.When, HopedGain: q.HopedGain, Gain: q.Gain, AskUntil: q.AskUntil}
	}
	if a := e.Application; a != nil {
		r.Applied = &appliedRecord{Lesson: string(a.Lesson), Outcome: string(a.Outcome), Tell: a.Tell}
	}
	if m := e.Method; m != nil {
		r.Method = &methodRecord{
			Goal: m.Goal, MinutesMin: m.MinutesMin, MinutesMax: m.MinutesMax, GroupMin: m.GroupMin, GroupMax: m.GroupMax,
			Guidance: m.Guidance, Trust: m.Trust, Preparation: m.Preparation, Materials: m.Materials, Place: m.Place,
		}
		for _, s := range m.Steps {
			r.Method.Steps = append(r.Method.Steps, stepRecord(s))
		}
	}
	return r
}

func (r entryRecord) entry(id rugzak.EntryID) rugzak.Entry {
	e := rugzak.Entry{
		ID: id, Kind: rugzak.Kind(r.Kind), State: rugzak.State(r.State), Lang: rugzak.Lang(r.Lang), Title: r.Title, Lesson: r.Lesson, Body: r.Body,
		Mode: rugzak.AuthorMode(r.Mode), Authors: words[string, rugzak.PersonID](r.Authors),
		Audience:     rugzak.Audience{Level: rugzak.Level(r.Level), Also: words[string, rugzak.OrganisationID](r.Also)},
		Organisation: rugzak.OrganisationID(r.Org), OrganisationKind: rugzak.OrganisationKind(r.OrgKind), Team: rugzak.TeamID(r.Team),
		Themes: words[string, rugzak.ThemeID](r.Themes), Drives: words[string, rugzak.DriveID](r.Drives), Tags: r.Tags,
		With:  words[string, rugzak.OrganisationID](r.With),
		Phase: rugzak.PhaseID(r.Phase), Month: r.Month, ReviewBy: r.ReviewBy, Agreed: r.Agreed, Occasion: rugzak.Subject(r.Occasion), HideTaking: r.Untaken, NotBSN: r.NotBSN,
		External: rugzak.External{Source: r.Source, ID: r.External}, Sample: r.Sample,
		Revision: r.Revision, Version: r.Version, CreatedAt: r.Created, UpdatedAt: r.Updated, SharedAt: r.Shared,
	}
	for _, rel := range r.Relations {
		e.Relations = append(e.Relations, rugzak.Relation{Type: rugzak.RelationType(rel.Type), To: rugzak.EntryID(rel.To)})
	}
	if q := r.Question; q != nil {
		e.Question = &rugzak.QuestionData{Size: rugzak.QuestionSize(q.Size), State: rugzak.QuestionState(q.State), BallWith: rugzak.OrganisationID(q.BallWith), Since: q.Since, Asked: rugzak.OrganisationID(q.Asked), NextStep: q.NextStep, When: q.When, HopedGain: q.HopedGain, Gain: q.Gain, AskUntil: q.AskUntil}
	}
	if a := r.Applied; a != nil {
		e.Application = &rugzak.ApplicationData{Lesson: rugzak.EntryID(a.Lesson), Outcome: rugzak.Outcome(a.Outcome), Tell: a.Tell}
	}
	if m := r.Method; m != nil {
		e.Method = &rugzak.MethodData{
			Goal: m.Goal, MinutesMin: m.MinutesMin, MinutesMax: m.MinutesMax, GroupMin: m.GroupMin, GroupMax: m.GroupMax,
			Guidance: m.Guidance, Trust: m.Trust, Preparation: m.Preparation, Materials: m.Materials, Place: m.Place,
		}
		for _, s := range m.Steps {
			e.Method.Steps = append(e.Method.Steps, rugzak.Step(s))
		}
	}
	return e
}

// revision makes the revision a record is, or was.
func (r entryRecord) revision(id rugzak.EntryID) rugzak.Revision {
	return rugzak.Revision{Entry: r.entry(id), Actor: r.NoteActor, At: r.NoteAt, Reason: rugzak.RevisionReason(r.NoteReason)}
}
