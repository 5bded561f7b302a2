// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/blob"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
)

// packedBackup is a backup that is being read: the store, and what is attached.
type packedBackup struct {
	store io.Reader
	files []*zip.File // each called after its hash
}

// openBackup reads what a backup holds. One that is no zip is the store alone.
func openBackup(f *os.File, size int64) (packedBackup, error) {
	begin := make([]byte, 4)
	if _, err := f.ReadAt(begin, 0); err != nil || string(begin) != "PK\x03\x04" {
		return packedBackup{store: f}, nil
	}
	z, err := zip.NewReader(f, size)
	if err != nil {
		return packedBackup{}, damagedBackup(err)
	}
	var out packedBackup
	for _, part := range z.File {
		name, attached := strings.CutPrefix(part.Name, backpack.BackupFiles)
		switch {
		case part.Name == backpack.BackupStore && out.store == nil:
			if out.store, err = part.Open(); err != nil {
				return packedBackup{}, damagedBackup(err)
			}
		case attached && rugzak.BlobHash(name).Valid():
			out.files = append(out.files, part)
		default:
			return packedBackup{}, damagedBackup(fmt.Errorf("it holds %q", part.Name))
		}
	}
	if out.store == nil {
		return packedBackup{}, damagedBackup(errors.New("it holds no store"))
	}
	out.store = damageReader{out.store}
	return out, nil
}

func damagedBackup(err error) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: keyDamaged, Err: err}
}

// damageReader says of a checksum that is wrong that the backup is damaged.
type damageReader struct{ io.Reader }

func (r damageReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damagedBackup(err)
	}
	return n, err
}

// putFiles puts what is attached in the folder of files. What stood there is kept
// beside as well, for the store that is kept. It returns where, and how many files
// came.
func (b packedBackup) putFiles(ctx context.Context, dir string) (kept string, count int, err error) {
	if kept, err = keepFiles(dir); err != nil {
		return "", 0, err
	}
	to, err := blob.Open(dir, rugzak.ClockFunc(time.Now))
	if err != nil {
		return kept, 0, err
	}
	for _, f := range b.files {
		if err := putFile(ctx, to, f); err != nil {
			return kept, 0, err
		}
	}
	return kept, len(b.files), nil
}

func putFile(ctx context.Context, to *blob.Folder, f *zip.File) error {
	from, err := f.Open()
	if err != nil {
		return damagedBackup(err)
	}
	defer from.Close()
	h, _, err := to.Put(ctx, damageReader{from}, rugzak.MaxFile*1_000_000)
	if err == nil && backpack.BackupFiles+string(h) != f.Name {
		err = damagedBackup(fmt.Errorf("%s holds other bytes", f.Name))
	}
	return err
}

// keepFiles gives every file that is there a second name in a folder beside: it
// takes no room. It returns that folder; empty when there is nothing.
func keepFiles(dir string) (kept string, err error) {
	kept = dir + ".before-" + time.Now().UTC().Format("20060102T150405")
	any := false
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == dir {
			return fs.SkipAll
		}
		if err != nil || d.IsDir() || !rugzak.BlobHash(d.Name()).Valid() {
			return err
		}
		any = true
		below := filepath.Join(kept, d.Name()[:2])
		if err := os.MkdirAll(below, 0o700); err != nil {
			return err
		}
		return linkFile(path, filepath.Join(below, d.Name()))
	})
	if !any {
		kept = ""
	}
	return kept, err
}

// linkFile gives a file a second name, or copies it where that cannot be.
func linkFile(from, to string) error {
	if err := os.Link(from, to); err == nil {
		return nil
	}
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	return writeFile(to, false, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
}

// tidyFiles takes away what nothing in the restored store refers to, and counts
// what it refers to that is not there.
func tidyFiles(ctx context.Context, dir string) (missing int, err error) {
	store, err := boltstore.Open(filepath.Join(dir, storeName), boltstore.Options{})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	files, err := blob.Open(filepath.Join(dir, filesName), rugzak.ClockFunc(time.Now))
	if err != nil {
		return 0, err
	}
	err = store.View(ctx, func(r rugzak.Reader) error {
		if _, err := files.Collect(ctx, 0, r.UsesBlob); err != nil {
			return err
		}
		used, err := r.UsedBlobs()
		for _, h := range used {
			f, err := files.Open(ctx, h)
			if rugzak.CodeOf(err) == rugzak.CodeNotFound {
				missing++
			} else if err := errors.Join(err, closed(f)); err != nil {
				return err
			}
		}
		return err
	})
	return missing, err
}

func closed(f io.Closer) error {
	if f == nil {
		return nil
	}
	return f.Close()
}
