// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ConflictPage shows two texts of one entry, and lets the second writer decide.
type ConflictPage struct {
	Page
	Form   *Form // what the second writer typed, with the newest version as base
	Kind   rugzak.Kind
	Hidden []HiddenField
	Action string
	Save   string // the button that stores: "save" or "draft"
	// Gone: there is no newest text any more; the page offers a new draft.
	Gone  bool
	Now   *backpack.EntryView // the newest text; nil when gone
	Diffs []backpack.FieldDiff
	// Others names what differs besides the texts, as "write.field." keys.
	Others []string
	// Mine and Theirs say who may read, when that differs.
	Mine, Theirs *backpack.AudienceWords
}

// HiddenField carries something typed from one page to the next.
type HiddenField struct{ Name, Value string }

// settle shows the conflict page of an entry that changed meanwhile; when what
// is stored is what was typed, there is nothing to decide.
func (s *Server) settle(c echo.Context, w writing) error {
	v, err := s.Service.Read(c.Request().Context(), s.by(c), w.id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return s.showGone(c, w)
	}
	if err != nil {
		return err
	}
	asked := w.form.Value("do")
	draft := v.Entry.State == rugzak.StateDraft
	if s.holds(v.Entry, w.in) && v.Entry.State != rugzak.StateWithdrawn && draft == (asked == doDraft) {
		return s.wroteEntry(c, backpack.Saved{Entry: v.Entry}, "notice.saved")
	}
	theirs := s.Service.InputOf(v.Entry)
	page := ConflictPage{
		Page: s.page(c, "write.conflict.title"), Kind: w.in.Kind, Action: at(pathEntryEdit, string(v.Entry.ID)), Save: doSave,
		Now: &v, Diffs: s.Service.Compare(theirs, w.in), Others: otherFields(theirs, w.in),
	}
	if draft {
		page.Save = doDraft
	}
	if slices.Contains(page.Others, "audience") {
		choices, err := s.Service.FormChoices(c.Request().Context(), s.by(c))
		if err != nil {
			return err
		}
		page.Mine = audienceWords(w.in.Audience, choices, v)
		page.Theirs = audienceWords(v.Entry.Audience, choices, v)
	}
	return s.renderConflict(c, http.StatusConflict, page, w, v.Entry.ID, v.Entry.Version)
}

// showGone keeps what was typed when the entry is not there any more.
func (s *Server) showGone(c echo.Context, w writing) error {
	if w.in.Kind == "" {
		w.in, _ = entryInput(w.form) // shown as typed; sending it checks it
	}
	if !w.in.Kind.Valid() {
		return rugzak.NotFound()
	}
	page := ConflictPage{
		Page: s.page(c, "write.gone.title"), Kind: w.in.Kind, Action: pathEntryNew, Save: doDraft, Gone: true,
	}
	id, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.renderConflict(c, http.StatusNotFound, page, w, id, 0)
}

// renderConflict shows the page with a form that holds everything typed.
func (s *Server) renderConflict(c echo.Context, status int, page ConflictPage, w writing, id rugzak.EntryID, base int) error {
	page.Form = w.form
	if shortForm(w.form) {
		page.Form = s.entryForm(s.newForm(c), id, base, w.in)
	}
	page.Form.Set("id", string(id)).Set("base", strconv.Itoa(base))
	page.Form.General, page.Form.Errors = "", nil
	for _, name := range slices.Sorted(maps.Keys(page.Form.values)) {
		if slices.Contains([]string{"title", "lesson", "body", "do"}, name) {
			continue // the writer can still change these, and decides anew
		}
		for _, value := range page.Form.values[name] {
			page.Hidden = append(page.Hidden, HiddenField{name, value})
		}
	}
	return s.render(c, status, page)
}

// holds reports whether an entry is stored as a form has it. Themes do not
// count: they are merged, and others change them too.
func (s *Server) holds(e rugzak.Entry, in backpack.Input) bool {
	now := s.Service.InputOf(e)
	in.Audience = in.Audience.Clean(e.Organisation)
	others := otherFields(now, in)
	return len(s.Service.Compare(now, in)) == 0 &&
		(len(others) == 0 || len(others) == 1 && others[0] == "themes")
}

// otherFields names what differs between two forms besides what Compare tells.
func otherFields(a, b backpack.Input) []string {
	var out []string
	add := func(name string, same bool) {
		if !same {
			out = append(out, name)
		}
	}
	add("audience", b.Audience.Level == "" || a.Audience.Equal(b.Audience))
	add("author_mode", a.Mode == b.Mode)
	add("lang", a.Lang == b.Lang)
	add("themes", sameSet(a.Themes, b.Themes))
	add("drives", sameSet(a.Drives, b.Drives))
	add("with", sameSet(a.With, b.With))
	add("phase", a.Phase == b.Phase)
	add("review_by", a.ReviewBy == b.ReviewBy)
	add("relations", sameSet(a.Relations, b.Relations))
	add("application", same(a.Application, b.Application))
	if a.Question != nil && b.Question != nil {
		x, y := *a.Question, b.Question.Keeping(*a.Question)              // state and ball are not the form's
		x.NextStep, x.HopedGain, x.Gain = y.NextStep, y.HopedGain, y.Gain // Compare tells
		add("question", x == y)
	}
	if a.Method != nil && b.Method != nil {
		x, y := a.Method, b.Method
		add("method", x.Goal == y.Goal && x.Guidance == y.Guidance && x.Trust == y.Trust &&
			x.MinutesMin == y.MinutesMin && x.MinutesMax == y.MinutesMax && x.GroupMin == y.GroupMin && x.GroupMax == y.GroupMax)
	}
	return out
}

func same[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}

func sameSet[T comparable](a, b []T) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			return false
		}
	}
	return true
}

// audienceWords says a choice of readers in words.
func audienceWords(a rugzak.Audience, c backpack.FormChoices, now backpack.EntryView) *backpack.AudienceWords {
	w := &backpack.AudienceWords{Level: a.Level, Organisation: now.Organisation, Team: now.Team}
	known := slices.Concat(c.Audience.Departments, c.Audience.Partners, now.Audience.Also)
	for _, id := range a.Also {
		if id == rugzak.WholeMunicipality {
			w.WholeMunicipality = true
			continue
		}
		o := rugzak.Organisation{ID: id, Name: string(id)}
		if i := slices.IndexFunc(known, func(k rugzak.Organisation) bool { return k.ID == id }); i >= 0 {
			o = known[i]
		}
		w.Also = append(w.Also, o)
	}
	return w
}
