// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// HomeStory is one lesson the first page holds out to read, in its own words.
type HomeStory struct {
	Card    Card
	Opening string // how its story begins
}

// What the first page looks at, and shows.
const (
	newsOnHome      = 3
	questionsOnHome = 12 // of which one is held out
	unthemedOnHome  = 100
	openingLength   = 260 // characters
)

// rawToday is what differs from person to person and from day to day.
type rawToday struct {
	story    *rawCard
	question *rawCard
	news     []NoticeLine
	beginner bool
	unthemed int
	more     bool
}

// today finds what the first page holds out today. newest are the newest entries
// the reader may see; shown is how many of them stand on the page, and maybe is
// held out already.
func (s *Service) today(n *names, by rugzak.Person, newest []rawCard, shown int, maybe *rawMaybe) (out rawToday, err error) {
	out.story = s.storyOfToday(newest, shown, maybe)
	if by.IsMember() { // a partner has a place of their own for questions
		if out.question, err = s.questionOfToday(n, by); err != nil {
			return out, err
		}
	}
	if out.news, err = newsFor(n.reader, by); err != nil {
		return out, err
	}
	if out.beginner, err = isBeginner(n.reader, by); err != nil || !rugzak.CanCurate(by) {
		return out, err
	}
	out.unthemed, out.more, err = s.countUnthemedAmong(n, by, unthemedOnHome)
	return out, err
}

// storyOfToday is a lesson that somebody told from their work: another one each
// day, preferably one that does not stand on the page already.
func (s *Service) storyOfToday(newest []rawCard, shown int, maybe *rawMaybe) *rawCard {
	told := func(among []rawCard) []rawCard {
		return slices.DeleteFunc(slices.Clone(among), func(c rawCard) bool {
			return !isTold(c.Kind) || c.Lesson == "" || c.State != rugzak.StateShared || c.Mine || c.Kept || maybe != nil && maybe.card.ID == c.ID
		})
	}
	stories := told(newest[shown:])
	if len(stories) == 0 {
		stories = told(newest)
	}
	return s.ofToday(stories)
}

// isTold reports whether something of this kind tells of somebody's own work.
func isTold(k rugzak.Kind) bool {
	return k == rugzak.KindExperience || k == rugzak.KindSuccess || k == rugzak.KindFailure || k == rugzak.KindInsight
}

// questionOfToday is an open question of colleagues that waits for nobody of the
// reader's own organisation: what does is asked elsewhere on the page.
func (s *Service) questionOfToday(n *names, by rugzak.Person) (*rawCard, error) {
	questions, _, err := n.cardsIn(by, atMost(openQuestions(n.reader, by, ""), lookedForQuestions), questionsOnHome, func(e rugzak.Entry) bool {
		return e.State == rugzak.StateShared && !e.IsAuthor(by.ID) && e.Question.BallWith != by.Organisation && e.Question.Asked != by.Organisation
	})
	questions = slices.DeleteFunc(questions, func(c rawCard) bool { return c.Mine })
	return s.ofToday(questions), err
}

// ofToday chooses one of a list, another one each day.
func (s *Service) ofToday(cards []rawCard) *rawCard {
	if len(cards) == 0 {
		return nil
	}
	return &cards[s.now().YearDay()%len(cards)]
}

// newsFor are the newest notices that somebody did not see yet.
func newsFor(r rugzak.Reader, by rugzak.Person) ([]NoticeLine, error) {
	shown, err := shownTo(r, by.ID)
	if err != nil {
		return nil, err
	}
	page, err := readNotices(r, by, func(n rugzak.Notice) bool { return !n.Read && shown(n) })
	return page.Lines[:min(len(page.Lines), newsOnHome)], err
}

// isBeginner reports whether somebody wrote nothing and took nothing along yet.
func isBeginner(r rugzak.Reader, by rugzak.Person) (bool, error) {
	for _, list := range []rugzak.List{rugzak.AuthorList(by.ID), rugzak.DraftList(by.ID)} {
		for _, err := range r.Entries(list, "") {
			return false, err
		}
	}
	for _, err := range r.KeepsAfter(by.ID, "") {
		return false, err
	}
	return true, nil
}

// withoutHeading leaves out the lines with which a text begins that are no
// sentences.
func withoutHeading(text string) string {
	for {
		line, rest, more := strings.Cut(text, "\n")
		if !more || strings.TrimSpace(line) != "" && !rugzak.EndsOpen(line) {
			return text
		}
		text = rest
	}
}

// finishToday makes the texts of it, outside the transaction.
func (s *Service) finishToday(ctx context.Context, raw rawToday, v *HomeView) {
	v.News, v.Beginner, v.Unthemed, v.MoreUnthemed = raw.news, raw.beginner, raw.unthemed, raw.more
	if raw.story != nil {
		v.Story = &HomeStory{Card: raw.story.Card, Opening: excerpt(withoutHeading(s.plain(ctx, raw.story.entry)), openingLength)}
	}
	if raw.question != nil {
		v.Question = &s.finish(ctx, []rawCard{*raw.question})[0]
	}
}
