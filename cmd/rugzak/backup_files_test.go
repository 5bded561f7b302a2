// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/config"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// with opens a data directory as the program does, for a moment.
func with(t *testing.T, dir string, do func(*backpack.Service)) {
	t.Helper()
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := open(config.Config{DataDir: dir}, catalogue, machineClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	do(p.service)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

// aFileIn attaches a text to a new entry and returns its address and file.
func aFileIn(t *testing.T, dir, text string) (a rugzak.Attachment) {
	t.Helper()
	with(t, dir, func(s *backpack.Service) {
		by, err := s.PersonByEmail(t.Context(), backpack.Operator(), "noor@example.test")
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.NewID(t.Context(), by)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.SaveDraft(t.Context(), by, id, 0, backpack.Input{Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Met bijlage", Mode: rugzak.ByName}); err != nil {
			t.Fatal(err)
		}
		a, _, err = s.Attach(t.Context(), by, id, backpack.NewAttachment{Name: "verslag.txt", File: strings.NewReader(text), Said: backpack.AttachmentWords{People: rugzak.ShowsNobody}})
		if err != nil {
			t.Fatal(err)
		}
	})
	return a
}

// attachedText reads a file as its writer does.
func attachedText(t *testing.T, dir string, id rugzak.AttachmentID) (text string) {
	t.Helper()
	with(t, dir, func(s *backpack.Service) {
		by, err := s.PersonByEmail(t.Context(), backpack.Operator(), "noor@example.test")
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.OpenAttachment(context.WithoutCancel(t.Context()), by, id, false)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil || f.Close() != nil {
			t.Fatal(err)
		}
		text = string(b)
	})
	return text
}

func blobPath(dir string, h rugzak.BlobHash) string {
	return filepath.Join(dir, filesName, string(h[:2]), string(h))
}

// One backup holds the store and the files; what is damaged in it is refused, and
// "check" tells of files that are missing, damaged or spare.
func TestBackupWithFiles(t *testing.T) {
	dir, box := newBackpack(t), t.TempDir()
	a := aFileIn(t, dir, "Wat er op de briefjes stond")
	packed := filepath.Join(box, "backup.zip")
	fine(t, "backup", packed, "--data", dir)
	later := aFileIn(t, dir, "Dit kwam later")

	restored := filepath.Join(box, "restored")
	fine(t, "restore", packed, "--data", restored)
	fine(t, "check", "--data", restored)
	if got := attachedText(t, restored, a.ID); got != "Wat er op de briefjes stond" {
		t.Errorf("restored: %q", got)
	}

	// In the place of one with more: its files are kept with it.
	o := fine(t, "restore", packed, "--data", dir, "--replace")
	if !strings.Contains(o, "files.before-") {
		t.Errorf("it says %q", o)
	}
	if _, err := os.Stat(blobPath(dir, later.Blob)); err == nil {
		t.Error("a file that nothing refers to is still there")
	}
	if kept, err := filepath.Glob(filepath.Join(dir, filesName+".before-*", "*", string(later.Blob))); err != nil || len(kept) != 1 {
		t.Errorf("kept: %v, %v", kept, err)
	}

	// Damage inside, by one byte.
	z, err := zip.OpenReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	var at int64
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, backpack.BackupFiles) {
			if at, err = f.DataOffset(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if z.Close() != nil || at == 0 {
		t.Fatal("the backup holds no file")
	}
	bytes := read(t, packed)
	bytes[at] ^= 1
	bad := write(t, filepath.Join(box, "bad.zip"), string(bytes))
	wrong(t, exitWrong, "not a whole backup", "restore", bad, "--data", filepath.Join(box, "new"))
	if hasStore(filepath.Join(box, "new")) {
		t.Error("half of a damaged backup was put back")
	}

	// The store alone, as older versions made it.
	z, err = zip.OpenReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(backpack.BackupStore)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := io.ReadAll(f)
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	old := write(t, filepath.Join(box, "old.db"), string(alone))
	if o := command(t, "restore", old, "--data", filepath.Join(box, "older")); o.code != exitFine || !strings.Contains(o.err, "1 file of an attachment is not in this backup") {
		t.Errorf("it says %q", o.err)
	}
	if o := command(t, "check", "--data", filepath.Join(box, "older")); o.code != exitWrong || !strings.Contains(o.out, "not there: "+string(a.Blob)) {
		t.Errorf("check says %q", o.out)
	}

	if err := os.WriteFile(blobPath(dir, a.Blob), []byte("iets anders"), 0o600); err != nil {
		t.Fatal(err)
	}
	if o := command(t, "check", "--data", dir); o.code != exitWrong || !strings.Contains(o.out, "damaged: "+string(a.Blob)) {
		t.Errorf("check says %q", o.out)
	}
}

// An export holds the files, readable; read into an empty backpack and exported
// again it has the same bytes. A file with other bytes than its name says is refused.
func TestExportWithFiles(t *testing.T) {
	dir, box := newBackpack(t), t.TempDir()
	a := aFileIn(t, dir, "Wat er op de briefjes stond")
	first, again := filepath.Join(box, "first.zip"), filepath.Join(box, "again.zip")
	fine(t, "export", first, "--data", dir)
	other := filepath.Join(box, "other")
	fine(t, "import", "--whole", first, "--data", other)
	fine(t, "check", "--data", other)
	fine(t, "export", again, "--data", other)
	if string(read(t, first)) != string(read(t, again)) {
		t.Error("exported again it has other bytes")
	}
	if got := attachedText(t, other, a.ID); got != "Wat er op de briefjes stond" {
		t.Errorf("it reads %q", got)
	}
	folder := filepath.Join(box, "folder")
	fine(t, "export", folder, "--data", dir)
	file := filepath.Join(folder, "files", string(a.Blob))
	if string(read(t, file)) != "Wat er op de briefjes stond" || string(read(t, filepath.Join(folder, "attachments", string(a.ID)+".txt"))) == "" {
		t.Error("the folder does not hold the file and its text")
	}
	if err := os.WriteFile(file, []byte("iets anders"), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong(t, exitWrong, string(a.Blob), "import", "--whole", folder, "--data", filepath.Join(box, "bad"))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	wrong(t, exitWrong, string(a.Blob)[:40], "import", "--whole", folder, "--data", filepath.Join(box, "worse"))
}
