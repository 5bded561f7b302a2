// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// aColleague stands in an entry, in its language, for whom a response named: an
// entry names functions, not people.
var aColleague = map[rugzak.Lang]string{rugzak.Dutch: "een collega", rugzak.English: "a colleague"}

// EntryFromResponse makes a draft of an experience that a person told in a
// response, or finds the one that was made before.
func (s *Service) EntryFromResponse(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string) (Saved, error) {
	var x rugzak.Response
	var before rugzak.Entry
	err := s.view(ctx, "entry from response", func(r rugzak.Reader) (err error) {
		if _, x, _, err = lookOwnResponse(r, by, entry, id); err != nil {
			return err
		}
		if x.Kind != rugzak.ResponseExperience || !x.Shown() {
			return rugzak.Forbidden("error.response_experience_only")
		}
		before, err = madeOf(r, by, x)
		return err
	})
	if err != nil || before.ID != "" {
		return Saved{Entry: before}, err
	}
	in, err := s.prepare(ctx, by, Input{
		Kind: rugzak.KindExperience, Lang: x.Lang, Mode: rugzak.ByName, NotBSN: x.NotBSN,
		Body:      rugzak.NameMentions(x.Body, func(rugzak.PersonID) string { return aColleague[x.Lang.Or(rugzak.Dutch)] }),
		Relations: []rugzak.Relation{{Type: rugzak.SeeAlso, To: entry}},
	})
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	saved.Position, err = s.update(ctx, "entry from response", func(w rugzak.Writer) error {
		_, now, _, err := lookOwnResponse(w, by, entry, id)
		if err != nil {
			return err
		}
		if now.Version != x.Version {
			return rugzak.Conflict()
		}
		if saved.Entry, err = madeOf(w, by, now); err != nil || saved.Entry.ID != "" {
			return err // pressed twice
		}
		key, err := w.Key()
		if err != nil {
			return err
		}
		e, version, err := s.draft(w, by, rugzak.MintID(key, by.ID, s.now()), 0)
		if err != nil {
			return err
		}
		in.fill(&e)
		e.Audience.Level = e.Kind.DefaultLevel()
		if err := e.ValidateDraft(); err != nil {
			return err
		}
		if err := w.SaveEntry(e, version, nil); err != nil {
			return err
		}
		now.Became = e.ID
		if err := w.SaveResponse(now, now.Version); err != nil {
			return err
		}
		saved.Entry = e
		return w.Log(s.change(e, by, rugzak.VerbDraftSaved))
	})
	return saved, err
}

// madeOf finds the entry that a person made of their response; none when it is
// gone, or became one without name.
func madeOf(r rugzak.Reader, by rugzak.Person, x rugzak.Response) (rugzak.Entry, error) {
	if x.Became == "" {
		return rugzak.Entry{}, nil
	}
	e, mine, err := look(r, by, x.Became)
	if isMissing(err) || err == nil && !mine {
		return rugzak.Entry{}, nil
	}
	return e, err
}

// forgetBecame cuts the link from a person's responses to a draft that is
// shared without name: with it anybody who holds the files could tell who wrote
// it.
func forgetBecame(w rugzak.Writer, by rugzak.PersonID, draft rugzak.EntryID) error {
	for x, err := range w.ResponsesBy(by) { // reads the keys first
		if err == nil && x.Became == draft {
			x.Became = ""
			err = w.SaveResponse(x, x.Version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
