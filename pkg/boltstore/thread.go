// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"encoding/binary"
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var bucketThreads = []byte("threads") // theme 0 number -> version of its common thread

type threadRecord struct {
	Intro    string          `json:"i,omitempty"`
	Sections []sectionRecord `json:"s,omitempty"`
	Bound    bool            `json:"b,omitempty"`
	Held     bool            `json:"h,omitempty"`
	From     int             `json:"f,omitempty"`
	NotBSN   []string        `json:"nb,omitempty"`
	At       time.Time       `json:"at"`
}

type sectionRecord struct {
	Prompt string        `json:"p"`
	Text   string        `json:"t,omitempty"`
	Quotes []quoteRecord `json:"q,omitempty"`
}

type quoteRecord struct {
	Entry    string `json:"e,omitempty"`
	Text     string `json:"t,omitempty"`
	Function string `json:"f,omitempty"`
	Gone     bool   `json:"g,omitempty"`
}

func recordOfThread(t rugzak.Thread) threadRecord {
	r := threadRecord{Intro: t.Intro, Bound: t.Bound, Held: t.Held, From: t.From, NotBSN: t.NotBSN, At: t.At}
	for _, s := range t.Sections {
		section := sectionRecord{Prompt: string(s.Prompt), Text: s.Text}
		for _, q := range s.Quotes {
			section.Quotes = append(section.Quotes, quoteRecord{string(q.Entry), q.Text, q.Function, q.Gone})
		}
		r.Sections = append(r.Sections, section)
	}
	return r
}

func (r threadRecord) thread(theme rugzak.ThemeID, number int) rugzak.Thread {
	t := rugzak.Thread{
		Theme: theme, Number: number, Intro: r.Intro, Bound: r.Bound, Held: r.Held, From: r.From, NotBSN: r.NotBSN, At: r.At,
	}
	for _, s := range r.Sections {
		section := rugzak.ThreadSection{Prompt: rugzak.ThreadPrompt(s.Prompt), Text: s.Text}
		for _, q := range s.Quotes {
			section.Quotes = append(section.Quotes, rugzak.Quote{Entry: rugzak.EntryID(q.Entry), Text: q.Text, Function: q.Function, Gone: q.Gone})
		}
		t.Sections = append(t.Sections, section)
	}
	return t
}

func threadKey(theme rugzak.ThemeID, number int) []byte {
	return binary.BigEndian.AppendUint64(pair(theme, ""), uint64(number))
}

// threadOf reads a key of a version.
func threadOf(key string) (theme rugzak.ThemeID, number int) {
	id, rest, _ := strings.Cut(key, "\x00")
	if len(rest) == 8 {
		number = int(binary.BigEndian.Uint64([]byte(rest)))
	}
	return rugzak.ThemeID(id), number
}

// Thread returns the newest version of the thread of a theme.
func (r *reader) Thread(theme rugzak.ThemeID) (rugzak.Thread, error) {
	for t, err := range r.Threads(theme) {
		return t, err
	}
	return rugzak.Thread{}, rugzak.NotFound()
}

// ThreadVersion returns one version.
func (r *reader) ThreadVersion(theme rugzak.ThemeID, number int) (rugzak.Thread, error) {
	var record threadRecord
	if err := r.get(bucketThreads, threadKey(theme, number), &record); err != nil {
		return rugzak.Thread{}, err
	}
	return record.thread(theme, number), nil
}

// Threads yields the versions of a theme, newest first.
func (r *reader) Threads(theme rugzak.ThemeID) iter.Seq2[rugzak.Thread, error] {
	return func(yield func(rugzak.Thread, error) bool) {
		prefix := pair(theme, "")
		rests, err := r.second(bucketThreads, prefix)
		if err != nil {
			yield(rugzak.Thread{}, err)
			return
		}
		for i := len(rests) - 1; i >= 0; i-- {
			_, number := threadOf(string(prefix) + rests[i])
			t, err := r.ThreadVersion(theme, number)
			if !yield(t, err) || err != nil {
				return
			}
		}
	}
}

// AllThreads yields every version, by theme and number.
func (r *reader) AllThreads() iter.Seq2[rugzak.Thread, error] {
	return func(yield func(rugzak.Thread, error) bool) {
		each(r, bucketThreads, func(key string, record threadRecord, err error) bool {
			return yield(record.thread(threadOf(key)), err) && err == nil
		})
	}
}

// SaveThread stores a new version.
func (w *writer) SaveThread(t rugzak.Thread) error {
	if err := validID(t.Theme); err != nil {
		return err
	}
	newest, err := w.Thread(t.Theme)
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return err
	}
	if t.Number < 1 || err == nil && t.Number != newest.Number+1 {
		return rugzak.Conflict()
	}
	return w.put(bucketThreads, threadKey(t.Theme, t.Number), recordOfThread(t))
}

// RemoveThreads takes away the versions of a theme, or all but the newest.
func (w *writer) RemoveThreads(theme rugzak.ThemeID, past bool) error {
	first := true
	for t, err := range w.Threads(theme) {
		if err != nil {
			return err
		}
		if past && first {
			first = false
			continue
		}
		if err := w.remove(bucketThreads, threadKey(theme, t.Number)); err != nil {
			return err
		}
	}
	return nil
}

// unquote takes what was quoted of an entry out of every version that quotes
// it. Where the entry had become too narrow for its readers, or what was quoted
// was taken out of it, the version is held: its commentary may repeat it.
func (w *writer) unquote(e rugzak.Entry, gone func(rugzak.Quote) bool) error {
	covers, err := w.coveredBy(e)
	if err != nil {
		return err
	}
	return w.mendThreads(covers, func(t *rugzak.Thread) (some bool) {
		*t, some = t.Without(func(q rugzak.Quote) bool { return q.Entry == e.ID && gone(q) })
		return some
	})
}

// coveredBy tells of tokens whether an entry lets in everybody they let in.
func (w *writer) coveredBy(e rugzak.Entry) (func(tokens []string) bool, error) {
	all, err := w.Organisations()
	if err != nil {
		return nil, err
	}
	kinds := map[rugzak.OrganisationID]rugzak.OrganisationKind{}
	for _, o := range all {
		kinds[o.ID] = o.Kind
	}
	return func(tokens []string) bool {
		return rugzak.Covers(e, tokens, func(o rugzak.OrganisationID) rugzak.OrganisationKind { return kinds[o] })
	}, nil
}

// mendThreads stores the versions that mend changes; those whose theme lets in
// more than the tokens covered are held.
func (w *writer) mendThreads(covers func([]string) bool, mend func(*rugzak.Thread) bool) error {
	var changed []rugzak.Thread
	for t, err := range w.AllThreads() {
		if err != nil {
			return err
		}
		if !mend(&t) {
			continue
		}
		theme, err := w.Theme(t.Theme)
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			return err
		}
		t.Held = t.Held || !covers(rugzak.ThemeTokens(theme))
		changed = append(changed, t)
	}
	for _, t := range changed {
		if err := w.put(bucketThreads, threadKey(t.Theme, t.Number), recordOfThread(t)); err != nil {
			return err
		}
	}
	return nil
}

// forgetQuoted takes an entry that goes out of threads, letters and what is
// celebrated.
func (w *writer) forgetQuoted(e rugzak.Entry) error {
	return errors.Join(w.unquote(e, func(rugzak.Quote) bool { return true }), w.unletter(e.ID), w.uncelebrate(e.ID))
}

// threads checks common threads: they can be read, and lead to themes and
// entries that are there.
func (c *checker) threads() {
	each(&c.reader, bucketThreads, func(key string, record threadRecord, err error) bool {
		theme, number := threadOf(key)
		if !c.good("thread of "+string(theme), err) {
			return true
		}
		if !c.hasTheme(string(theme)) {
			c.report("a thread of a theme that is gone: " + string(theme))
		}
		for _, s := range record.thread(theme, number).Sections {
			for _, q := range s.Quotes {
				if !q.Gone && !c.has(bucketEntries, string(q.Entry)) {
					c.report("a thread of " + string(theme) + " quotes what is gone: " + string(q.Entry))
				}
			}
		}
		return true
	})
}
