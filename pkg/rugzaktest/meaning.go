// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
)

// MeaningServer is an endpoint that turns texts into vectors over real HTTP, by
// both protocols: the same text always has the same vector, and words of one
// group of synonyms count as the same word.
type MeaningServer struct {
	*httptest.Server
	Key string // wanted in requests, unless empty

	mu       sync.Mutex
	trouble  func(w http.ResponseWriter, r *http.Request) bool
	received []string
	synonyms map[string]string
	length   int
}

// NewMeaningServer starts an endpoint. Each group lists words that mean the
// same.
func NewMeaningServer(t testing.TB, groups ...[]string) *MeaningServer {
	t.Helper()
	s := &MeaningServer{synonyms: map[string]string{}, length: 64}
	for _, g := range groups {
		for _, word := range g {
			s.synonyms[word] = g[0]
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/embed", func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, func(vectors [][]float32) any { return map[string]any{"model": "test", "embeddings": vectors} })
	})
	mux.HandleFunc("POST /v1/embeddings", func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, func(vectors [][]float32) any {
			data := []any{}
			for i, v := range slices.Backward(vectors) { // in any order
				data = append(data, map[string]any{"object": "embedding", "index": i, "embedding": v})
			}
			return map[string]any{"object": "list", "data": data}
		})
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *MeaningServer) answer(w http.ResponseWriter, r *http.Request, form func([][]float32) any) {
	s.mu.Lock()
	trouble, length := s.trouble, s.length
	s.mu.Unlock()
	if s.Key != "" && r.Header.Get("Authorization") != "Bearer "+s.Key {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	var in struct {
		Model string   `json:"model"`
		Input []string `json:"input"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.Model == "" {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.received = append(s.received, in.Input...)
	s.mu.Unlock()
	if trouble != nil && trouble(w, r) {
		return
	}
	vectors := make([][]float32, len(in.Input))
	for i, text := range in.Input {
		vectors[i] = s.vector(text, length)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(form(vectors))
}

// vector counts the words of a text, each at a place of its own.
func (s *MeaningServer) vector(text string, length int) []float32 {
	v := make([]float32, length)
	v[0] = 0.1 // a text without words points somewhere too
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if same, ok := s.synonyms[word]; ok {
			word = same
		}
		h := fnv.New32a()
		_, _ = h.Write([]byte(word))
		v[h.Sum32()%uint32(length)]++
	}
	return v
}

// Trouble makes requests go wrong: what is called says whether it answered. Nil
// ends it.
func (s *MeaningServer) Trouble(trouble func(w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = trouble
}

// SetLength makes vectors of another length from now on.
func (s *MeaningServer) SetLength(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.length = n
}

// Received lists the texts that came in since it was last asked.
func (s *MeaningServer) Received() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.received
	s.received = nil
	return out
}

// Failing are the ways in which an endpoint goes wrong.
func Failing() map[string]func(w http.ResponseWriter, r *http.Request) bool {
	write := func(text string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool { _, _ = w.Write([]byte(text)); return true }
	}
	return map[string]func(http.ResponseWriter, *http.Request) bool{
		"status 500": func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusInternalServerError)
			return true
		},
		"slow": func(_ http.ResponseWriter, r *http.Request) bool {
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
			return true
		},
		"garbage":            write(`{"embeddings": "geheim"`),
		"nothing":            write(`{"embeddings": [], "data": []}`),
		"no length":          write(`{"embeddings": [[]], "data": [{"index": 0, "embedding": []}]}`),
		"points nowhere":     write(`{"embeddings": [[0,0]], "data": [{"index": 0, "embedding": [0,0]}]}`),
		"too large a number": write(`{"embeddings": [[1e39]], "data": [{"index": 0, "embedding": [1e39]}]}`),
		"another place":      write(`{"embeddings": [[1],[1]], "data": [{"index": 7, "embedding": [1]}]}`),
		"huge": func(w http.ResponseWriter, _ *http.Request) bool {
			row := []byte(strings.Repeat("0.123456789,", 1<<15))
			_, _ = w.Write([]byte(`{"embeddings": [[`))
			for range 64 {
				if _, err := w.Write(row); err != nil {
					return true
				}
			}
			return true
		},
	}
}
