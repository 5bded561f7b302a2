// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"html"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// EntryView is everything the page of an entry shows to one reader.
type EntryView struct {
	Entry        rugzak.Entry
	HTML         string
	Headings     []rugzak.Heading
	Terms        []rugzak.Term // that the glossary explains, in the order of the text
	Organisation rugzak.Organisation
	Team         rugzak.Team
	Authors      []string // as they may be shown
	Writers      []Writer // the same, with their pages
	Audience     AudienceWords
	Themes       []rugzak.Theme
	Drives       []rugzak.Drive
	With         []rugzak.Organisation // it was done together with, as far as the reader may know
	Phase        rugzak.Phase
	Related      []RelatedEntry
	// Inquiry is what grew beside a shared question; nil for what is none.
	Inquiry  *InquiryView
	Overlaps []OverlapCard
	Occasion *OccasionView // the meeting or round it came of
	Lesson   *Card         // what an application applies
	BallWith rugzak.Organisation
	Kept     *rugzak.Keep
	// Attachments are its own, in their order; Beside are those that its text does
	// not show.
	Attachments, Beside []rugzak.Attachment
	Mine                bool         // may edit, withdraw and change the audience
	Report              *ReportState // of a reported entry
	CanCurate           bool
	MonthOnly           bool // show the month, not the day
	// Asked are the requests to widen the audience, for the author to answer.
	Asked []AskedWidening
	// Asking is what became of the reader's own request; empty when there is none.
	Asking         rugzak.WideningState
	CanAskWidening bool
	Care           CareOfEntry
	// Merged are the texts that went into it; MergedInto is where one of the
	// reader's own went.
	Merged     []MergedEntry
	MergedInto rugzak.EntryID
	// RemovesAt is when this draft is removed unless its author keeps it; zero
	// unless that was announced. Only its author sees it.
	RemovesAt time.Time
	// OtherThemes are the open themes a curator may add the entry to.
	OtherThemes []rugzak.Theme
}

// RelatedEntry is an entry that this one leads to, or (Inverse) that leads here.
type RelatedEntry struct {
	Type    rugzak.RelationType
	Inverse bool
	Card    Card
}

// maxRelated bounds how many entries that lead here are shown: the newest.
const maxRelated = 30

// Read returns the page of an entry.
func (s *Service) Read(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (EntryView, error) {
	var v EntryView
	var related []rawRelated
	var overlaps []rawOverlap
	var answer *rawCard
	err := s.view(ctx, "read entry", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v = n.entry(by, e, mine)
		if v.Attachments, err = r.Attachments(id); err != nil {
			return err
		}
		if err := s.asked(n, by, e, &v); err != nil {
			return err
		}
		if err := s.careOf(n, by, e, &v); err != nil {
			return err
		}
		if err := s.mergedOf(n, by, e, &v); err != nil {
			return err
		}
		if v.Report, err = reportState(r, by, e); err != nil {
			return err
		}
		if v.Occasion, err = n.occasion(by, e); err != nil {
			return err
		}
		if v.RemovesAt, err = removesAt(r, e, mine); err != nil {
			return err
		}
		if v.Inquiry, answer, err = s.inquiryView(n, by, e, mine); err != nil {
			return err
		}
		if overlaps, err = n.overlaps(by, e, mine); err != nil {
			return err
		}
		related, err = n.related(by, e)
		return err
	})
	if err != nil {
		return EntryView{}, err
	}
	if answer != nil {
		v.Inquiry.Answer = &s.finish(ctx, []rawCard{*answer})[0]
	}
	for _, o := range overlaps {
		o.OverlapCard.Card = s.finish(ctx, []rawCard{o.raw})[0]
		v.Overlaps = append(v.Overlaps, o.OverlapCard)
	}
	for _, raw := range related {
		card := s.finish(ctx, []rawCard{raw.card})[0]
		if raw.Type == rugzak.Applies && !raw.Inverse && v.Entry.Application != nil && v.Entry.Application.Lesson == card.ID {
			v.Lesson = &card
			continue
		}
		v.Related = append(v.Related, RelatedEntry{Type: raw.Type, Inverse: raw.Inverse, Card: card})
	}
	if err := s.renderMerged(ctx, &v); err != nil {
		return v, err
	}
	return v, s.renderEntry(ctx, &v)
}

func (s *Service) renderEntry(ctx context.Context, v *EntryView) error {
	rendered, err := s.rendered(ctx, v.Entry.Body, v.Entry.Lang)
	if err != nil {
		return err
	}
	v.Headings = rendered.Headings
	v.HTML, v.Terms, err = s.explain(ctx, rendered.HTML)
	v.show()
	return err
}

// rendered renders a text that is stored. One beyond the limits, from an import
// or from before a limit was lowered, stays readable as it was typed.
func (s *Service) rendered(ctx context.Context, body string, lang rugzak.Lang) (rugzak.Rendered, error) {
	rendered, err := s.Renderer.Render(ctx, body, lang)
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return rugzak.Rendered{HTML: "<pre>" + html.EscapeString(body) + "</pre>"}, nil
	}
	return rendered, err
}

// entry makes the view of an entry, without its rendered text and relations.
func (n *names) entry(by rugzak.Person, e rugzak.Entry, mine bool) EntryView {
	v := EntryView{
		Entry: n.shown(by, e, mine), Organisation: n.organisation(e.Organisation), Authors: n.authors(e), Writers: n.writers(by, e), Audience: n.audience(by, e, mine),
		Themes: n.themesOf(e), Mine: mine && rugzak.CanPost(by), CanCurate: rugzak.CanCurate(by) && e.State.Public(),
		MonthOnly: e.Mode == rugzak.Anonymous,
	}
	v.Team = n.team(e.Organisation, e.Team)
	v.Phase, _ = n.movement.Phase(e.Phase)
	for _, id := range e.Drives {
		if d, ok := n.movement.Compass.Drive(id); ok {
			v.Drives = append(v.Drives, d)
		}
	}
	for _, id := range v.Entry.With {
		v.With = append(v.With, n.organisation(id))
	}
	sortOrganisations(v.With)
	v.Kept = n.keep(e.ID)
	if e.Question != nil && e.Question.BallWith != "" && n.mayName(by, e.Question.BallWith, e.Organisation) {
		v.BallWith = n.organisation(e.Question.BallWith)
	}
	if v.CanCurate {
		for _, t := range n.themes {
			if !t.Closed && !slices.Contains(e.Themes, t.ID) {
				v.OtherThemes = append(v.OtherThemes, t)
			}
		}
		sortThemes(v.OtherThemes)
	}
	return v
}

// shown leaves out of an entry what a reader other than its author may not
// know: who else may read it, which hidden entries and themes it speaks of, who
// wrote for the team, and when exactly somebody wrote without name.
func (n *names) shown(by rugzak.Person, e rugzak.Entry, mine bool) rugzak.Entry {
	if mine {
		return e
	}
	e = e.Clone()
	if e.Mode != rugzak.ByName {
		e.Authors = nil
	}
	if e.Mode == rugzak.Anonymous {
		e.CreatedAt, e.UpdatedAt, e.SharedAt = monthOf(e.CreatedAt), monthOf(e.UpdatedAt), monthOf(e.SharedAt)
	}
	e.Audience, e.External, e.NotBSN, e.Occasion = rugzak.Audience{}, rugzak.External{}, nil, ""
	e.Themes = slices.DeleteFunc(e.Themes, func(id rugzak.ThemeID) bool { _, known := n.themes[id]; return !known })
	e.Relations = slices.DeleteFunc(e.Relations, func(rel rugzak.Relation) bool { return !n.mayRead(by, rel.To) })
	e.With = slices.DeleteFunc(e.With, func(id rugzak.OrganisationID) bool { return !n.mayName(by, id, e.Organisation) })
	e.Application, e.Question = n.shownApplication(by, e), n.shownQuestion(by, e)
	return e
}

func monthOf(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }

func (n *names) mayRead(by rugzak.Person, id rugzak.EntryID) bool {
	_, err := sees(n.reader, by, id)
	return err == nil
}

// shownApplication keeps silent on a lesson the reader may not see.
func (n *names) shownApplication(by rugzak.Person, e rugzak.Entry) *rugzak.ApplicationData {
	if e.Application == nil || n.mayRead(by, e.Application.Lesson) {
		return e.Application
	}
	return &rugzak.ApplicationData{Outcome: e.Application.Outcome}
}

// shownQuestion keeps silent on an organisation the reader may not know.
func (n *names) shownQuestion(by rugzak.Person, e rugzak.Entry) *rugzak.QuestionData {
	if e.Question == nil {
		return nil
	}
	q := *e.Question
	if q.BallWith != "" && !n.mayName(by, q.BallWith, e.Organisation) {
		q.BallWith, q.Since = "", ""
	}
	if q.Asked != "" && !n.mayName(by, q.Asked, e.Organisation) {
		q.Asked = ""
	}
	return &q
}

type rawRelated struct {
	Type    rugzak.RelationType
	Inverse bool
	card    rawCard
}

// related finds what an entry leads to and what leads to it, as far as the
// reader may see.
func (n *names) related(by rugzak.Person, e rugzak.Entry) ([]rawRelated, error) {
	var out []rawRelated
	relations := slices.Clone(e.Relations)
	if e.Application != nil {
		relations = append(relations, rugzak.Relation{Type: rugzak.Applies, To: e.Application.Lesson})
	}
	for _, rel := range unique(relations) {
		other, mine, err := look(n.reader, by, rel.To)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, rawRelated{Type: rel.Type, card: n.card(by, other, mine)})
	}
	count := 0
	for other, err := range n.reader.NewestRelatedTo(e.ID) {
		if err != nil {
			return nil, err
		}
		mine, err := isMine(n.reader, by, other)
		if err != nil {
			return nil, err
		}
		if !mine && !rugzak.CanRead(by, other) {
			continue
		}
		applies := other.Application != nil && other.Application.Lesson == e.ID
		if applies && other.State.Public() { // that is told in the trail
			continue
		}
		for _, rel := range other.Relations {
			if rel.To == e.ID {
				out = append(out, rawRelated{Type: rel.Type, Inverse: true, card: n.card(by, other, mine)})
			}
		}
		if applies && !slices.Contains(other.Relations, rugzak.Relation{Type: rugzak.Applies, To: e.ID}) {
			out = append(out, rawRelated{Type: rugzak.Applies, Inverse: true, card: n.card(by, other, mine)})
		}
		if count++; count == maxRelated {
			break
		}
	}
	more, err := n.relatedToMerged(by, e, maxRelated)
	return append(out, more...), err
}

// Preview renders a text that is being written.
func (s *Service) Preview(ctx context.Context, by rugzak.Person, body string, lang rugzak.Lang) (rugzak.Rendered, error) {
	if !rugzak.CanPost(by) {
		return rugzak.Rendered{}, rugzak.Forbidden("error.may_not_post")
	}
	if len(body) > rugzak.MaxBody {
		var p rugzak.Problems
		p.Add("body", "error.body_too_long", rugzak.MaxBody>>10)
		return rugzak.Rendered{}, p.Err()
	}
	rendered, err := s.Renderer.Render(ctx, rugzak.Newlines(body), lang.Or(rugzak.Dutch))
	if err != nil {
		return rugzak.Rendered{}, asBodyProblem(err)
	}
	return rendered, nil
}

// FormChoices is what the form of an entry offers to its writer.
type FormChoices struct {
	Themes        []rugzak.Theme
	Drives        []rugzak.Drive
	Phases        []rugzak.Phase
	Audience      AudienceChoices
	Organisations []rugzak.Organisation // for "the ball is with"
	Organisation  rugzak.Organisation   // the writer's
	Team          rugzak.Team
}

// FormChoices lists what a writer may choose from.
func (s *Service) FormChoices(ctx context.Context, by rugzak.Person) (FormChoices, error) {
	var c FormChoices
	err := s.view(ctx, "form choices", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, t := range n.themes {
			if !t.Closed {
				c.Themes = append(c.Themes, t)
			}
		}
		sortThemes(c.Themes)
		c.Drives, c.Phases = n.movement.Compass.Drives, n.movement.Phases
		for _, o := range n.organisations {
			if !o.Closed && n.mayName(by, o.ID) {
				c.Organisations = append(c.Organisations, n.organisation(o.ID))
			}
		}
		sortOrganisations(c.Organisations)
		c.Organisation = n.organisation(by.Organisation)
		c.Team = n.team(by.Organisation, by.Team)
		c.Audience, err = audienceChoices(r, by, by.Organisation, by.Kind)
		return err
	})
	return c, err
}
