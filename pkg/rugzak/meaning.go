// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"
)

// Embedder turns texts into vectors: texts that mean about the same have vectors
// that point about the same way. It is safe for concurrent use. Its errors hold
// nothing of the texts.
type Embedder interface {
	// Name says which model makes the vectors: vectors of different names cannot
	// be compared.
	Name() string
	// Embed returns a vector for each text, all of the same length.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// ErrUnembeddable says that the endpoint works but does not take these texts.
var ErrUnembeddable = errors.New("the texts are not taken")

// ErrOtherVectors says that vectors cannot stand beside those that are kept: the
// model behind a name was changed.
var ErrOtherVectors = errors.New("the vectors have another length than those that are kept")

// Vectors keeps what entries mean, beside the index. Like the index it is
// disposable, holds its own position in the change log and is safe for
// concurrent use. Everything in it is of one model.
type Vectors interface {
	// Position is how far the change log was followed; empty while not every
	// entry is in it.
	Position() Position
	// Sum is the MeaningSum of what an entry's vectors were made of; empty when
	// it has none.
	Sum(id EntryID) string
	// IDs lists the entries that have vectors.
	IDs() []EntryID
	// Apply does all of a batch, or nothing of it after a crash. It refuses
	// vectors of another length than those it has with ErrOtherVectors.
	Apply(b VectorBatch) error
	// Nearest lists the entries closest in meaning to a vector, of those that
	// one of the tokens lets in: only these are compared, and what is told does
	// not depend on others. Entries that are no closer than most are left out.
	Nearest(ctx context.Context, vector []float32, tokens []string, most int) ([]EntryID, error)
	// Purge takes entries out and makes the file anew without a trace of them,
	// or of anything that was replaced or removed earlier.
	Purge(ids []EntryID) error
	// Reset throws everything away.
	Reset() error
	// Size is the room it takes on disk, Dimensions the length of its vectors;
	// 0 while there are none.
	Size() (int64, error)
	Dimensions() int
	Close() error
}

// VectorBatch is what one step of following the change log brings.
type VectorBatch struct {
	Put      []Meaning
	Remove   []EntryID
	Position Position // unchanged when empty
}

// Meaning is what is kept of the meaning of one entry.
type Meaning struct {
	ID     EntryID
	Tokens []string // EntryTokens: who may find it
	Sum    string   // MeaningSum of the texts
	// Vectors has one for each piece of the text. Without any, those that are
	// there stay: only who may find it has changed.
	Vectors [][]float32
}

// What of a text is compared by meaning: models read a few hundred words at a
// time, and what comes far behind says little more about the subject.
const (
	meaningPiece  = 1500 // bytes
	meaningPieces = 4
)

// MeaningTexts are the pieces in which a text is compared, each with the title
// and the first with the lesson too.
func MeaningTexts(title, lesson, text string) []string {
	title = cutAtSpace(strings.TrimSpace(title), meaningPiece/2)
	rest := strings.TrimSpace(strings.TrimSpace(lesson) + "\n" + strings.TrimSpace(text))
	var out []string
	for len(out) < meaningPieces && (rest != "" || len(out) == 0 && title != "") {
		piece := cutAtSpace(rest, meaningPiece-len(title))
		rest = strings.TrimSpace(rest[len(piece):])
		out = append(out, strings.TrimSpace(title+"\n"+piece))
	}
	return out
}

// cutAtSpace keeps at most so many bytes, up to the last space or else the last
// whole character.
func cutAtSpace(s string, most int) string {
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	if space := strings.LastIndexAny(s[:cut], " \n\t"); space > 0 {
		cut = space
	}
	return s[:cut]
}

// MeaningSum tells texts apart without holding them.
func MeaningSum(texts []string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// MeaningWords takes a query apart: the plain words, whose meaning is compared,
// and the clauses that hold for what is found that way too.
func (q Query) MeaningWords() (words string, conditions Query) {
	var plain []string
	for _, c := range q.Clauses {
		if c.IsPlain() {
			plain = append(plain, c.Text)
		} else {
			conditions.Clauses = append(conditions.Clauses, c)
		}
	}
	return strings.Join(plain, " "), conditions
}
