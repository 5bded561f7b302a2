// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/vellum"
)

// Version changes with everything that gives another answer for the same word.
// An index that holds the answers of another version is made again.
const Version = 1

// table is read where it lies in the program: nothing of it is copied.
//
//go:embed words.fst
var table []byte

//go:embed edits.txt
var editText string

// What a spelling can do; the same numbers stand in .ci/dutch/table.go.
const (
	canLead   = 1 << iota // first or middle part of a compound
	canLeadS              // the same with a linking s
	canEnd                // last part of a compound
	whole                 // no compound, however it looks
	isName                // known as a name only
	separable             // a verb that falls apart
	flagBits  = iota
)

// maxWord is the length in bytes beyond which a word is left alone.
const maxWord = 64

// edit makes a base form of a spelling: the "ge" at a place goes out, some bytes
// go off the end, others come on.
type edit struct {
	ge, cut int
	add     string
}

// words opens the table once.
var words = sync.OnceValue(func() *lexicon {
	fst, err := vellum.Load(table)
	if err != nil {
		panic("dutch: the table in the program cannot be read: " + err.Error())
	}
	l := &lexicon{}
	for line := range strings.Lines(editText) {
		ge, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ",")
		cut, add, _ := strings.Cut(rest, ",")
		e := edit{add: add}
		e.ge, _ = strconv.Atoi(ge)
		e.cut, _ = strconv.Atoi(cut)
		l.edits = append(l.edits, e)
	}
	l.readers.New = func() any {
		r, err := fst.Reader()
		if err != nil {
			panic("dutch: the table in the program cannot be read: " + err.Error())
		}
		return &reader{fst: r}
	}
	return l
})

// lexicon is the opened table.
type lexicon struct {
	edits   []edit
	readers sync.Pool
}

// reader looks words up for one caller at a time.
type reader struct {
	fst *vellum.Reader
	key [maxWord]byte
}

func (l *lexicon) reader() *reader   { return l.readers.Get().(*reader) }
func (l *lexicon) release(r *reader) { l.readers.Put(r) }

// get gives what the table has of a spelling.
func (r *reader) get(word string) (value uint64, known bool) {
	if len(word) > maxWord || len(word) < 2 {
		return 0, false
	}
	value, known, err := r.fst.Get(r.key[:copy(r.key[:], word)])
	return value, known && err == nil
}

// base gives the base form of a spelling that the table knows.
func (l *lexicon) base(word string, value uint64) string {
	n := value >> flagBits
	if n >= uint64(len(l.edits)) {
		return word
	}
	e := l.edits[n]
	if e.ge < 0 {
		if e.cut > len(word) {
			return word
		}
		if e.add == "" {
			return word[:len(word)-e.cut]
		}
		return word[:len(word)-e.cut] + e.add
	}
	if e.ge+2+e.cut > len(word) {
		return word
	}
	return word[:e.ge] + word[e.ge+2:len(word)-e.cut] + e.add
}
