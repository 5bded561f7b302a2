// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"math/rand/v2"
	"net/mail"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
)

// crashMails is how many mails each crash may hit, about as many entries.
const crashMails = 12

// Mail survives any crash: what somebody was told is mailed, and a mail is there
// twice only when the server died between handing it over and writing that down.
// Such a double has the same Message-ID, by which a mail system can drop it.
func TestCrashMail(t *testing.T) {
	crashes := rounds(t, "RUGZAK_MAIL_CRASH_ROUNDS", 6)
	program, dir := buildProgram(t), newBackpack(t)
	system := startMailSystem(t)
	titles := postedTitles(t, program, dir)
	serve := []string{
		"serve", "--data", dir, "--listen", "127.0.0.1:0", "--log-level", "error", "--base-url", "http://127.0.0.1:9",
		"--smtp-host", "127.0.0.1", "--smtp-port", system.port, "--mail-from", "rugzak@example.test",
	}
	start := func() *process {
		return startProcessWith(t, []string{"SSL_CERT_FILE=" + system.authority}, program, serve...)
	}
	told := 0
	for round := range crashes {
		told += tellOfAll(t, dir)
		before := len(system.taken(t))
		server := start()
		if round%3 == 2 {
			time.Sleep(rand.N(300 * time.Millisecond)) // also while it queues
		} else {
			after := before + 1 + rand.IntN(crashMails-1)
			for deadline := time.Now().Add(patience); len(system.taken(t)) < after && time.Now().Before(deadline); {
				time.Sleep(time.Millisecond)
			}
			time.Sleep(rand.N(2 * smtpAnswers)) // before, at and after the answer
		}
		server.kill(t)
	}
	server := start()
	if !eventually(func() bool { return len(readMails(t, system).byID) >= told }) {
		t.Errorf("the mails do not all go out: %d of %d", len(readMails(t, system).byID), told)
	}
	time.Sleep(6 * time.Second) // another look at the queue: nothing more may come
	got := readMails(t, system)
	if err := server.terminate(patience); err != nil {
		t.Error(err)
	}
	doubles := got.all - len(got.byID)
	t.Logf("%d notices, %d crashes: %d mails taken, %d different, %d lost, %d doubles with an equal Message-ID, queue %d",
		told, crashes, got.all, len(got.byID), told-len(got.byID), doubles, waitingMail(t, dir))
	if len(got.byID) != told || waitingMail(t, dir) != 0 {
		t.Errorf("%d notices became %d mails, %d still wait", told, len(got.byID), waitingMail(t, dir))
	}
	for _, title := range titles {
		if n := len(got.byTitle[title]); n != crashes {
			t.Errorf("%q was told %d times and is in %d different mails", title, crashes, n)
		}
	}
	if doubles > crashes {
		t.Errorf("%d doubles in %d crashes", doubles, crashes)
	}
	fine(t, "check", "--data", dir)
}

// postedTitles shares entries for everybody, and returns their titles.
func postedTitles(t *testing.T, program, dir string) (titles []string) {
	t.Helper()
	server := startProcess(t, program, "serve", "--data", dir, "--listen", "127.0.0.1:0", "--log-level", "error")
	p := &poster{visitor: signedIn(t, server.at, "noor@example.test", password), name: "m"}
	for range crashMails {
		if err := p.next(); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range p.acked {
		titles = append(titles, e.title)
	}
	if err := server.terminate(patience); err != nil {
		t.Fatal(err)
	}
	return titles
}

// withStore opens the backpack while no server has it.
func withStore(t *testing.T, dir string, do func(*boltstore.Store)) {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(dir, "rugzak.db"), boltstore.Options{Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	do(store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// tellOfAll leaves one notice about each entry, and returns how many.
func tellOfAll(t *testing.T, dir string) (told int) {
	t.Helper()
	withStore(t, dir, func(store *boltstore.Store) {
		_, err := store.Update(t.Context(), func(w rugzak.Writer) error {
			told = 0
			p, err := w.PersonByEmail("beheer@example.test")
			if err != nil {
				return err
			}
			for e, err := range w.Entries(rugzak.AllEntries, "") {
				if err != nil {
					return err
				}
				n := rugzak.Notice{ID: rugzak.NewID(time.Now()), Person: p.ID, Kind: rugzak.NoticeWideningYes, Entry: e.ID, At: time.Now()}
				if err := w.SaveNotice(n); err != nil {
					return err
				}
				told++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	return told
}

func waitingMail(t *testing.T, dir string) (n int) {
	t.Helper()
	withStore(t, dir, func(store *boltstore.Store) {
		err := store.View(t.Context(), func(r rugzak.Reader) error {
			queue, err := r.MailQueue()
			n = len(queue)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	return n
}

// mails are what the mail system took: how many, each Message-ID, and the ids of
// the mails about each title.
type mails struct {
	all     int
	byID    map[string]int
	byTitle map[string]map[string]bool
}

func readMails(t *testing.T, system mailSystem) mails {
	t.Helper()
	m := mails{byID: map[string]int{}, byTitle: map[string]map[string]bool{}}
	for _, file := range system.taken(t) {
		text := read(t, file)
		parsed, err := mail.ReadMessage(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		id := parsed.Header.Get("Message-Id")
		m.all++
		m.byID[id]++
		for _, word := range strings.Fields(string(text)) {
			if strings.HasPrefix(word, "kenmerkm") {
				title := "Bericht " + word
				if m.byTitle[title] == nil {
					m.byTitle[title] = map[string]bool{}
				}
				m.byTitle[title][id] = true
			}
		}
	}
	return m
}
