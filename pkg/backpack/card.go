// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Card is an entry in a list, as one reader may see it.
type Card struct {
	ID            rugzak.EntryID
	Kind          rugzak.Kind
	State         rugzak.State
	Lang          rugzak.Lang
	Title, Lesson string
	Excerpt       string // the beginning of the text, when there is no lesson
	Organisation  rugzak.Organisation
	Team          rugzak.Team // shown for entries on behalf of the team
	Mode          rugzak.AuthorMode
	Authors       []string
	Themes        []rugzak.Theme
	Audience      AudienceWords
	At            time.Time
	MonthOnly     bool // show the month, not the day
	Sample        bool
	Kept, Mine    bool
	Method        *rugzak.MethodData
	Question      *rugzak.QuestionData
	Application   *rugzak.ApplicationData
	BallWith      rugzak.Organisation
	Version       int
}

// excerptLength is the length of the beginning of a text on a card, in characters.
const excerptLength = 180

// names knows the organisations, themes and people of one reading of the store.
type names struct {
	reader        rugzak.Reader
	by            rugzak.Person
	organisations map[rugzak.OrganisationID]rugzak.Organisation
	themes        map[rugzak.ThemeID]rugzak.Theme
	people        map[rugzak.PersonID]string
	kept          map[rugzak.EntryID]*rugzak.Keep // as far as was asked
	movement      rugzak.Movement
	reported      []rugzak.Subject         // shared texts that are reported
	nobody        bool                     // nobody reads those, not even who mends them
	present       map[rugzak.PersonID]bool // who shows themselves on the page of an entry
}

// readNames reads what cards need. Organisations and themes are few.
func readNames(r rugzak.Reader, by rugzak.Person) (*names, error) {
	n := &names{
		reader:        r,
		by:            by,
		organisations: map[rugzak.OrganisationID]rugzak.Organisation{},
		themes:        map[rugzak.ThemeID]rugzak.Theme{},
		people:        map[rugzak.PersonID]string{},
		kept:          map[rugzak.EntryID]*rugzak.Keep{},
	}
	all, err := r.Organisations()
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		n.organisations[o.ID] = o
	}
	themes, err := r.Themes()
	if err != nil {
		return nil, err
	}
	for _, t := range themes {
		if rugzak.CanReadTheme(by, t) {
			n.themes[t.ID] = shownTheme(by, t)
		}
	}
	if n.movement, err = r.Movement(); err != nil {
		return nil, err
	}
	return n, n.hideTexts()
}

// organisation returns an organisation, or one with its id for a name when it
// is gone.
func (n *names) organisation(id rugzak.OrganisationID) rugzak.Organisation {
	if o, ok := n.organisations[id]; ok {
		o.Teams, o.Need = nil, rugzak.Need{} // how another organisation is made up is not told with its name
		return o
	}
	return rugzak.Organisation{ID: id, Name: string(id)}
}

// team returns a team of an organisation; empty when there is none.
func (n *names) team(o rugzak.OrganisationID, id rugzak.TeamID) rugzak.Team {
	t, _ := n.organisations[o].Team(id)
	t.Need = rugzak.Need{} // see needs
	return t
}

// person returns the name of a person; empty when they are gone.
func (n *names) person(id rugzak.PersonID) string {
	name, ok := n.people[id]
	if !ok {
		if p, err := n.reader.Person(id); err == nil {
			name = p.Name
		}
		n.people[id] = name
	}
	return name
}

// keep is the reader's own keep of an entry; nil when they did not take it
// along. It is looked up one by one: what a page costs does not depend on how
// much somebody took along.
func (n *names) keep(id rugzak.EntryID) *rugzak.Keep {
	k, asked := n.kept[id]
	if !asked {
		if found, err := n.reader.Keep(n.by.ID, id); err == nil {
			k = &found
		}
		n.kept[id] = k
	}
	return k
}

// authors are the names under an entry, as everybody may see them.
func (n *names) authors(e rugzak.Entry) []string {
	if e.Mode != rugzak.ByName {
		return nil
	}
	var out []string
	for _, a := range e.Authors {
		if name := n.person(a); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// themesOf are the themes of an entry which the reader may see.
func (n *names) themesOf(e rugzak.Entry) []rugzak.Theme {
	var out []rugzak.Theme
	for _, id := range e.Themes {
		if t, ok := n.themes[id]; ok {
			out = append(out, t)
		}
	}
	return out
}

// card makes the card of an entry that the reader may see. The body is kept
// aside for the excerpt, which is made outside the transaction.
func (n *names) card(by rugzak.Person, e rugzak.Entry, mine bool) rawCard {
	c := Card{
		ID: e.ID, Kind: e.Kind, State: e.State, Lang: e.Lang, Title: e.Title, Lesson: e.Lesson,
		Organisation: n.organisation(e.Organisation), Mode: e.Mode, Authors: n.authors(e), Themes: n.themesOf(e),
		Audience: n.audience(by, e, mine), At: shownAt(e), MonthOnly: e.Mode == rugzak.Anonymous, Sample: e.Sample,
		Kept: n.keep(e.ID) != nil, Mine: mine, Method: e.Method, Question: n.shownQuestion(by, e), Application: n.shownApplication(by, e), Version: e.Version,
	}
	if e.Mode == rugzak.ByTeam {
		c.Team = n.team(e.Organisation, e.Team)
	}
	if e.Question != nil && e.Question.BallWith != "" && n.mayName(by, e.Question.BallWith, e.Organisation) {
		c.BallWith = n.organisation(e.Question.BallWith)
	}
	return rawCard{Card: c, entry: e}
}

// shownAt is the time of an entry as far as it is told: the month for one
// without name.
func shownAt(e rugzak.Entry) time.Time {
	if e.Mode == rugzak.Anonymous {
		return monthOf(e.ListedAt())
	}
	return e.ListedAt()
}

// mayName reports whether the reader may be told of an organisation; shown are
// those that show themselves by what the reader looks at.
func (n *names) mayName(by rugzak.Person, id rugzak.OrganisationID, shown ...rugzak.OrganisationID) bool {
	return rugzak.CanKnowOrganisation(by, n.organisation(id), shown...)
}

// rawCard is a card before its excerpt was made.
type rawCard struct {
	Card
	entry rugzak.Entry
}

// finish makes the excerpts: it renders, so it runs outside transactions.
func (s *Service) finish(ctx context.Context, raw []rawCard) []Card {
	cards := make([]Card, len(raw))
	for i, c := range raw {
		if c.Lesson == "" {
			c.Excerpt = excerpt(s.plain(ctx, c.entry), excerptLength)
		}
		cards[i] = c.Card
	}
	return cards
}

// plain is the text of an entry without marks. A text that cannot be rendered
// within the limits counts as empty: it shows and is found by its title.
func (s *Service) plain(ctx context.Context, e rugzak.Entry) string {
	text, err := s.Renderer.Plain(ctx, e.Body)
	if err != nil {
		s.Log.WarnContext(ctx, "text cannot be made plain", "entry", string(e.ID), "code", string(rugzak.CodeOf(err)))
		return ""
	}
	return text
}

// excerpt cuts a text at a word, to at most a number of characters.
func excerpt(s string, most int) string {
	var b strings.Builder
	count, open := 0, false
	for line := range strings.Lines(s) {
		for word := range strings.FieldsSeq(line) {
			if open { // a line that had no end
				word, open = "· "+word, false
			}
			length := utf8.RuneCountInString(word)
			if count > 0 && count+1+length > most {
				return strings.TrimRightFunc(b.String(), unicode.IsPunct) + "…"
			}
			if count > 0 {
				b.WriteByte(' ')
				count++
			}
			b.WriteString(word)
			count += length
		}
		open = open || rugzak.EndsOpen(line)
	}
	return b.String()
}

// cardsIn takes up to most readable cards of a list, after a mark, and returns
// the mark of the last one when there are more.
func (n *names) cardsIn(by rugzak.Person, entries entrySeq, most int, keep func(rugzak.Entry) bool) ([]rawCard, rugzak.Mark, error) {
	var out []rawCard
	for e, err := range entries {
		if err != nil {
			return nil, "", err
		}
		if keep != nil && !keep(e) {
			continue
		}
		mine, err := isMine(n.reader, by, e)
		if err != nil {
			return nil, "", err
		}
		if !mine && !rugzak.CanRead(by, e) {
			continue
		}
		if len(out) == most {
			return out, out[most-1].entry.Mark(), nil
		}
		out = append(out, n.card(by, e, mine))
	}
	return out, "", nil
}
