// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// sumsName is a file in the folder of an index that was closed in good order:
// the checksums of its small files. Segments carry their own.
const sumsName = "sums"

// verify looks for damage before bleve opens the files: bleve trusts what it
// reads, and its background work would take the whole process down.
//
// A damaged segment is removed. A crash leaves one that was being written; if it
// is one that counts, bleve goes back to the last state without it, whose
// position is older too.
func verify(dir string) error {
	sums := map[string]uint32{}
	b, err := os.ReadFile(filepath.Join(dir, sumsName))
	closed := err == nil
	if closed {
		if err := json.Unmarshal(b, &sums); err != nil {
			return fmt.Errorf("checksums cannot be read: %w", err)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("checksums cannot be read: %w", err)
	}
	found := 0
	err = eachFile(dir, func(name string, size int64) error {
		path := filepath.Join(dir, name)
		if filepath.Ext(name) == ".zap" {
			whole, err := isWhole(path, size)
			if err != nil || whole {
				return err
			}
			return os.Remove(path)
		}
		want, known := sums[name]
		if !known {
			return nil
		}
		found++
		got, err := sumFile(path, size)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s has another checksum", name)
		}
		return nil
	})
	if err == nil && found != len(sums) {
		err = errors.New("files are missing")
	}
	return err
}

// isWhole compares the checksum at the end of a segment with its bytes.
func isWhole(path string, size int64) (bool, error) {
	const sumSize = 4
	if size < sumSize {
		return false, nil
	}
	got, err := sumFile(path, size-sumSize)
	if err != nil {
		return false, err
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	var footer [sumSize]byte
	_, err = f.ReadAt(footer[:], size-sumSize)
	if err := errors.Join(err, f.Close()); err != nil {
		return false, err
	}
	return binary.BigEndian.Uint32(footer[:]) == got, nil
}

// writeSums leaves the checksums of the small files of a closed index.
func writeSums(dir string) error {
	sums := map[string]uint32{}
	err := eachFile(dir, func(name string, size int64) error {
		if filepath.Ext(name) == ".zap" || name == sumsName {
			return nil
		}
		sum, err := sumFile(filepath.Join(dir, name), size)
		sums[name] = sum
		return err
	})
	if err != nil {
		return fmt.Errorf("adding up the files of the index: %w", err)
	}
	b, err := json.Marshal(sums)
	if err != nil {
		return fmt.Errorf("adding up the files of the index: %w", err)
	}
	if err := writeSynced(filepath.Join(dir, sumsName), b); err != nil {
		return fmt.Errorf("writing checksums of the index: %w", err)
	}
	return nil
}

func sumFile(path string, size int64) (uint32, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	sum := crc32.NewIEEE()
	_, err = io.CopyN(sum, f, size)
	return sum.Sum32(), errors.Join(err, f.Close())
}

// eachFile calls do for every file, with its path below dir.
func eachFile(dir string, do func(name string, size int64) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a segment that was merged away meanwhile
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		return do(name, info.Size())
	})
}
