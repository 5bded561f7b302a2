// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// MentionChoice is somebody whom a response may name.
type MentionChoice struct {
	ID           rugzak.PersonID
	Name         string
	Organisation string
	// Token is what stands in the text.
	Token string
}

const (
	// mostMentioned is how many people are offered at a time.
	mostMentioned = 8
	// longestName is how much is read of what somebody looks for, in characters.
	longestName = 60
)

// MentionChoices lists whom a person may name in a response to an entry, by
// what their name begins with. Without a name it lists who is on the page.
func (s *Service) MentionChoices(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, name string) ([]MentionChoice, error) {
	var out []MentionChoice
	err := s.view(ctx, "mention choices", func(r rugzak.Reader) error {
		e, _, err := look(r, by, entry)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		all, err := r.Responses(entry)
		if err != nil {
			return err
		}
		present, err := onThePage(r, by, e, all)
		if err != nil {
			return err
		}
		n := &names{reader: r, organisations: map[rugzak.OrganisationID]rugzak.Organisation{}}
		if n.organisations, err = organisationsOf(r); err != nil {
			return err
		}
		name = rugzak.Line(name)
		if utf8.RuneCountInString(name) > longestName {
			return nil
		}
		out, err = choices(r, by, e, present, name, n)
		return err
	})
	return out, err
}

func organisationsOf(r rugzak.Reader) (map[rugzak.OrganisationID]rugzak.Organisation, error) {
	all, err := r.Organisations()
	out := map[rugzak.OrganisationID]rugzak.Organisation{}
	for _, o := range all {
		out[o.ID] = o
	}
	return out, err
}

// choices finds the people by name, or those on the page.
func choices(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, present map[rugzak.PersonID]bool, name string, n *names) ([]MentionChoice, error) {
	var out []MentionChoice
	add := func(p rugzak.Person) {
		if p.ID != by.ID && mayMention(by, e, present, p) && nameBegins(p.Name, name) {
			out = append(out, MentionChoice{p.ID, p.Name, n.organisation(p.Organisation).Name, rugzak.Mention(p.ID)})
		}
	}
	if name == "" {
		for id := range present {
			p, err := r.Person(id)
			if err == nil {
				add(p)
			} else if !isMissing(err) {
				return nil, err
			}
		}
	} else {
		for p, err := range r.People() {
			if err != nil {
				return nil, err
			}
			add(p)
		}
	}
	slices.SortFunc(out, func(a, b MentionChoice) int { return cmp.Or(byName(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), mostMentioned)], nil
}

// nameBegins reports whether a word of a name begins with what is looked for,
// whatever its accents.
func nameBegins(name, with string) bool {
	name, with = plainName(name), plainName(with)
	for {
		if strings.HasPrefix(name, with) {
			return true
		}
		_, rest, more := strings.Cut(name, " ")
		if !more {
			return false
		}
		name = rest
	}
}

// plainName is a name in small letters, with one space for what separates words.
func plainName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '\'' || r == '’'
	}), " ")
}

// mayMention is the rule of whom a person may name about an entry: who may read
// it, and for partners only who is of their own organisation or stands on the
// page already.
func mayMention(by rugzak.Person, e rugzak.Entry, present map[rugzak.PersonID]bool, p rugzak.Person) bool {
	if !rugzak.CanRead(p, e) {
		return false
	}
	return by.IsMember() || p.Organisation == by.Organisation || present[p.ID]
}

// onThePage are the people whom a reader sees beneath an entry anyway: who wrote
// it by name, and who responded.
func onThePage(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, all []rugzak.Response) (map[rugzak.PersonID]bool, error) {
	out := map[rugzak.PersonID]bool{}
	if e.Mode == rugzak.ByName {
		for _, a := range e.Authors {
			out[a] = true
		}
	}
	for _, x := range all {
		if !x.Shown() || out[x.Author] {
			continue
		}
		sees, err := seesResponse(r, by, x, all)
		if err != nil {
			return nil, err
		}
		if sees {
			out[x.Author] = true
		}
	}
	return out, nil
}

// mentionable reports whether a person may name all of these. Somebody who does
// not exist and somebody who may not be named are the same.
func mentionable(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, all []rugzak.Response, ids []rugzak.PersonID) (bool, error) {
	if len(ids) == 0 {
		return true, nil
	}
	present, err := onThePage(r, by, e, all)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		p, err := r.Person(id)
		if isMissing(err) {
			return false, nil
		}
		if err != nil || !mayMention(by, e, present, p) {
			return false, err
		}
	}
	return true, nil
}
