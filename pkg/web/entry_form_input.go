// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"
	"strconv"
	"strings"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// entryFields are the fields of the forms in which people write. They bear the
// names of the domain's field errors; "form" says which form it is and "do"
// which button was pressed.
func entryFields() []string {
	fields := []string{
		"form", "do", "id", "base", "kind", "lang", "title", "lesson", "body", "author_mode", "audience", "also",
		"themes", "themes_shown", "drives", "with", "tags", "phase", "month", "review_by", "relation_type", "relations",
		"application_lesson", "application_outcome", "application_tell",
		"question_size", "question_state", "question_ball_with", "question_since", "question_next_step",
		"question_when", "question_hoped_gain", "question_gain", fieldAskFirst,
		"method_goal", "method_minutes", "method_minutes_max", "method_group", "method_group_max", "method_guidance",
		"method_trust", "method_preparation", "method_materials", "method_place", "method_steps", "not_bsn", "reviewed", "confirmed", attachmentFields,
	}
	for _, kind := range []rugzak.Kind{rugzak.KindExperience, rugzak.KindQuestion} {
		for _, p := range kind.QuickPrompts() {
			fields = append(fields, answerField(p))
		}
	}
	return append(fields, roundFields()...)
}

// fieldAskFirst is the box by which a new question begins with a question phase.
const fieldAskFirst = "question_ask_first"

// entryInput reads the full form. What cannot be read as a number or an entry
// is a field error: it must not become something else.
func entryInput(f *Form) (backpack.Input, error) {
	var p rugzak.Problems
	in := backpack.Input{
		Kind: rugzak.Kind(f.Value("kind")), Lang: rugzak.Lang(f.Value("lang")),
		Title: rugzak.Line(f.Value("title")), Lesson: rugzak.Line(f.Value("lesson")), Body: f.Value("body"),
		Mode:     rugzak.AuthorMode(f.Value("author_mode")),
		Audience: audienceOf(f), Confirmed: valuesOf[rugzak.OrganisationID](f, "confirmed"),
		Themes: valuesOf[rugzak.ThemeID](f, "themes"), ThemesShown: valuesOf[rugzak.ThemeID](f, "themes_shown"),
		Drives: valuesOf[rugzak.DriveID](f, "drives"), With: valuesOf[rugzak.OrganisationID](f, "with"), Tags: tagsOf(f.Value("tags")),
		Phase: rugzak.PhaseID(f.Value("phase")), Month: f.Value("month"), ReviewBy: f.Value("review_by"),
		Relations: relationsOf(f, &p), NotBSN: slices.Clone(f.All("not_bsn")),
		Occasion: rugzak.Subject(f.Value("occasion")), ShowTaking: f.Has("taking", "yes"), Reviewed: f.Has("reviewed", "yes"),
	}
	switch in.Kind {
	case rugzak.KindQuestion:
		in.Question, in.AskFirst = questionOf(f), f.Has(fieldAskFirst, "yes")
	case rugzak.KindApplication:
		in.Application = applicationOf(f, &p)
	case rugzak.KindMethod:
		in.Method = methodOf(f, &p)
	}
	return in, p.Err()
}

// audienceOf reads the choice of readers.
func audienceOf(f *Form) rugzak.Audience {
	also := valuesOf[rugzak.OrganisationID](f, "also")
	slices.Sort(also)
	return rugzak.Audience{Level: rugzak.Level(f.Value("audience")), Also: slices.Compact(also)}
}

// valuesOf are the chosen values of a field, without doubles and empty ones.
func valuesOf[T ~string](f *Form, name string) []T {
	var out []T
	seen := map[string]bool{"": true}
	for _, v := range f.All(name) {
		if !seen[v] {
			seen[v] = true
			out = append(out, T(v))
		}
	}
	return out
}

// tagsOf reads words with commas between them.
func tagsOf(s string) []string {
	var tags []string
	seen := map[string]bool{"": true}
	for t := range strings.SplitSeq(s, ",") {
		if t = rugzak.Line(t); !seen[t] {
			seen[t] = true
			tags = append(tags, t)
		}
	}
	return tags
}

// relationsOf reads the rows of relations; a row without entry is left out.
func relationsOf(f *Form, p *rugzak.Problems) []rugzak.Relation {
	var out []rugzak.Relation
	types := f.All("relation_type")
	for i, text := range f.All("relations") {
		if strings.TrimSpace(text) == "" {
			continue
		}
		id, ok := entryIDIn(text)
		if !ok || i >= len(types) {
			p.Add("relations", "error.relation")
			continue
		}
		if r := (rugzak.Relation{Type: rugzak.RelationType(types[i]), To: id}); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// entryIDIn finds the entry in what somebody pasted: its address, or its id.
func entryIDIn(s string) (rugzak.EntryID, bool) {
	s = strings.TrimSpace(s)
	before, _, _ := strings.Cut(pathEntry, ":")
	if _, rest, ok := strings.Cut(s, before); ok {
		s = rest
	}
	if end := strings.IndexAny(s, "/?#"); end >= 0 {
		s = s[:end]
	}
	return rugzak.EntryID(s), rugzak.ValidID(s)
}

func applicationOf(f *Form, p *rugzak.Problems) *rugzak.ApplicationData {
	a := &rugzak.ApplicationData{Outcome: rugzak.Outcome(f.Value("application_outcome")), Tell: f.Has("application_tell", "yes")}
	if text := f.Value("application_lesson"); strings.TrimSpace(text) != "" {
		id, ok := entryIDIn(text)
		if !ok {
			p.Add("application_lesson", "error.application_lesson")
		}
		a.Lesson = id
	}
	return a
}

func questionOf(f *Form) *rugzak.QuestionData {
	q := &rugzak.QuestionData{
		Size: rugzak.QuestionSize(f.Value("question_size")), State: rugzak.QuestionState(f.Value("question_state")),
		BallWith: rugzak.OrganisationID(f.Value("question_ball_with")), Since: f.Value("question_since"),
		NextStep: rugzak.Line(f.Value("question_next_step")), When: f.Value("question_when"),
		HopedGain: rugzak.Line(f.Value("question_hoped_gain")), Gain: rugzak.Line(f.Value("question_gain")),
	}
	if q.State == "" { // the short form does not ask
		q.State = rugzak.QuestionOpen
	}
	return q
}

// entryForm is the full form with what an entry holds.
func (s *Server) entryForm(f *Form, id rugzak.EntryID, base int, in backpack.Input) *Form {
	f.Set("id", string(id)).Set("base", strconv.Itoa(base)).Set("kind", string(in.Kind)).Set("lang", string(in.Lang)).
		Set("title", in.Title).Set("lesson", in.Lesson).Set("body", in.Body).Set("author_mode", string(in.Mode)).
		Set("audience", string(in.Audience.Level)).Set("also", texts(in.Audience.Also)...).
		Set("themes", texts(in.Themes)...).Set("themes_shown", texts(in.ThemesShown)...).
		Set("drives", texts(in.Drives)...).Set("with", texts(in.With)...).Set("tags", strings.Join(in.Tags, ", ")).Set("phase", string(in.Phase)).
		Set("month", in.Month).Set("review_by", in.ReviewBy).Set("not_bsn", in.NotBSN...)
	f.Set("relation_type").Set("relations")
	for _, r := range in.Relations {
		f.values.Add("relation_type", string(r.Type))
		f.values.Add("relations", string(r.To))
	}
	if a := in.Application; a != nil {
		f.Set("application_lesson", string(a.Lesson)).Set("application_outcome", string(a.Outcome)).Set("application_tell")
		if a.Tell {
			f.Set("application_tell", "yes")
		}
	}
	if q := in.Question; q != nil {
		f.Set("question_size", string(q.Size)).Set("question_state", string(q.State)).
			Set("question_ball_with", string(q.BallWith)).Set("question_since", q.Since).
			Set("question_next_step", q.NextStep).Set("question_when", q.When).
			Set("question_hoped_gain", q.HopedGain).Set("question_gain", q.Gain).Set(fieldAskFirst)
		if in.AskFirst {
			f.Set(fieldAskFirst, "yes")
		}
	}
	if in.Method != nil {
		setMethod(f, *in.Method)
	}
	return f
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
