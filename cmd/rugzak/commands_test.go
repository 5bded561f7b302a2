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
)

func TestOrganisationsAndPeople(t *testing.T) {
	bothWays(t, func(t *testing.T, dir string) {
		fine(t, "organisation", "edit", "JEUGD", "--data", dir, "--name", "Jeugd en gezin", "--team", "Wijk Zuid", "--team", "toegang jeugd")
		all := decode[[]control.Organisation](t, fine(t, "organisation", "list", "--json", "--data", dir))
		if len(all) != 2 || all[0].Name != "Jeugd en gezin" || all[0].ID != "jeugd" || len(all[0].Teams) != 2 {
			t.Errorf("the organisations are %+v", all)
		}
		wrong(t, exitWrong, "team", "organisation", "edit", "jeugd", "--data", dir, "--remove-team", "nergens")
		wrong(t, exitWrong, "--team", "organisation", "edit", "jeugd", "--data", dir, "--remove-team", "toegang-jeugd") // has a member
		fine(t, "organisation", "edit", "jeugd", "--data", dir, "--remove-team", "wijk zuid", "--closed")
		wrong(t, exitWrong, "--name", "organisation", "add", "--data", dir, "--name", "welzijn", "--kind", "partner")
		wrong(t, exitWrong, "--kind", "organisation", "add", "--data", dir, "--name", "X", "--kind", "vereniging")

		wrong(t, exitWrong, "--email", "person", "edit", "--data", dir, "--email", "noor@example.test", "--new-email", "beheer@example.test")
		wrong(t, exitWrong, "--role", "person", "edit", "--data", dir, "--email", "beheer@example.test", "--role", "participant")
		wrong(t, exitWrong, "--role", "person", "edit", "--data", dir, "--email", "noor@example.test", "--role", "koning")
		wrong(t, exitWrong, "--language", "person", "edit", "--data", dir, "--email", "noor@example.test", "--language", "fr")
		fine(t, "person", "reset-factors", "Noor@example.test", "--data", dir)
		wrong(t, exitWrong, "e-mail", "person", "reset-factors", "niemand@example.test", "--data", dir)
		fine(t, "person", "edit", "--data", dir, "--email", "NOOR@example.test", "--new-email", "n@example.test", "--role", "facilitator", "--role", "participant", "--inactive", "--language", "en")
		found := false
		for _, p := range decode[[]control.Person](t, fine(t, "person", "list", "--json", "--data", dir)) {
			if p.Email == "n@example.test" {
				found = p.Inactive && len(p.Roles) == 2 && p.Team == "Toegang Jeugd" && p.Language == "en" && p.HasPassword
			}
		}
		if !found {
			t.Error("the person was not changed as asked")
		}
		if out := fine(t, "person", "list", "--data", dir); !strings.Contains(out, "may not sign in") {
			t.Errorf("the list does not say who may not sign in:\n%s", out)
		}
		add := []string{"person", "add", "--data", dir, "--email", "w@example.test", "--name", "W", "--organisation", "welzijn"}
		short := commandWith(t, noEnv, "kort\n", append(add, "--password-file", "-")...)
		if short.code != exitWrong || !strings.Contains(short.err, "12") {
			t.Errorf("a short password: %+v", short)
		}
		if out := fine(t, add...); !strings.Contains(out, "http://127.0.0.1:8080/wachtwoord/") {
			t.Errorf("no link to choose a password with:\n%s", out)
		}
		wrong(t, exitWrong, "organisation", "person", "add", "--data", dir, "--email", "v@example.test", "--name", "V", "--organisation", "nergens")
	})
}

const documents = `{"id":"een","lang":"nl","title":"Keukentafelgesprek","body_markdown":"Wij voerden een gesprek over de wachtlijsten.","url":"x"}
{"id":"twee","lang":"en","title":"Waiting lists","body_markdown":"We talked about the waiting list."}
`

func TestImportSearchExport(t *testing.T) {
	bothWays(t, func(t *testing.T, dir string) {
		file := write(t, filepath.Join(t.TempDir(), "docs.jsonl"), documents)
		take := []string{"import", file, "--data", dir, "--organisation", "jeugd", "--audience", "internal", "--author", "noor@example.test"}
		if out := fine(t, take...); !strings.Contains(out, "2 added, 0 updated") {
			t.Errorf("first import: %s", out)
		}
		if out := fine(t, take...); !strings.Contains(out, "0 added, 0 updated, 2 unchanged") {
			t.Errorf("second import: %s", out)
		}
		write(t, file, strings.Replace(documents, "gesprek over", "goed gesprek over", 1))
		if out := fine(t, take...); !strings.Contains(out, "0 added, 1 updated, 1 unchanged") {
			t.Errorf("third import: %s", out)
		}

		search := func(as string, more ...string) control.SearchAnswer {
			t.Helper()
			return decode[control.SearchAnswer](t, fine(t, append([]string{"search", "--data", dir, "--json", "--as", as}, more...)...))
		}
		if a := search("beheer@example.test", "wachtlijst"); a.Total != 1 || len(a.Hits) != 1 || a.Hits[0].Title != "Keukentafelgesprek" ||
			a.Hits[0].Score <= 0 || a.Hits[0].ID == "" || len(a.Facets) == 0 {
			t.Errorf("an inflected word finds %+v", a)
		}
		if a := search("beheer@example.test"); a.Total != 2 {
			t.Errorf("no words find %d", a.Total)
		}
		if a := search("beheer@example.test", "--organisation", "Welzijn"); a.Total != 0 {
			t.Errorf("another organisation has %d", a.Total)
		}
		if a := search("beheer@example.test", "--language", "en", "--limit", "1"); a.Total != 1 || len(a.Hits) != 1 {
			t.Errorf("in English: %+v", a)
		}
		if a := search("partner@example.test"); a.Total != 0 || len(a.Hits) != 0 {
			t.Errorf("a partner finds %+v", a)
		}
		wrong(t, exitWrong, "e-mail", "search", "--data", dir, "--as", "niemand@example.test", "x")
		wrong(t, exitWrong, "--limit", "search", "--data", dir, "--as", "noor@example.test", "--limit", "-1", "x")
		wrong(t, exitWrong, "nergens", "search", "--data", dir, "--as", "noor@example.test", "--organisation", "nergens")

		// Shared with the partner it is found.
		other := write(t, filepath.Join(t.TempDir(), "gedeeld.jsonl"), strings.ReplaceAll(documents, "een", "drie"))
		fine(t, "import", other, "--data", dir, "--organisation", "jeugd", "--audience", "organisation+Welzijn", "--confirm-partners")
		if a := search("partner@example.test"); a.Total != 2 {
			t.Errorf("the partner finds %d of what was shared", a.Total)
		}
		if out := fine(t, "search", "--data", dir, "--as", "partner@example.test", "gesprek"); !strings.Contains(out, "Keukentafelgesprek") || !strings.Contains(out, "1 entry found") {
			t.Errorf("search prints:\n%s", out)
		}

		// What was looked for instead is told.
		misspelt := []string{"search", "--data", dir, "--as", "partner@example.test", "keukentafelgesprk"}
		if out := fine(t, misspelt...); !strings.Contains(out, "You typed “keukentafelgesprk”. We searched for “keukentafelgesprek”.") {
			t.Errorf("search prints:\n%s", out)
		}
		if out := fine(t, append(misspelt, "--literal")...); !strings.Contains(out, "0 entries found") || strings.Contains(out, "We searched") {
			t.Errorf("literally it prints:\n%s", out)
		}
		if a := search("partner@example.test", "keukentafelgesprk"); !a.Corrected || a.Meant != "keukentafelgesprek" {
			t.Errorf("a misspelt word gives %+v", a)
		}

		to := filepath.Join(t.TempDir(), "export")
		fine(t, "export", to, "--data", dir)
		if entries, err := os.ReadDir(filepath.Join(to, "entries")); err != nil || len(entries) != 4 {
			t.Errorf("the export has %d entries, %v", len(entries), err)
		}
		wrong(t, exitWrong, "not empty", "export", to, "--data", dir)
		fine(t, "reindex", "--data", dir)
		if out := fine(t, "check", "--data", dir); !strings.Contains(out, "All is well") {
			t.Errorf("check says:\n%s", out)
		}
		if a := search("partner@example.test"); a.Total != 2 {
			t.Errorf("after reindex the partner finds %d", a.Total)
		}
		if left, err := filepath.Glob(filepath.Join(dir, ".import-*")); err != nil || len(left) > 0 {
			t.Errorf("imports left %v behind, %v", left, err)
		}
	})
}

func TestImportOptionsAreChecked(t *testing.T) {
	bothWays(t, func(t *testing.T, dir string) {
		file := write(t, filepath.Join(t.TempDir(), "docs.jsonl"), documents)
		for _, test := range []struct{ flags, words string }{
			{"--organisation nergens", "--organisation"},
			{"--organisation jeugd --audience iedereen", "--audience"},
			{"--organisation jeugd --audience internal+nergens", "--audience"},
			{"--organisation jeugd --audience organisation+Welzijn", "--confirm-partners"},
			{"--organisation jeugd --audience team", "--audience"},
			{"--organisation welzijn --audience internal", "--audience"},
			{"--organisation jeugd --author niemand@example.test", "--author"},
			{"--organisation jeugd --author partner@example.test", "--author"},
			{"--organisation jeugd --privacy soepel", "--privacy"},
			{"--organisation jeugd --source " + strings.Repeat("x", 65), "--source"},
		} {
			wrong(t, exitWrong, test.words, append([]string{"import", file, "--data", dir}, strings.Fields(test.flags)...)...)
		}
		if a := decode[control.SearchAnswer](t, fine(t, "search", "--data", dir, "--json", "--as", "noor@example.test")); a.Total != 0 {
			t.Errorf("a refused import left %d entries", a.Total)
		}
	})
}

func TestHealth(t *testing.T) {
	dir := newBackpack(t)
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	fine(t, "healthcheck", "--listen", strings.TrimPrefix(s.at, "http://"))
	fine(t, "healthcheck", "--url", s.at+"/readyz")
	wrong(t, exitWrong, "status", "healthcheck", "--url", s.at+"/readyz/nothing")
	res, err := http.Get(s.at + "/inloggen")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the page to sign in: %v, %v", res, err)
	}
}

func TestCheckFinds(t *testing.T) {
	dir := newBackpack(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	o := command(t, "check", "--data", dir)
	if o.code != exitWrong || !strings.Contains(o.out, "chmod 700 "+dir) {
		t.Errorf("an open folder: %+v", o)
	}
	o = command(t, "check", "--json", "--data", dir, "--listen", "nergens")
	if got := decode[checkAnswer](t, o.out); o.code != exitWrong || len(got.Findings) != 1 || got.Findings[0].Do == "" {
		t.Errorf("a wrong setting: %+v", o)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, storeName), 5000); err != nil {
		t.Fatal(err)
	}
	o = command(t, "check", "--json", "--data", dir)
	if got := decode[checkAnswer](t, o.out); o.code != exitWrong || len(got.Findings) == 0 || got.Findings[0].Do == "" {
		t.Errorf("a damaged store: %+v", o)
	}
}

// What was looked for beside the words, or might have been meant, stands above
// the hits.
func TestSearchTellsWhatElse(t *testing.T) {
	var out strings.Builder
	a := newApp(nil, nil, &out, nil)
	for want, answer := range map[string]control.SearchAnswer{
		"Also searched for: Participatiewet, bijstand\n0 entries found\n": {Also: []string{"Participatiewet", "bijstand"}},
		"Did you mean “overdracht”?\n0 entries found\n":                   {Meant: "overdracht"},
	} {
		out.Reset()
		if err := a.printHits("pw", answer); err != nil || out.String() != want {
			t.Errorf("prints %q, %v, want %q", out.String(), err, want)
		}
	}
}
