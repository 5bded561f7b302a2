// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// Meaning is what searching by meaning needs.
type Meaning struct {
	Embedder rugzak.Embedder
	Vectors  rugzak.Vectors
	// Patience is how long a search waits for the endpoint; 0 is the usual time.
	Patience time.Duration
}

const (
	// meaningPatience is how long a search waits for the endpoint: then it goes
	// by words only.
	meaningPatience = 400 * time.Millisecond
	// meaningQuiet is how long an endpoint that did not answer is left alone by
	// searches, so that not each of them waits for it.
	meaningQuiet = 5 * time.Second
	// meaningKept is how many questions keep their vector: the pages of one
	// question are asked for one by one.
	meaningKept = 256
)

// meanings is what searching by meaning remembers.
type meanings struct {
	mu    sync.Mutex // one step of following, or a purge, at a time
	woken chan struct{}
	// thrown is how often the vectors were thrown away; mu guards it.
	thrown int

	asked   sync.Mutex // guards the fields below
	vectors map[[sha256.Size]byte][]float32
	quiet   time.Time
}

func (m *meanings) init() {
	m.woken = make(chan struct{}, 1)
	m.vectors = map[[sha256.Size]byte][]float32{}
}

func (m *meanings) wake() {
	select {
	case m.woken <- struct{}{}:
	default:
	}
}

// vectorOf asks for the vector of a question; nil when there is none in time.
// Neither the question nor what it means is logged.
func (s *Service) vectorOf(ctx context.Context, words string) []float32 {
	m := &s.meanings
	key := sha256.Sum256([]byte(words))
	m.asked.Lock()
	known, rests := m.vectors[key], s.now().Before(m.quiet)
	m.asked.Unlock()
	if known != nil || rests {
		return known
	}
	patience := s.Meaning.Patience
	if patience <= 0 {
		patience = meaningPatience
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	got, err := s.Meaning.Embedder.Embed(limited, []string{words})
	if ctx.Err() != nil {
		return nil // nobody waits any more
	}
	m.asked.Lock()
	defer m.asked.Unlock()
	if err != nil || len(got) != 1 {
		m.quiet = s.now().Add(meaningQuiet)
		s.Log.WarnContext(ctx, "searching by words only for a moment: no meaning in time", "err", err)
		return nil
	}
	if len(m.vectors) >= meaningKept {
		clear(m.vectors)
	}
	m.vectors[key] = got[0]
	return got[0]
}

// MeaningState is how searching by meaning is.
type MeaningState struct {
	On         bool
	Model      string
	Dimensions int // of what the endpoint answers
	Entries    int // that have vectors
	Size       int64
	// Behind says that not every entry has its vectors yet.
	Behind bool
}

// CheckMeaning asks the endpoint whether it works. It sends a word of our own.
func (s *Service) CheckMeaning(ctx context.Context) (MeaningState, error) {
	if s.Meaning == nil {
		return MeaningState{}, nil
	}
	v := s.Meaning.Vectors
	state := MeaningState{On: true, Model: s.Meaning.Embedder.Name(), Entries: len(v.IDs())}
	head, _, err := s.Store.Head(ctx)
	if err != nil {
		return state, err
	}
	state.Behind = v.Position() < head
	if state.Size, err = v.Size(); err != nil {
		return state, err
	}
	got, err := s.Meaning.Embedder.Embed(ctx, []string{"rugzak"})
	if err != nil {
		return state, err
	}
	if len(got) != 1 {
		return state, errors.New("endpoint for meaning: no vector")
	}
	state.Dimensions = len(got[0])
	return state, nil
}
