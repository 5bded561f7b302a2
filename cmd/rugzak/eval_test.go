// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/control"
)

const evalDocuments = `{"id":"a","lang":"nl","title":"Wachtlijst","body_markdown":"Over de wachtlijst bij de jeugdhulp.","licence":"x"}
{"id":"b","lang":"nl","title":"Keukentafel","body_markdown":"Een gesprek aan de keukentafel, en de wachtlijst in een bijzin van een lange tekst over heel andere zaken."}
{"id":"c","lang":"en","title":"Handover","body_markdown":"We handed over with a checklist."}
`

// temporary puts the files of a run where the test can see them.
func temporary(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	return dir
}

func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// The documents of a file are asked, and gone afterwards.
func TestEvalOfDocuments(t *testing.T) {
	tmp := temporary(t)
	box := t.TempDir()
	docs := write(t, filepath.Join(box, "docs.jsonl"), evalDocuments)
	queries := write(t, filepath.Join(box, "queries.jsonl"), `{"qid":"q1","category":"exact","query":"wachtlijst","relevant":["b"],"method":"hand"}

{"qid":"q2","category":"exact","query":"checklist","relevant":["c"]}
{"query":"olifant","relevant":["a"]}
`)
	ranked := filepath.Join(box, "ranked.jsonl")
	args := []string{"eval", "--docs", docs, "--queries", queries, "--ranked", ranked}
	r := decode[evalResult](t, fine(t, append(args, "--json")...))
	if len(r.Categories) != 2 || r.Categories[0].Category != "-" || r.Categories[1].Category != "exact" {
		t.Fatalf("categories: %+v", r.Categories)
	}
	// b is the second of two, c the first of one: (1/2 + 1) / 2.
	if exact := r.Categories[1]; exact.Queries != 2 || exact.MRR != 0.75 || exact.First != 0.5 || exact.Found != 1 {
		t.Errorf("exact: %+v", exact)
	}
	if r.Overall.Queries != 3 || r.Overall.MRR != 0.5 || len(r.Missed) != 1 || r.Missed[0] != "4" {
		t.Errorf("overall: %+v, missed %v", r.Overall, r.Missed)
	}
	want := `{"qid":"q1","ranked":["a","b"]}` + "\n" + `{"qid":"q2","ranked":["c"]}` + "\n" + `{"qid":"4","ranked":[]}` + "\n"
	if got := string(read(t, ranked)); got != want {
		t.Errorf("ranked:\n%s\nwant\n%s", got, want)
	}
	if info, err := os.Stat(ranked); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	table := fine(t, append(args, "--missed", "--quiet")...)
	for _, line := range []string{
		"category  questions  MRR@10  success@1  success@10  nDCG@10\n",
		"exact             2   0.750      0.500       1.000    0.815\n",
		"overall           3   0.500      0.333       0.667    0.544\n",
		"1 question finds nothing of what it should:\n  4\tolifant\ta\n",
	} {
		if !strings.Contains(table, line) {
			t.Errorf("no %q in\n%s", line, table)
		}
	}
	nothingLeft(t, tmp)
}

// What cannot be used is told with its line. The rest goes on where it can.
func TestEvalTellsOfBadLines(t *testing.T) {
	tmp := temporary(t)
	box := t.TempDir()
	docs := write(t, filepath.Join(box, "docs.jsonl"), evalDocuments+"{\"id\":\"d\"\n{\"id\":\"a\",\"title\":\"Nog eens\",\"body_markdown\":\"x\"}\n")
	good := `{"query":"wachtlijst","relevant":["a"]}` + "\n"
	at := func(text string) string { return write(t, filepath.Join(box, "q.jsonl"), text) }
	for _, test := range []struct{ text, words string }{
		{"", "no question in"},
		{good + "{\"query\":\n", "q.jsonl:2: This line"},
		{good + `[1]`, "q.jsonl:2: This line"},
		{`{"relevant":["a"]}`, "q.jsonl:1: query: "},
		{good + `{"query":"x"}`, "q.jsonl:2: relevant: "},
		{`{"query":"x","relevant":"a"}`, "q.jsonl:1: relevant: Write a list"},
		{`{"query":7,"relevant":["a"]}`, "q.jsonl:1: query: Write a text"},
		{`{"query":"x","relevant":[""]}`, "q.jsonl:1: relevant: "},
		{`{"qid":"1","query":"x","relevant":["a"]}` + "\n" + `{"qid":"1","query":"y","relevant":["a"]}`, "q.jsonl:2: qid: This id is also on line 1"},
		{"{\"query\":\"\xff\",\"relevant\":[\"a\"]}", "q.jsonl:1: There are characters"},
	} {
		o := wrong(t, exitWrong, test.words, "eval", "--docs", docs, "--queries", at(test.text))
		if o.out != "" {
			t.Errorf("%s: figures all the same: %s", test.words, o.out)
		}
	}
	o := wrong(t, exitWrong, "q.jsonl:2: There is no document with the id zz", "eval", "--docs", docs, "--queries", at(good+`{"query":"x","relevant":["zz"]}`))
	for _, words := range []string{"docs.jsonl:4: ", "docs.jsonl:5: id: This id is also on line 1", "3 documents read"} {
		if !strings.Contains(o.err, words) {
			t.Errorf("no %q in\n%s", words, o.err)
		}
	}
	if !strings.Contains(o.out, "0.500") {
		t.Errorf("no figures:\n%s", o.out)
	}
	wrong(t, exitWrong, "does not exist", "eval", "--docs", filepath.Join(box, "nergens"), "--queries", at(good))
	wrong(t, exitWrong, "does not exist", "eval", "--docs", docs, "--queries", filepath.Join(box, "nergens"))
	nothingLeft(t, tmp)
}

// A list from a spreadsheet is read too, in both languages.
func TestEvalReadsTables(t *testing.T) {
	for _, test := range []struct{ name, text, words string }{
		{"a.csv", "query,relevant\nwachtlijst,a\n,\n\"hand, over\",a c\n", ""},
		{"b.csv", "\uFEFFAdres;Vraag;Categorie;Id\r\na;wachtlijst;rij;v1\r\na c;hand, over;rij;v2\r\n", ""},
		{"c.tsv", "relevant\tquery\na\twachtlijst\na c\thand, over\n", ""},
		{"d.csv", "vraag,antwoord\nwachtlijst,a\n", "d.csv:1: Put the names"},
		{"e.csv", "query,relevant\nwachtlijst,a\nx,\n", "e.csv:3: relevant: "},
		{"f.csv", "query,relevant,qid\nx,a,1\ny,a,1\n", "f.csv:3: qid: "},
		{"g.csv", "\x00\x01", "g.csv:1: This list cannot be read"},
		{"h.csv", "query,relevant\n", "no question"},
	} {
		got, err := readQueries(write(t, filepath.Join(t.TempDir(), test.name), test.text), false)
		if test.words != "" {
			said := strings.Join(newApp(noEnv, nil, nil, nil).sentences(err), "\n")
			if err == nil || !strings.Contains(said, test.words) {
				t.Errorf("%s: %v, %s", test.name, err, said)
			}
			continue
		}
		if err != nil || len(got) != 2 || got[0].Query != "wachtlijst" || got[1].Query != "hand, over" || strings.Join(got[1].Relevant, " ") != "a c" {
			t.Errorf("%s: %+v, %v", test.name, got, err)
		}
	}
}

// cancelling is a place to write to that breaks the run off.
type cancelling struct {
	bytes.Buffer
	cancel func()
}

func (c *cancelling) Write(p []byte) (int, error) {
	c.cancel()
	return c.Buffer.Write(p)
}

// A run that is broken off while it reads leaves nothing behind.
func TestEvalBrokenOffLeavesNothing(t *testing.T) {
	tmp := temporary(t)
	docs := write(t, filepath.Join(t.TempDir(), "docs.jsonl"), evalDocuments+"{broken\n")
	queries := write(t, filepath.Join(t.TempDir(), "q.jsonl"), `{"query":"x","relevant":["a"]}`)
	ctx, cancel := context.WithCancel(t.Context())
	var out bytes.Buffer
	errs := cancelling{cancel: cancel} // the first thing told is the broken line
	code := run(ctx, []string{"eval", "--docs", docs, "--queries", queries}, noEnv, strings.NewReader(""), &out, &errs)
	if code != exitWrong || !strings.Contains(errs.String(), "Interrupted") || out.Len() > 0 {
		t.Errorf("%d\n%s%s", code, out.String(), errs.String())
	}
	nothingLeft(t, tmp)
}

// The backpack itself is asked as one person, who finds what they would find.
func TestEvalOfOwnEntries(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "docs.jsonl"), evalDocuments)
	bothWays(t, func(t *testing.T, dir string) {
		fine(t, "import", file, "--data", dir, "--organisation", "jeugd", "--audience", "internal")
		ids := map[string]string{}
		found := decode[control.SearchAnswer](t, fine(t, "search", "--data", dir, "--as", "noor@example.test", "--json"))
		for _, h := range found.Hits {
			ids[h.Title] = string(h.ID)
		}
		queries := write(t, filepath.Join(t.TempDir(), "vragen.jsonl"), `{"query":"wachtlijst","relevant":["https://rugzak.example.test/ervaringen/`+ids["Wachtlijst"]+`?van=x#top"]}
{"query":"checklist","relevant":["`+ids["Handover"]+`"]}
`)
		args := []string{"eval", "--data", dir, "--queries", queries, "--json", "--as"}
		if r := decode[evalResult](t, fine(t, append(args, "noor@example.test")...)); r.Overall.Queries != 2 || r.Overall.MRR != 1 {
			t.Errorf("a colleague: %+v", r)
		}
		// For whom it is not meant it is not there.
		o := wrong(t, exitWrong, "vragen.jsonl:2: This person cannot read an entry "+ids["Handover"], append(args, "partner@example.test")...)
		if r := decode[evalResult](t, o.out); r.Overall.MRR != 0 || len(r.Missed) != 2 {
			t.Errorf("a partner: %+v", r)
		}
		wrong(t, exitWrong, "e-mail", append(args, "niemand@example.test")...)
		bad := write(t, filepath.Join(t.TempDir(), "q.jsonl"), `{"query":"x","relevant":["https://example.test/themas/"]}`)
		wrong(t, exitWrong, "q.jsonl:1: relevant: ‘https://example.test/themas/’ is no id", "eval", "--data", dir, "--queries", bad, "--as", "noor@example.test")
	})
}
