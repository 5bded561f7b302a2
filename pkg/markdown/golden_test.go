// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rugzak/pkg/rugzak"
)

var update = flag.Bool("update", false, "write the golden files anew")

// testdata/<name>.md gives testdata/<name>.nl.html and <name>.en.html: the
// headings, the HTML and the plain text. Review the difference after -update.
func TestGolden(t *testing.T) {
	sources, err := filepath.Glob("testdata/*.md")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	r := New(Options{Text: catalogue(t)})
	for _, path := range sources {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range rugzak.Languages() {
			name := strings.TrimSuffix(path, ".md") + "." + string(lang) + ".html"
			t.Run(filepath.Base(name), func(t *testing.T) { checkGolden(t, r, name, string(source), lang) })
		}
	}
}

func checkGolden(t *testing.T, r *Renderer, name, source string, lang rugzak.Lang) {
	rendered, err := r.Render(t.Context(), source, lang)
	if err != nil {
		t.Fatal(err)
	}
	if found := judge(rendered.HTML); len(found) > 0 {
		t.Errorf("judged: %s", strings.Join(found, "; "))
	}
	plain, err := r.Plain(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, h := range rendered.Headings {
		fmt.Fprintf(&b, "<!-- heading %d %s: %s -->\n", h.Level, h.ID, h.Text)
	}
	b.WriteString(rendered.HTML)
	fmt.Fprintf(&b, "<!-- plain\n%s\n-->\n", plain)
	got := b.String()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}
