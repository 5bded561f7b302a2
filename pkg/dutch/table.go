// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	_ "embed"
	"errors"
	"iter"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/vellum"
)

// Version changes with everything that gives another answer for the same word.
// An index that holds the answers of another version is made again.
const Version = 3

// table is read where it lies in the program: nothing of it is copied.
//
//go:embed words.fst
var table []byte

//go:embed edits.txt
var editText string

// What stands in the value of a spelling, from the lowest bit; the same numbers
// stand in .ci/dutch/table.go.
const (
	leadBits   = 2 // how well it is known as the first or middle part of a compound
	linkedBits = 2 // the same with a linking s
	endBits    = 2 // the same as the last part
	cutBits    = 5 // bytes of its own last part, 0: no compound
	nameBit    = 1 // known as a name only
	sepBit     = 1 // a verb that falls apart

	linkedAt = leadBits
	endAt    = linkedAt + linkedBits
	cutAt    = endAt + endBits
	nameAt   = cutAt + cutBits
	sepAt    = nameAt + nameBit
	editAt   = sepAt + sepBit
)

// free stands for a cut that the table does not know: a compound of more than
// two parts of which no two are a word.
const free = 1<<cutBits - 1

// value is what the table has of a spelling.
type value uint64

func (v value) field(at, bits int) int { return int(v >> at & (1<<bits - 1)) }

// lead, linked and end tell how well a spelling is known as a part of compounds:
// 0 not at all, 1 as possible, 2 from some words, 3 from many.
func (v value) lead() int       { return v.field(0, leadBits) }
func (v value) linked() int     { return v.field(linkedAt, linkedBits) }
func (v value) end() int        { return v.field(endAt, endBits) }
func (v value) cut() int        { return v.field(cutAt, cutBits) }
func (v value) name() bool      { return v.field(nameAt, nameBit) == 1 }
func (v value) separable() bool { return v.field(sepAt, sepBit) == 1 }
func (v value) edit() int       { return int(v >> editAt) }

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
	l := &lexicon{fst: fst}
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
	fst     *vellum.FST
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
func (r *reader) get(word string) (v value, known bool) {
	if len(word) > maxWord || len(word) < 2 {
		return 0, false
	}
	n, known, err := r.fst.Get(r.key[:copy(r.key[:], word)])
	return value(n), known && err == nil
}

// all goes through the table.
func (l *lexicon) all() iter.Seq2[string, value] {
	return func(yield func(string, value) bool) {
		it, err := l.fst.Iterator(nil, nil)
		for ; err == nil; err = it.Next() {
			word, v := it.Current()
			if !yield(string(word), value(v)) {
				return
			}
		}
		if !errors.Is(err, vellum.ErrIteratorDone) {
			panic("dutch: the table in the program cannot be read: " + err.Error())
		}
	}
}

// base gives the base form of a spelling that the table knows.
func (l *lexicon) base(word string, v value) string {
	n := v.edit()
	if n >= len(l.edits) {
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
