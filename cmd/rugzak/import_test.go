// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/control"
)

const (
	goodFile = "---\nkind: success\nauthor: somebody\n---\n# Goed gegaan\n\nDit ging goed.\n"
	badFile  = "---\nkind: success\nkleur: rood\n---\n# Fout\n\nTekst.\n"
	numbered = "# Nummer\n\nHet nummer is 123456782.\n"
)

// A bad file is told with its place, and takes no good one with it: from a
// folder and from a zip, alone and beside a server.
func TestImportTellsOfBadFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "verhalen")
	write(t, filepath.Join(folder, "goed.md"), goodFile)
	write(t, filepath.Join(folder, "onder", "fout.md"), badFile)
	write(t, filepath.Join(folder, "tekens.md"), "# A\n\n\xff\xfe\n")
	write(t, filepath.Join(folder, "nummer.md"), numbered)
	write(t, filepath.Join(folder, "groot.md"), strings.Repeat("x", 1<<20))
	write(t, filepath.Join(folder, ".verborgen.md"), badFile)
	write(t, filepath.Join(folder, "foto.jpg"), "no Markdown")
	if err := os.Symlink("/etc/passwd", filepath.Join(folder, "link.md")); err != nil {
		t.Fatal(err)
	}
	packed := filepath.Join(t.TempDir(), "verhalen.zip")
	files := map[string]string{
		"goed.md": goodFile, "onder/fout.md": badFile, "tekens.md": "# A\n\n\xff\xfe\n", "nummer.md": numbered,
		"groot.md": strings.Repeat("x", 1<<20), "../weg.md": goodFile,
	}
	writeZip(t, packed, files)
	tests := []struct {
		path  string
		extra string
	}{{folder, "link.md"}, {packed, "weg.md"}}
	bothWays(t, func(t *testing.T, dir string) {
		for _, test := range tests {
			args := []string{"import", test.path, "--data", dir, "--organisation", "jeugd", "--source", filepath.Ext(test.path) + "x"}
			o := wrong(t, exitWrong, "onder/fout.md:3: kleur: ", args...)
			for _, want := range []string{"tekens.md:", "nummer.md:", "groot.md: ", test.extra + ": ", "goed.md: Not used: author", "--privacy report"} {
				if !strings.Contains(o.err, want) {
					t.Errorf("%s: nothing of %q in\n%s", test.path, want, o.err)
				}
			}
			if !strings.Contains(o.out, "1 added, 0 updated, 0 unchanged, 5 refused") || strings.Contains(o.err, "verborgen") {
				t.Errorf("%s: %s%s", test.path, o.out, o.err)
			}
		}
		o := command(t, "import", folder, "--data", dir, "--organisation", "jeugd", "--privacy", "report", "--json")
		lines := strings.Split(strings.TrimSpace(o.out), "\n")
		sum := decode[control.ImportResult](t, lines[len(lines)-1])
		if o.code != exitWrong || sum.Added != 2 || sum.Refused != 4 || sum.Declared != 1 || len(lines) != 7 {
			t.Errorf("with --privacy report: %d, %+v\n%s", o.code, sum, o.out)
		}
	})
}

func writeZip(t *testing.T, path string, files map[string]string) {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range files {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, path, buf.String())
}

// What is no archive at all is refused in a sentence.
func TestImportRefusesBrokenArchive(t *testing.T) {
	dir := newBackpack(t)
	file := write(t, filepath.Join(t.TempDir(), "kapot.zip"), "PK\x03\x04 and then nothing")
	wrong(t, exitWrong, "zip", "import", file, "--data", dir, "--organisation", "jeugd")
	wrong(t, exitWrong, "zip", "import", file, "--data", filepath.Join(t.TempDir(), "new"), "--whole")
	lines := write(t, filepath.Join(t.TempDir(), "kapot.jsonl"), "{\"id\":\"a\"\n"+documents)
	o := wrong(t, exitWrong, "kapot.jsonl:1: ", "import", lines, "--data", dir, "--organisation", "jeugd")
	if !strings.Contains(o.out, "2 added") {
		t.Errorf("good lines did not come in: %s", o.out)
	}
}

// tree reads all files of a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// An export, read into an empty backpack and exported again, has the same
// bytes: as a folder and as a zip.
func TestWholeExportComesBack(t *testing.T) {
	from := filepath.Join(t.TempDir(), "demo")
	s := serving(t, "demo", "--data", from, "--listen", "127.0.0.1:0")
	box := t.TempDir()
	at := func(name string) string { return filepath.Join(box, name) }
	fine(t, "export", at("one.zip"), "--data", from, "--with-hidden-authors")
	fine(t, "export", at("one"), "--data", from, "--with-hidden-authors")
	s.stop()
	for _, test := range []struct{ read, data string }{{"one.zip", "from-zip"}, {"one", "from-folder"}} {
		if out := fine(t, "import", at(test.read), "--whole", "--data", at(test.data)); !strings.Contains(out, "read, with everything") {
			t.Errorf("%s: %s", test.read, out)
		}
		fine(t, "export", at(test.data+".zip"), "--data", at(test.data), "--with-hidden-authors")
		fine(t, "export", at(test.data+"-export"), "--data", at(test.data), "--with-hidden-authors")
		if !bytes.Equal(read(t, at("one.zip")), read(t, at(test.data+".zip"))) {
			t.Errorf("%s: the zip has other bytes", test.read)
		}
		want, got := tree(t, at("one")), tree(t, at(test.data+"-export"))
		for name, text := range want {
			if got[name] != text {
				t.Errorf("%s: %s has other bytes:\n%s\nwant\n%s", test.read, name, got[name], text)
			}
		}
		if len(got) != len(want) || len(want) < 20 {
			t.Errorf("%s: %d files, want %d", test.read, len(got), len(want))
		}
		fine(t, "check", "--data", at(test.data))
		wrong(t, exitWrong, "", "import", at("one.zip"), "--whole", "--data", at(test.data)) // no longer empty
	}
	// All or nothing: one wrong file, and nothing comes in.
	name := ""
	for n := range tree(t, at("one")) {
		if strings.HasPrefix(n, "entries"+string(filepath.Separator)) {
			name = n
			break
		}
	}
	write(t, filepath.Join(at("one"), name), "---\nkind: nothing\n---\ntext\n")
	o := wrong(t, exitWrong, filepath.ToSlash(name)+":", "import", at("one"), "--whole", "--data", at("broken"))
	if out := fine(t, "person", "list", "--json", "--data", at("broken")); len(decode[[]control.Person](t, out)) != 0 {
		t.Errorf("a refused export left people behind:\n%s", o.err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
