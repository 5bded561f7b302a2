// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	testparts "rugzak/pkg/rugzaktest"
)

// choosesFile picks a file in a field, as somebody does in the window of the system.
func (b *tab) choosesFile(selector, file string) {
	b.Helper()
	b.do("choose "+filepath.Base(file), chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}, chromedp.NodeReady))
}

// pictureScript tells of a picture on the page how it is shown, and what is in
// its file.
const pictureScript = `(async (img) => {
	await img.decode();
	const canvas = document.createElement("canvas");
	[canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
	const draw = canvas.getContext("2d");
	draw.drawImage(img, 0, 0);
	const files = [];
	for (const address of [img.currentSrc, new URL(img.getAttribute("src"), location).href]) {
		const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
		files.push(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
	}
	const told = ["Exif", "Telefoon 47", "kanarie", "GPS"].filter((word) => files.some((f) => f.includes(word)));
	return { width: img.naturalWidth, height: img.naturalHeight, said: [img.width > 0, img.getAttribute("width"), img.getAttribute("height")].join(" "),
		corner: Array.from(draw.getImageData(img.naturalWidth / 4, img.naturalHeight / 4, 1, 1).data), told, alt: img.alt };
})(document.querySelector(%s))`

func pictureScriptFor(selector string) string { return fmt.Sprintf(pictureScript, quoted(selector)) }

type pictureSeen struct {
	Width  int      `json:"width"`
	Height int      `json:"height"`
	Said   string   `json:"said"`
	Corner []int    `json:"corner"`
	Told   []string `json:"told"`
	Alt    string   `json:"alt"`
}

// A photo of a telephone, turned and with its place on earth, is attached with and
// without scripts: readers see it upright, and nothing in what they get says where
// it was made, with what, or what else was in the file.
func TestBrowserPhoto(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	file := filepath.Join(t.TempDir(), "IMG_0047.jpg")
	if err := os.WriteFile(file, testparts.Photo(t, 400, 300, 6), 0o600); err != nil { // on its side
		t.Fatal(err)
	}
	// seen looks at a picture of the page.
	seen := func(b *tab, selector, alt string) {
		b.Helper()
		b.do("go to the picture", chromedp.ScrollIntoView(chromedp.CSS(selector)))
		script := `window.seenPicture = null; (` + pictureScriptFor(selector) + `).then((p) => { window.seenPicture = p; }); true`
		js[bool](b, script)
		b.waits("the picture", `window.seenPicture !== null`)
		p := js[pictureSeen](b, `window.seenPicture`)
		if p.Width != 300 || p.Height != 400 || p.Alt != alt || len(p.Told) > 0 {
			b.Errorf("%s shows %+v", b.path(), p)
		}
		if c := p.Corner; len(c) < 3 || c[2] < 150 || c[0] > 90 || c[1] > 90 { // the blue corner came up
			b.Errorf("the corner has the colour %v", p.Corner)
		}
	}
	t.Run("with scripts", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open(fullForm)
		b.pastes("title", "Een muur vol briefjes")
		b.pastes("body", "We hingen een week lang briefjes op.")
		b.choosesFile("rz-attachments input[type=file]", file)
		b.waits("the picture to be attached", `document.querySelector(".rz-attached img")`)
		b.waits("all of it to be kept", `((d) => d.kept === d.typed())(document.querySelector("rz-draft"))`)
		alt := js[string](b, `document.querySelector('.rz-attached input[name$="_alt"]').name`)
		b.types(alt, "Een muur met gele briefjes")
		b.tap(`.rz-attached input[name$="_people"][value="nobody"]`)
		b.tap(`.rz-attached [data-insert]`)
		b.waits("the picture in the text", `document.querySelector("main textarea[name=body]").value.includes("![Een muur met gele briefjes](/bijlagen/")`)
		b.tap(`main input[name="audience"][value="internal"]`)
		if status := b.press(`main button[name="do"][value="share"]`); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
			t.Fatalf("sharing leads to %s with %d:\n%s", b.path(), status, b.text("main"))
		}
		path := b.path()
		reader := newBrowser(t, chromium, s.at, desktop())
		reader.signIn(s, "facilitator")
		reader.open(path)
		seen(reader, ".rz-prose img", "Een muur met gele briefjes")
		reader.checkLook("facilitator")
	})
	t.Run("without scripts", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.withoutScripts()
		b.signIn(s, "participant")
		b.open(fullForm)
		b.types("title", "Nog een muur")
		b.types("body", "Nu op de tweede verdieping.")
		b.press(`main button[name="do"][value="attach"]`)
		b.choosesFile("#file", file)
		b.press("#toevoegen button")
		names := js[[]string](b, `[...document.querySelectorAll("#beschrijven input")].map((e) => e.name)`)
		i := slices.IndexFunc(names, func(n string) bool { return len(n) > 4 && n[len(n)-4:] == "_alt" })
		if i < 0 {
			t.Fatalf("there is nothing to describe: %q\n%s", names, b.text("main"))
		}
		b.types(names[i], "Dezelfde muur, een week later")
		b.tap(`#beschrijven input[name$="_people"][value="nobody"]`)
		b.press("#beschrijven .utrecht-button-group button")
		b.press(`#beschrijven a[href$="/bewerken"]`)
		if status := b.press(`main button[name="do"][value="share"]`); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
			t.Fatalf("sharing leads to %s with %d:\n%s", b.path(), status, b.text("main"))
		}
		path := b.path()
		reader := newBrowser(t, chromium, s.at, desktop())
		reader.signIn(s, "participant")
		reader.open(path)
		seen(reader, ".rz-files img", "Dezelfde muur, een week later")
	})
	t.Run("in the short form, before a word is typed", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open(quickForm)
		b.choosesFile("rz-attachments input[type=file]", file)
		b.waits("the picture to be attached", `document.querySelector(".rz-attached img")`)
		b.checkLook("participant")
		b.types("answer_happened", "We hingen briefjes op in de hal.")
		b.tap(`.rz-attached [data-insert]`)
		b.waits("the picture in the text", `/!\[\]\(\/bijlagen\//.test(document.querySelector("[name=answer_happened]").value)`)
		// What it shows is typed once, in the text.
		js[bool](b, `((f) => { const at = f.value.indexOf("![") + 2; f.focus(); f.setSelectionRange(at, at); return document.execCommand("insertText", false, "Een hal vol briefjes"); })(document.querySelector("[name=answer_happened]"))`)
		if got := js[string](b, `document.querySelector('.rz-attached input[name$="_alt"]').value`); got != "Een hal vol briefjes" {
			t.Errorf("what it shows is asked again: %q", got)
		}
		if status := b.press(sharing); status != http.StatusUnprocessableEntity || !b.has(`.rz-attached [id$="_people-error"]`) {
			t.Fatalf("who is in it is not asked: %d at %s\n%s", status, b.path(), b.text("main"))
		}
		b.tap(`.rz-attached input[name$="_people"][value="nobody"]`)
		if status := b.press(sharing); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
			t.Fatalf("sharing leads to %s with %d:\n%s", b.path(), status, b.text("main"))
		}
		seen(b, ".rz-prose img", "Een hal vol briefjes")
	})
	t.Run("with a number that is none", func(t *testing.T) {
		order := filepath.Join(t.TempDir(), "bestelling.txt")
		if err := os.WriteFile(order, []byte("Twee dozen, 111222333"), 0o600); err != nil {
			t.Fatal(err)
		}
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open(quickForm)
		b.choosesFile("rz-attachments input[type=file]", order)
		b.waits("the question", `document.querySelector("[data-declare] input[value='111222333']")`)
		b.checkLook("participant")
		b.tap("[data-declare] button:not([name])")
		if got := js[string](b, `document.activeElement.name`); got != "not_bsn" {
			t.Errorf("unanswered, the focus goes to %q", got)
		}
		b.tap("[data-declare] input[type=checkbox]")
		b.tap("[data-declare] button:not([name])")
		b.waits("the file to be attached", `document.querySelector(".rz-attached") && !document.querySelector("[data-declare]")`)
		b.drops()
	})
	t.Run("in the short form, without scripts", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.withoutScripts()
		b.signIn(s, "participant")
		b.open(quickForm)
		b.types("answer_happened", "Zonder scripts hing er ook een briefje.")
		b.press(`main button[name="do"][value="attach"]`)
		b.choosesFile("#file", file)
		b.press("#toevoegen button")
		b.press(`#beschrijven a[href$="/bewerken"]`)
		if got := b.holds("body"); !strings.Contains(got, "Zonder scripts hing er ook een briefje.") || !b.has(".rz-attached img") {
			t.Errorf("the draft is %q", got)
		}
	})
}
