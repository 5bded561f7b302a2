// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ResponseInput is what a form holds of a response.
type ResponseInput struct {
	Key  string // of the form, by which it is made once however often it is sent
	To   string // the response it answers; empty for one to the entry
	Kind rugzak.ResponseKind
	Body string
	Lang rugzak.Lang
	// NotBSN are the numbers, digits only, which the writer declares to be no
	// citizen service number.
	NotBSN []string
	// Reviewed: the writer looked at what the screener found and leaves it so.
	Reviewed bool
}

func (in ResponseInput) texts() []field { return []field{{"body", in.Body}} }

// prepareResponse does everything that needs no transaction: it screens the
// text and makes sure that it can be rendered within the limits.
func (s *Service) prepareResponse(ctx context.Context, by rugzak.Person, in ResponseInput) (ResponseInput, []Found, error) {
	if !rugzak.CanPost(by) {
		return in, nil, rugzak.Forbidden("error.may_not_post")
	}
	in.Body = rugzak.Newlines(in.Body)
	var err error
	if in.NotBSN, err = block(s.screen(in.texts(), in.NotBSN)); err != nil {
		return in, nil, err
	}
	if len(in.Body) > rugzak.MaxResponse {
		return in, nil, nil // Validate tells
	}
	if _, err := s.Renderer.Render(ctx, in.Body, in.Lang.Or(rugzak.Dutch)); err != nil {
		return in, nil, asBodyProblem(err)
	}
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	return in, found, err
}

// CheckResponse lists what in a response may be personal data, as far as it is
// shown. It stores nothing.
func (s *Service) CheckResponse(ctx context.Context, by rugzak.Person, in ResponseInput) ([]Found, error) {
	if !rugzak.CanPost(by) {
		return nil, rugzak.Forbidden("error.may_not_post")
	}
	in.Body = rugzak.Newlines(in.Body)
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	return shownFindings(found), err
}

// Respond says something about an entry that a person may read, or answers what
// somebody said.
func (s *Service) Respond(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, in ResponseInput) (rugzak.Response, rugzak.Position, error) {
	in, found, err := s.prepareResponse(ctx, by, in)
	if err != nil {
		return rugzak.Response{}, "", err
	}
	var x rugzak.Response
	pos, err := s.update(ctx, "respond", func(w rugzak.Writer) error {
		e, mine, err := look(w, by, entry)
		if err != nil {
			return err
		}
		if x, err = respondedBefore(w, by, e, in); err != nil || x.ID != "" {
			return err
		}
		if err := mayRespond(e); err != nil {
			return err
		}
		all, err := w.Responses(entry)
		if err != nil {
			return err
		}
		x = rugzak.Response{
			ID: rugzak.NewID(s.now()), Entry: entry, Kind: in.Kind, Author: by.ID, Organisation: by.Organisation, Body: in.Body,
			Lang: in.Lang, NotBSN: in.NotBSN, At: s.now(), Version: 1,
		}
		if x.To, err = threadOf(w, by, in.To, all); err != nil {
			return err
		}
		if err := roomForResponse(w, by, all); err != nil {
			return err
		}
		if x, err = s.fitResponse(w, by, e, mine, x, nil, all, found, in.Reviewed); err != nil {
			return err
		}
		if err := w.SaveResponse(x, 0); err != nil {
			return err
		}
		if err := s.saveMade(w, by, in.Key, x.ID); err != nil {
			return err
		}
		if err := settleWaiting(w, e, x.Thread()); err != nil {
			return err
		}
		if err := s.tellResponse(w, e, x, append(all, x)); err != nil {
			return err
		}
		return w.Log(s.responseChange(by, x, rugzak.VerbResponded))
	})
	return x, pos, err
}

// roomForResponse refuses what goes beyond the bounds. It counts what the writer
// may read, so that it tells of nothing hidden, and nobody fills a page alone.
func roomForResponse(r rugzak.Reader, by rugzak.Person, all []rugzak.Response) error {
	seen, own := 0, 0
	for _, x := range all {
		sees, err := seesResponse(r, by, x, all)
		if err != nil {
			return err
		}
		if sees {
			seen++
		}
		if x.Author == by.ID {
			own++
		}
	}
	var p rugzak.Problems
	switch {
	case seen >= rugzak.MaxResponses:
		p.Add("body", "error.responses_many", rugzak.MaxResponses)
	case own >= rugzak.MaxOwnResponses:
		p.Add("body", "error.responses_own", rugzak.MaxOwnResponses)
	}
	return p.Err()
}

// respondedBefore finds the response that this very form made, when its answer
// got lost.
func respondedBefore(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, in ResponseInput) (rugzak.Response, error) {
	id, err := madeBy(r, by, in.Key)
	if err != nil || id == "" {
		return rugzak.Response{}, err
	}
	x, err := r.Response(e.ID, id)
	if isMissing(err) { // of another entry, or taken away since
		return rugzak.Response{}, nil
	}
	return x, err
}

// mayRespond tells who may read an entry whether something can be said about it.
func mayRespond(e rugzak.Entry) error {
	switch e.State {
	case rugzak.StateShared, rugzak.StateToReview:
		return nil
	case rugzak.StateArchived:
		return rugzak.Forbidden("error.respond_archived")
	}
	return rugzak.Forbidden("error.respond_shared_only")
}

// threadOf finds the thread that a response joins: whatever it answers there, it
// hangs on the one that began the thread.
func threadOf(r rugzak.Reader, by rugzak.Person, to string, all []rugzak.Response) (string, error) {
	if to == "" {
		return "", nil
	}
	i := slices.IndexFunc(all, func(x rugzak.Response) bool { return x.ID == to })
	if i < 0 {
		return "", rugzak.NotFound()
	}
	sees, err := seesResponse(r, by, all[i], all)
	if err != nil {
		return "", err
	}
	if !sees {
		return "", rugzak.NotFound()
	}
	begin := slices.IndexFunc(all, func(x rugzak.Response) bool { return x.ID == all[i].Thread() })
	if begin < 0 || !all[i].Shown() || !all[begin].Shown() {
		var p rugzak.Problems
		p.Add("body", "error.response_gone")
		return "", p.Err()
	}
	return all[i].Thread(), nil
}

// fitResponse applies the rules that need the store: what may be said in a
// question phase, whom the text may name, and what may cross a border. before
// is nil for a new response.
func (s *Service) fitResponse(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, mine bool, x rugzak.Response, before *rugzak.Response, all []rugzak.Response, found []Found, reviewed bool) (rugzak.Response, error) {
	x.Mentions = rugzak.Mentions(x.Body)
	if err := x.Validate(); err != nil {
		return x, err
	}
	var p rugzak.Problems
	if e.Question.Asking(s.now()) && !answersMeanwhile(e, mine) && x.Kind != rugzak.ResponseQuestion && (before == nil || before.Kind != x.Kind) {
		p.Add("kind", "error.asking")
		return x, p.Err()
	}
	named := x.Mentions
	if before != nil {
		named = slices.DeleteFunc(slices.Clone(named), func(id rugzak.PersonID) bool { return slices.Contains(before.Mentions, id) })
	}
	good, err := mentionable(r, by, e, all, named)
	if err != nil {
		return x, err
	}
	if !good {
		p.Add("body", "error.mention")
		return x, p.Err()
	}
	unchanged := before != nil && before.Body == x.Body
	if err := letOut(r, e, found, reviewed, unchanged); err != nil {
		return x, err
	}
	x.Inside = slices.ContainsFunc(found, func(f Found) bool { return f.Class.Weight() == rugzak.WeightPartners })
	return x, nil
}

// responseChange is a record of the log about a response.
func (s *Service) responseChange(by rugzak.Person, x rugzak.Response, verb rugzak.Verb) rugzak.Change {
	return rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: verb, Subject: rugzak.ResponseSubject(x.Entry, x.ID)}
}
