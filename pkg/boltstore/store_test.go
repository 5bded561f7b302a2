// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"path/filepath"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func TestContract(t *testing.T) {
	rugzaktest.TestStore(t, func(t *testing.T) rugzak.Store { return openTest(t, filepath.Join(t.TempDir(), "rugzak.db")) })
}

// openTest opens a store that the test closes.
func openTest(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
