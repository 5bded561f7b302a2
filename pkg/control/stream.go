// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"rugzak/pkg/rugzak"
)

// Event is one line of the answer to long work. One of its parts is set; the
// last event has Result or a failure.
type Event struct {
	Progress *Progress       `json:"progress,omitempty"`
	File     *File           `json:"file,omitempty"`
	Problem  *Problem        `json:"problem,omitempty"`
	Result   json.RawMessage `json:"result,omitempty"`
	Failure  *failure        `json:"failure,omitempty"`
}

// Progress tells how far long work is. Total is 0 while nobody knows.
type Progress struct {
	Stage string `json:"stage"` // names a sentence of the catalogue: cli.stage.STAGE
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// The stages of long work.
const (
	StageRead    = "read"    // reading what was sent
	StageWrite   = "write"   // writing to the store
	StageIndex   = "index"   // making the index
	StageMeaning = "meaning" // asking what texts mean
	StageReceive = "receive" // receiving a file, in kilobytes
	StageCheck   = "check"   // reading the store
)

// events writes the events of one answer.
type events struct {
	w     http.ResponseWriter
	enc   *json.Encoder
	flush *http.ResponseController
	clock rugzak.Clock
	last  time.Time
}

// progressEvery bounds how often progress is told.
const progressEvery = 100 * time.Millisecond

func (e *events) send(event Event) {
	_ = e.enc.Encode(event) // a command that is gone ends the request's context
	_ = e.flush.Flush()
}

// progress tells how far the work is, now and then.
func (e *events) progress(stage string, done, total int) {
	if now := e.clock.Now(); done == total || now.Sub(e.last) >= progressEvery {
		e.last = now
		e.send(Event{Progress: &Progress{Stage: stage, Done: done, Total: total}})
	}
}

// stream makes a handler of long work. What it returns is the result.
func (s *Server) stream(what string, fn func(*http.Request, *events) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-ndjson")
		e := &events{w: w, enc: json.NewEncoder(w), flush: http.NewResponseController(w), clock: s.Service.Clock}
		result, err := fn(r, e)
		var data json.RawMessage
		if err == nil {
			data, err = json.Marshal(result)
		}
		s.logEnd(r, what, err)
		if err != nil {
			e.send(Event{Failure: failureOf(err)})
			return
		}
		e.send(Event{Result: data})
	}
}

// The trailers of an answer that is a file: either says how it ended.
const (
	trailerDone    = "Rugzak-Done"
	trailerFailure = "Rugzak-Failure"
)

// bytes makes a handler of work that writes a file.
func (s *Server) bytes(what string, fn func(*http.Request, io.Writer) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Trailer", trailerDone+", "+trailerFailure)
		err := fn(r, w)
		s.logEnd(r, what, err)
		if err == nil {
			w.Header().Set(trailerDone, "1")
			return
		}
		if data, broken := json.Marshal(failureOf(err)); broken == nil {
			w.Header().Set(trailerFailure, string(data))
		}
	}
}
