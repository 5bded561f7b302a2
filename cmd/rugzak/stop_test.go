// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// stopped is how soon a server that is asked to stop must have ended. What is
// promised is demanded where a variable asks for a number of rounds, as with
// findable.
func stopped(variable string) time.Duration {
	if os.Getenv(variable) == "" {
		return patience
	}
	return 10 * time.Second
}

// A server that is asked to stop while clients post ends in good order within
// ten seconds, and what it acknowledged is there.
func TestStopUnderLoad(t *testing.T) {
	program, dir := buildProgram(t), newBackpack(t)
	serve := serveAll(dir)
	server := startProcess(t, program, serve...)
	reader := signedIn(t, server.at, "noor@example.test", password)
	var clients []*poster
	for i := range crashClients {
		clients = append(clients, &poster{visitor: signedIn(t, server.at, "noor@example.test", password), name: string(rune('a' + i))})
	}
	stops := rounds(t, "RUGZAK_STOPS", 2)
	var slowest, found time.Duration
	entries := 0
	for stop := range stops {
		seen := map[*poster]int{}
		for _, c := range clients {
			seen[c] = len(c.acked)
		}
		load(t, clients, server.at, func() {
			asked := time.Now()
			if err := server.terminate(stopped("RUGZAK_STOPS")); err != nil {
				t.Errorf("stop %d: %v", stop+1, err)
			}
			slowest = max(slowest, time.Since(asked))
		})
		server = startProcess(t, program, serve...)
		reader.at = server.at
		for _, c := range clients {
			added := c.acked[seen[c]:]
			entries += len(added)
			took, wrong := lost(reader, added, findable("RUGZAK_STOPS"))
			found = max(found, took)
			for _, w := range wrong {
				t.Errorf("after %s: %s", fmt.Sprint("stop ", stop+1), w)
			}
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	if entries < stops {
		t.Errorf("only %d entries in %d rounds: the clients hardly posted", entries, stops)
	}
	t.Logf("%d stops, the slowest took %v; %d entries acknowledged, all there, and found within %v",
		stops, slowest.Round(time.Millisecond), entries, found.Round(time.Millisecond))
	if err := server.terminate(stopped("RUGZAK_STOPS")); err != nil {
		t.Error(err)
	}
	fine(t, "check", "--data", dir)
}
