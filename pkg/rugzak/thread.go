// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"
)

// ThreadPrompt is one of the questions a common thread answers; its words are
// in the catalogue ("thread.prompt.PROMPT").
type ThreadPrompt string

// The questions, in the order in which a thread answers them.
const (
	PromptSee     ThreadPrompt = "see"     // wat zien we?
	PromptDiffer  ThreadPrompt = "differ"  // waar verschillen we?
	PromptWorks   ThreadPrompt = "works"   // wat werkt, en onder welke voorwaarde?
	PromptUnknown ThreadPrompt = "unknown" // wat weten we nog niet?
	PromptAsk     ThreadPrompt = "ask"     // wat vragen we van wie?
)

// ThreadPrompts lists them.
func ThreadPrompts() []ThreadPrompt {
	return []ThreadPrompt{PromptSee, PromptDiffer, PromptWorks, PromptUnknown, PromptAsk}
}

// The bounds of a thread. Words are guidance only.
const (
	ThreadWords     = 400
	MaxQuotes       = 5   // beside one question
	MaxQuote        = 600 // characters
	MaxQuoteSpeaker = 60
)

// Quote is what a source says, word for word. It is shown with the function of
// who says it and their organisation, never with a name.
type Quote struct {
	Entry    EntryID
	Text     string
	Function string // may be empty
	// Gone: its source was purged, and with it what was quoted.
	Gone bool
}

// ThreadSection is what a thread says to one question: commentary on the left,
// quotes on the right.
type ThreadSection struct {
	Prompt ThreadPrompt
	Text   string // Markdown
	Quotes []Quote
}

// Empty reports whether nothing stands in it.
func (s ThreadSection) Empty() bool { return strings.TrimSpace(s.Text) == "" && len(s.Quotes) == 0 }

// Thread is one version of the common thread (rode draad) of a theme. Who wrote
// it is not kept: the change log knows.
type Thread struct {
	Theme ThemeID
	// Number is 1 for the first version. It is 0 for a text from before threads
	// had versions, which stands in Theme.Thread: see ThreadOf.
	Number   int
	Intro    string          // Markdown, before the questions; may be empty
	Sections []ThreadSection // in the order of the questions, without empty ones
	// Bound: it is kept although fewer may read its sources than see the theme.
	// It is shown to who may read all of them, and to everybody once they may.
	Bound bool
	// Held: a source that had become too narrow for it was purged. Its curators
	// look at it before others see it again.
	Held   bool
	From   int // the version it puts back; 0 for one that was written
	NotBSN []string
	At     time.Time
}

// Empty reports whether nothing stands in it.
func (t Thread) Empty() bool {
	return strings.TrimSpace(t.Intro) == "" && !slices.ContainsFunc(t.Sections, func(s ThreadSection) bool { return !s.Empty() })
}

// Section is what it says to a question.
func (t Thread) Section(p ThreadPrompt) ThreadSection {
	for _, s := range t.Sections {
		if s.Prompt == p {
			return s
		}
	}
	return ThreadSection{Prompt: p}
}

// Sources are the entries it is made of: those it quotes, and those its
// commentary leads to.
func (t Thread) Sources() []EntryID {
	out := Quotes(t.Intro)
	add := func(ids ...EntryID) {
		for _, id := range ids {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	for _, s := range t.Sections {
		add(Quotes(s.Text)...)
		for _, q := range s.Quotes {
			add(q.Entry)
		}
	}
	return out
}

// Words counts the words of the commentary; what is quoted is not counted.
func (t Thread) Words() int {
	n := len(words(t.Intro))
	for _, s := range t.Sections {
		n += len(words(s.Text))
	}
	return n
}

func words(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(w string) bool { return !strings.ContainsFunc(w, isWordRune) })
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// Clone returns a copy that shares nothing with t.
func (t Thread) Clone() Thread {
	t.NotBSN, t.Sections = slices.Clone(t.NotBSN), slices.Clone(t.Sections)
	for i := range t.Sections {
		t.Sections[i].Quotes = slices.Clone(t.Sections[i].Quotes)
	}
	return t
}

// Without takes the quotes that match out of a thread, and leaves that they
// were there. It reports whether there were any.
func (t Thread) Without(gone func(Quote) bool) (Thread, bool) {
	t, some := t.Clone(), false
	for _, s := range t.Sections {
		for i, q := range s.Quotes {
			if !q.Gone && gone(q) {
				s.Quotes[i], some = Quote{Gone: true}, true
			}
		}
	}
	return t, some
}

// SameText reports whether two versions say the same to the same readers.
func (t Thread) SameText(o Thread) bool {
	return t.Intro == o.Intro && t.Bound == o.Bound && slices.EqualFunc(t.Sections, o.Sections, func(a, b ThreadSection) bool {
		return a.Prompt == b.Prompt && a.Text == b.Text && slices.Equal(a.Quotes, b.Quotes)
	})
}

// Validate checks the bounds. Fields are named as in its form.
func (t Thread) Validate() error {
	var p Problems
	if !ValidSlug(string(t.Theme)) {
		p.Add("theme", "error.slug")
	}
	size := len(t.Intro)
	text := func(name, s string) {
		if !cleanText(s) {
			p.Add(name, "error.unprintable")
		}
	}
	text("intro", t.Intro)
	at := -1
	for _, s := range t.Sections {
		name, place := string(s.Prompt), slices.Index(ThreadPrompts(), s.Prompt)
		if place <= at {
			p.Add("sections", "error.choose")
			continue
		}
		at = place
		size += len(s.Text)
		text(name, s.Text)
		checkCount(&p, name+"_quotes", len(s.Quotes), MaxQuotes)
		for i, q := range s.Quotes {
			field := fmt.Sprintf("%s_quote_%d", name, i+1)
			size += len(q.Text)
			switch {
			case q.Gone && q != Quote{Gone: true}:
				p.Add(field, "error.choose")
			case q.Gone:
			case !ValidID(string(q.Entry)):
				p.Add(fmt.Sprintf("%s_source_%d", name, i+1), "error.choose")
			case q.Text == "":
				p.Add(field, "error.required")
			}
			checkLine(&p, field, q.Text, MaxQuote)
			checkLine(&p, fmt.Sprintf("%s_function_%d", name, i+1), q.Function, MaxQuoteSpeaker)
		}
	}
	if size > MaxThread {
		p.Add("intro", "error.body_too_long", MaxThread>>10)
	}
	return p.Err()
}

// ThreadReader reads common threads.
type ThreadReader interface {
	// Thread returns the newest version of the thread of a theme.
	Thread(theme ThemeID) (Thread, error)
	ThreadVersion(theme ThemeID, number int) (Thread, error)
	// Threads yields the versions of a theme, newest first.
	Threads(theme ThemeID) iter.Seq2[Thread, error]
	// AllThreads yields every version, by theme and number.
	AllThreads() iter.Seq2[Thread, error]
}

// ThreadWriter writes common threads. They go with their theme; a quote goes
// with its source.
type ThreadWriter interface {
	// SaveThread stores a new version: its number is one more than that of the
	// newest, or any where there is none; else it gives CodeConflict.
	SaveThread(t Thread) error
	// RemoveThreads takes away the versions of a theme, or, with past, all but
	// the newest.
	RemoveThreads(theme ThemeID, past bool) error
}
