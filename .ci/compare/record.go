// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"encoding/json"
	"io"
	"math"
	"os"
)

// The kinds of results.
const (
	kindSet     = "set"     // what was measured on, and with what
	kindBuild   = "build"   // putting all texts in
	kindSize    = "size"    // room on disk
	kindMemory  = "memory"  // resident, after queries
	kindLatency = "latency" // time of a task
	kindRatio   = "ratio"   // of two times, from the same rounds
	kindFound   = "found"   // from posting to finding
	kindQuality = "quality" // how well known texts are found
	kindPaired  = "paired"  // one engine less another, query by query
)

// record is one result: a line of JSON.
type record struct {
	Kind    string             `json:"kind"`
	Set     string             `json:"set"`
	Size    int                `json:"size"`
	Engine  string             `json:"engine,omitempty"` // of a ratio or difference: the one above the line, or first
	Other   string             `json:"other,omitempty"`
	Task    task               `json:"task,omitempty"`
	To      task               `json:"to,omitempty"` // of a ratio between tasks of one engine
	About   string             `json:"about,omitempty"`
	Clients int                `json:"clients,omitempty"`
	Values  map[string]float64 `json:"values"`
	Note    string             `json:"note,omitempty"`
}

// resultsFile takes results as they come, so that a run that is broken off has
// left what it measured.
type resultsFile struct {
	io.WriteCloser
	lines *json.Encoder
}

func openResults(path string) (*resultsFile, error) {
	if path == "" {
		return &resultsFile{WriteCloser: nothing{}, lines: json.NewEncoder(io.Discard)}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &resultsFile{f, json.NewEncoder(f)}, nil
}

type nothing struct{}

func (nothing) Write(p []byte) (int, error) { return len(p), nil }
func (nothing) Close() error                { return nil }

// add notes a result. A value that is no number (nothing was measured) is left
// out.
func (m *measurement) add(r record) error {
	r.Set, r.Size = m.set.Name, m.set.Size
	for name, v := range r.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			delete(r.Values, name)
		}
	}
	*m.results = append(*m.results, r)
	return m.out.lines.Encode(r)
}
