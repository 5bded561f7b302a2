// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// seenEvery is how stale the last sign of a session may be: writing it on each
// request would cost a sync each.
const seenEvery = 10 * time.Minute

// mustSignIn is the answer when nobody is signed in.
func mustSignIn() error { return &rugzak.Error{Code: rugzak.CodeSignIn, Key: "error.must_sign_in"} }

// Who finds out who is behind a session's secret.
func (s *Service) Who(ctx context.Context, secret string) (rugzak.Person, rugzak.Session, error) {
	v, err := s.WhoAndNews(ctx, secret)
	return v.Person, v.Session, err
}

// Visit is who asks for a page.
type Visit struct {
	Person  rugzak.Person
	Session rugzak.Session
	News    bool   // there is a notice they did not see yet
	State   string // of the store at that moment, see rugzak.Reader
}

// WhoAndNews also says whether there is news for them: every page shows it, and
// asks no second time.
func (s *Service) WhoAndNews(ctx context.Context, secret string) (Visit, error) {
	if secret == "" {
		return Visit{}, mustSignIn()
	}
	var (
		p       rugzak.Person
		session rugzak.Session
		news    bool
		state   string
	)
	err := s.view(ctx, "session", func(r rugzak.Reader) (err error) {
		state = r.State()
		if session, err = r.Session(rugzak.HashSecret(secret)); err != nil {
			return err
		}
		if p, err = r.Person(session.Person); err != nil {
			return err
		}
		news, err = hasNews(r, p.ID)
		return err
	})
	if isMissing(err) || err == nil && !s.alive(session, p) {
		return Visit{}, mustSignIn()
	}
	if err != nil {
		return Visit{}, err
	}
	if s.now().Sub(session.SeenAt) >= seenEvery {
		now := s.now()
		_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
			seen, err := w.Session(session.Hash)
			if err != nil {
				return err // signed out meanwhile
			}
			seen.SeenAt = now
			return w.SaveSession(seen)
		})
		if isMissing(err) {
			return Visit{}, mustSignIn()
		}
		if err != nil { // a read-only store still lets people read
			s.Log.WarnContext(ctx, "session not marked as seen", "err", err)
		}
	}
	return Visit{p, session, news, state}, nil
}

// alive reports whether a session still counts.
func (s *Service) alive(session rugzak.Session, p rugzak.Person) bool {
	now := s.now()
	return !p.Inactive && session.Epoch == p.Epoch &&
		now.Sub(session.SeenAt) < s.SessionIdle+seenEvery && now.Sub(session.CreatedAt) < s.SessionAbsolute
}

// beginSession lets a person in: it writes down that they came, and begins a
// session. Whoever has a second factor is let in by arrive, which asks for it.
func (s *Service) beginSession(w rugzak.Writer, p rugzak.Person, in rugzak.Arrival) (secret string, err error) {
	if err := s.audit(w, p, rugzak.AuditSignIn, rugzak.PersonActor(p.ID), string(in.How)); err != nil {
		return "", err
	}
	return s.newSession(w, p, in)
}

// newSession makes a session that begins now.
func (s *Service) newSession(w rugzak.Writer, p rugzak.Person, in rugzak.Arrival) (secret string, err error) {
	return s.session(w, p, in, s.now())
}

// session makes a session and clears away those of the person that ended. One
// that goes on under a new secret keeps the moment it began.
func (s *Service) session(w rugzak.Writer, p rugzak.Person, in rugzak.Arrival, began time.Time) (secret string, err error) {
	old, err := w.Sessions(p.ID)
	if err != nil {
		return "", err
	}
	for _, o := range old {
		if !s.alive(o, p) {
			if err := w.RemoveSession(o.Hash); err != nil {
				return "", err
			}
		}
	}
	pending, err := s.lacksFactor(w, p, in.How)
	if err != nil {
		return "", err
	}
	secret, hash := rugzak.NewSecret()
	return secret, w.SaveSession(rugzak.Session{
		Hash: hash, ID: rugzak.NewID(s.now()), Person: p.ID, Epoch: p.Epoch, How: in.How, Client: in.Client, Pending: pending,
		CreatedAt: began, SeenAt: s.now(),
	})
}

// renew ends all sessions of a person whose proofs or rights changed. When it
// was themselves, here is the one session that goes on, under a new secret.
func (s *Service) renew(w rugzak.Writer, p *rugzak.Person, here *rugzak.Session) (secret string, err error) {
	p.Epoch++
	if err := w.SavePerson(*p, p.Version); err != nil {
		return "", err
	}
	p.Version++
	if here == nil || p.Inactive {
		return "", nil
	}
	return s.session(w, *p, rugzak.Arrival{How: here.How, Client: here.Client}, here.CreatedAt)
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		session, err := w.Session(rugzak.HashSecret(secret))
		if err != nil {
			return err
		}
		if err := s.audit(w, rugzak.Person{ID: session.Person}, rugzak.AuditSignOut, rugzak.PersonActor(session.Person), ""); err != nil {
			return err
		}
		return w.RemoveSession(session.Hash)
	})
	if isMissing(err) {
		return nil
	}
	return err
}

// Sessions lists the sessions of a person that still count, the newest first.
func (s *Service) Sessions(ctx context.Context, by rugzak.Person) ([]rugzak.Session, error) {
	var out []rugzak.Session
	err := s.view(ctx, "sessions", func(r rugzak.Reader) error {
		all, err := r.Sessions(by.ID)
		for _, session := range all {
			if s.alive(session, by) {
				out = append(out, session)
			}
		}
		return err
	})
	slices.SortFunc(out, func(a, b rugzak.Session) int {
		return cmp.Or(b.SeenAt.Compare(a.SeenAt), b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.Hash, b.Hash))
	})
	return out, err
}

// EndSession ends one session of one's own, by its id.
func (s *Service) EndSession(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		all, err := w.Sessions(by.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(session rugzak.Session) bool { return session.ID == id && id != "" })
		if i < 0 {
			return rugzak.NotFound()
		}
		if err := s.audit(w, by, rugzak.AuditSessionsEnded, rugzak.PersonActor(by.ID), "one"); err != nil {
			return err
		}
		return w.RemoveSession(all[i].Hash)
	})
	return err
}

// EndSessions signs a person out everywhere.
func (s *Service) EndSessions(ctx context.Context, by rugzak.Person) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		all, err := w.Sessions(by.ID)
		if err != nil {
			return err
		}
		for _, session := range all {
			if err := w.RemoveSession(session.Hash); err != nil {
				return err
			}
		}
		if _, err := s.renew(w, &p, nil); err != nil { // what began meanwhile ends too
			return err
		}
		return s.audit(w, by, rugzak.AuditSessionsEnded, rugzak.PersonActor(by.ID), "all")
	})
	return err
}

// ContinueSession goes on for somebody who just changed their own rights, which
// ended all their sessions: this one has a new secret. Anything else that ended
// sessions meanwhile still holds.
func (s *Service) ContinueSession(ctx context.Context, by rugzak.Person, here rugzak.Session) (secret string, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		if _, err := w.Session(here.Hash); isMissing(err) || p.Inactive || here.Person != p.ID || here.Epoch+1 != p.Epoch {
			return mustSignIn()
		} else if err != nil {
			return err
		}
		secret, err = s.session(w, p, rugzak.Arrival{How: here.How, Client: here.Client}, here.CreatedAt)
		return err
	})
	return secret, err
}
