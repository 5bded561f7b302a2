// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package content_test

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"rugzak/content"
)

// texts are the fields that hold words of one language; every other field must
// be the same in both sets, so that either can be loaded.
var texts = []string{"title", "lesson", "needs", "offers", "ways", "lang", "language", "name", "meaning", "text", "tags", "synonyms",
	"summary", "open_questions", "questions", "next_step", "hoped_gain", "gain", "preparation", "materials", "place",
	"body", "step", "note", "joint_outcome", "domain", "reason", "Step", "Note", "Reason", "Learned", "Text", "Function", "Lead", "Why",
}

func TestStarterSetIsTheSameInBothLanguages(t *testing.T) {
	nl, en := starterSet(t, "nl"), starterSet(t, "en")
	if d := cmp.Diff(slices.Sorted(maps.Keys(nl)), slices.Sorted(maps.Keys(en))); d != "" {
		t.Fatalf("files (-nl +en):\n%s", d)
	}
	for name := range nl {
		if d := cmp.Diff(withoutTexts(nl[name]), withoutTexts(en[name])); d != "" {
			t.Errorf("%s (-nl +en):\n%s", name, d)
		}
	}
}

func TestStepsOfMethodsAddUp(t *testing.T) {
	methods := 0
	for _, lang := range []string{"nl", "en"} {
		for name, fields := range starterSet(t, lang) {
			entry, _ := fields.(map[string]any)
			method, ok := entry["method"].(map[string]any)
			if !ok {
				continue
			}
			methods++
			sum := 0
			for _, step := range method["steps"].([]any) {
				sum += step.(map[string]any)["minutes"].(int)
			}
			if sum != method["minutes_max"] {
				t.Errorf("%s/%s: the steps take %d minutes, the method %v", lang, name, sum, method["minutes_max"])
			}
		}
	}
	if methods != 16 {
		t.Errorf("found %d methods, want 8 in each of 2 languages", methods)
	}
}

// starterSet gives the fields of each file of the starter set of one language.
func starterSet(t *testing.T, lang string) map[string]any {
	t.Helper()
	root := path.Join(lang, "starter")
	files := map[string]any{}
	err := fs.WalkDir(content.FS, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.FS, name)
		if err != nil {
			return err
		}
		if strings.HasSuffix(name, ".md") {
			parts := bytes.SplitN(data, []byte("---\n"), 3)
			if len(parts) != 3 || len(parts[0]) > 0 || len(bytes.TrimSpace(parts[2])) == 0 {
				t.Errorf("%s: want front matter between two lines of ---, then text", name)
				return nil
			}
			data = parts[1]
		}
		if strings.HasSuffix(name, ".jsonl") { // each line is a record
			var records bytes.Buffer
			for line := range bytes.Lines(data) {
				records.WriteString("- " + string(line))
			}
			data = records.Bytes()
		}
		var fields any
		if err := yaml.Unmarshal(data, &fields); err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		files[strings.TrimPrefix(name, root+"/")] = fields
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// withoutTexts keeps that a text field is there, not what it says.
func withoutTexts(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, inner := range v {
			if slices.Contains(texts, key) {
				out[key] = "text"
			} else {
				out[key] = withoutTexts(inner)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = withoutTexts(inner)
		}
		return out
	}
	return value
}
