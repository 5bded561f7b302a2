// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// restsWithin is how long a folder may go on changing before it counts as one
// that never comes to rest.
const restsWithin = time.Minute

// CopyOf copies a folder, also one that is in use: what a crash would leave. All
// files are as they were at one and the same moment. An index merges and removes
// files by itself for a while after it was written to; whoever copied one file
// after the other would find some gone, and others of another moment.
func CopyOf(tb testing.TB, dir string) string {
	tb.Helper()
	was, err := filesOf(dir)
	for end := time.Now().Add(restsWithin); ; {
		// Read twice and twice the same: so it was at every moment between.
		is, again := filesOf(dir)
		if err == nil && again == nil && maps.EqualFunc(was, is, bytes.Equal) {
			break
		}
		if time.Now().After(end) {
			tb.Fatalf("%s does not come to rest: %v", dir, errors.Join(err, again))
		}
		was, err = is, again
	}
	to := tb.TempDir()
	for name, data := range was {
		path := filepath.Join(to, name)
		if data == nil {
			err = os.MkdirAll(path, 0o700)
		} else if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	return to
}

// filesOf reads all files below a folder. A folder is there as nil.
func filesOf(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || d.IsDir() {
			files[name] = nil
			return err
		}
		data, err := os.ReadFile(path)
		if data == nil {
			data = []byte{}
		}
		files[name] = data
		return err
	})
	return files, err
}
