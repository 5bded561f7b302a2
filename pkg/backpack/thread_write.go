// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// ThreadInput is what the form of a common thread holds. Fields are named after
// the question they answer ("see"), quotes by their place ("see_quote_1").
type ThreadInput struct {
	Intro    string
	Sections []rugzak.ThreadSection
	// Bound: keep it also where fewer may read its sources than see the theme.
	Bound  bool
	NotBSN []string
	// Reviewed: the writer looked at what the screener found and leaves it so.
	Reviewed bool
}

func (in ThreadInput) clean() ThreadInput {
	in.Intro = rugzak.Newlines(in.Intro)
	var sections []rugzak.ThreadSection
	for _, s := range in.Sections {
		s.Text = rugzak.Newlines(s.Text)
		var quotes []rugzak.Quote
		for _, q := range s.Quotes {
			q.Text, q.Function = rugzak.Line(q.Text), rugzak.Line(q.Function)
			if q.Gone = false; q != (rugzak.Quote{}) {
				quotes = append(quotes, q)
			}
		}
		s.Quotes = quotes
		if !s.Empty() {
			sections = append(sections, s)
		}
	}
	in.Sections = sections
	return in
}

func (in ThreadInput) thread(id rugzak.ThemeID) rugzak.Thread {
	return rugzak.Thread{Theme: id, Intro: in.Intro, Sections: in.Sections, Bound: in.Bound, NotBSN: in.NotBSN}.Clone()
}

// threadTexts are what is written in a thread, named as in its form.
func threadTexts(t rugzak.Thread) []field {
	out := []field{{"intro", t.Intro}}
	for _, s := range t.Sections {
		out = append(out, field{string(s.Prompt), s.Text})
		for i, q := range s.Quotes {
			out = append(out, field{quoteField(s.Prompt, "quote", i), q.Text}, field{quoteField(s.Prompt, "function", i), q.Function})
		}
	}
	return out
}

// quoteField names a field of a quote by its place.
func quoteField(p rugzak.ThreadPrompt, part string, i int) string {
	return fmt.Sprintf("%s_%s_%d", p, part, i+1)
}

// ThreadFindings lists what the screener found in the form of a thread.
func (s *Service) ThreadFindings(ctx context.Context, in ThreadInput) ([]Found, error) {
	found, err := s.inspect(ctx, threadTexts(in.clean().thread("")), in.NotBSN)
	return shownFindings(found), err
}

// SaveThread writes a new version of the common thread of a theme. base is the
// number of the version the form was made from. Nothing changes when nothing
// was changed, and who does not see what is there leaves it by writing nothing.
func (s *Service) SaveThread(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, base int, in ThreadInput) (rugzak.Thread, error) {
	if !rugzak.CanCurate(by) {
		return rugzak.Thread{}, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	next := in.thread(id)
	declared, err := block(s.screen(threadTexts(next), in.NotBSN))
	if err != nil {
		return next, err
	}
	next.NotBSN = declared
	found, err := s.inspect(ctx, threadTexts(next), in.NotBSN)
	if err != nil {
		return next, err
	}
	if err := s.renders(ctx, next); err != nil {
		return next, err
	}
	_, err = s.update(ctx, "save thread", func(w rugzak.Writer) (err error) {
		next, err = s.saveThread(w, by, id, base, next, found, in.Reviewed)
		return err
	})
	return next, err
}

// renders makes sure that each part can be rendered within the bounds.
func (s *Service) renders(ctx context.Context, t rugzak.Thread) error {
	parts := []field{{"intro", t.Intro}}
	for _, section := range t.Sections {
		parts = append(parts, field{string(section.Prompt), section.Text})
	}
	for _, f := range parts {
		if len(f.Text) > rugzak.MaxThread {
			continue // refused by its length
		}
		if _, err := s.Renderer.Render(ctx, f.Text, rugzak.Dutch); err != nil {
			return renameField(asBodyProblem(err), f.Name)
		}
	}
	return nil
}

func (s *Service) saveThread(w rugzak.Writer, by rugzak.Person, id rugzak.ThemeID, base int, next rugzak.Thread, found []Found, reviewed bool) (rugzak.Thread, error) {
	t, err := lookTheme(w, by, id)
	if err != nil {
		return next, err
	}
	if !rugzak.CanReadThread(by, t) { // they would write over what they cannot see
		return next, rugzak.Forbidden("error.thread_reported")
	}
	now, sees, err := seesThread(w, by, t)
	if err != nil {
		return next, err
	}
	if now.Number != base {
		return now, rugzak.Conflict()
	}
	if !sees && next.Empty() || next.SameText(now) && !now.Held {
		return now, nil
	}
	next.Number, next.At = now.Number+1, s.now()
	if now.Number == 0 && !now.Empty() {
		next.Number++ // what was there before becomes the first version
	}
	if err := next.Validate(); err != nil {
		return next, err
	}
	if err := checkQuotes(w, by, now, next); err != nil {
		return next, err
	}
	narrow, err := narrowSources(w, by, next.Sources(), rugzak.ThemeTokens(t))
	if err != nil {
		return next, err
	}
	if next.Bound {
		next.Bound = len(narrow) > 0
		narrow = slices.DeleteFunc(narrow, func(n NarrowSource) bool { return n.Title != "" })
	}
	if err := tooWideFor(next, narrow); err != nil {
		return next, err
	}
	if len(t.Audience.Also) > 0 {
		if err := refusePartners(found); err != nil {
			return next, err
		}
	}
	if !reviewed && !slices.Equal(threadTexts(next), threadTexts(now)) {
		if err := wantReview(found); err != nil {
			return next, err
		}
	}
	return next, s.putThread(w, by, t, now, next)
}

// putThread stores a version. A text from before threads had versions becomes
// the first one.
func (s *Service) putThread(w rugzak.Writer, by rugzak.Person, t rugzak.Theme, now, next rugzak.Thread) error {
	if now.Number == 0 && !now.Empty() {
		now.Number = 1
		if err := w.SaveThread(now); err != nil {
			return err
		}
	}
	if err := w.SaveThread(next); err != nil {
		return err
	}
	t.Thread, t.UpdatedAt = "", s.now()
	if err := w.SaveTheme(t, t.Version); err != nil {
		return err
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbThreadSaved, Subject: rugzak.ThemeSubject(t.ID)})
}

// checkQuotes wants each quote to stand in a shared source its writer may read,
// and its function to be no name. What was quoted before may stay when its
// source was changed since, for a writer who may read what it was.
func checkQuotes(r rugzak.Reader, by rugzak.Person, before, t rugzak.Thread) error {
	var p rugzak.Problems
	for _, s := range t.Sections {
		for i, q := range s.Quotes {
			e, mine, err := look(r, by, q.Entry)
			if isMissing(err) || err == nil && !e.State.Public() {
				p.Add(quoteField(s.Prompt, "source", i), "error.quote.source")
				continue
			}
			if err != nil {
				return err
			}
			stands := rugzak.Stands(q.Text, e)
			if !stands && quoted(before, q) {
				if stands, err = stillSays(r, by, e, mine, q); err != nil {
					return err
				}
			}
			if !stands {
				p.Add(quoteField(s.Prompt, "quote", i), "error.quote.text", e.Title)
			}
			if err := checkFunction(r, &p, quoteField(s.Prompt, "function", i), q, e); err != nil {
				return err
			}
		}
	}
	return p.Err()
}

// quoted reports whether a thread quotes the very same.
func quoted(t rugzak.Thread, q rugzak.Quote) bool {
	return slices.ContainsFunc(t.Sections, func(s rugzak.ThreadSection) bool {
		return slices.ContainsFunc(s.Quotes, func(o rugzak.Quote) bool { return o.Entry == q.Entry && o.Text == q.Text })
	})
}

// checkFunction refuses the name of who wrote the source, and any function for
// one without name: nobody may guess at its writer. Of one by a team it refuses
// the names of everybody in the organisation, so that it does not tell who wrote.
func checkFunction(r rugzak.Reader, p *rugzak.Problems, at string, q rugzak.Quote, e rugzak.Entry) error {
	if q.Function == "" {
		return nil
	}
	if e.Mode == rugzak.Anonymous {
		p.Add(at, "error.quote.nameless")
		return nil
	}
	named, err := namesAuthor(r, q.Function, e)
	if named {
		p.Add(at, "error.quote.name")
	}
	return err
}

// namesAuthor reports whether a text names who wrote an entry, or somebody who
// may have done so for a team.
func namesAuthor(r rugzak.Reader, text string, e rugzak.Entry) (bool, error) {
	if e.Mode == rugzak.ByTeam {
		for p, err := range r.People() {
			if err != nil {
				return false, err
			}
			if p.Organisation == e.Organisation && namesPerson(text, p.Name) {
				return true, nil
			}
		}
		return false, nil
	}
	for _, id := range e.Authors {
		author, err := r.Person(id)
		if isMissing(err) {
			continue
		}
		if err != nil || namesPerson(text, author.Name) {
			return err == nil, err
		}
	}
	return false, nil
}

// namesPerson reports whether a text holds a name, or the first or last word of
// it.
func namesPerson(text, name string) bool {
	has := strings.Fields(strings.ToLower(text))
	parts := strings.Fields(strings.ToLower(name))
	return len(parts) > 0 && (slices.Contains(has, parts[0]) || slices.Contains(has, parts[len(parts)-1]))
}

// tooWideFor is a field error at each place that leads to a source that is too
// narrow.
func tooWideFor(t rugzak.Thread, narrow []NarrowSource) error {
	var p rugzak.Problems
	add := func(at string, id rugzak.EntryID) {
		for _, n := range narrow {
			switch {
			case n.ID != id:
			case n.Title == "":
				p.Add(at, "error.source.hidden", string(n.ID))
			default:
				p.Add(at, "error.source.narrow", n.Title)
			}
		}
	}
	for _, id := range rugzak.Quotes(t.Intro) {
		add("intro", id)
	}
	for _, s := range t.Sections {
		for _, id := range rugzak.Quotes(s.Text) {
			add(string(s.Prompt), id)
		}
		for i, q := range s.Quotes {
			add(quoteField(s.Prompt, "source", i), q.Entry)
		}
	}
	return p.Err()
}

// ThreadWords counts the words of the commentary in a form.
func ThreadWords(in ThreadInput) int { return in.clean().thread("").Words() }
