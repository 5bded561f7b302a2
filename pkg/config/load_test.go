// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

// input makes an Input of plain maps.
func input(flags, env, files map[string]string) Input {
	return Input{
		Flags: flags,
		Env:   func(name string) (string, bool) { s, ok := env[name]; return s, ok },
		ReadFile: func(path string) ([]byte, error) {
			if s, ok := files[path]; ok {
				return []byte(s), nil
			}
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		},
	}
}

type m = map[string]string

func TestDefaults(t *testing.T) {
	c, err := Load(input(nil, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	if c.DataDir != "./data" || c.Listen != "127.0.0.1:8080" || c.SiteName != "Rugzak" ||
		c.SessionIdle != 12*time.Hour || c.SessionAbsolute != 7*24*time.Hour || c.MaxBody != 2<<20 ||
		c.LogLevel != slog.LevelInfo || c.LogFormat != LogText || c.StopWithin != 10*time.Second {
		t.Errorf("got %+v", c)
	}
	if c.BaseURL != "" || c.TrustedProxies != nil || c.AllowedHosts != nil || c.Secure() {
		t.Errorf("something is set by default that should not be: %+v", c)
	}
}

// Every source outranks the ones behind it.
func TestPrecedence(t *testing.T) {
	flags := m{"site-name": "flag", "config": "r.yaml"}
	env := m{"RUGZAK_SITE_NAME": "environment", "RUGZAK_SITE_NAME_FILE": "name"}
	files := m{"name": "file\r\n", "r.yaml": "# ours\n\nsite-name: yaml\n"}
	steps := []struct {
		name, want, source string
		drop               func()
	}{
		{"all", "flag", "flag --site-name", func() { delete(flags, "site-name") }},
		{"no flag", "environment", "environment RUGZAK_SITE_NAME", func() { env["RUGZAK_SITE_NAME"] = "" }},
		{"empty environment", "file", "file named by RUGZAK_SITE_NAME_FILE", func() { delete(env, "RUGZAK_SITE_NAME_FILE") }},
		{"no file", "yaml", "r.yaml:3", func() { files["r.yaml"] = "site-name:\n" }},
		{"no value", "Rugzak", "default", func() {}},
	}
	for _, step := range steps {
		c, err := Load(input(flags, env, files))
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		i := slices.IndexFunc(c.Describe(), func(s Setting) bool { return s.Name == "site-name" })
		if got := c.Describe()[i]; c.SiteName != step.want || got.Source != step.source || got.Value != step.want {
			t.Errorf("%s: site name %q, described as %+v, want %q from %s", step.name, c.SiteName, got, step.want, step.source)
		}
		step.drop()
	}
}

func TestYAML(t *testing.T) {
	c, err := Load(input(nil, m{"RUGZAK_CONFIG": "r.yaml"}, m{"r.yaml": `
listen: "[::1]:9000"
base-url: https://Rugzak.Example.nl/
trusted-proxies: [10.1.2.3, 10.2.3.4/16, "::ffff:10.9.9.9"]
allowed-hosts:
  - Intranet.example.nl
  - 192.0.2.1
log-format: json
log-level: debug
session-idle: 90m
session-absolute: 2d
max-body: 4MB
stop-within: 30s
`}))
	if err != nil {
		t.Fatal(err)
	}
	wantProxies := []netip.Prefix{netip.MustParsePrefix("10.1.2.3/32"), netip.MustParsePrefix("10.2.0.0/16"), netip.MustParsePrefix("10.9.9.9/32")}
	if c.Listen != "[::1]:9000" || c.BaseURL != "https://rugzak.example.nl" || !c.Secure() ||
		!slices.Equal(c.TrustedProxies, wantProxies) || !slices.Equal(c.AllowedHosts, []string{"intranet.example.nl", "192.0.2.1"}) ||
		c.LogFormat != LogJSON || c.LogLevel != slog.LevelDebug || c.SessionIdle != 90*time.Minute ||
		c.SessionAbsolute != 48*time.Hour || c.MaxBody != 4<<20 || c.StopWithin != 30*time.Second {
		t.Errorf("got %+v", c)
	}
}

// What Describe shows can be written down again and gives the same settings.
func TestDescribeReadsBack(t *testing.T) {
	first, err := Load(input(m{
		"trusted-proxies": "10.1.2.3, fd00::/8", "allowed-hosts": "a.nl,b.nl", "session-idle": "36h", "max-body": "1048577",
		"session-absolute": "2d", "base-url": "http://localhost:9", "stop-within": "1m30s", "log-level": "warn",
	}, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	flags := m{}
	for _, s := range first.Describe() {
		flags[s.Name] = s.Value
	}
	second, err := Load(input(flags, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range second.Describe() {
		if was := first.Describe()[i]; was.Value != s.Value {
			t.Errorf("%s: %q became %q", s.Name, was.Value, s.Value)
		}
	}
}

// One start tells everything that is wrong, where, and what to do.
func TestAllProblemsAtOnce(t *testing.T) {
	_, err := Load(input(
		m{"config": "r.yaml", "log-level": "loud", "nonsense": "1"},
		m{"RUGZAK_MAX_BODY": "1GB", "RUGZAK_SITE_NAME_FILE": "gone"},
		m{"r.yaml": "listen: 8080\nlistne: x\nlog-format: [text]\nsite-name: a\nsite-name: b\n" +
			"allowed-hosts: {a: b}\nsession-idle: 1s\n? [a]\n: b\n"},
	))
	problems, ok := errors.AsType[Problems](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	want := []string{
		`flag --nonsense: nonsense: there is no such setting`,
		`r.yaml:2: there is no setting "listne"; choose one of data, listen,`,
		`r.yaml:3: log-format: has the wrong form; give a single plain value`,
		`r.yaml:5: site-name: stands on line 4 already; remove one`,
		`r.yaml:6: allowed-hosts: has the wrong form; give a plain value or a list`,
		`r.yaml:8: there is no setting ""`,
		`r.yaml:1: listen: "8080" cannot be used; give host:port`,
		`file named by RUGZAK_SITE_NAME_FILE: site-name: cannot be used; open gone: file does not exist`,
		`flag --log-level: log-level: "loud" cannot be used; choose debug,`,
		`r.yaml:7: session-idle: "1s" cannot be used; give a time from 5m to 90d`,
		`environment RUGZAK_MAX_BODY: max-body: "1GB" cannot be used; give a size from 1MB to 64MB`,
	}
	for i, p := range problems {
		if i >= len(want) || !strings.HasPrefix(p.String(), want[i]) {
			t.Errorf("problem %d: %s", i, p)
		}
	}
	if len(problems) != len(want) || strings.Count(err.Error(), "\n") != len(want)-1 {
		t.Errorf("got %d problems, want %d:\n%v", len(problems), len(want), err)
	}
}

func TestFileProblems(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"no YAML":       {"a: [", "r.yaml: is not valid YAML"},
		"no mapping":    {"- a\n", "r.yaml:1: is not a list of settings"},
		"nested list":   {"allowed-hosts: [[a]]\n", "give a list of plain values"},
		"comma in item": {"allowed-hosts: ['a,b']\n", "give a list of plain values"},
		"alias":         {"data: &x d\nsite-name: *x\n", "has the wrong form"},
		"too large":     {strings.Repeat("# comment\n", maxFile/10+1), "larger than 1MB"},
		"two documents": {"data: a\n---\ndata: b\n", "more than one document"},
		"idle longer":   {"session-idle: 8d\n", "default: session-absolute: is shorter than session-idle; make it at least 8d"},
		"half TLS":      {"tls-cert: a.pem\n", "r.yaml:1: tls-cert: goes with tls-key; give both or neither"},
	} {
		_, err := Load(input(m{"config": "r.yaml"}, nil, m{"r.yaml": test.file}))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
	for _, empty := range []string{"", "# only a comment\n", "---\n"} {
		if _, err := Load(input(m{"config": "r.yaml"}, nil, m{"r.yaml": empty})); err != nil {
			t.Errorf("%q: %v", empty, err)
		}
	}
	if _, err := Load(input(m{"config": "gone.yaml"}, nil, nil)); err == nil || !strings.Contains(err.Error(), "flag --config: config: open gone.yaml") {
		t.Errorf("a missing file: %v", err)
	}
}

// A secret shows in no description and in no error.
func TestSecretsAreMasked(t *testing.T) {
	const secret = "hunter2-hunter2"
	var kept string
	fields := []Field{{
		Name: "password", Secret: true,
		set: func(_ *Config, s string) error {
			kept = s
			if s == secret+"!" {
				return errors.New("use letters and digits")
			}
			return nil
		},
		get: func(Config) string { return kept },
	}}
	c, err := load(input(nil, m{"RUGZAK_PASSWORD_FILE": "p"}, m{"p": secret + "\n"}), fields)
	if err != nil || kept != secret {
		t.Fatalf("read %q, %v", kept, err)
	}
	if got := describe(c, fields)[0]; got.Value != "********" || got.Source != "file named by RUGZAK_PASSWORD_FILE" {
		t.Errorf("described as %+v", got)
	}
	_, err = load(input(nil, m{"RUGZAK_PASSWORD": secret + "!"}, nil), fields)
	if err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("the error is %v", err)
	}
}
