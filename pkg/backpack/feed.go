// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// FeedLine is a private address in its person's own list.
type FeedLine struct {
	Token rugzak.FeedToken
	// About is the name of the theme or the saved search; empty for the others,
	// and for what is gone or out of sight, of which the feed is gone too.
	About string
	Gone  bool
}

// FeedTokens lists a person's own private addresses that still open something.
func (s *Service) FeedTokens(ctx context.Context, by rugzak.Person) ([]FeedLine, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var out []FeedLine
	err := s.view(ctx, "feeds", func(r rugzak.Reader) error {
		all, err := r.FeedTokens(by.ID)
		if err != nil {
			return err
		}
		for _, f := range all {
			if !f.OpensFor(by) {
				continue
			}
			about, err := feedAbout(r, by, f.Feed)
			if err != nil && !isMissing(err) {
				return err
			}
			out = append(out, FeedLine{Token: f, About: about, Gone: isMissing(err)})
		}
		return nil
	})
	return out, err
}

// feedAbout is the name of what a feed is about; an error for what the person
// may not follow, as if it were not there.
func feedAbout(r rugzak.Reader, by rugzak.Person, f rugzak.Feed) (string, error) {
	switch f.Kind {
	case rugzak.FeedTheme:
		now, err := themeNow(r, by, rugzak.ThemeID(f.About))
		if err != nil {
			return "", err
		}
		t, err := lookTheme(r, by, now)
		return t.Title, err
	case rugzak.FeedSearch:
		q, err := ownSavedSearch(r, by, f.About)
		return q.Name, err
	}
	return "", nil
}

// MakeFeedToken makes a private address for a feed. The secret is told this
// once. Addresses that opened nothing any more are taken away.
func (s *Service) MakeFeedToken(ctx context.Context, by rugzak.Person, feed rugzak.Feed, name string) (secret string, made rugzak.FeedToken, err error) {
	if by.ID == "" || by.ID == Operator().ID {
		return "", made, mustSignIn()
	}
	secret, hash := rugzak.NewSecret()
	made = rugzak.FeedToken{
		Person: by.ID, ID: rugzak.NewID(s.now()), Hash: hash, Name: rugzak.Line(name), Feed: feed, Epoch: by.Epoch, At: s.now(),
	}
	if err := made.Validate(); err != nil {
		return "", made, err
	}
	if err := s.refuseNumbers(field{"name", made.Name}); err != nil {
		return "", made, err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		now, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		if !made.OpensFor(now) { // their rights changed meanwhile
			return mustSignIn()
		}
		if _, err := feedAbout(w, now, feed); isMissing(err) {
			var p rugzak.Problems
			p.Add("feed", "error.choose")
			return p.Err()
		} else if err != nil {
			return err
		}
		mine, err := w.FeedTokens(by.ID)
		if err != nil {
			return err
		}
		open := 0
		for _, f := range mine {
			if f.OpensFor(now) {
				open++
			} else if err := w.RemoveFeedToken(f.Hash); err != nil {
				return err
			}
		}
		if open >= rugzak.MaxFeedTokens {
			var p rugzak.Problems
			p.Add("name", "error.feeds_full", rugzak.MaxFeedTokens)
			return p.Err()
		}
		if err := s.audit(w, by, rugzak.AuditFeed, "", "made"); err != nil {
			return err
		}
		return w.SaveFeedToken(made)
	})
	if err != nil {
		return "", made, err
	}
	return secret, made, nil
}

// RevokeFeedToken takes one of a person's own addresses away: it opens nothing
// from now on. One that is gone already gives the same answer.
func (s *Service) RevokeFeedToken(ctx context.Context, by rugzak.Person, id string) error {
	if by.ID == "" {
		return mustSignIn()
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		mine, err := w.FeedTokens(by.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(mine, func(f rugzak.FeedToken) bool { return f.ID == id })
		if i < 0 {
			return nil
		}
		if err := s.audit(w, by, rugzak.AuditFeed, "", "revoked"); err != nil {
			return err
		}
		return w.RemoveFeedToken(mine[i].Hash)
	})
	return err
}

// FeedView is what a feed holds for its person at this moment.
type FeedView struct {
	Token     rugzak.FeedToken
	Person    rugzak.Person // in whose language it is
	About     string
	Items     []FeedItem
	Bare      bool       // only a link may leave the site: not even what a notice says
	Occasions []Occasion // of a calendar
}

// FeedItem is one thing in a feed: an entry, or something the person is told.
type FeedItem struct {
	ID     rugzak.EntryID
	Kind   rugzak.Kind
	Lang   rugzak.Lang
	Title  string // empty when it may not leave the site
	Lesson string // empty when it may not leave the site
	Card   Card
	Notice *NoticeLine // else nil
}

// ReadFeed opens a private address and reads what it shows, with the rights its
// person has now. What is unknown, revoked, of somebody who may not sign in, or
// about what they may no longer see, is absent, and all of it the same way.
func (s *Service) ReadFeed(ctx context.Context, secret string, calendar bool) (FeedView, error) {
	v, holds, err := s.openFeed(ctx, rugzak.HashSecret(secret), calendar)
	if err != nil {
		return FeedView{}, err
	}
	switch v.Token.Feed.Kind {
	case rugzak.FeedCalendar:
		v.Occasions, err = s.occasions(ctx, v.Person, holds)
	case rugzak.FeedBackpack:
		err = s.feedNotices(ctx, &v, holds)
	default:
		err = s.feedEntries(ctx, &v, holds)
	}
	if err != nil {
		return FeedView{}, err
	}
	s.noteFeedUse(ctx, v.Token)
	return v, nil
}

func (s *Service) openFeed(ctx context.Context, hash string, calendar bool) (v FeedView, holds rugzak.MailHolds, err error) {
	err = s.view(ctx, "feed", func(r rugzak.Reader) (err error) {
		if v.Token, err = r.FeedToken(hash); err != nil {
			return err
		}
		if v.Person, err = r.Person(v.Token.Person); err != nil {
			return err
		}
		if !v.Token.OpensFor(v.Person) || calendar != (v.Token.Feed.Kind == rugzak.FeedCalendar) {
			return rugzak.NotFound()
		}
		if v.About, err = feedAbout(r, v.Person, v.Token.Feed); err != nil {
			return err
		}
		settings, err := r.Settings()
		holds = settings.Mail.Holds
		return err
	})
	return v, holds, err
}

// feedEntries reads the newest entries of a feed. The index finds them within
// the rights of the person, and each is looked at once more.
func (s *Service) feedEntries(ctx context.Context, v *FeedView, holds rugzak.MailHolds) error {
	asked := Asked{Sort: rugzak.ByNewest, Size: rugzak.MaxFeedEntries, Plain: true}
	switch v.Token.Feed.Kind {
	case rugzak.FeedTheme:
		asked.Filter = rugzak.Filter{rugzak.FacetTheme: {v.Token.Feed.About}}
	case rugzak.FeedSearch:
		q, err := s.SavedSearch(ctx, v.Person, v.Token.Feed.About)
		if err != nil {
			return err
		}
		asked.Query, asked.Filter, asked.Archived, asked.Literal = q.Query, q.Filter, q.Archived, true
	}
	search, _, err := s.searchFor(ctx, v.Person, asked)
	if err != nil {
		return err
	}
	found, err := s.Index.Search(ctx, search)
	if err != nil {
		return err
	}
	return s.view(ctx, "feed entries", func(r rugzak.Reader) error {
		n, err := readNames(r, v.Person)
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			e, mine, err := look(r, v.Person, h.ID)
			if isMissing(err) || err == nil && !e.State.Public() {
				continue
			}
			if err != nil {
				return err
			}
			item := FeedItem{ID: e.ID, Kind: e.Kind, Lang: e.Lang, Card: n.card(v.Person, e, mine).Card}
			title, lesson := rugzak.FeedShows(holds, e)
			if title {
				item.Title = e.Title
			}
			if lesson {
				item.Lesson = e.Lesson
			}
			v.Items = append(v.Items, item)
		}
		return nil
	})
}

// feedNotices reads what the person is told.
func (s *Service) feedNotices(ctx context.Context, v *FeedView, holds rugzak.MailHolds) error {
	page, err := s.Notices(ctx, v.Person)
	if err != nil {
		return err
	}
	v.Bare = holds == rugzak.MailHoldsLink
	for i := range page.Lines[:min(len(page.Lines), rugzak.MaxFeedEntries)] {
		line := &page.Lines[i]
		item := FeedItem{ID: line.Notice.Entry, Lang: line.Lang, Notice: line}
		if !v.Bare && line.Saved == nil {
			item.Title = line.outside()
		}
		v.Items = append(v.Items, item)
	}
	return nil
}

// noteFeedUse notes the day on which an address was last read, at most once a
// day. Reading goes on when it cannot be noted.
func (s *Service) noteFeedUse(ctx context.Context, f rugzak.FeedToken) {
	today := rugzak.FeedDay(s.now())
	if !f.UsedAt.Before(today) || s.ReadOnly() {
		return
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		now, err := w.FeedToken(f.Hash)
		if isMissing(err) { // revoked meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		now.UsedAt = today
		return w.SaveFeedToken(now)
	})
	if err != nil {
		s.Log.WarnContext(ctx, "the use of a feed is not noted", "person", string(f.Person), "code", string(rugzak.CodeOf(err)))
	}
}
