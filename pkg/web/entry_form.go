// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// EntryFormPage is the full form of an entry, new or not.
type EntryFormPage struct {
	Page
	Form   *Form
	Kind   rugzak.Kind
	ID     rugzak.EntryID
	Action string
	// Shared: others may read it already, so that saving is not sharing, and
	// nothing is saved before the writer says so.
	Shared bool
	Cancel string

	Langs, Themes, Drives, Phases, Modes []Option
	With                                 []Option // who did it together with the writer's organisation
	Question                             QuestionOptions
	Goals, Guidances, Trusts, Outcomes   []Option
	Relations                            []RelationRow
	Lesson                               *backpack.Card // what an application applies, when it may be read
	Taking                               []Option       // whether the organisation is shown in the round it answers
	Tell                                 []Option       // whether an application may be told of
	Audience                             AudienceField
	Attachments                          AttachmentsPart
	Findings                             Findings
	Review                               ReviewBox
	Advice                               AdviceBox
	Preview                              *EntryPreview
	// Likes are shown with the preview; the script shows them earlier.
	Likes       []backpack.SimilarCard
	StepMinutes int
	// More: something is filled in, or wrong, where the form is folded up.
	More bool
	// Unsaved: what stands in the form is not stored.
	Unsaved bool
}

// QuestionOptions are the choices that only a question has.
//
// AskFirst is the one box for a question phase.
type QuestionOptions struct{ Sizes, States, Balls, AskFirst []Option }

// EntryPreview is the text as readers will see it, or why it cannot be shown.
type EntryPreview struct{ HTML, Problem string }

// RelationRow is one relation in the form; the empty rows are for new ones.
type RelationRow struct {
	Number  int
	ID      string
	Types   []Option
	Value   string
	Other   *backpack.Card // when the writer may read it
	Invalid bool
}

// emptyRelations is how many relations can be added at a time.
const emptyRelations = 2

// writing is a form on its way: what somebody typed, and for which entry.
type writing struct {
	form *Form
	id   rugzak.EntryID
	base int
	in   backpack.Input
	now  *backpack.EntryView // the entry as it is stored; nil for a new one
}

// wordFields are the fields of a new entry in which somebody types.
var wordFields = []string{
	"title", "lesson", "body", "tags", "month", "review_by", "relations", "question_next_step", "question_hoped_gain", "question_gain",
	"method_minutes", "method_minutes_max", "method_group", "method_group_max", "method_preparation", "method_materials", "method_place", "method_steps",
}

// holdsUnsaved tells whether a form that comes back holds words that are not stored.
// The script keeps those as a draft; a form with no more than the headings it
// began with makes none.
func (s *Server) holdsUnsaved(c echo.Context, w writing) bool {
	if c.Request().Method != http.MethodPost {
		return false
	}
	if w.base > 0 {
		return true
	}
	begun := ""
	for _, lang := range rugzak.Languages() {
		begun += s.headings(lang, w.in.Kind)
	}
	for name, values := range w.form.values {
		if !slices.Contains(wordFields, name) && !strings.HasPrefix(name, answerPrefix) {
			continue
		}
		for line := range strings.Lines(strings.Join(values, "\n")) {
			if line = strings.TrimSpace(line); line != "" && !strings.Contains(begun, line+"\n") {
				return true
			}
		}
	}
	return false
}

// entryFormPage shows the full form.
func (s *Server) entryFormPage(c echo.Context, w writing) (EntryFormPage, error) {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	choices, err := s.Service.FormChoices(ctx, by)
	if err != nil {
		return EntryFormPage{}, err
	}
	page := EntryFormPage{
		Page: s.page(c, "write.new."+string(w.in.Kind)), Form: w.form, Kind: w.in.Kind, ID: w.id,
		Action: pathEntryNew, Cancel: pathMine, Unsaved: s.holdsUnsaved(c, w),
		Audience: audienceField(p, w.form, choices, w.now),
		Modes:    modeOptions(p, choices, w.now), Question: questionOptions(p, choices, w.now),
		Goals: wordOptions(p, "methodgoal.", rugzak.MethodGoals()), Guidances: maybe(p, wordOptions(p, "methodguidance.", rugzak.MethodGuidances())),
		Trusts: maybe(p, wordOptions(p, "methodtrust.", rugzak.MethodTrusts())), Outcomes: wordOptions(p, "outcome.", rugzak.Outcomes()),
	}
	if page.Findings, err = s.findings(c, w.in); err != nil {
		return page, err
	}
	page.Review = reviewBox(w.form, page.Findings)
	if page.Advice, err = s.advice(c, w); err != nil {
		return page, err
	}
	if page.Attachments, err = s.attachmentsPart(c, w.form, w.id, w.in.Lang); err != nil {
		return page, err
	}
	for _, l := range rugzak.Languages() {
		page.Langs = append(page.Langs, Option{Value: string(l), Label: p.T("language." + string(l) + ".own")})
	}
	for _, t := range choices.Themes {
		page.Themes = append(page.Themes, Option{Value: string(t.ID), Label: t.Title})
	}
	for _, d := range choices.Drives {
		if d.Closed && !w.form.Has("drives", string(d.ID)) { // an entry keeps the one it has
			continue
		}
		page.Drives = append(page.Drives, Option{Value: string(d.ID), Label: d.Name, Hint: d.Meaning})
	}
	page.With = withOptions(choices, w.now)
	for _, f := range choices.Phases {
		if f.Closed && w.form.Value("phase") != string(f.ID) {
			continue
		}
		page.Phases = append(page.Phases, Option{Value: string(f.ID), Label: f.Name(page.Lang)})
	}
	page.Phases = maybe(p, page.Phases)
	if page.Relations, page.Lesson, err = s.relationRows(ctx, by, p, w); err != nil {
		return page, err
	}
	for _, name := range placeFields() {
		page.More = page.More || w.form.Error(name) != "" || strings.Join(w.form.All(name), "") != ""
	}
	if w.in.Lang != page.Lang || w.form.Error("lang") != "" {
		page.More = true
	}
	if kind, _ := w.in.Occasion.Occasion(); kind == rugzak.OfRound && (w.now == nil || w.now.Entry.State == rugzak.StateDraft) {
		page.Taking = takingOptions(p, choices.Organisation)
	}
	if w.in.Kind == rugzak.KindApplication {
		page.Tell = tellOptions(p, choices.Organisation)
	}
	if w.in.Method != nil {
		page.StepMinutes = w.in.Method.StepMinutes()
	}
	if w.now != nil {
		page.Title = p.T("write.edit")
		if w.now.Entry.State == rugzak.StateDraft {
			page.Title = p.T("write.finish")
		}
		page.Action, page.Cancel = at(pathEntryEdit, string(w.id)), entryPath(w.id)
		page.Shared = w.now.Entry.State != rugzak.StateDraft
		page.Crumbs = []Crumb{{entryPath(w.id), entryWords(p, w.now.Entry)}}
	}
	return page, nil
}

// placeFields are the fields of the full form that say where an entry belongs.
func placeFields() []string {
	return []string{"themes", "with", "drives", "month", "review_by", "phase", "tags", "relations"}
}

// withOptions are the organisations that may have done it together with the
// writer's own, and those that are named already.
func withOptions(c backpack.FormChoices, now *backpack.EntryView) []Option {
	own, named := c.Organisation.ID, []rugzak.Organisation(nil)
	if now != nil {
		own, named = now.Entry.Organisation, now.With
	}
	var out []Option
	for _, o := range slices.Concat(c.Organisations, named) {
		if o.ID != own && !slices.ContainsFunc(out, func(have Option) bool { return have.Value == string(o.ID) }) {
			out = append(out, Option{Value: string(o.ID), Label: o.Name})
		}
	}
	return out
}

// modeOptions are the ways in which the author may be shown. Once shared, a
// name cannot be taken away or put there.
func modeOptions(p *locale.Printer, c backpack.FormChoices, now *backpack.EntryView) []Option {
	var out []Option
	for _, m := range rugzak.AuthorModes() {
		switch {
		case m == rugzak.ByTeam && c.Team.Name == "" && (now == nil || now.Entry.Mode != rugzak.ByTeam):
			continue
		case now != nil && now.Entry.State != rugzak.StateDraft && (m == rugzak.Anonymous) != (now.Entry.Mode == rugzak.Anonymous):
			continue
		}
		o := Option{Value: string(m), Label: p.T("authormode." + string(m)), Hint: p.T("authormode." + string(m) + ".hint")}
		if m == rugzak.Anonymous {
			o.Hint += " " + p.T("write.anonymous.small_team")
		}
		out = append(out, o)
	}
	return out
}

func questionOptions(p *locale.Printer, c backpack.FormChoices, now *backpack.EntryView) QuestionOptions {
	begun := slices.DeleteFunc(rugzak.QuestionStates(), func(s rugzak.QuestionState) bool { return !s.Open() })
	q := QuestionOptions{
		States:   wordOptions(p, "questionstate.", begun),
		AskFirst: []Option{{Value: "yes", Label: p.T("write.ask_first.yes"), Hint: p.T("response.ask.why")}},
	}
	for _, size := range []rugzak.QuestionSize{rugzak.SizeLearning, rugzak.SizeJoint} {
		q.Sizes = append(q.Sizes, Option{Value: string(size), Label: p.T("questionsize." + string(size)), Hint: p.T("questionsize." + string(size) + ".hint")})
	}
	for _, o := range c.Organisations {
		q.Balls = append(q.Balls, Option{Value: string(o.ID), Label: o.Name})
	}
	if now != nil && now.BallWith.ID != "" && !slices.ContainsFunc(q.Balls, func(o Option) bool { return o.Value == string(now.BallWith.ID) }) {
		q.Balls = append(q.Balls, Option{Value: string(now.BallWith.ID), Label: now.BallWith.Name})
	}
	q.Balls = maybe(p, q.Balls)
	return q
}

// wordOptions are choices whose words stand in the catalogue.
func wordOptions[T ~string](p *locale.Printer, family string, values []T) []Option {
	out := make([]Option, len(values))
	for i, v := range values {
		out[i] = Option{Value: string(v), Label: p.T(family + string(v))}
	}
	return out
}

// maybe puts an empty choice in front.
func maybe(p *locale.Printer, options []Option) []Option {
	return append([]Option{{Label: p.T("write.no_choice")}}, options...)
}

// relationRows shows what was pasted, with the titles of what the writer may
// read, and some empty rows.
func (s *Server) relationRows(ctx context.Context, by rugzak.Person, p *locale.Printer, w writing) ([]RelationRow, *backpack.Card, error) {
	types, values := w.form.All("relation_type"), w.form.All("relations")
	var rows []RelationRow
	add := func(kind, value string) error {
		row := RelationRow{Number: len(rows) + 1, ID: optionID("relations", len(rows)), Value: value, Types: wordOptions(p, "relation.", rugzak.RelationTypes())}
		for i := range row.Types {
			row.Types[i].Chosen = row.Types[i].Value == kind
		}
		if value != "" {
			card, err := s.titleOf(ctx, by, value)
			if err != nil {
				return err
			}
			row.Other, row.Invalid = card, card == nil
		}
		rows = append(rows, row)
		return nil
	}
	for i, value := range values {
		if value == "" || len(rows) >= rugzak.MaxRelations || i >= len(types) {
			continue
		}
		if err := add(types[i], value); err != nil {
			return nil, nil, err
		}
	}
	for range min(emptyRelations, rugzak.MaxRelations-len(rows)) {
		if err := add(string(rugzak.SeeAlso), ""); err != nil {
			return nil, nil, err
		}
	}
	var lesson *backpack.Card
	if w.in.Kind == rugzak.KindApplication {
		var err error
		if lesson, err = s.titleOf(ctx, by, w.form.Value("application_lesson")); err != nil {
			return nil, nil, err
		}
	}
	return rows, lesson, nil
}

// titleOf is the entry somebody pasted the address of; nil when there is none
// that they may read.
func (s *Server) titleOf(ctx context.Context, by rugzak.Person, pasted string) (*backpack.Card, error) {
	id, ok := entryIDIn(pasted)
	if !ok {
		return nil, nil
	}
	v, err := s.Service.Read(ctx, by, id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &backpack.Card{ID: id, Title: v.Entry.Title, Lang: v.Entry.Lang, Lesson: v.Entry.Lesson}, nil
}
