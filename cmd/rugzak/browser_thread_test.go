// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A facilitator with a keyboard, from what has no theme yet to a theme
// letter: two entries come into a theme, another is proposed, and the common
// thread quotes one that not everybody may read. It is refused until the writer
// consents; then everybody sees the thread, and who follows the theme gets the
// letter, as a page and in the mail.
func TestBrowserThread(t *testing.T) {
	chromium := startChromium(t)
	s, system := startMailShowcase(t)
	const (
		theme = "/themas/wie-heeft-de-bal"
		quote = "Na elk overleg belt voortaan een van ons tweeën"
		lead  = "Kort en goed: wie belt er?"
	)
	visit := func(part string) *tab {
		on := phone()
		if part == "facilitator" {
			on = desktop()
		}
		b := newBrowser(t, chromium, s.at, on)
		b.signIn(s, part)
		return b
	}
	writer := visit("manager")
	wide := writer.shareQuickly("De bal lag stil na het overleg over de overdracht.")
	narrow := writer.shareQuickly(quote + ", en dat scheelt een week.")
	writer.open(narrow + "/zichtbaar")
	writer.tap(`main input[name="audience"][value="organisation"]`)
	writer.press(`main button[name="do"][value="save"]`)

	desk := visit("facilitator")
	desk.open("/begeleiding/zonder-thema")
	for _, path := range []string{narrow, wide} { // the newest first
		desk.adds(strings.TrimPrefix(path, "/ervaringen/"), "Wie heeft de bal")
	}
	desk.sendsChoices()
	desk.open("/begeleiding" + theme + "/voorstellen")
	proposed := js[string](desk, `document.querySelector('main .rz-triage__row input[name="entry"]')?.value ?? ""`)
	if proposed == "" {
		t.Fatalf("nothing is proposed:\n%s", desk.text("main"))
	}
	desk.adds(proposed, "")
	desk.sendsChoices()
	desk.open(theme)
	for _, path := range []string{wide, narrow, "/ervaringen/" + proposed} {
		if !desk.has(`main article a[href="` + path + `"]`) {
			t.Errorf("%s is not in the theme", path)
		}
	}

	// The thread quotes what only one department may read: refused.
	desk.open(theme + "/rode-draad?bijdrage=" + strings.TrimPrefix(narrow, "/ervaringen/"))
	row := js[string](desk, `[...document.querySelectorAll('main select[name^="see_source_"]')].find((e) => e.value === `+quoted(strings.TrimPrefix(narrow, "/ervaringen/"))+`)?.name ?? ""`)
	if row == "" {
		t.Fatalf("the entry somebody came from cannot be quoted:\n%s", desk.text("main"))
	}
	number := strings.TrimPrefix(row, "see_source_")
	desk.pastes("see_quote_"+number, strings.ToLower(quote))
	desk.pastes("see_function_"+number, "teamleider")
	if status := desk.press(`main button[name="do"][value="save"]`); status != http.StatusUnprocessableEntity {
		t.Fatalf("a source that is too narrow answers %d:\n%s", status, desk.text("main"))
	}
	desk.says("main", "mag door minder mensen gelezen worden", "Nog niet voor iedereen")
	desk.press(`main button[name="do"][value^="ask_"]`)
	desk.says("main", "Gevraagd. Je hoort het als de schrijver antwoordt.")
	if status := desk.press(`main button[name="do"][value="save"]`); status != http.StatusUnprocessableEntity {
		t.Errorf("before the writer answers it answers %d", status)
	}
	desk.tap(`main input[name="bound"]`)
	desk.press(`main button[name="do"][value="save"]`)
	desk.says("main .rz-thread", strings.ToLower(quote), "teamleider, Wmo", "nog niet voor iedereen")
	reader := visit("participant")
	reader.open(theme)
	reader.hides("main", strings.ToLower(quote), "teamleider")
	reader.press(`main form[action^="/meekijken/thema/"] button`)

	// The writer consents, and everybody sees it.
	writer.open(narrow)
	writer.press(`main form[action^="` + narrow + `/breder/"] button[value="yes"]`)
	reader.open(theme)
	reader.says("main .rz-thread", strings.ToLower(quote), "teamleider, Wmo")

	// A week after the last letter there is room for another; the example has one.
	desk.open(theme + "/brieven")
	desk.press(`main a[href^="/themabrieven/"]`)
	desk.unfolds(`main details:has(form[action$="/verwijderen"]) > summary`)
	desk.press(`main form[action$="/verwijderen"] button`)
	desk.open(theme + "/brieven/nieuw")
	desk.pastes("lead", lead)
	desk.press(`main button[name="do"][value="save"]`)
	desk.says("main", "De brief is bewaard", lead)
	desk.press(`main a[href$="/bewerken"]`)
	desk.press(`main button[name="do"][value="send"]`)
	desk.says("main", "De brief is verstuurd", lead, strings.ToLower(quote))
	letter := desk.path()
	reader.open("/meldingen")
	reader.says("main", "Er is een nieuwe themabrief over")
	reader.press(`main a[href="` + letter + `"]`)
	reader.says("main", lead, "De rode draad", strings.ToLower(quote), "Een open vraag", "Een werkvorm")

	// The mail says the same in short: the titles, as this site has chosen for its
	// mail, and no text. It leads to the page. Nobody else gets it.
	var text, html string
	if !eventually(func() bool { text, html = letterTo(t, system, s.people["participant"].Email); return text != "" }) {
		t.Fatalf("no mail of the letter among %d", len(system.taken(t)))
	}
	for _, part := range []string{text, html} {
		for _, want := range []string{"Wie heeft de bal", "De rode draad", "Een open vraag", "Een werkvorm", s.at + letter} {
			if !strings.Contains(part, want) {
				t.Errorf("the mail does not hold %q:\n%s", want, part)
			}
		}
		for _, text := range []string{strings.ToLower(quote), lead} {
			if strings.Contains(part, text) {
				t.Errorf("the mail holds what is only on the page, %q:\n%s", text, part)
			}
		}
	}
	if text, _ := letterTo(t, system, s.people["partner"].Email); text != "" {
		t.Errorf("somebody who does not follow the theme gets the letter:\n%s", text)
	}
}

// adds puts an entry into a theme by the keys: the tab key goes there, a digit
// chooses, and the arrows choose the theme where the page asks for it.
func (b *tab) adds(id, theme string) {
	b.Helper()
	b.tabTo(`e.name === ` + quoted("keuze-"+id))
	b.key("1")
	if theme != "" {
		if js[string](b, `document.activeElement.name`) != "thema-"+id {
			b.tabTo(`e.name === ` + quoted("thema-"+id))
		}
		at := `((s) => [...s.options].findIndex((o) => o.label.startsWith(` + quoted(theme) + `)) - s.selectedIndex)(document.activeElement)`
		for range 30 {
			switch away := js[int](b, at); {
			case away > 0:
				b.key(kb.ArrowDown)
			case away < 0:
				b.key(kb.ArrowUp)
			}
		}
		if js[int](b, at) != 0 {
			b.Fatalf("the arrow keys do not come to %q:\n%s", theme, b.text("main"))
		}
	}
	if got := js[string](b, `document.querySelector(`+quoted(`[name="keuze-`+id+`"]:checked`)+`).value`); got != "add" {
		b.Fatalf("the digit chooses %q", got)
	}
}

// sendsChoices sends what was chosen, by the keys.
func (b *tab) sendsChoices() {
	b.Helper()
	if !js[bool](b, `document.activeElement.matches(".rz-triage__end button")`) {
		b.tabTo(`e.matches(".rz-triage__end button")`)
	}
	b.goes("press enter", chromedp.KeyEvent(kb.Enter))
}

// startMailShowcase starts a demonstration as a site that sends mail.
func startMailShowcase(t *testing.T) (*showcase, mailSystem) {
	t.Helper()
	program, system := buildProgram(t), startMailSystem(t)
	s := startShowcase(t)
	if code := s.stop(); code != 0 {
		t.Fatalf("the demonstration ends with %d", code)
	}
	at := freeAddress(t)
	p := startProcessWith(t, []string{"SSL_CERT_FILE=" + system.authority}, program,
		"serve", "--data", s.dir, "--listen", at, "--log-level", "error", "--base-url", "http://"+at,
		"--smtp-host", "127.0.0.1", "--smtp-port", system.port, "--mail-from", "rugzak@example.test")
	t.Cleanup(func() {
		if err := p.terminate(patience); err != nil {
			t.Error(err)
		}
	})
	s.at = p.at
	return s, system
}

// letterTo is the theme letter somebody got in the mail, as text and as HTML.
func letterTo(t *testing.T, system mailSystem, address string) (text, html string) {
	t.Helper()
	for _, file := range system.taken(t) {
		m, err := mail.ReadMessage(bytes.NewReader(read(t, file)))
		if err != nil {
			t.Fatal(err)
		}
		_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(m.Header.Get("To"), address) {
			continue
		}
		parts := multipart.NewReader(m.Body, params["boundary"])
		var said [2]string
		for i := range said {
			part, err := parts.NextRawPart()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(quotedprintable.NewReader(part))
			if err != nil {
				t.Fatal(err)
			}
			said[i] = strings.ReplaceAll(string(body), "\r\n", "\n")
		}
		if strings.Contains(said[0], "/themabrieven/") {
			return said[0], said[1]
		}
	}
	return "", ""
}
