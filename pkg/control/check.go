// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"context"
	"net/http"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Problem is something that is wrong with the store or the index: Key names
// the sentence that says what, Key + ".do" the one that says what to do.
type Problem struct {
	Key    string `json:"key"`
	Args   []any  `json:"args,omitempty"`
	Detail string `json:"detail,omitempty"` // plain English, from the store itself
}

// CheckResult says how large everything is.
type CheckResult struct {
	Problems  int   `json:"problems"`
	Entries   int   `json:"entries"`
	Documents int   `json:"documents"`
	StoreSize int64 `json:"store_bytes"`
	IndexSize int64 `json:"index_bytes"`
	Files     int   `json:"files"` // that are attached
	FilesSize int64 `json:"files_bytes"`
	// Audit says what the chain of the audit log is like.
	Audit rugzak.AuditState `json:"audit"`
	// Meaning is how searching by meaning is; nil where it is off.
	Meaning *backpack.MeaningState `json:"meaning,omitempty"`
}

func (s *Server) reindex(r *http.Request, e *events) (any, error) {
	err := s.Service.Reindex(r.Context(), func(done, total int) { e.progress(StageIndex, done, max(total, done+1)) })
	if err == nil {
		err = s.Service.RemakeMeaning(r.Context(), func(done, total int) { e.progress(StageMeaning, done, max(total, done+1)) })
		if err != nil {
			err = &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.error.meaning", Err: err}
		}
	}
	return struct{}{}, err
}

// fileProblems says what is wrong with an attached file.
var fileProblems = map[backpack.FileProblem]string{
	backpack.FileMissing: "cli.check.file_missing",
	backpack.FileDamaged: "cli.check.file_damaged",
	backpack.FileSpare:   "cli.check.file_spare",
}

// check reads the whole store and compares it with the index.
func (s *Server) check(r *http.Request, e *events) (any, error) {
	var out CheckResult
	report := func(p Problem) {
		out.Problems++
		e.send(Event{Problem: &p})
	}
	ctx := r.Context()
	e.progress(StageCheck, 0, 0)
	err := s.Service.Store.Check(ctx, func(problem string) {
		report(Problem{Key: "cli.check.store", Detail: problem})
	})
	if err != nil {
		return nil, err
	}
	if out.Audit, err = s.Service.VerifyAudit(ctx, s.by); err != nil {
		report(Problem{Key: "cli.check.store", Detail: "audit log: " + err.Error()})
	}
	if out.Files, out.FilesSize, err = s.Service.CheckFiles(ctx, func(what backpack.FileProblem, h rugzak.BlobHash) {
		report(Problem{Key: fileProblems[what], Args: []any{string(h)}})
	}); err != nil {
		return nil, err
	}
	if err := s.checkIndex(ctx, &out, report); err != nil {
		return nil, err
	}
	if out.StoreSize, err = s.Service.Store.Size(); err != nil {
		return nil, err
	}
	if out.IndexSize, err = s.Service.Index.Size(); err != nil {
		return nil, err
	}
	state, err := s.Service.CheckMeaning(ctx)
	if err != nil {
		report(Problem{Key: "cli.check.meaning_failed", Detail: err.Error()})
	}
	if state.On {
		out.Meaning = &state
	}
	return out, ctx.Err()
}

// checkIndex compares how many entries can be found with how many should be.
// The index is first brought up to date: being a little behind is no problem.
func (s *Server) checkIndex(ctx context.Context, out *CheckResult, report func(Problem)) error {
	const tries = 5 // people may be writing meanwhile
	for try := range tries {
		if err := s.Service.CatchUp(ctx); err != nil {
			report(Problem{Key: "cli.check.index_follow", Detail: err.Error()})
			return ctx.Err()
		}
		before, _, err := s.Service.Store.Head(ctx)
		if err != nil {
			return err
		}
		findable := 0
		out.Entries = 0
		err = s.Service.Store.View(ctx, func(r rugzak.Reader) error {
			for e, err := range r.Entries(rugzak.AllEntries, "") {
				if err != nil {
					return err
				}
				out.Entries++
				if len(rugzak.EntryTokens(e)) > 0 {
					findable++
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if out.Documents, err = s.Service.Index.Count(); err != nil {
			return err
		}
		after, _, err := s.Service.Store.Head(ctx)
		if err != nil || out.Documents == findable {
			return err
		}
		if before == after || try == tries-1 {
			report(Problem{Key: "cli.check.index_count", Args: []any{out.Documents, findable}})
			return nil
		}
	}
	return nil
}
