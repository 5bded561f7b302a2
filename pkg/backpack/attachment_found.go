// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"path"
	"strings"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// maxAttachedFound bounds how much of what is attached to an entry is looked
// through, in bytes: a few long reports must not weigh more than what people write.
const maxAttachedFound = 100_000

// attachedWords is what can be found of one attachment.
type attachedWords struct {
	rugzak.Attachment
	text string
}

// attachedWordsOf reads what can be found of what is attached to an entry: how
// it is called, what is said of it, and what is written in it.
func attachedWordsOf(r rugzak.Reader, id rugzak.EntryID) (out []attachedWords, err error) {
	all, err := r.Attachments(id)
	room := maxAttachedFound
	for _, a := range all {
		if err != nil {
			return nil, err
		}
		var written string
		if written, err = r.AttachedText(a.ID); err != nil {
			return nil, err
		}
		text := cutBytes(strings.Join([]string{strings.TrimSuffix(a.Name, path.Ext(a.Name)), a.Alt, a.Spoken, written}, "\n"), room)
		room -= len(text)
		out = append(out, attachedWords{a, strings.TrimSpace(text)})
	}
	return out, err
}

// cutBytes is the beginning of a text, without half a letter at its end.
func cutBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// attachedText joins it for the index.
func attachedText(r rugzak.Reader, id rugzak.EntryID) (string, error) {
	all, err := attachedWordsOf(r, id)
	texts := make([]string, len(all))
	for i, a := range all {
		texts[i] = a.text
	}
	return strings.Join(texts, "\n\n"), err
}

// FoundAttached is an attachment in which something was found, with the pieces of
// it that the query is about.
type FoundAttached struct {
	rugzak.Attachment
	Fragments []rugzak.Fragment
}

// lookInAttached says of hits that show nothing of what was asked in which
// attachment it stands.
func (s *Service) lookInAttached(ctx context.Context, m *marks, hits []HitCard) error {
	found := map[int][]attachedWords{}
	err := s.view(ctx, "read attachments of hits", func(r rugzak.Reader) error {
		for i, h := range hits {
			if marked(h.Fragments) || len(h.TitleMarks) > 0 || len(h.Tags) > 0 {
				continue
			}
			all, err := attachedWordsOf(r, h.ID)
			if err != nil {
				return err
			}
			found[i] = all
		}
		return nil
	})
	for i, all := range found {
		h := &hits[i]
		for _, a := range all {
			if f := m.fragments(h.Lang, a.text); marked(f) {
				h.Attached = &FoundAttached{a.Attachment, f}
				break
			}
		}
	}
	return err
}

// fragments cuts pieces of a text that the query is about, with the last word as
// unfinished where it does not stand in it as it is.
func (m *marks) fragments(lang rugzak.Lang, text string) []rugzak.Fragment {
	f := m.asked.Fragments(lang, text, fragmentsOfHit, fragmentLength)
	if marked(f) || len(m.query.Clauses) == 0 {
		return f
	}
	if m.longer == nil {
		m.longer = m.index.Marker(m.query)
	}
	return m.longer.Fragments(lang, text, fragmentsOfHit, fragmentLength)
}
