// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// The names in a backup: the store, and the files that are attached, each under
// its hash.
const (
	BackupStore = "rugzak.db"
	BackupFiles = "files/"
)

// backupTime stands on everything in a backup: the first moment a zip can tell.
var backupTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Backup writes a copy of the store and of everything that is attached, as a
// zip without compression: what the store holds is compressed already. No file is
// collected meanwhile, so that what the copy of the store refers to is there.
func (s *Service) Backup(ctx context.Context, by rugzak.Person, to io.Writer) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	if err := s.noteExport(ctx, by, rugzak.ExportBackup); err != nil {
		return err
	}
	s.purger.copying.RLock()
	defer s.purger.copying.RUnlock()
	z := zip.NewWriter(to)
	f, err := backupFile(z, BackupStore)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := s.Store.Backup(ctx, f); err != nil {
		return err
	}
	if s.Blobs != nil {
		if err := s.backupFiles(ctx, z); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

func backupFile(z *zip.Writer, name string) (io.Writer, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Store, Modified: backupTime}
	h.SetMode(0o600)
	return z.CreateHeader(h)
}

func (s *Service) backupFiles(ctx context.Context, z *zip.Writer) error {
	var all []rugzak.BlobHash
	for b, err := range s.Blobs.All(ctx) {
		if err != nil {
			return err
		}
		all = append(all, b.Hash)
	}
	slices.Sort(all)
	for _, h := range all {
		if err := s.copyBlob(ctx, h, func() (io.Writer, error) { return backupFile(z, BackupFiles+string(h)) }); err != nil {
			return err
		}
	}
	return nil
}

// copyBlob copies a file to where begin says.
func (s *Service) copyBlob(ctx context.Context, h rugzak.BlobHash, begin func() (io.Writer, error)) (err error) {
	from, err := s.Blobs.Open(ctx, h)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := begin()
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return ctx.Err()
}

// FileProblem is what can be wrong with a file that is attached.
type FileProblem string

// What can be wrong. A spare file is used by nothing, and should have been
// collected.
const (
	FileMissing FileProblem = "missing"
	FileDamaged FileProblem = "damaged"
	FileSpare   FileProblem = "spare"
)

// spareAfter is from when a file that nothing refers to is told of: it may have
// come in just now.
const spareAfter = 2 * collectPause

// CheckFiles reads every file that is attached and reports what is wrong. It
// returns how many there are and their size.
func (s *Service) CheckFiles(ctx context.Context, report func(FileProblem, rugzak.BlobHash)) (count int, size int64, err error) {
	if s.Blobs == nil {
		return 0, 0, nil
	}
	s.purger.copying.RLock()
	defer s.purger.copying.RUnlock()
	used := map[rugzak.BlobHash]bool{}
	if err := s.view(ctx, "check files", func(r rugzak.Reader) error {
		all, err := r.UsedBlobs()
		for _, h := range all {
			used[h] = true
		}
		return err
	}); err != nil {
		return 0, 0, err
	}
	for b, err := range s.Blobs.All(ctx) {
		if err != nil {
			return count, size, err
		}
		count, size = count+1, size+b.Size
		if used[b.Hash] {
			delete(used, b.Hash)
			if err := s.Blobs.Verify(ctx, b.Hash); err != nil {
				if ctx.Err() != nil {
					return count, size, ctx.Err()
				}
				report(FileDamaged, b.Hash)
			}
		} else if s.now().Sub(b.At) > spareAfter {
			report(FileSpare, b.Hash)
		}
	}
	for h := range used {
		report(FileMissing, h)
	}
	return count, size, nil
}
