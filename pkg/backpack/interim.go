// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// InterimView is an interim result as one reader sees it: the figures of their
// scope, and the stories they may read now.
type InterimView struct {
	rugzak.InterimResult
	Results     rugzak.MovementResults
	Definitions map[string]rugzak.InterimDefinition
	Hash        string // of the figures
	Shown       map[rugzak.Rung]InterimStoryView
	MayRemove   bool
}

// InterimStoryView is a story; Open says that the entry can be read now.
type InterimStoryView struct {
	rugzak.InterimStory
	Open bool
}

// Interims lists the interim results that hold figures for the reader, newest
// first.
func (s *Service) Interims(ctx context.Context, by rugzak.Person) ([]rugzak.InterimResult, error) {
	scope := rugzak.ScopeOf(by)
	if scope == "" {
		return nil, mustSignIn()
	}
	var out []rugzak.InterimResult
	err := s.view(ctx, "interim results", func(r rugzak.Reader) error {
		out = nil
		all, err := r.Interims()
		for _, i := range all {
			if _, _, ok := i.Thaw(scope); ok {
				i.Figures, i.Stories = nil, nil
				out = append(out, i)
			}
		}
		return err
	})
	return out, err
}

// Interim returns one interim result. The numbers are those that were frozen;
// of the stories only what the reader may read at this moment.
func (s *Service) Interim(ctx context.Context, by rugzak.Person, id string) (InterimView, error) {
	scope := rugzak.ScopeOf(by)
	if scope == "" {
		return InterimView{}, mustSignIn()
	}
	if !rugzak.ValidID(id) {
		return InterimView{}, rugzak.NotFound()
	}
	v := InterimView{MayRemove: rugzak.CanSteer(by)}
	err := s.view(ctx, "interim result", func(r rugzak.Reader) error {
		i, err := r.Interim(id)
		if err != nil {
			return err
		}
		frozen, hash, ok := i.Thaw(scope)
		if !ok {
			return rugzak.NotFound()
		}
		v.Results, v.Hash = frozen.Results, hash
		v.Definitions, v.Shown = map[string]rugzak.InterimDefinition{}, map[rugzak.Rung]InterimStoryView{}
		for _, d := range frozen.Definitions {
			v.Definitions[d.Key] = d
		}
		if v.Results.Rising, err = stillThemes(r, by, v.Results.Rising); err != nil {
			return err
		}
		for _, story := range i.Stories {
			if shown, ok, err := storyFor(r, by, story); err != nil {
				return err
			} else if ok {
				v.Shown[story.Rung] = shown
			}
		}
		i.Figures, i.Stories = nil, nil
		v.InterimResult = i
		return nil
	})
	return v, err
}

// storyFor decides what a reader is shown of a story: all of it while they may
// read the entry, that it was removed when they could, and nothing otherwise.
// What the entry no longer says is for who could read it when it was frozen, as
// a past revision is.
func storyFor(r rugzak.Reader, by rugzak.Person, story rugzak.InterimStory) (InterimStoryView, bool, error) {
	shown := InterimStoryView{InterimStory: story}
	shown.Readers = nil
	could := slices.ContainsFunc(rugzak.ReaderTokens(by), func(t string) bool { return slices.Contains(story.Readers, t) })
	if !story.Removed.IsZero() {
		return shown, could, nil
	}
	e, mine, err := look(r, by, story.Entry)
	says := e.Title == story.Title && e.Lesson == story.Text
	if isMissing(err) || err == nil && !mine && !could && !says {
		return InterimStoryView{}, false, nil
	}
	shown.Open = err == nil
	return shown, err == nil, err
}

// stillThemes leaves out the titles of themes that are gone or that the reader
// may not see any more: a title may have been taken away for what it says.
func stillThemes(r rugzak.Reader, by rugzak.Person, all []rugzak.ResultTheme) ([]rugzak.ResultTheme, error) {
	var out []rugzak.ResultTheme
	for _, t := range all {
		theme, err := r.Theme(t.Theme)
		if err != nil && !isMissing(err) {
			return nil, err
		}
		if err == nil && rugzak.CanReadTheme(by, theme) {
			out = append(out, t)
		}
	}
	return out, nil
}

// InterimDraft is what an interim result would hold if it were made now, with
// the entries that may tell its stories.
type InterimDraft struct {
	Results rugzak.MovementResults
	Choices map[rugzak.Rung][]Card
}

// storyChoices is from how many entries somebody picks a story.
const storyChoices = 8

// InterimDraft shows the core team what would be frozen now.
func (s *Service) InterimDraft(ctx context.Context, by rugzak.Person, span rugzak.ResultSpan) (InterimDraft, error) {
	if !rugzak.CanSteer(by) {
		return InterimDraft{}, rugzak.Forbidden("error.core_team_only")
	}
	if !span.Valid() {
		span = rugzak.ResultSpans()[0]
	}
	d := InterimDraft{Choices: map[rugzak.Rung][]Card{}}
	raw := map[rugzak.Rung][]rawCard{}
	err := s.view(ctx, "draft of an interim result", func(r rugzak.Reader) (err error) {
		if d.Results, err = s.resultsOf(r, rugzak.ScopeInside, span); err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		raw, err = n.storyChoices(by, d.Results.From)
		return err
	})
	for rung, cards := range raw {
		d.Choices[rung] = s.finish(ctx, cards)
	}
	return d, err
}

// storyChoices lists, for each rung, entries that fit it among the newest the
// whole municipality may read: first those of the period that begins with month
// from, and of those the ones that fit best.
func (n *names) storyChoices(by rugzak.Person, from string) (map[rugzak.Rung][]rawCard, error) {
	newest, err := newestOf(n.reader, rugzak.ScopeInside)
	if err != nil {
		return nil, err
	}
	out := map[rugzak.Rung][]rawCard{}
	for _, rung := range rugzak.StoryPlaces() {
		fitting := slices.DeleteFunc(slices.Clone(newest), func(e rugzak.Entry) bool { return rung.Fits(e) == 0 })
		slices.SortStableFunc(fitting, func(a, b rugzak.Entry) int {
			if inside := inPeriod(a, from); inside != inPeriod(b, from) {
				return map[bool]int{true: -1, false: 1}[inside]
			}
			return rung.Fits(b) - rung.Fits(a)
		})
		for _, e := range fitting[:min(len(fitting), storyChoices)] {
			mine, err := isMine(n.reader, by, e)
			if err != nil {
				return nil, err
			}
			out[rung] = append(out[rung], n.card(by, e, mine))
		}
	}
	return out, nil
}

// InterimInput is what the core team brings.
type InterimInput struct {
	Title, Text string
	Span        rugzak.ResultSpan
	Stories     map[rugzak.Rung]rugzak.EntryID
	// Definitions are how things are counted, in both languages.
	Definitions []rugzak.InterimDefinition
	// Key is of the form: sent twice, it makes one.
	Key string
	// Sample marks one of the example set: it goes when that is taken away.
	Sample bool
}

// FreezeInterim makes an interim result of how things are now, for every scope.
// Nobody changes it later.
func (s *Service) FreezeInterim(ctx context.Context, by rugzak.Person, in InterimInput) (rugzak.InterimResult, error) {
	i := rugzak.InterimResult{}
	if !rugzak.CanSteer(by) {
		return i, rugzak.Forbidden("error.core_team_only")
	}
	i.Title, i.Text, i.Span, i.Sample = rugzak.Line(in.Title), strings.ReplaceAll(in.Text, "\r\n", "\n"), in.Span, in.Sample
	if i.Lang = by.Language; !i.Lang.Valid() {
		i.Lang = rugzak.Dutch
	}
	if err := i.Validate(); err != nil {
		return i, err
	}
	found, err := s.shortTexts(ctx, field{"title", i.Title}, field{"text", i.Text})
	if err != nil {
		return i, err
	}
	if err := refusePartners(found); err != nil { // partners read it too
		return i, err
	}
	if err := s.FollowResults(ctx); err != nil {
		return i, err
	}
	_, err = s.update(ctx, "freeze an interim result", func(w rugzak.Writer) error {
		made, err := w.Made(by.ID, in.Key)
		if err == nil {
			i, err = w.Interim(made.ID)
			return err
		}
		if !isMissing(err) {
			return err
		}
		if err := s.freeze(w, by, in, &i); err != nil {
			return err
		}
		return s.saveMade(w, by, in.Key, i.ID)
	})
	return i, err
}

// freeze fills and stores an interim result.
func (s *Service) freeze(w rugzak.Writer, by rugzak.Person, in InterimInput, i *rugzak.InterimResult) error {
	all, err := w.Interims()
	if err != nil {
		return err
	}
	i.ID, i.At, i.Number = rugzak.NewID(s.now()), s.now(), 1
	if len(all) > 0 {
		i.Number = all[0].Number + 1
	}
	organisations, err := w.Organisations()
	if err != nil {
		return err
	}
	scopes := []rugzak.Scope{rugzak.ScopeInside}
	names := map[rugzak.OrganisationID]string{}
	for _, o := range organisations {
		names[o.ID] = o.Name
		if o.Kind == rugzak.Partner {
			scopes = append(scopes, rugzak.PartnerScope(o.ID))
		}
	}
	i.Figures, i.Stories = nil, nil
	for _, scope := range scopes {
		results, err := s.resultsOf(w, scope, in.Span)
		if err != nil {
			return err
		}
		frozen, err := rugzak.Freeze(scope, rugzak.FrozenFigures{Results: results, Definitions: in.Definitions})
		if err != nil {
			return err
		}
		i.Figures = append(i.Figures, frozen)
	}
	for _, rung := range rugzak.StoryPlaces() {
		id := in.Stories[rung]
		if id == "" {
			continue
		}
		e, _, err := look(w, by, id)
		if err != nil && !isMissing(err) {
			return err
		}
		tokens := rugzak.AudienceTokens(e)
		if err != nil || !slices.Contains(tokens, rugzak.InternalToken) || e.Lesson == "" {
			var p rugzak.Problems
			p.Add("story_"+string(rung), "error.interim.story")
			return p.Err()
		}
		story := rugzak.InterimStory{
			Rung: rung, Entry: e.ID, Version: e.Version, Kind: e.Kind, Lang: e.Lang, Title: e.Title, Text: e.Lesson,
			Organisation: names[e.Organisation], Readers: tokens,
		}
		story.Hash = story.Fingerprint()
		i.Stories = append(i.Stories, story)
	}
	if err := w.SaveInterim(*i); err != nil {
		return err
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: rugzak.VerbInterimSaved, Subject: rugzak.InterimSubject(i.ID)})
}

// RemoveInterim takes an interim result away: it says what it should not.
func (s *Service) RemoveInterim(ctx context.Context, by rugzak.Person, id string) error {
	if !rugzak.CanSteer(by) {
		return rugzak.Forbidden("error.core_team_only")
	}
	if !rugzak.ValidID(id) {
		return rugzak.NotFound()
	}
	_, err := s.update(ctx, "remove an interim result", func(w rugzak.Writer) error {
		if err := w.RemoveInterim(id); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: rugzak.VerbInterimRemoved, Subject: rugzak.InterimSubject(id)})
	})
	return err
}

// removeSampleInterims takes the example set's interim results away.
func (s *Service) removeSampleInterims(w rugzak.Writer) error {
	all, err := w.Interims()
	if err != nil {
		return err
	}
	for _, i := range all {
		if !i.Sample {
			continue
		}
		change := rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbInterimRemoved, Subject: rugzak.InterimSubject(i.ID)}
		if err := errors.Join(w.RemoveInterim(i.ID), w.Log(change)); err != nil {
			return err
		}
	}
	return nil
}
