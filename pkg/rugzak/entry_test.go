// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func validEntry() rugzak.Entry {
	return rugzak.Entry{
		ID: rugzak.EntryID(rugzak.NewID(time.Now())), Kind: rugzak.KindExperience, State: rugzak.StateShared, Lang: rugzak.Dutch,
		Title: "Eén voordeur", Body: "We belden eerst.", Mode: rugzak.ByName, Authors: []rugzak.PersonID{"a"},
		Organisation: "wmo", OrganisationKind: rugzak.Department, Team: "toegang",
		Audience: rugzak.Audience{Level: rugzak.LevelOrganisation},
	}
}

func fieldsOf(err error) []string {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestValidateEntry(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*rugzak.Entry)
		fields string
	}{
		"as it is":                  {func(*rugzak.Entry) {}, ""},
		"no title":                  {func(e *rugzak.Entry) { e.Title = "" }, "title"},
		"title too long":            {func(e *rugzak.Entry) { e.Title = strings.Repeat("é", rugzak.MaxTitle+1) }, "title"},
		"title as long as may be":   {func(e *rugzak.Entry) { e.Title = strings.Repeat("é", rugzak.MaxTitle) }, ""},
		"title of two lines":        {func(e *rugzak.Entry) { e.Title = "a\nb" }, "title"},
		"title that turns around":   {func(e *rugzak.Entry) { e.Title = "a\u202eb" }, "title"},
		"no body":                   {func(e *rugzak.Entry) { e.Body = " \n" }, "body"},
		"only a lesson":             {func(e *rugzak.Entry) { e.Body, e.Lesson = "", "Bel eerst." }, ""},
		"body too long":             {func(e *rugzak.Entry) { e.Body = strings.Repeat("a", rugzak.MaxBody+1) }, "body"},
		"body not UTF-8":            {func(e *rugzak.Entry) { e.Body = "a\xff" }, "body"},
		"body with a null":          {func(e *rugzak.Entry) { e.Body = "a\x00" }, "body"},
		"unknown kind":              {func(e *rugzak.Entry) { e.Kind = "casus" }, "kind"},
		"unknown language":          {func(e *rugzak.Entry) { e.Lang = "de" }, "lang"},
		"unknown author mode":       {func(e *rugzak.Entry) { e.Mode = "" }, "author_mode"},
		"for a team there is not":   {func(e *rugzak.Entry) { e.Mode, e.Team = rugzak.ByTeam, "" }, "author_mode"},
		"audience draft":            {func(e *rugzak.Entry) { e.Audience.Level = rugzak.LevelDraft }, "audience"},
		"audience team, no team":    {func(e *rugzak.Entry) { e.Audience.Level, e.Team = rugzak.LevelTeam, "" }, "audience"},
		"partner at level internal": {func(e *rugzak.Entry) { e.OrganisationKind, e.Audience.Level = rugzak.Partner, rugzak.LevelInternal }, "audience"},
		"whole city by department":  {func(e *rugzak.Entry) { e.Audience.Also = []rugzak.OrganisationID{rugzak.WholeMunicipality} }, "audience"},
		"no organisation":           {func(e *rugzak.Entry) { e.Organisation = "" }, "organisation"},
		"four themes":               {func(e *rugzak.Entry) { e.Themes = []rugzak.ThemeID{"a", "b", "c", "d"} }, "themes"},
		"three drives":              {func(e *rugzak.Entry) { e.Drives = []rugzak.DriveID{"a", "b", "c"} }, "drives"},
		"month thirteen":            {func(e *rugzak.Entry) { e.Month = "2026-13" }, "month"},
		"relation to itself":        {func(e *rugzak.Entry) { e.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: e.ID}} }, "relations"},
		"unknown relation":          {func(e *rugzak.Entry) { e.Relations = []rugzak.Relation{{Type: "likes", To: "y"}} }, "relations"},
		"application of nothing":    {func(e *rugzak.Entry) { e.Kind = rugzak.KindApplication }, "application_lesson"},
		"application, no outcome": {func(e *rugzak.Entry) {
			e.Kind, e.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: "y"}
		}, "application_outcome"},
		"method without a goal": {func(e *rugzak.Entry) { e.Kind, e.Method = rugzak.KindMethod, &rugzak.MethodData{} }, "method_goal"},
		"method from long to short": {func(e *rugzak.Entry) {
			e.Kind, e.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "choose", MinutesMin: 60, MinutesMax: 30}
		}, "method_minutes"},
		"question of no size": {func(e *rugzak.Entry) {
			e.Kind, e.Question = rugzak.KindQuestion, &rugzak.QuestionData{State: rugzak.QuestionOpen, When: "morgen"}
		}, "question_size question_when"},
		"half an origin": {func(e *rugzak.Entry) { e.External.ID = "x" }, "id"},
	} {
		t.Run(name, func(t *testing.T) {
			e := validEntry()
			c.change(&e)
			if got := strings.Join(fieldsOf(e.Validate()), " "); got != c.fields {
				t.Errorf("wrong fields: %q, want %q", got, c.fields)
			}
		})
	}
}

func TestDraftMayBeUnfinished(t *testing.T) {
	e := validEntry()
	e.State, e.Title, e.Body, e.Audience = rugzak.StateDraft, "", "", rugzak.Audience{}
	if err := e.ValidateDraft(); err != nil {
		t.Errorf("an empty draft: %v", err)
	}
	e.Body = "a\x00"
	if err := e.ValidateDraft(); err == nil {
		t.Error("a draft with a null byte is accepted")
	}
}

func TestCloneSharesNothing(t *testing.T) {
	e := validEntry()
	e.Themes, e.Tags, e.NotBSN = []rugzak.ThemeID{"t"}, []string{"x"}, []string{"1"}
	e.Relations, e.Audience.Also = []rugzak.Relation{{Type: rugzak.SeeAlso, To: "y"}}, []rugzak.OrganisationID{"o"}
	e.Drives, e.Question = []rugzak.DriveID{"d"}, &rugzak.QuestionData{Gain: "before"}
	e.Method, e.Application = &rugzak.MethodData{Steps: []rugzak.Step{{Minutes: 5}}}, &rugzak.ApplicationData{Lesson: "l"}
	c := e.Clone()
	c.Themes[0], c.Tags[0], c.NotBSN[0], c.Authors[0] = "z", "z", "z", "z"
	c.Relations[0].To, c.Audience.Also[0], c.Drives[0], c.Question.Gain = "z", "z", "z", "z"
	c.Method.Steps[0].Minutes, c.Application.Lesson = 6, "z"
	if e.Themes[0] != "t" || e.Tags[0] != "x" || e.NotBSN[0] != "1" || e.Authors[0] != "a" || e.Relations[0].To != "y" ||
		e.Audience.Also[0] != "o" || e.Drives[0] != "d" || e.Question.Gain != "before" || e.Method.Steps[0].Minutes != 5 || e.Application.Lesson != "l" {
		t.Errorf("changing the copy changed the original: %+v", e)
	}
}

func TestActorTellsNoName(t *testing.T) {
	e := validEntry()
	if got := e.Actor("a"); got != "person:a" {
		t.Errorf("by name: %s", got)
	}
	e.Mode = rugzak.Anonymous
	if got := e.Actor("a"); got != "anon:"+string(e.ID) {
		t.Errorf("without name: %s", got)
	}
	e.Mode, e.State = rugzak.ByName, rugzak.StateDraft
	if got := e.Actor("a"); got != "anon:"+string(e.ID) {
		t.Errorf("draft, which may still lose its name: %s", got)
	}
}

func TestMarksOrderNewestFirst(t *testing.T) {
	old, young := validEntry(), validEntry()
	old.SharedAt = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	young.SharedAt = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if !(young.Mark() < old.Mark()) || !young.Mark().Valid() || !rugzak.Mark("").Valid() || rugzak.Mark("x").Valid() {
		t.Errorf("marks: %s %s", young.Mark(), old.Mark())
	}
	draft := validEntry()
	draft.SharedAt, draft.UpdatedAt = time.Time{}, young.SharedAt.Add(time.Hour)
	if !(draft.Mark() < young.Mark()) {
		t.Error("a draft is listed by its last save")
	}
}
