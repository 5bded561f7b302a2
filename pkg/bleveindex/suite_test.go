// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"testing"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func TestIndex(t *testing.T) {
	rugzaktest.TestIndex(t, func(t *testing.T) rugzak.Index { return open(t, t.TempDir()) })
}

func open(t testing.TB, dir string) *bleveindex.Index {
	t.Helper()
	x, err := bleveindex.Open(dir, bleveindex.Options{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return x
}
