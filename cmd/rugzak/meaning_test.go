// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/control"
	testparts "rugzak/pkg/rugzaktest"
)

// The whole program with an endpoint for meaning: what uses another word is
// found and says so on the page, check and reindex know of it, and nothing of it
// is left when it is switched off.
func TestSearchingByMeaning(t *testing.T) {
	dir := newBackpack(t)
	const rows = `{"id":"een","lang":"nl","title":"Kwispelkar in de wijk","body_markdown":"Op de kwispelkar kom je verder.","url":"x"}
{"id":"twee","lang":"nl","title":"Iets anders","body_markdown":"Hier staat niets over vervoer.","url":"x"}
`
	fine(t, "import", write(t, filepath.Join(t.TempDir(), "docs.jsonl"), rows), "--data", dir, "--organisation", "jeugd", "--audience", "internal")
	folder := filepath.Join(dir, meaningName)
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Fatalf("without an endpoint there is a folder for it: %v", err)
	}
	search := func() control.SearchAnswer {
		return decode[control.SearchAnswer](t, fine(t, "search", "--data", dir, "--json", "--as", "noor@example.test", "zoefbak"))
	}
	if a := search(); a.Total != 0 {
		t.Fatalf("control: the words find %+v", a.Hits)
	}
	endpoint := testparts.NewMeaningServer(t, []string{"zoefbak", "kwispelkar"})
	endpoint.Key = "sleutel"
	serve := []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--meaning-url", endpoint.URL, "--meaning-kind", "openai", "--meaning-model", "proef", "--meaning-key", endpoint.Key}
	r := serving(t, serve...)
	eventually(func() bool { return search().Total == 1 }) // when the vectors are made
	if a := search(); a.Total != 1 || len(a.Hits) != 1 || a.Hits[0].Title != "Kwispelkar in de wijk" {
		t.Fatalf("by meaning: %+v", a)
	}
	page := signedIn(t, r.at, "noor@example.test", password).must(t, "/zoeken?q=zoefbak")
	if text := page.Find(".rz-card").Text(); !strings.Contains(text, "Kwispelkar in de wijk") || !strings.Contains(text, "Gevonden op betekenis") {
		t.Errorf("the page says %q", text)
	}
	if out := fine(t, "check", "--data", dir); !strings.Contains(out, "Searching by meaning: openai proef, 64 dimensions; 2 entries have vectors") {
		t.Errorf("check says:\n%s", out)
	}
	endpoint.Received()
	fine(t, "reindex", "--data", dir)
	if sent := strings.Join(endpoint.Received(), "\n"); !strings.Contains(sent, "Kwispelkar in de wijk") || search().Total != 1 {
		t.Errorf("reindex does not make the vectors anew: %q", sent)
	}
	endpoint.Trouble(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true })
	if o := command(t, "check", "--data", dir); o.code != exitWrong || !strings.Contains(o.out, "status 502") || !strings.Contains(o.out, "meaning-url") {
		t.Errorf("check with an endpoint that fails: %+v", o)
	}
	wrong(t, exitWrong, "the address for searching by meaning does not work", "reindex", "--data", dir)
	if code := r.stop(); code != exitFine {
		t.Errorf("stopping ends with %d", code)
	}
	for _, secret := range []string{"zoefbak", "Kwispelkar", endpoint.Key} {
		if strings.Contains(r.err.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	if a := search(); a.Total != 0 {
		t.Errorf("switched off it still finds %+v", a.Hits)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("switched off the vectors stay: %v", err)
	}
}
