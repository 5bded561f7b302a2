// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"rugzak/pkg/rugzak"
)

// Real texts are never refused. The folder is named by RUGZAK_CORPUS and holds
// docs.jsonl, a text per line.
func TestCorpusPasses(t *testing.T) {
	folder := os.Getenv("RUGZAK_CORPUS")
	if folder == "" {
		t.Skip("RUGZAK_CORPUS names no folder with docs.jsonl")
	}
	file, err := os.Open(filepath.Join(folder, "docs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	r := New(Options{Text: catalogue(t)})
	count := 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var doc struct {
			ID   string `json:"id"`
			Body string `json:"body_markdown"`
		}
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		rendered, err := r.Render(t.Context(), doc.Body, rugzak.Dutch)
		if err != nil {
			t.Errorf("%s: %v", doc.ID, err)
		}
		if found := judge(rendered.HTML); len(found) > 0 {
			t.Errorf("%s: %v", doc.ID, found)
		}
		if _, err := r.Plain(t.Context(), doc.Body); err != nil {
			t.Errorf("%s: %v", doc.ID, err)
		}
		count++
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if count == 0 {
		t.Fatal("no texts")
	}
	t.Logf("%d texts", count)
}
