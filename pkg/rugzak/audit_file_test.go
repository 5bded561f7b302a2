// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// auditLines writes a chain of so many records.
func auditLines(t *testing.T, count int) []string {
	t.Helper()
	var out []string
	previous, at := "", time.Date(2026, 3, 2, 12, 0, 0, 123e6, time.UTC)
	for n := uint64(1); n <= uint64(count); n++ {
		act := AuditAct{At: at.Add(time.Duration(n) * time.Minute), Verb: AuditRoles, By: "alias:a", Subject: "alias:b", Detail: "manager"}
		previous = AuditHash(previous, n, act)
		line, err := json.Marshal(LineOf(AuditRecord{Number: n, AuditAct: act, Hash: previous}))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(line))
	}
	return out
}

func TestVerifyAuditLines(t *testing.T) {
	whole := auditLines(t, 5)
	with := func(change func(lines []string) []string) string {
		return strings.Join(change(append([]string(nil), whole...)), "\n")
	}
	for name, c := range map[string]struct {
		file   string
		broken uint64
		count  uint64
	}{
		"whole":   {strings.Join(whole, "\n"), 0, 5},
		"empty":   {"", 0, 0},
		"cut off": {with(func(l []string) []string { return l[2:] }), 0, 3},
		"changed": {with(func(l []string) []string {
			l[2] = strings.Replace(l[2], "manager", "administrator", 1)
			return l
		}), 3, 5},
		"another time": {with(func(l []string) []string { l[3] = strings.Replace(l[3], "12:04", "12:05", 1); return l }), 4, 5},
		"taken out":    {with(func(l []string) []string { return append(l[:1], l[2:]...) }), 3, 4},
		"put in twice": {with(func(l []string) []string { return append(l, l[4]) }), 5, 6},
		"another hash": {with(func(l []string) []string { l[0] = strings.Replace(l[0], `"hash":"`, `"hash":"0`, 1); return l }), 1, 5},
		"swapped":      {with(func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }), 3, 5},
	} {
		got, err := VerifyAuditLines(strings.NewReader(c.file))
		if err != nil || got.Broken != c.broken || got.Records != c.count || got.Whole() != (c.broken == 0) {
			t.Errorf("%s: %+v, %v; want broken %d of %d", name, got, err, c.broken, c.count)
		}
	}
	if _, err := VerifyAuditLines(strings.NewReader(whole[0] + "\nniet\n")); CodeOf(err) != CodeInvalid {
		t.Errorf("a line that is none: %v", err)
	}
}
