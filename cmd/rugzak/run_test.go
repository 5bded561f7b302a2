// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// outcome is what one run of the program gave.
type outcome struct {
	code     int
	out, err string
}

// noEnv is an environment in which nothing is set.
func noEnv(string) (string, bool) { return "", false }

// command runs the program with arguments and nothing on standard input.
func command(t *testing.T, args ...string) outcome { return commandWith(t, noEnv, "", args...) }

func commandWith(t *testing.T, env func(string) (string, bool), stdin string, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{}, args...) // for none at all the library would read those of the test
	code := run(t.Context(), args, env, strings.NewReader(stdin), &out, &errs)
	for _, text := range []string{out.String(), errs.String()} {
		if !utf8.ValidString(text) { // a copy of the store, in which any bytes can stand
			continue
		}
		if len(args) > 0 && args[0] != "completion" && (strings.Contains(text, "[[") || strings.Contains(text, "%!")) {
			t.Errorf("rugzak %s prints a sentence that is not there:\n%s", strings.Join(args, " "), text)
		}
	}
	return outcome{code, out.String(), errs.String()}
}

// fine runs a command that must succeed, and returns what it printed.
func fine(t *testing.T, args ...string) string {
	t.Helper()
	o := command(t, args...)
	if o.code != exitFine {
		t.Fatalf("rugzak %s ends with %d:\n%s%s", strings.Join(args, " "), o.code, o.out, o.err)
	}
	return o.out
}

// wrong runs a command that must end with a code and say words.
func wrong(t *testing.T, code int, words string, args ...string) outcome {
	t.Helper()
	o := command(t, args...)
	if o.code != code || !strings.Contains(o.err, words) {
		t.Errorf("rugzak %s ends with %d, want %d and %q:\n%s%s", strings.Join(args, " "), o.code, code, words, o.out, o.err)
	}
	return o
}

const password = "een heel lang wachtwoord"

// newBackpack makes a data directory with two organisations and three people.
func newBackpack(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	fine(t, "organisation", "add", "--data", dir, "--name", "Jeugd", "--kind", "department", "--team", "Toegang Jeugd")
	fine(t, "organisation", "add", "--data", dir, "--name", "Welzijn", "--kind", "partner")
	file := write(t, filepath.Join(t.TempDir(), "password"), password+"\n")
	for email, more := range map[string][]string{
		"beheer@example.test":  {"--organisation", "jeugd", "--role", "administrator"},
		"noor@example.test":    {"--organisation", "Jeugd", "--team", "toegang jeugd"},
		"partner@example.test": {"--organisation", "welzijn"},
	} {
		fine(t, append([]string{"person", "add", "--data", dir, "--email", email, "--name", "Test", "--password-file", file}, more...)...)
	}
	return dir
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func decode[T any](t *testing.T, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return v
}

// output is a standard output that can be read while it is written.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// running is a server in this process.
type running struct {
	at       string // its address
	out, err *output
	stop     func() int
}

var addressPattern = regexp.MustCompile(`https?://127\.0\.0\.1:\d+`)

// serving starts serve or demo and waits until it says where it is.
func serving(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{out: &output{}, err: &output{}}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, args, noEnv, io.MultiReader(), r.out, r.err) }()
	var once sync.Once
	code := -1
	r.stop = func() int {
		once.Do(func() {
			cancel()
			select {
			case code = <-ended:
			case <-time.After(patience):
				t.Error("the server does not stop")
			}
		})
		return code
	}
	t.Cleanup(func() { r.stop() })
	for end := time.Now().Add(patience); time.Now().Before(end); {
		// The address comes before the rest: wait for the end of it.
		if text := r.out.String(); strings.HasSuffix(text, "\n") {
			if r.at = addressPattern.FindString(text); r.at != "" {
				return r
			}
		}
		select {
		case code = <-ended:
			ended <- code
			t.Fatalf("rugzak %s ended with %d:\n%s%s", strings.Join(args, " "), code, r.out, r.err)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("rugzak %s does not say where it is:\n%s%s", strings.Join(args, " "), r.out, r.err)
	return nil
}

// bothWays runs a test against a data directory that nobody has open, and
// against a running server.
func bothWays(t *testing.T, test func(t *testing.T, dir string)) {
	t.Run("alone", func(t *testing.T) { test(t, newBackpack(t)) })
	t.Run("beside a server", func(t *testing.T) {
		dir := newBackpack(t)
		s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
		test(t, dir)
		if code := s.stop(); code != exitFine {
			t.Errorf("the server ends with %d:\n%s", code, s.err)
		}
	})
}
