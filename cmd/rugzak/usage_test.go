// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A command that is called wrongly ends with 2 and says what is wrong.
func TestUsage(t *testing.T) {
	dir := t.TempDir()
	config := write(t, filepath.Join(dir, "rugzak.yaml"), "listen: nergens\nkleur: rood\n")
	for _, test := range []struct {
		args, words string
	}{
		{"nonsense", "unknown command"},
		{"person nonsense", "unknown command"},
		{"serve --colour red", "unknown flag: --colour"},
		{"serve extra", "unknown command"},
		{"search appel", `required flag(s) "as"`},
		{"search --as a@b.nl --limit veel x", "invalid argument"},
		{"import", "accepts 1 arg(s), received 0"},
		{"import x", "whole organisation"},
		{"import x --whole --organisation y", "whole organisation"},
		{"export", "accepts 1 arg(s)"},
		{"organisation add --name X", `required flag(s) "kind"`},
		{"person add --email a@b.nl", "required flag(s)"},
		{"eval --as a@b.nl", `required flag(s) "queries"`},
		{"eval --queries x", "docs as"},
		{"eval --queries x --docs y", "docs data"},
		{"version --lang de", "nl or en"},
		{"serve --listen nergens", "listen"},
		{"serve --config " + config, "listen"},
		{"serve --session-idle 1s", "session-idle"},
		{"import " + config + " --organisation x", "does not read the form"},
	} {
		args := append(strings.Fields(test.args), "--data", filepath.Join(dir, "data"))
		if strings.HasPrefix(test.args, "version") || strings.HasSuffix(test.args, "nonsense") {
			args = strings.Fields(test.args)
		}
		wrong(t, exitUsage, test.words, args...)
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		t.Error("a command that was called wrongly made a data directory")
	}
}

// Both languages are known, from the flag and from the environment.
func TestLanguage(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct {
		env, flag, words string
	}{
		{"", "", "There is no backpack"},
		{"C.UTF-8", "", "There is no backpack"},
		{"nl_NL.UTF-8", "", "staat geen rugzak"},
		{"nl_NL.UTF-8", "en", "There is no backpack"},
		{"en_GB.UTF-8", "nl", "staat geen rugzak"},
	} {
		env := func(name string) (string, bool) {
			if name == "LANG" && test.env != "" {
				return test.env, true
			}
			return "", false
		}
		args := []string{"person", "list", "--data", dir}
		if test.flag != "" {
			args = append(args, "--lang", test.flag)
		}
		if o := commandWith(t, env, "", args...); o.code != exitWrong || !strings.Contains(o.err, test.words) {
			t.Errorf("LANG=%s --lang %s: %d %s", test.env, test.flag, o.code, o.err)
		}
	}
}

// Help has examples and leads on; nothing asks for more than it needs.
func TestHelp(t *testing.T) {
	if out := fine(t); !strings.Contains(out, "rugzak demo") {
		t.Errorf("no way in:\n%s", out)
	}
	for _, command := range []string{"serve", "demo", "search", "import", "export", "backup", "restore", "check", "reindex", "eval", "healthcheck"} {
		if out := fine(t, command, "--help"); !strings.Contains(out, "Examples:") {
			t.Errorf("%s has no examples:\n%s", command, out)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if out := fine(t, "completion", shell); !strings.Contains(out, "rugzak") {
			t.Errorf("no completion for %s", shell)
		}
	}
	if out := fine(t, "version", "--json"); decode[build](t, out).Go == "" {
		t.Errorf("the version says nothing: %s", out)
	}
	if out := fine(t, "version"); !strings.HasPrefix(out, "rugzak ") {
		t.Errorf("the version is %q", out)
	}
}

// What the machine refuses is said in a sentence.
func TestMachineRefuses(t *testing.T) {
	dir := newBackpack(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := l.Addr().String()
	wrong(t, exitWrong, "listens on "+taken, "serve", "--data", dir, "--listen", taken)
	wrong(t, exitWrong, "no answer", "healthcheck", "--url", "http://127.0.0.1:1/readyz")
	wrong(t, exitWrong, "does not exist", "import", filepath.Join(dir, "nothing"), "--organisation", "x", "--data", dir)
	wrong(t, exitWrong, "does not exist", "backup", filepath.Join(dir, "no", "folder.db"), "--data", dir)
	wrong(t, exitWrong, "the backpack itself", "backup", filepath.Join(dir, storeName), "--replace", "--data", dir)
	file := write(t, filepath.Join(t.TempDir(), "file"), "x")
	wrong(t, exitWrong, "no folder", "person", "add", "--email", "a@b.nl", "--name", "A", "--organisation", "jeugd", "--data", filepath.Join(file, "data"))
}
