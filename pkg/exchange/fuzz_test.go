// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// whatever checks what holds of everything that was read, right or wrong.
func whatever(t *testing.T, in rugzak.Incoming) {
	t.Helper()
	if in.Place == "" && in.Err == nil {
		t.Error("an entry from nowhere")
	}
	if in.Err != nil {
		if code := rugzak.CodeOf(in.Err); code != rugzak.CodeInvalid && code != rugzak.CodeMalformed {
			t.Errorf("code %q: %v", code, in.Err)
		}
		if len(fieldsOf(in.Err)) == 0 {
			t.Errorf("nothing to repair: %v", in.Err)
		}
		return
	}
	if err := validateHandedOver(in.Entry); err != nil {
		t.Errorf("taken, and against the rules: %v", err)
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"", "---", "---\n---\n", "---\ntitle: A\n---\nT", "# Kop\n\nTekst", "---\ntitle: &a [*a]\n---\n",
		"---\nkind: method\nmethod:\n  goal: choose\n  steps:\n    - {minutes: 5, text: Begin}\n---\nT",
		"---\nkind: question\nquestion: {state: open, when: 2026-03-01}\ntags: [a, 'b']\n---\nT",
		"---\r\ntitle: \"\\u0041\"\r\n---\r\n\r\n", "\uFEFF---\n? a\n: b\n---\n", "---\n|\n---\n", "---\na: !!x >-\n b\n---\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := readDocument("a.md", data, "test", map[string]string{})
		whatever(t, in)
		if in.Err == nil && !strings.HasSuffix(strings.ReplaceAll(string(data), "\r\n", "\n"), in.Entry.Body) {
			t.Errorf("body %q of %q", in.Entry.Body, data)
		}
		p := &problems{place: "a.md"}
		e, edit := readWholeEntry(data, p)
		if p.err() != nil {
			return
		}
		// What was read is written and read again as the same thing.
		once := entryFile(e.Entry, edit)
		again, edit2 := readWholeEntry(once, p)
		if err := p.err(); err != nil {
			t.Fatalf("%s\n%s", told(err), once)
		}
		if twice := entryFile(again.Entry, edit2); !bytes.Equal(once, twice) {
			t.Errorf("once:\n%s\ntwice:\n%s", once, twice)
		}
	})
}

func FuzzJSONLines(f *testing.F) {
	for _, s := range []string{
		"", "\n", `{"id":"a","lang":"nl","title":"T","body_markdown":"B"}`, "{}\n[]\n1\n\"\"\nnull",
		`{"id":"a","body_markdown":"\ud83d\ude00"}`, `{"id":"a","body_markdown":"\ud83d"}`, `{"id":"\\ud800","id":"b"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := bytes.Count(data, []byte("\n")) + 1
		for in := range JSONLines(bytes.NewReader(data), "a.jsonl", "test") {
			whatever(t, in)
			if in.Line < 1 || in.Line > lines || !utf8.ValidString(in.Entry.Body) {
				t.Errorf("line %d of %d, body %q", in.Line, lines, in.Entry.Body)
			}
			if in.Err == nil && strings.Contains(in.Entry.Body, "\uFFFD") &&
				!bytes.Contains(data, []byte("\uFFFD")) && !bytes.Contains(bytes.ToLower(data), []byte(`\ufffd`)) {
				t.Errorf("a character was put in place of another: %q from %q", in.Entry.Body, data)
			}
		}
	})
}

func FuzzZip(f *testing.F) {
	f.Add(zipOf(f, []string{"a.md", "b/c.md"}, goodData, nil))
	f.Add(zipOf(f, []string{"../a.md", "a.md", "a.md"}, goodData, nil))
	f.Add(zipOf(f, []string{movementName, organisationsName, peopleName, keepsName}, func(string) []byte { return []byte("format: 1\n") }, nil))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := Limits{Files: 20, File: 4096, Total: 16 << 10, Depth: 3}
		s, err := Zip(bytes.NewReader(data), int64(len(data)), limits)
		if err != nil {
			whatever(t, rejected(err))
			return
		}
		if s.Len() > limits.Files {
			t.Errorf("%d files", s.Len())
		}
		read := 0
		for in := range s.Documents("test") {
			whatever(t, in)
			read += len(in.Entry.Body)
		}
		if int64(read) > limits.Total {
			t.Errorf("%d bytes came out", read)
		}
		w, err := s.Whole()
		if err == nil {
			for range w.Entries() {
			}
		}
	})
}
