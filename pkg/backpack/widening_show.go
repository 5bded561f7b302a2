// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// WideningsForMe lists the requests a person may answer, about all of their
// entries.
func (s *Service) WideningsForMe(ctx context.Context, by rugzak.Person) ([]AskedWidening, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var out []AskedWidening
	err := s.view(ctx, "widenings for me", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		out, err = s.wideningsFor(n, by)
		return err
	})
	return out, err
}

// wideningsFor lists the requests a person may answer.
func (s *Service) wideningsFor(n *names, by rugzak.Person) ([]AskedWidening, error) {
	about, err := n.reader.AskedAbout(by.ID)
	if err != nil {
		return nil, err
	}
	var out []AskedWidening
	for _, id := range about {
		e, err := n.reader.Entry(id)
		if err != nil {
			return nil, err
		}
		mine, err := isMine(n.reader, by, e)
		if err != nil {
			return nil, err
		}
		if !mine {
			continue
		}
		asks, err := n.reader.Widenings(id)
		if err != nil {
			return nil, err
		}
		for _, ask := range asks {
			if out, err = s.appendAsked(out, n, by, e, ask); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// asked fills in, on the page of an entry, what its author may answer, or what
// the reader asked.
func (s *Service) asked(n *names, by rugzak.Person, e rugzak.Entry, v *EntryView) error {
	if !e.State.Public() || !rugzak.CanPost(by) {
		return nil
	}
	all, err := n.reader.Widenings(e.ID)
	if err != nil {
		return err
	}
	v.CanAskWidening = !v.Mine
	for _, ask := range all {
		switch {
		case v.Mine:
			if v.Asked, err = s.appendAsked(v.Asked, n, by, e, ask); err != nil {
				return err
			}
		case ask.Asker == by.ID && !ask.Expired(s.now()):
			v.Asking, v.CanAskWidening = ask.State, false
		}
	}
	return nil
}

func (s *Service) appendAsked(out []AskedWidening, n *names, by rugzak.Person, e rugzak.Entry, ask rugzak.Widening) ([]AskedWidening, error) {
	stands, err := s.stands(n.reader, e, ask)
	if err != nil || !stands {
		return out, err
	}
	asker, err := n.reader.Person(ask.Asker)
	if err != nil {
		return out, err
	}
	more := e
	more.Audience = ask.Audience
	return append(out, AskedWidening{
		ID: ask.ID, Entry: e.ID, Title: e.Title, Lang: e.Lang, By: asker.Name,
		Organisation: n.organisation(asker.Organisation), Audience: n.audience(by, more, true),
	}), nil
}
