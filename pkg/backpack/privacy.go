// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// Check lists what in a form may be personal data, as far as it is shown. It
// stores nothing.
func (s *Service) Check(ctx context.Context, by rugzak.Person, in Input) ([]Found, error) {
	in = in.clean()
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	return shownFindings(found), err
}

// Advise lists what may read easier in a text that is being written. It refuses
// nothing: of a text that cannot be shown there is nothing to advise.
func (s *Service) Advise(ctx context.Context, by rugzak.Person, body string) ([]rugzak.Advice, error) {
	if !rugzak.CanPost(by) {
		return nil, rugzak.Forbidden("error.may_not_post")
	}
	if len(body) > rugzak.MaxBody {
		return nil, nil
	}
	advice, err := s.Renderer.Advise(ctx, rugzak.Newlines(body))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return nil, nil
	}
	return advice, err
}

// inspect lists everything the screener finds, with what the organisation knows
// about its own addresses and numbers.
func (s *Service) inspect(ctx context.Context, texts []field, declared []string) ([]Found, error) {
	var known rugzak.Known
	err := s.view(ctx, "privacy settings", func(r rugzak.Reader) (err error) {
		known, err = knownTo(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.inspectWith(known, texts, declared), nil
}

func (s *Service) inspectWith(known rugzak.Known, texts []field, declared []string) []Found {
	return placeFindings(texts, declared, s.Screener.Inspector(known))
}

func knownTo(r rugzak.Reader) (rugzak.Known, error) {
	settings, err := r.Settings()
	return rugzak.Known{Domains: settings.Privacy.KnownDomains, CasePatterns: settings.Privacy.CasePatterns}, err
}

// letOut decides whether an entry with these findings may be shared: nothing
// that identifies a person crosses a border, and anything else wants that its
// writer says to have looked at it. unchanged says that the text was shared
// before as it is.
func letOut(r rugzak.Reader, e rugzak.Entry, found []Found, reviewed, unchanged bool) error {
	if len(found) == 0 {
		return nil
	}
	out, err := crosses(r, e)
	if err != nil {
		return err
	}
	if out {
		if err := refusePartners(found); err != nil {
			return err
		}
	}
	if reviewed || unchanged {
		return nil
	}
	return wantReview(found)
}

// crosses reports whether an entry reaches an organisation across a border.
func crosses(r rugzak.Reader, e rugzak.Entry) (bool, error) {
	e.State = rugzak.StateShared
	kinds := map[rugzak.OrganisationID]rugzak.OrganisationKind{}
	for _, id := range e.Audience.Also {
		o, err := r.Organisation(id)
		if err == nil {
			kinds[id] = o.Kind
		} else if !isMissing(err) {
			return false, err
		}
	}
	return len(rugzak.Crossings(e, func(id rugzak.OrganisationID) rugzak.OrganisationKind { return kinds[id] })) > 0, nil
}

// refusePartners tells what may not go to another organisation. Of very many
// findings the first are told.
func refusePartners(found []Found) error {
	var p rugzak.Problems
	for _, f := range found {
		if f.Class.Weight() == rugzak.WeightPartners && len(p) < maxShown {
			p.Add(f.Field, "privacy.partners."+string(f.Class), f.Line)
		}
	}
	return p.Err()
}

// wantReview asks the writer to look at what was found.
func wantReview(found []Found) error {
	var p rugzak.Problems
	if slices.ContainsFunc(found, func(f Found) bool { return f.Class.Weight() != rugzak.WeightBlock }) {
		p.Add("reviewed", "privacy.review")
	}
	return p.Err()
}

// mayCross looks at a text that is stored already, when it would reach an
// organisation across a border by another act than sending the form.
func (s *Service) mayCross(r rugzak.Reader, e rugzak.Entry) error {
	out, err := crosses(r, e)
	if err != nil || !out {
		return err
	}
	known, err := knownTo(r)
	if err != nil {
		return err
	}
	for _, f := range s.inspectWith(known, s.InputOf(e).texts(), e.NotBSN) {
		if f.Class.Weight() == rugzak.WeightPartners {
			return rugzak.Forbidden("privacy.partners_text")
		}
	}
	attached, err := r.Attachments(e.ID)
	if err != nil {
		return err
	}
	var p rugzak.Problems
	if err := s.allMayCross(r, e, attached, &p); err != nil {
		return err
	}
	if p.Err() != nil {
		return rugzak.Forbidden("privacy.partners_file")
	}
	return nil
}
