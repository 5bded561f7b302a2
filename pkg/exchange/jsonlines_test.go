// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"rugzak/pkg/rugzak"
)

func readLines(text string) []rugzak.Incoming {
	return slices.Collect(JSONLines(strings.NewReader(text), "docs.jsonl", "test"))
}

func TestJSONLine(t *testing.T) {
	got := readLines("\uFEFF" + `{"id": "a1", "ID": "anders", "lang": "nl", "title": " Wie\tbelt?  ", "body_markdown": "Een\r\n\ntwee \ud83d\ude00 \\ud800", "licence": {"id": ["x"]}}`)
	want := []rugzak.Incoming{{Place: "docs.jsonl", Line: 1, Entry: rugzak.Entry{
		Lang: rugzak.Dutch, Title: "Wie belt?", Body: "Een\n\ntwee 😀 \\ud800",
		External: rugzak.External{Source: "test", ID: "a1"},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := readLines(`{"id": "a1", "body_markdown": "# Kop\nTekst"}`); got[0].Err != nil || got[0].Entry.Title != "Kop" {
		t.Errorf("%+v", got)
	}
}

// Each wrong line is told, and the lines around it are taken.
func TestJSONLinesThatAreWrong(t *testing.T) {
	ok := `{"id": "ok", "title": "Goed", "body_markdown": "Tekst"}`
	for _, c := range []struct{ name, line, want string }{
		{"no json", `{"id": "a"`, ": exchange.json"},
		{"no object", `["id"]`, ": exchange.json"},
		{"more behind it", `{"id": "a", "body_markdown": "b"} {}`, ": exchange.json"},
		{"a control character", "{\"id\": \"a\x01\"}", ": exchange.json"},
		{"no utf-8", "{\"id\": \"a\", \"body_markdown\": \"caf\xe9\"}", ": exchange.utf8"},
		{"half a pair", `{"id": "a", "body_markdown": "x \ud83d y"}`, ": exchange.json.surrogate"},
		{"second half", `{"id": "a", "body_markdown": "x \ude00"}`, ": exchange.json.surrogate"},
		{"two first halves", `{"id": "a", "body_markdown": "\ud83d\ud83d"}`, ": exchange.json.surrogate"},
		{"no id", `{"title": "A", "body_markdown": "b"}`, "id: exchange.needed"},
		{"id is a number", `{"id": 3, "body_markdown": "b"}`, "id: exchange.want_text"},
		{"twice", `{"id": "a", "id": "b", "body_markdown": "b"}`, "id: exchange.twice"},
		{"lang", `{"id": "a", "lang": "fr", "body_markdown": "b"}`, "lang: exchange.choose"},
		{"no body", `{"id": "a", "title": "A"}`, "body: error.body_required"},
		{"long title", `{"id": "a", "title": "` + strings.Repeat("x", 201) + `", "body_markdown": "b"}`, "title: error.too_long"},
		{"control in the body", `{"id": "a", "body_markdown": "b\u0000"}`, "body: error.unprintable"},
		{"large body", `{"id": "a", "body_markdown": "` + strings.Repeat("x", rugzak.MaxBody+1) + `"}`, "body: error.body_too_long"},
		{"long line", `{"id": "a", "x": "` + strings.Repeat("x", maxJSONLine) + `"}`, ": exchange.json.long"},
		{"same id", ok, "id: exchange.again_line"},
		{"deep", strings.Repeat(`{"a":`, 20000), ": exchange.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			last := strings.Replace(ok, `"ok"`, `"last"`, 1)
			got := readLines(ok + "\r\n\n" + c.line + "\n" + last)
			if len(got) != 3 || got[0].Err != nil || got[2].Err != nil || got[2].Line != 4 {
				t.Fatalf("%d lines, first %v, last %v", len(got), got[0].Err, got[len(got)-1].Err)
			}
			if told := strings.SplitN(told(got[1].Err), "\n", 2)[0]; told != "docs.jsonl:3 "+c.want || got[1].Line != 3 {
				t.Errorf("got %q, want %q", told, c.want)
			}
			readable(t, got[1].Err)
		})
	}
}

func TestJSONLinesWhenReadingFails(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`{"id": "a", "body_markdown": "b"}`+"\n"), iotest.ErrReader(errors.New("disk")))
	got := slices.Collect(JSONLines(r, "docs.jsonl", "test"))
	if len(got) != 2 || got[0].Err != nil || told(got[1].Err) != "docs.jsonl:2 : exchange.unreadable\n" {
		t.Errorf("%+v", got)
	}
	for range JSONLines(strings.NewReader("{}\n{}\n"), "docs.jsonl", "test") {
		break // must not go on after the reader has had enough
	}
}
