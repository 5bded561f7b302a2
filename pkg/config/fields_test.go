// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"os"
	"strings"
	"testing"
)

// Every setting has a line of help, a valid default, and a row in the guide.
func TestFieldsAreDocumented(t *testing.T) {
	guide, err := os.ReadFile("../../docs/operate/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range Fields() {
		if f.Doc == "" || seen[f.Name] || f.set == nil || f.get == nil {
			t.Errorf("%s: incomplete, or twice", f.Name)
		}
		seen[f.Name] = true
		if err := f.set(&Config{}, f.Default); err != nil {
			t.Errorf("%s: the default cannot be used: %v", f.Name, err)
		}
		shown := ""
		if f.Default != "" {
			shown = "`" + f.Default + "`"
		}
		row := "| `" + f.Name + "` | `" + f.Env() + "` | " + shown + " | " + f.Doc + " |"
		if !strings.Contains(string(guide), row+"\n") {
			t.Errorf("docs/operate/configuration.md lacks the row\n%s", row)
		}
	}
	if got, want := strings.Count(string(guide), "\n| `"), len(Fields()); got != want {
		t.Errorf("docs/operate/configuration.md has %d rows for %d settings", got, want)
	}
}

func TestValues(t *testing.T) {
	good := m{
		"listen":           ":0|localhost:80|[::]:65535|0.0.0.0:8080",
		"base-url":         "|http://localhost:8080|https://a.b-c.nl/|http://[::1]:8080",
		"trusted-proxies":  "|::1|10.0.0.0/8,  fd00::/8,",
		"allowed-hosts":    "|a.nl|xn--bcher-kva.example, localhost",
		"session-idle":     "5m|12h|1h30m|7d|90d",
		"max-body":         "1048576|1MB|2048KB|64MB",
		"site-name":        "R|" + strings.Repeat("é", maxSiteName),
		"max-connections":  "50|100000",
		"security-contact": "|veilig@voorbeeld.example|https://voorbeeld.example/melden",
		"theme-class":      "|utrecht-theme|a  b_c",
		"theme-logo":       "|merk.svg|a/b.png",
	}
	bad := m{
		"theme-class":      ".utrecht-theme|a\"b|é",
		"theme-logo":       "../a.svg|/a.svg|a//b",
		"theme-favicon":    "..",
		"development":      "|yes|1",
		"data":             "|a\x00b",
		"listen":           "|8080|localhost|a:b:c|:65536|:http|-a:1|a b:1|:-1",
		"base-url":         "ftp://a|a.nl|https://|https://a/path|https://u:p@a|https://a?b|https://a#b|https://a_b|https://a:|https://a:99999|https://a\x00b|https://*.a",
		"trusted-proxies":  "a|0.0.0.0/0|::/0|10.0.0.0/33|fe80::1%eth0",
		"allowed-hosts":    "*|*.a.nl|http://a|a:80|a..b|-a|a_b",
		"log-format":       "|JSON|xml",
		"log-level":        "|INFO|trace",
		"max-connections":  "|49|100001|1e3|-50|99999999999999999999",
		"security-contact": "veilig|http://voorbeeld.example|Sam <a@b.example>|a@b.example\nPolicy: x|https://|javascript:alert(1)",
		"session-idle":     "|4m|91d|1|-5m|1.5d|99999999999999999999d",
		"session-absolute": "4m59s|forever",
		"max-body":         "|1|1023KB|65MB|1GB|-1MB|99999999999999999MB|1 MB",
		"stop-within":      "0|999ms|11m",
		"site-name":        "|a\nb|\xff|" + strings.Repeat("é", maxSiteName+1),
	}
	for _, f := range Fields() {
		if values, ok := good[f.Name]; ok {
			for v := range strings.SplitSeq(values, "|") {
				if err := f.set(&Config{}, v); err != nil {
					t.Errorf("%s refuses %q: %v", f.Name, v, err)
				}
			}
		}
		if values, ok := bad[f.Name]; ok {
			for v := range strings.SplitSeq(values, "|") {
				if err := f.set(&Config{}, v); err == nil {
					t.Errorf("%s accepts %q", f.Name, v)
				}
			}
		}
	}
}

func TestAllowsHost(t *testing.T) {
	tests := []struct {
		flags   m
		yes, no string
		why     string
	}{
		{m{}, "127.0.0.1:8080 localhost:8080 localhost [::1]:80 10.0.0.5", "evil.example evil.example:8080 localhost.evil.example", "first try"},
		{m{"listen": "pc7:80"}, "pc7 PC7:80 localhost", "evil.example", "listening name"},
		{m{"base-url": "https://Rugzak.nl"}, "rugzak.nl RUGZAK.nl:443", "localhost 127.0.0.1 evil.example", "base URL"},
		{m{"base-url": "https://rugzak.nl:8443", "allowed-hosts": "Intranet.nl,10.0.0.5"}, "rugzak.nl:8443 intranet.nl 10.0.0.5:80", "localhost a.intranet.nl", "both"},
		{m{"allowed-hosts": "intranet.nl"}, "intranet.nl", "localhost 127.0.0.1", "hosts only"},
	}
	for _, test := range tests {
		c, err := Load(input(test.flags, nil, nil))
		if err != nil {
			t.Fatal(err)
		}
		for host := range strings.FieldsSeq(test.yes) {
			if !c.AllowsHost(host) {
				t.Errorf("%s: refuses %s", test.why, host)
			}
		}
		for host := range strings.FieldsSeq(test.no) {
			if c.AllowsHost(host) {
				t.Errorf("%s: allows %s", test.why, host)
			}
		}
		if c.AllowsHost("") || c.AllowsHost(":80") {
			t.Errorf("%s: allows an empty host", test.why)
		}
	}
}
