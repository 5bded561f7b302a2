// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// After the disk refused a write nothing more is written, reading goes on, and
// opening again tells what is there.
func TestReadOnlyAfterFailedCommit(t *testing.T) {
	path := testPath(t)
	s := filled(t, path)
	before, _ := contents(t, s)
	if err := s.Healthy(); err != nil {
		t.Errorf("Healthy = %v", err)
	}
	disk := errors.New("no space left, made up")
	s.commitFault = func() error { return disk }
	readOnly := func(err error) {
		t.Helper()
		e, ok := errors.AsType[*rugzak.Error](err)
		if !ok || e.Code != rugzak.CodeUnavailable || e.Key != "error.store.read_only" || !errors.Is(err, disk) {
			t.Errorf("got %v", err)
		}
	}
	_, err := s.Update(t.Context(), func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, rugzaktest.Entry(900)) })
	readOnly(err)
	s.commitFault = nil // the disk works again, the store knows better
	_, err = s.Update(t.Context(), func(rugzak.Writer) error { t.Error("ran"); return nil })
	readOnly(err)
	readOnly(s.Healthy())
	after, _ := contents(t, s)
	rugzaktest.Same(t, "entries", after, before)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path)
	defer s.Close()
	sound(t, s)
	update(t, s, func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, rugzaktest.Entry(900)) })
}
