// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

var updateUploads = flag.Bool("update-uploads", false, "write the list of attacks on uploads anew")

// requestAttack is an upload that is wrong as a request, whatever is in the file.
type requestAttack struct {
	name   string
	who    string // participant when empty, nobody when "-"
	path   string // of their draft when empty
	header map[string]string
	body   string
	want   int
	kept   string // the name it is kept under, where it is taken
}

const boundary = "grens"

// uploadPart is a part of a form, with a head as somebody wrote it.
func uploadPart(head, content string) string {
	return "--" + boundary + "\r\n" + head + "\r\n\r\n" + content + "\r\n"
}

func fileNamed(name string) string {
	return uploadPart(`Content-Disposition: form-data; name="file"; filename="`+name+`"`, "Gewoon een tekst.") + "--" + boundary + "--\r\n"
}

func requestAttacks() []requestAttack {
	good := fileNamed("brief.txt")
	return []requestAttack{
		{name: "a name that leads out of the folder", body: fileNamed("../../../etc/cron.d/brief.txt"), want: http.StatusCreated, kept: "brief.txt"},
		{name: "a name with backslashes", body: fileNamed(`C:\\Windows\\brief.txt`), want: http.StatusCreated, kept: "brief.txt"},
		{name: "a name from the root", body: fileNamed("/etc/brief.txt"), want: http.StatusCreated, kept: "brief.txt"},
		{name: "a name of dots", body: fileNamed(".."), want: http.StatusUnprocessableEntity},
		{name: "a hidden file", body: fileNamed(".htaccess"), want: http.StatusUnprocessableEntity},
		{name: "a name with markup", body: fileNamed("<img src=x onerror=alert(1)>.txt"), want: http.StatusCreated, kept: "<img src=x onerror=alert(1)>.txt"},
		{name: "a name that turns the direction of reading", body: fileNamed("foto\u202egpj.txt"), want: http.StatusCreated, kept: "fotogpj.txt"},
		{name: "a name with a null", body: fileNamed("brief.txt\x00.exe"), want: http.StatusBadRequest},
		{name: "a name with a line end for the headers", body: uploadPart("Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''x%0d%0aSet-Cookie:%20a=b.txt", "Gewoon een tekst.") + "--" + boundary + "--\r\n", want: http.StatusUnprocessableEntity},
		{name: "a name that is no UTF-8", body: fileNamed("brief\xff.txt"), want: http.StatusUnprocessableEntity},
		{name: "a name of ten thousand letters", body: fileNamed(strings.Repeat("a", 10_000) + ".txt"), want: http.StatusCreated, kept: strings.Repeat("a", rugzak.MaxAttachmentName-4) + ".txt"},
		{name: "a type that is not true", body: uploadPart("Content-Disposition: form-data; name=\"file\"; filename=\"brief.txt\"\r\nContent-Type: text/html", "Gewoon een tekst.") + "--" + boundary + "--\r\n", want: http.StatusCreated, kept: "brief.txt"},
		{name: "a coding for the transfer that hides a page", body: uploadPart("Content-Disposition: form-data; name=\"file\"; filename=\"brief.txt\"\r\nContent-Transfer-Encoding: quoted-printable", "=3Cscript=3Ealert(1)=3C/script=3E") + "--" + boundary + "--\r\n", want: http.StatusCreated, kept: "brief.txt"},
		{name: "a form in a form", body: uploadPart("Content-Disposition: form-data; name=\"file\"; filename=\"brief.txt\"\r\nContent-Type: multipart/mixed; boundary=in", "--in\r\nContent-Disposition: file; filename=\"x.exe\"\r\n\r\nMZ\r\n--in--") + "--" + boundary + "--\r\n", want: http.StatusCreated, kept: "brief.txt"},
		{name: "more parts than a form has", body: strings.Repeat(uploadPart(`Content-Disposition: form-data; name="x"`, "y"), maxUploadParts+1) + good, want: http.StatusBadRequest},
		{name: "a field that never ends", body: uploadPart(`Content-Disposition: form-data; name="alt"`, strings.Repeat("a", maxUploadField+1)) + good, want: http.StatusBadRequest},
		{name: "a field that is no UTF-8", body: uploadPart(`Content-Disposition: form-data; name="alt"`, "\xff\xfe") + good, want: http.StatusBadRequest},
		{name: "ten thousand lines in the head of a part", body: uploadPart("Content-Disposition: form-data; name=\"file\"; filename=\"brief.txt\""+strings.Repeat("\r\nX-A: b", 20_000), "x") + good, want: http.StatusBadRequest},
		{name: "a body that breaks off in a file", body: good[:len(good)-30], want: http.StatusBadRequest},
		{name: "a body without parts", body: "--" + boundary + "--\r\n", want: http.StatusUnprocessableEntity},
		{name: "a body that is no form", body: "gewoon wat tekst", want: http.StatusUnprocessableEntity},
		{name: "no boundary", header: map[string]string{"Content-Type": "multipart/form-data"}, body: good, want: http.StatusBadRequest},
		{name: "another type of body", header: map[string]string{"Content-Type": "application/json"}, body: `{"file":"x"}`, want: http.StatusBadRequest},
		{name: "from a page of another site", header: map[string]string{"Sec-Fetch-Site": "cross-site"}, body: good, want: http.StatusForbidden},
		{name: "with the origin of another site", header: map[string]string{"Origin": "https://elders.test"}, body: good, want: http.StatusForbidden},
		{name: "not signed in", who: "-", body: good, want: http.StatusSeeOther},
		{name: "to the draft of somebody else", who: colleague, body: good, want: http.StatusNotFound},
		{name: "to an entry that is not there", path: at(pathAttachments, "00000000000000000000000000"), body: good, want: http.StatusNotFound},
		{name: "to an address with a way out", path: "/ervaringen/../../bijlagen", body: good, want: http.StatusNotFound},
		{name: "to an address that takes no files", path: pathShare, body: good, want: http.StatusBadRequest},
	}
}

// Whatever is sent as an upload over HTTP: what is refused is refused with a
// sentence, what is taken is served as something that can do nothing, and the
// list of what was tried stands in the documentation.
func TestUploadAttacks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.aDraft(participant)
	me := s.as(participant)
	me.header.Set("Accept", "application/json")
	messages := map[string]string{}
	for _, key := range []string{"kind", "name", "damaged", "bomb", "macros", "text", "svg", "old_word", "empty", "heic", "video"} {
		messages[s.Catalogue.Printer("nl").T("error.attachment."+key)] = "invalid error.attachment." + key
	}
	pixels, _, _ := strings.Cut(s.Catalogue.Printer("nl").T("error.attachment.pixels", 40), "40")
	var list strings.Builder
	line := func(name, sent, outcome string) { fmt.Fprintf(&list, "| %s | %s | %s |\n", name, sent, outcome) }
	for _, a := range rugzaktest.UploadAttacks(t) {
		got := me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{a.Called, a.File}})
		var told uploadAnswer
		if err := json.Unmarshal([]byte(got.Body), &told); err != nil {
			t.Fatalf("%s: %d %s", a.Name, got.Status, got.Body)
		}
		outcome := messages[told.Message]
		if strings.HasPrefix(told.Message, pixels) {
			outcome = "invalid error.attachment.pixels"
		}
		if strings.Contains(a.Called, "\x00") && got.Status == http.StatusBadRequest { // it comes no further than the form
			line(a.Name, "`"+strings.ReplaceAll(a.Called, "\x00", `\0`)+"`", "refused: 400")
			continue
		}
		if got.Status == http.StatusCreated {
			outcome = string(told.Kind)
			servedHarmless(t, me, a.Name, told)
			me.post(at(pathAttachmentRemoving, string(told.ID))).want(http.StatusSeeOther)
		} else if got.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", a.Name, got.Status)
		}
		if outcome != a.Want {
			t.Errorf("%s: %s (%d), want %s", a.Name, outcome, got.Status, a.Want)
		}
		if refused, ok := strings.CutPrefix(a.Want, "invalid error.attachment."); ok {
			line(a.Name, "`"+a.Called+"`", "refused: "+refused)
		} else {
			line(a.Name, "`"+a.Called+"`", "taken as "+a.Want)
		}
	}
	list.WriteString("\n## Requests\n\n| tried | outcome |\n|---|---|\n")
	for _, a := range requestAttacks() {
		s.requestAttack(a, e.ID)
		outcome := fmt.Sprintf("refused: %d", a.want)
		if a.want == http.StatusCreated {
			outcome = "taken as a text, called `" + cutText(a.kept, 40) + "`"
		}
		fmt.Fprintf(&list, "| %s | %s |\n", a.name, outcome)
	}
	holdUploadList(t, list.String())
}

// servedHarmless looks at how a file that was taken is given back.
func servedHarmless(t *testing.T, me *client, name string, told uploadAnswer) {
	t.Helper()
	got := me.get(told.Address).want(http.StatusOK)
	inline := told.Kind == rugzak.AttachedImage || told.Kind == rugzak.AttachedAudio
	if got.Header.Get("Content-Security-Policy") != filePolicy || got.Header.Get("X-Content-Type-Options") != "nosniff" ||
		strings.HasPrefix(got.Header.Get("Content-Disposition"), "inline;") != inline || (rugzak.Attachment{Type: got.Header.Get("Content-Type")}).Ending() == "" {
		t.Errorf("%s is served with %v", name, got.Header)
	}
	if told.Kind == rugzak.AttachedImage && (strings.Contains(got.Body, "alert(1)") || strings.Contains(got.Body, "PK\x03\x04")) {
		t.Errorf("%s: more than a picture is kept", name)
	}
}

func (s *site) requestAttack(a requestAttack, draft rugzak.EntryID) {
	s.Helper()
	who := cmp.Or(a.who, participant)
	if who == "-" {
		who = nobody
	}
	c := s.as(who)
	c.header.Set("Accept", "application/json")
	path := a.path
	if path == "" {
		path = at(pathAttachments, string(draft))
	}
	r, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.URL+path, io.NopCloser(bytes.NewReader([]byte(a.body))))
	if err != nil {
		s.Fatal(err)
	}
	r.ContentLength = int64(len(a.body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
	for name, value := range a.header {
		r.Header.Set(name, value)
	}
	got := c.do(r)
	if got.Status != a.want {
		s.Errorf("%s: %d, want %d: %.200s", a.name, got.Status, a.want, got.Body)
		return
	}
	if a.want != http.StatusCreated {
		return
	}
	var told uploadAnswer
	if err := json.Unmarshal([]byte(got.Body), &told); err != nil || told.Name != a.kept {
		s.Errorf("%s: kept as %q, %v", a.name, told.Name, err)
	}
	served := c.get(told.Address).want(http.StatusOK)
	if served.Header.Get("Content-Type") != "text/plain; charset=utf-8" || served.Header.Get("Set-Cookie") != "" {
		s.Errorf("%s: served with %v", a.name, served.Header)
	}
	s.as(participant).post(at(pathAttachmentRemoving, string(told.ID))).want(http.StatusSeeOther)
}

// holdUploadList compares the list with the documentation.
func holdUploadList(t *testing.T, list string) {
	t.Helper()
	file := filepath.Join("..", "..", "docs", "security", "uploads.md")
	want := "# Attacks on uploads\n\nWhat was tried with files and requests, and what came of it. `TestUploadAttacks` sends each over HTTP to a site on real\n" +
		"adapters, and `TestAttacks` of `pkg/media` measures the memory. Made by\n`go test -run TestUploadAttacks ./pkg/web -update-uploads`.\n\n" +
		"A picture is always made anew: only its pixels are kept. Of documents and sounds the properties that tell of their maker are\n" +
		"made empty, as far as they are known: those of a PDF that stand compressed, or that is signed or locked, stay. Whatever is\n" +
		"taken is served with `nosniff`, a policy of `sandbox` and,\n" +
		"but for pictures and sound, as a download.\n\n## Files\n\n| tried | sent as | outcome |\n|---|---|---|\n" + list
	if *updateUploads {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != want {
		t.Errorf("%s differs from what is tried: run with -update-uploads (%v)", file, err)
	}
}
