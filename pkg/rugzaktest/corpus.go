// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// CorpusText is one of the real texts that tests are measured on.
type CorpusText struct {
	ID    string `json:"id"`
	Lang  string `json:"lang"`
	Title string `json:"title"`
	Body  string `json:"body_markdown"`
	Repo  string `json:"source_repo"`
	Path  string `json:"source_path"`
}

// Corpus reads the real texts, and says in which file they stand: docs.jsonl, a text
// per line, in the folder that RUGZAK_CORPUS names. Without one the test is skipped.
func Corpus(t testing.TB) (file string, texts []CorpusText) {
	t.Helper()
	folder := os.Getenv("RUGZAK_CORPUS")
	if folder == "" {
		t.Skip("set RUGZAK_CORPUS to a folder with docs.jsonl: make corpus CORPUS=DIR")
	}
	file = filepath.Join(folder, "docs.jsonl")
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var text CorpusText
		if err := json.Unmarshal(lines.Bytes(), &text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := lines.Err(); err != nil || len(texts) == 0 {
		t.Fatalf("%d texts: %v", len(texts), err)
	}
	return file, texts
}
