// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Protocol is the version of the requests. It changes whenever a command of
// another version would be misunderstood.
const Protocol = 1

// maxRequest bounds a request that is no file, in bytes.
const maxRequest = 1 << 20

// Config is what a Server works with.
type Config struct {
	Service *backpack.Service
	// Dir is the data directory: files that are imported are kept there while
	// they are read.
	Dir     string
	Version string // of the program, for messages
	Log     *slog.Logger
}

// Server answers the commands. It is safe for concurrent use.
type Server struct {
	Config
	by rugzak.Person
}

// New returns a Server.
func New(c Config) *Server { return &Server{Config: c, by: backpack.Operator()} }

// Version says who answers.
type Version struct {
	Protocol int    `json:"protocol"`
	Version  string `json:"version"`
}

// Handler returns the handler of all requests.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /version", answer(func(r *http.Request) (any, error) {
		return Version{Protocol: Protocol, Version: s.Version}, nil
	}))
	mux.HandleFunc("POST /search", answer(s.search))
	mux.HandleFunc("POST /missing", answer(s.missing))
	mux.HandleFunc("GET /organisations", answer(s.organisations))
	mux.HandleFunc("POST /organisations", answer(s.addOrganisation))
	mux.HandleFunc("PATCH /organisations", answer(s.editOrganisation))
	mux.HandleFunc("GET /people", answer(s.people))
	mux.HandleFunc("POST /people", answer(s.addPerson))
	mux.HandleFunc("PATCH /people", answer(s.editPerson))
	mux.HandleFunc("POST /people/reset-factors", answer(s.resetFactors))
	mux.HandleFunc("POST /import", s.stream("import", s.importing))
	mux.HandleFunc("POST /purge", answer(s.purge))
	mux.HandleFunc("GET /tombstones", answer(s.tombstones))
	mux.HandleFunc("POST /reindex", s.stream("reindex", s.reindex))
	mux.HandleFunc("POST /check", s.stream("check", s.check))
	mux.HandleFunc("POST /backup", s.bytes("backup", func(r *http.Request, w io.Writer) error {
		return s.Service.Backup(r.Context(), s.by, w)
	}))
	mux.HandleFunc("POST /export", s.bytes("export", s.export))
	mux.HandleFunc("POST /woo", s.bytes("woo", s.woo))
	mux.HandleFunc("POST /handover", s.bytes("handover", s.handover))
	mux.HandleFunc("POST /audit", s.bytes("audit", s.auditTable))
	mux.HandleFunc("POST /audit/chain", s.bytes("audit", s.auditChain))
	mux.HandleFunc("GET /audit/state", answer(func(r *http.Request) (any, error) {
		return s.Service.VerifyAudit(r.Context(), s.by)
	}))
	mux.HandleFunc("/", answer(func(*http.Request) (any, error) {
		return nil, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "cli.error.protocol"}
	}))
	return mux
}

// answer makes a handler of a function that gives one value.
func answer(fn func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
		status := http.StatusOK
		value, err := fn(r)
		if err != nil {
			f := failureOf(err)
			status, value = f.status(), f
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(value) // the command that asked is gone
	}
}

// read decodes the JSON of a request.
func read(r *http.Request, into any) error {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "cli.error.protocol", Err: fmt.Errorf("read request: %w", err)}
	}
	return nil
}

// logEnd notes the end of long work. Logs hold no names and no texts.
func (s *Server) logEnd(r *http.Request, what string, err error) {
	switch {
	case err == nil:
		s.Log.InfoContext(r.Context(), "command done", "command", what)
	case r.Context().Err() != nil:
		s.Log.WarnContext(r.Context(), "command broken off", "command", what)
	case rugzak.CodeOf(err) == rugzak.CodeInternal:
		s.Log.ErrorContext(r.Context(), "command failed", "command", what, "err", err)
	default:
		s.Log.WarnContext(r.Context(), "command refused", "command", what, "code", string(rugzak.CodeOf(err)))
	}
}
