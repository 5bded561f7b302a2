// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/dutch"
	"rugzak/pkg/rugzak"
)

// How typing errors are repaired.
const (
	leastRepaired = 4   // letters of a word that is repaired
	leastTwoEdits = 7   // letters from which two edits are repaired, not one
	mostMeant     = 5   // words that one word is taken for
	editWorth     = 0.8 // what an edit leaves of the worth of a word
	// A word that hardly any text has is taken as it is, but when one edit away
	// stands a word that many have, that one is offered.
	mostRare     = 2
	leastOffered = 20
	// maxCounted is as far as texts are counted to choose between words.
	maxCounted = 32
	// unfinishedWorth is what the rest of an unfinished last word is worth.
	unfinishedWorth = 0.6
	leastUnfinished = 3
)

// repairer finds what a word was probably meant to be, among the words of texts
// that the reader may see: what others wrote may not show in a correction.
type repairer struct {
	snapshot     *scorch.IndexSnapshot
	vocabularies *vocabularies
	readable     bitset
	literal      bool // repairs nothing, and only knows what may be seen
	most         int  // words that a prefix may stand for
}

// newRepairer prepares for the texts a search may find.
func newRepairer(snapshot *scorch.IndexSnapshot, v *vocabularies, ask rugzak.Search, p *plan) (*repairer, error) {
	r := &repairer{snapshot: snapshot, vocabularies: v, literal: ask.Literal, most: p.expandMost()}
	first := int64(0)
	for _, s := range snapshot.Segments() {
		first += s.FullSize()
	}
	r.readable = newBitset(first)
	first = 0
	for _, s := range snapshot.Segments() {
		set, err := readableIn(s, ask.Tokens, ask.Archived)
		if err != nil {
			return nil, err
		}
		for doc := range set.all() {
			r.readable.add(uint32(first) + doc)
		}
		first += s.FullSize()
	}
	return r, nil
}

// likely is a word that another may have been meant to be.
type likely struct {
	word  string
	lang  int
	edits int
	texts int // that the reader may see, up to maxCounted
}

// likely lists the words that differ least from a word, those of most texts
// first.
func (r *repairer) likely(word string, most int) ([]likely, error) {
	var found []likely
	for lang, l := range rugzak.Languages() {
		all, err := r.vocabularies.of(r.snapshot, l)
		if err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		for _, v := range all {
			v.alike([]byte(word), most, func(other []byte, edits int) {
				if edits > 0 && !seen[string(other)] {
					seen[string(other)] = true
					found = append(found, likely{word: string(other), lang: lang, edits: edits})
				}
			})
		}
	}
	slices.SortFunc(found, func(a, b likely) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(a.word, b.word), cmp.Compare(a.lang, b.lang))
	})
	var best []likely
	for _, l := range found {
		if len(best) > 0 && l.edits > best[0].edits {
			break
		}
		n, err := r.count(textField(rugzak.Languages()[l.lang]), l.word, maxCounted)
		if err != nil {
			return nil, err
		}
		if l.texts = n; n > 0 {
			best = append(best, l)
		}
	}
	slices.SortStableFunc(best, func(a, b likely) int {
		return cmp.Or(cmp.Compare(b.texts, a.texts), cmp.Compare(sameStart(b.word, word), sameStart(a.word, word)))
	})
	return best[:min(len(best), mostMeant)], nil
}

// sameStart is how many bytes two words begin with alike.
func sameStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// count says in how many texts that the reader may see a term stands, up to
// most.
func (r *repairer) count(field, term string, most int) (n int, err error) {
	first := uint32(0)
	for _, s := range r.snapshot.Segments() {
		docs, err := postingsOf(s, field, term, s.Deleted())
		if err != nil {
			return 0, err
		}
		for it := docs.Iterator(); it.HasNext() && n < most; {
			if r.readable.has(first + it.Next()) {
				n++
			}
		}
		first += uint32(s.FullSize())
	}
	return n, nil
}

// repair looks what a word was meant to be when no text the reader may see has
// it, and counts that too.
func (b *builder) repair(i int, t *tally) error {
	w := b.words[i]
	if b.repairer.literal || w.acronym || !w.loose || len(w.folded) < leastUnfinished || hasDigit(w.folded) {
		return nil
	}
	if err := b.ctx.Err(); err != nil { // each of many words takes its time
		return err
	}
	r := b.repairer
	if t.seen.meets(r.readable) {
		return b.offer(i, t)
	}
	if i == len(b.words)-1 {
		done, err := b.finish(t, w)
		if err != nil || done {
			return err
		}
	}
	if len(w.folded) < leastRepaired || dutch.Known(w.folded) || len(dutch.Parts(w.folded)) > 0 {
		return nil
	}
	best, err := r.likely(w.folded, edits(w.folded))
	if err != nil || len(best) == 0 {
		return err
	}
	b.meant[i] = best[0].word
	b.whole[i] = t.whole
	for _, l := range best {
		worth := editWorth
		if l.edits > 1 {
			worth *= editWorth
		}
		if err := b.addVariants(t, b.wordOf(l.word), i, worth, true); err != nil {
			return err
		}
	}
	return nil
}

// edits is how many edits a word is repaired with.
func edits(word string) int {
	if len(word) >= leastTwoEdits {
		return 2
	}
	return 1
}

// finish counts the words that an unfinished last word may become.
func (b *builder) finish(t *tally, w word) (done bool, err error) {
	if err := b.addPrefix(t, w.folded, unfinishedWorth); err != nil {
		return false, err
	}
	return t.seen.meets(b.repairer.readable), nil
}

// offer remembers a word that many texts have and that is one edit away from
// one that hardly any has.
func (b *builder) offer(i int, t *tally) error {
	w := b.words[i]
	if len(w.folded) < leastRepaired || dutch.Known(w.folded) || t.whole.countAnd(b.repairer.readable) > mostRare {
		return nil
	}
	best, err := b.repairer.likely(w.folded, 1)
	if err != nil {
		return err
	}
	if len(best) > 0 && best[0].texts >= leastOffered {
		b.offered[i] = best[0].word
	}
	return nil
}

// meantQuery is a query with other words in the place of some of its own; empty
// when there are none.
func meantQuery(q rugzak.Query, words []word, instead []string) string {
	changed := map[string]string{}
	for i, w := range instead {
		if w != "" {
			changed[words[i].folded] = w
		}
	}
	if len(changed) == 0 {
		return ""
	}
	out := rugzak.Query{Clauses: slices.Clone(q.Clauses)}
	for i, c := range out.Clauses {
		if c.Exclude || c.Phrase || c.Field != rugzak.FieldAny {
			continue
		}
		text, from := "", 0
		for _, t := range queryTokens(c.Text) {
			if other, ok := changed[string(t.folded)]; ok && t.start >= from {
				text += c.Text[from:t.start] + other
				from = t.end
			}
		}
		out.Clauses[i].Text = text + c.Text[from:]
	}
	return out.String()
}
