// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"
)

// A facilitator on a phone, from what has no theme yet to a theme letter: two
// entries come into a theme, another is proposed, and the common thread quotes
// one that not everybody may read. It is refused until the writer consents; then
// everybody sees the thread, and who follows the theme finds the letter.
func TestBrowserThread(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	const (
		theme = "/themas/wie-heeft-de-bal"
		quote = "Na elk overleg belt voortaan een van ons tweeën"
		lead  = "Kort en goed: wie belt er?"
	)
	visit := func(part string) *tab {
		b := newBrowser(t, chromium, s.at, phone())
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
	for _, path := range []string{wide, narrow} {
		id := strings.TrimPrefix(path, "/ervaringen/")
		desk.tap(`main input[name="keuze-` + id + `"][value="add"]`)
		desk.sets("thema-"+id, strings.TrimPrefix(theme, "/themas/"))
	}
	desk.press(`main .rz-triage__end button`)
	desk.open("/begeleiding" + theme + "/voorstellen")
	proposed := js[string](desk, `document.querySelector('main .rz-triage__row input[name="entry"]')?.value ?? ""`)
	if proposed == "" {
		t.Fatalf("nothing is proposed:\n%s", desk.text("main"))
	}
	desk.tap(`main input[name="keuze-` + proposed + `"][value="add"]`)
	desk.press(`main .rz-triage__end button`)
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
}
