// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// Input is what a form holds of an entry.
type Input struct {
	Kind     rugzak.Kind
	Lang     rugzak.Lang
	Title    string
	Lesson   string
	Body     string
	Mode     rugzak.AuthorMode
	Audience rugzak.Audience
	// Confirmed are the organisations across a border which the author said the
	// entry may newly reach: see Unconfirmed.
	Confirmed []rugzak.OrganisationID
	// Reviewed: the author looked at what the screener found and leaves it so.
	Reviewed bool
	// Themes are those ticked now, ThemesShown those ticked when the form was
	// shown: what a facilitator changed meanwhile stays.
	Themes, ThemesShown []rugzak.ThemeID
	Drives              []rugzak.DriveID
	// With are the organisations that did it together with the writer's own.
	With            []rugzak.OrganisationID
	Tags            []string
	Phase           rugzak.PhaseID
	Month, ReviewBy string
	Relations       []rugzak.Relation
	Question        *rugzak.QuestionData
	// AskFirst: once it is shared, others only ask about the question, for
	// AskDays. What is shared already has buttons for it.
	AskFirst    bool
	Application *rugzak.ApplicationData
	Method      *rugzak.MethodData
	// Occasion is the meeting or the round a new entry comes of, and ShowTaking
	// says that the writer's organisation may be shown as taking part in the round.
	Occasion   rugzak.Subject
	ShowTaking bool
	// NotBSN are the numbers, digits only, which the author declares to be no
	// citizen service number.
	NotBSN []string
}

// InputOf returns what the form of an entry holds when it is opened.
func (s *Service) InputOf(e rugzak.Entry) Input {
	e = e.Clone()
	asks := e.Question != nil && e.Question.AskUntil != ""
	return Input{
		Kind: e.Kind, Lang: e.Lang, Title: e.Title, Lesson: e.Lesson, Body: e.Body, Mode: e.Mode,
		Audience: e.Audience, Themes: e.Themes, ThemesShown: slices.Clone(e.Themes), Drives: e.Drives, With: e.With, Tags: e.Tags,
		Phase: e.Phase, Month: e.Month, ReviewBy: e.ReviewBy, Relations: e.Relations,
		Question: e.Question, AskFirst: asks, Application: e.Application, Method: e.Method, Occasion: e.Occasion, NotBSN: e.NotBSN,
	}
}

// clean brings single lines in order and leaves out what belongs to another
// kind. The body only gets its line ends turned into line feeds.
func (in Input) clean() Input {
	in.Title = rugzak.Line(in.Title)
	in.Lesson = rugzak.Line(in.Lesson)
	in.Body = rugzak.Newlines(in.Body)
	in.Tags = lines(in.Tags)
	in.Drives = unique(in.Drives)
	in.With = unique(in.With)
	in.Themes = unique(in.Themes)
	in.Relations = unique(in.Relations)
	switch in.Kind {
	case rugzak.KindQuestion:
		q := rugzak.QuestionData{Size: rugzak.SizeLearning, State: rugzak.QuestionOpen}
		if in.Question != nil {
			q = *in.Question
		}
		if q.Size != rugzak.SizeJoint {
			q.Size = rugzak.SizeLearning
		}
		if !slices.Contains(rugzak.QuestionStates(), q.State) {
			q.State = rugzak.QuestionOpen
		}
		q.NextStep, q.HopedGain, q.Gain = rugzak.Line(q.NextStep), rugzak.Line(q.HopedGain), rugzak.Line(q.Gain)
		in.Question, in.Application, in.Method = &q, nil, nil
	case rugzak.KindApplication:
		if in.Application != nil {
			a := *in.Application
			a.Outcome = oneOf(a.Outcome, rugzak.Outcomes())
			in.Application = &a
		}
		in.Question, in.Method = nil, nil
	case rugzak.KindMethod:
		var m rugzak.MethodData
		if in.Method != nil {
			m = *in.Method
		}
		m.Goal = oneOf(m.Goal, rugzak.MethodGoals())
		m.Guidance, m.Trust = oneOf(m.Guidance, rugzak.MethodGuidances()), oneOf(m.Trust, rugzak.MethodTrusts())
		m.Preparation, m.Materials, m.Place = rugzak.Line(m.Preparation), rugzak.Line(m.Materials), rugzak.Line(m.Place)
		m.Steps = slices.Clone(m.Steps)
		for i := range m.Steps {
			m.Steps[i].Text = rugzak.Line(m.Steps[i].Text)
		}
		in.Question, in.Application, in.Method = nil, nil, &m
	default:
		in.Question, in.Application, in.Method = nil, nil, nil
	}
	return in
}

// oneOf returns the choice, or nothing when it was not offered.
func oneOf[T comparable](chosen T, offered []T) T {
	var none T
	if slices.Contains(offered, chosen) {
		return chosen
	}
	return none
}

// checkIDs wants an id wherever the form speaks of another entry: a draft must
// not hold what somebody typed there.
func (in Input) checkIDs() error {
	var p rugzak.Problems
	for _, rel := range in.Relations {
		if !rel.Type.Valid() || !rugzak.ValidID(string(rel.To)) {
			p.Add("relations", "error.relation")
		}
	}
	if a := in.Application; a != nil && a.Lesson != "" && !rugzak.ValidID(string(a.Lesson)) {
		p.Add("application_lesson", "error.application_lesson")
	}
	if q := in.Question; q != nil && q.BallWith != "" && !rugzak.ValidSlug(string(q.BallWith)) {
		p.Add("question_ball_with", "error.choose")
	}
	if slices.ContainsFunc(in.With, func(o rugzak.OrganisationID) bool { return !rugzak.ValidSlug(string(o)) }) {
		p.Add("with", "error.choose")
	}
	return p.Err()
}

// unique drops doubles and zero values and keeps the order.
func unique[T comparable](in []T) []T {
	var zero T
	var out []T
	seen := map[T]bool{zero: true}
	for _, v := range in {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// fill puts the form into the entry. The themes are merged: what was ticked or
// unticked in the form is done, what others changed meanwhile stays.
func (in Input) fill(e *rugzak.Entry) {
	e.Kind, e.Lang, e.Title, e.Lesson, e.Body = in.Kind, in.Lang, in.Title, in.Lesson, in.Body
	e.Mode = in.Mode
	e.Drives, e.Tags, e.Phase, e.Month, e.ReviewBy = in.Drives, in.Tags, in.Phase, in.Month, in.ReviewBy
	if stored := e.Question; stored != nil && in.Question != nil && e.State != rugzak.StateDraft {
		q := in.Question.Keeping(*stored) // state and ball are the inquiry's
		in.Question = &q
	}
	e.Relations, e.Question, e.Application, e.Method = in.Relations, in.Question, in.Application, in.Method
	e.NotBSN = in.NotBSN
	e.With = slices.DeleteFunc(slices.Clone(in.With), func(o rugzak.OrganisationID) bool { return o == e.Organisation })
	e.Audience = in.Audience.Clean(e.Organisation)
	var themes []rugzak.ThemeID
	for _, t := range e.Themes {
		if slices.Contains(in.Themes, t) || !slices.Contains(in.ThemesShown, t) {
			themes = append(themes, t)
		}
	}
	for _, t := range in.Themes {
		if !slices.Contains(in.ThemesShown, t) && !slices.Contains(themes, t) {
			themes = append(themes, t)
		}
	}
	e.Themes = themes
}

// field is one text of a form, for screening and comparing.
type field struct{ Name, Text string }

// texts lists every text of the form, under the name of its field.
func (in Input) texts() []field {
	out := []field{{"title", in.Title}, {"lesson", in.Lesson}, {"body", in.Body}}
	for _, t := range in.Tags {
		out = append(out, field{"tags", t})
	}
	if q := in.Question; q != nil {
		out = append(out, field{"question_ball_with", string(q.BallWith)}, field{"question_next_step", q.NextStep}, field{"question_hoped_gain", q.HopedGain}, field{"question_gain", q.Gain})
	}
	if m := in.Method; m != nil {
		out = append(out, field{"method_preparation", m.Preparation}, field{"method_materials", m.Materials}, field{"method_place", m.Place})
		for _, s := range m.Steps {
			out = append(out, field{"method_steps", s.Text})
		}
	}
	return out
}
