// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const crashClients = 8

// serveAll serves a backpack in which one person may send many forms: all
// clients are the same person, and a fast machine stores many in a moment.
func serveAll(dir string) []string {
	return []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--log-level", "warn", "--writes-per-minute", "10000"}
}

// findable is how soon after a start everything must be found. What is promised
// is demanded where a variable asks for a number of rounds: the usual tests run
// beside others, and wait.
func findable(variable string) time.Duration {
	if os.Getenv(variable) == "" {
		return patience
	}
	return 5 * time.Second
}

// posted is an entry that a client sent. An entry is acknowledged when the
// server answered with its address.
type posted struct {
	word  string // stands in no other entry
	title string
	body  string
	path  string // of the entry; empty as long as nothing was acknowledged
	form  url.Values
	where string // the form goes here
}

// poster posts entries one after another, as somebody with the full form does.
type poster struct {
	*visitor
	name    string
	count   int
	acked   []posted
	pending *posted // sent, but the answer never came
}

// next posts one entry. An entry that got no answer is sent again first, as a
// person would who presses the button once more.
func (p *poster) next() error {
	if p.pending == nil {
		if err := p.fill(); err != nil {
			return err
		}
	}
	return p.send()
}

// fill opens the full form and types an entry.
func (p *poster) fill() error {
	page, err := p.get("/ervaringen/nieuw?soort=experience")
	if err != nil {
		return err
	}
	where, form, err := page.pageForm()
	if err != nil {
		return err
	}
	p.count++
	e := posted{word: fmt.Sprintf("kenmerk%s%d", p.name, p.count), form: form, where: where}
	e.title = "Bericht " + e.word
	e.body = fmt.Sprintf("Wat er gebeurde: é, ï en €.\n\n- een\n- **twee** `<b>`\n\n%s\n  einde van %s  \n", strings.Repeat("Tekst. ", rand.IntN(300)), e.word)
	form.Set("title", e.title)
	form.Set("body", strings.ReplaceAll(e.body, "\n", "\r\n")) // as browsers send it
	form.Set("audience", "internal")
	form.Set("do", "share")
	p.pending = &e
	return nil
}

// send presses the button.
func (p *poster) send() error {
	answer, err := p.post(p.pending.where, p.pending.form)
	if err != nil {
		return err
	}
	if answer.status != http.StatusSeeOther || !strings.HasPrefix(answer.path, "/ervaringen/") {
		return fmt.Errorf("refused with %d: %.3000s", answer.status, answer.body)
	}
	p.pending.path = answer.path
	p.acked = append(p.acked, *p.pending)
	p.pending = nil
	return nil
}

// load lets all clients post until the server is gone. What goes wrong before
// that is a fault.
func load(t *testing.T, clients []*poster, at string, end func()) {
	t.Helper()
	var group sync.WaitGroup
	var mu sync.Mutex
	ending := false
	var stored atomic.Int64
	for _, c := range clients {
		c.at = at
		group.Go(func() {
			for {
				err := c.next()
				if err == nil {
					stored.Add(1)
					continue
				}
				mu.Lock()
				defer mu.Unlock()
				if !ending || strings.HasPrefix(err.Error(), "refused") && !strings.HasPrefix(err.Error(), "refused with 503") {
					t.Errorf("%s cannot post: %v", c.name, err)
				}
				return
			}
		})
	}
	// However slow the machine is, as many are stored as there are clients.
	if !eventually(func() bool { return stored.Load() >= int64(len(clients)) || t.Failed() }) {
		t.Errorf("only %d entries stored: the clients hardly post", stored.Load())
	}
	time.Sleep(rand.N(400 * time.Millisecond))
	mu.Lock()
	ending = true
	mu.Unlock()
	end()
	group.Wait()
}

// sampled is how many of very many entries are searched for: a site does not
// let somebody search a thousand times in a row.
const sampled = 40

// lost lists what is wrong with acknowledged entries: gone, altered, not found
// by search in time, or there twice. It says how long the search for all took.
func lost(v *visitor, entries []posted, within time.Duration) (took time.Duration, wrong []string) {
	for _, e := range entries {
		page, err := v.get(e.path + "/bewerken")
		if err != nil {
			return 0, append(wrong, err.Error())
		}
		_, form, err := page.pageForm()
		switch {
		case err != nil:
			wrong = append(wrong, e.word+" is gone: "+err.Error())
		case form.Get("body") != e.body || form.Get("title") != e.title:
			wrong = append(wrong, fmt.Sprintf("%s is altered: %q, want %q", e.word, form.Get("body"), e.body))
		}
	}
	if len(wrong) > 0 {
		return 0, wrong
	}
	started := time.Now()
	for _, i := range rand.Perm(len(entries))[:min(sampled, len(entries))] {
		e := entries[i]
		for {
			links, err := found(v, e.word)
			if errors.Is(err, errTooMany) { // no fault, and no time of the index
				time.Sleep(time.Second)
				started = started.Add(time.Second)
				continue
			}
			if err == nil && len(links) == 1 && links[0] == e.path {
				break
			}
			if time.Since(started) > within {
				wrong = append(wrong, fmt.Sprintf("%s is found as %q, want %s: %v", e.word, links, e.path, err))
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	return time.Since(started), wrong
}

// errTooMany says that somebody searches more than the site allows.
var errTooMany = errors.New("too many searches")

// found are the addresses that searching a word gives.
func found(v *visitor, word string) ([]string, error) {
	page, err := v.get("/zoeken?q=" + url.QueryEscape(word))
	if err != nil {
		return nil, err
	}
	if page.status == http.StatusTooManyRequests {
		return nil, errTooMany
	}
	doc, err := page.doc()
	if err != nil {
		return nil, err
	}
	var links []string
	for _, a := range doc.Find("main article h2 a, main article h3 a").EachIter() {
		links = append(links, a.AttrOr("href", ""))
	}
	return links, nil
}

// Nothing that was acknowledged is lost, however the server ends.
func TestCrash(t *testing.T) {
	crashAgainAndAgain(t, newBackpack(t), rounds(t, "RUGZAK_CRASH_ROUNDS", 20), findable("RUGZAK_CRASH_ROUNDS"), func(server *process) { server.kill(t) })
}

// crashAgainAndAgain crashes a server while clients post, and checks after each
// start what they were told is stored, and that it is found in time.
func crashAgainAndAgain(t *testing.T, dir string, rounds int, within time.Duration, crash func(*process)) {
	t.Helper()
	program := buildProgram(t)
	serve := serveAll(dir)
	var clients []*poster
	server := startProcess(t, program, serve...)
	reader := signedIn(t, server.at, "noor@example.test", password)
	for i := range crashClients {
		clients = append(clients, &poster{visitor: signedIn(t, server.at, "noor@example.test", password), name: string(rune('a' + i))})
	}
	all := func() (entries []posted) {
		for _, c := range clients {
			entries = append(entries, c.acked...)
		}
		return entries
	}
	var slowest time.Duration
	check := func(when string, entries []posted) {
		t.Helper()
		reader.at = server.at
		took, wrong := lost(reader, entries, within)
		slowest = max(slowest, took)
		for _, w := range wrong {
			t.Errorf("after %s: %s", when, w)
		}
	}
	for round := range rounds {
		before := map[string]bool{}
		for _, e := range all() {
			before[e.word] = true
		}
		load(t, clients, server.at, func() { crash(server) })
		server = startProcess(t, program, serve...)
		var added []posted
		for _, e := range all() {
			if !before[e.word] {
				added = append(added, e)
			}
		}
		check(fmt.Sprintf("crash %d", round+1), added)
		if t.Failed() {
			t.FailNow()
		}
	}

	load(t, clients, server.at, func() {
		if err := server.terminate(patience); err != nil {
			t.Errorf("asked to stop: %v", err)
		}
	})
	server = startProcess(t, program, serve...)
	check("the last start", all())
	t.Logf("%d entries acknowledged, %d crashes, found within %v after each", len(all()), rounds, slowest.Round(time.Millisecond))
	if len(all()) < rounds*crashClients {
		t.Errorf("only %d entries in %d rounds: the clients hardly posted", len(all()), rounds)
	}

	// What was never posted is reported, so the checks above can fail.
	never := posted{word: "nooitgeplaatst", title: "Nooit", body: "Nooit", path: "/ervaringen/" + strings.Repeat("a", 26)}
	if _, wrong := lost(reader, []posted{never}, within); len(wrong) != 1 || !strings.Contains(wrong[0], "is gone") {
		t.Errorf("an entry that was never posted gives %q", wrong)
	}
	altered := all()[0]
	altered.body += "."
	if _, wrong := lost(reader, []posted{altered}, within); len(wrong) != 1 || !strings.Contains(wrong[0], "is altered") {
		t.Errorf("another text gives %q", wrong)
	}
	if err := server.terminate(patience); err != nil {
		t.Error(err)
	}
	fine(t, "check", "--data", dir)
}
