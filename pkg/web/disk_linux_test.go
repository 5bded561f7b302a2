// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"rugzak/pkg/rugzak"
)

// breakDisk puts another file in the place of the open store, below everything
// the program knows: the next write fails as it would on a broken or full disk,
// while what is mapped can still be read.
func breakDisk(t *testing.T, name string, flags int) {
	t.Helper()
	own, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	replaced := 0
	for _, entry := range own {
		target, err := os.Readlink(filepath.Join("/proc/self/fd", entry.Name()))
		if err != nil || filepath.Base(target) != "rugzak.db" || !strings.Contains(target, "TestDiskFails") {
			continue
		}
		fd, err := strconv.Atoi(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if name == "" {
			name = target
		}
		with, err := syscall.Open(name, flags|syscall.O_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Dup3(with, fd, syscall.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
		_ = syscall.Close(with)
		replaced++
	}
	if replaced != 1 {
		t.Fatalf("%d files replaced, want the store alone", replaced)
	}
}

// After the disk refused a write, nothing is acknowledged, what was typed is on
// the page, reading goes on, and pages and health check say what is wrong.
func TestDiskFails(t *testing.T) {
	for _, disk := range []struct {
		name, file string
		flags      int
	}{
		{"broken", "", syscall.O_RDONLY},      // every write: EBADF
		{"full", "/dev/full", syscall.O_RDWR}, // every write: ENOSPC
	} {
		t.Run(disk.name, func(t *testing.T) {
			s := newSite(t)
			entry := s.share(participant, "Eén voordeur", "Wat er gebeurde.", rugzak.LevelInternal)
			me := s.as(participant)
			form := me.get(pathEntryNew + "?soort=experience").want(http.StatusOK)
			s.as(nobody).get(pathReady).want(http.StatusOK)
			breakDisk(t, disk.file, disk.flags)

			for range 3 { // not only the first time
				a := form.submit(`form:has(textarea[name="body"])`, "title", "Nieuwe titel", "body", "Een tekst die niet weg mag.", "audience", "team", "do", doShare)
				a.want(http.StatusServiceUnavailable).shows("Bewaren lukt nu niet").shows("Wat je typte is niet weg")
				if a.Header.Get("Retry-After") == "" {
					t.Error("no Retry-After")
				}
				if got := formValues(a.find("form:has(textarea)").First()); got.Get("body") != "Een tekst die niet weg mag." || got.Get("title") != "Nieuwe titel" {
					t.Errorf("kept %q", got)
				}
				a.hides("ENOSPC").hides("bad file").hides("no space")
			}
			draft := me.post(at(pathEntryDraft, string(s.idFor(participant))), "kind", "experience", "lang", "nl", "body", "tekst", "audience", "draft", "base", "0")
			var told draftAnswer
			if err := json.Unmarshal([]byte(draft.Body), &told); err != nil || draft.Status != http.StatusServiceUnavailable || told.Message == "" || draft.Header.Get("Retry-After") == "" {
				t.Errorf("saving a draft answered %d %q", draft.Status, draft.Body)
			}
			for _, path := range []string{pathHome, entryPath(entry.ID), pathSearch + "?q=voordeur", pathMine, pathAccount} {
				me.get(path).want(http.StatusOK).shows("Bewaren lukt nu niet")
			}
			me.get(pathSearch + "?q=voordeur").shows("Eén voordeur")
			ready := s.as(nobody).get(pathReady).want(http.StatusServiceUnavailable)
			var r readiness
			if err := json.Unmarshal([]byte(ready.Body), &r); err != nil || !r.ReadOnly || r.Ready {
				t.Errorf("readyz says %s", ready.Body)
			}
			s.as(nobody).get(pathHealth).want(http.StatusOK) // the process itself is well
			if !strings.Contains(s.Book.String(), "the store stops writing") {
				t.Error("the log does not tell")
			}
		})
	}
}
