// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// longestSentence is how many words a sentence of the site may have: what is read
// on a screen, between other things, by people who read Dutch at level B1. English
// needs a few words more to say the same.
var longestSentence = map[string]int{Dutch: 20, English: 22}

// notOurWords are words that stand in no text of ours, with what we say instead:
// jargon, words of offices, words of makers of software, and second words for
// something that has a word already. Each is the whole of a word.
var notOurWords = map[string]map[string]string{
	Dutch: {
		// words of social media and of consultants
		"posten": "delen", "liken": "herkenbaar", "sharen": "delen", "community": "collega’s en partners", "dashboard": "stand van zaken",
		"issue": "vraagstuk", "issues": "vraagstukken", "learnings": "lessen", "best practice": "goed voorbeeld", "best practices": "goede voorbeelden",
		"feedback": "reactie", "stakeholder": "wie meedoet", "stakeholders": "wie meedoen", "input": "wat iemand zegt", "output": "wat het oplevert", "content": "tekst",
		"casus": "ervaring", "implementeren": "invoeren", "implementatie": "invoeren", "borgen": "zorgen dat het blijft", "afstemmen": "afspreken", "afstemming": "afspraak",
		// words of offices
		"teneinde": "om te", "met betrekking tot": "over", "indien": "als", "middels": "met", "conform": "volgens", "ten behoeve van": "voor", "betreffende": "over",
		"alsmede": "en", "derhalve": "dus", "dient te": "moet", "dienen te": "moeten", "gelieve": "wil je", "reeds": "al", "tevens": "ook", "omtrent": "over",
		"inzake": "over", "voorts": "ook", "tevergeefs": "zonder iets te vinden", "aangaande": "over", "nochtans": "toch", "desgewenst": "als je wilt", "ingevolge": "door",
		// words of makers of software
		"gebruiker": "deelnemer", "gebruikers": "deelnemers", "uploaden": "toevoegen", "upload": "bestand toevoegen", "valideren": "nakijken", "submit": "versturen",
		"selecteer": "kies", "ongeldig": "klopt niet", "ongeldige": "die niet klopt", "klik hier": "zeg waar de link heen gaat", "cache": "", "default": "gewoon",
		"parameter": "keuze", "functionaliteit": "wat het kan", "genereren": "maken",
		// second words
		"back-up": "reservekopie", "back-ups": "reservekopieën", "bladzijde": "pagina", "privacycontact": "privacycoördinator", "startpagina": "beginpagina",
	},
	English: {
		"utilise": "use", "utilize": "use", "leverage": "use", "learnings": "lessons", "best practice": "good example", "best practices": "good examples",
		"stakeholder": "who takes part", "stakeholders": "who take part", "dashboard": "state of affairs", "community": "colleagues and partners",
		"prior to": "before", "in order to": "to", "commence": "begin", "terminate": "end", "hereby": "", "aforementioned": "this", "pursuant": "by", "whilst": "while",
		"click here": "say where the link leads", "invalid": "say what is wrong", "user": "participant", "users": "participants", "submit": "send",
		"contribution": "entry", "contributions": "entries", "author": "writer", "authors": "writers", "author’s": "writer’s",
	},
}

// besides are texts that may hold such a word, by key or file.
var besides = map[string]bool{
	// says which words to avoid
	"help/schrijven.md": true,
}

// mayBeLong are the keys of sentences that may be longer: none needs it.
var mayBeLong = map[string]bool{}

// eachText gives every text of a language: the sentences of the catalogue but
// those of the command line, which managers of servers read, and the help. Texts
// between backquotes are left out: they are typed.
func eachText(t *testing.T, lang string, see func(where, text string)) {
	t.Helper()
	for key, m := range mustLoad(t).messages[lang] {
		if part, _, _ := strings.Cut(key, "."); part == "cli" || part == "exchange" || part == "eval" {
			continue
		}
		for _, form := range []string{m.zero, m.one, m.other} {
			if form != "" {
				see(key, form)
			}
		}
	}
	help := os.DirFS(path.Join("..", "..", "content", lang))
	names, err := fs.Glob(help, "help/*.md")
	if err != nil || len(names) < 10 {
		t.Fatalf("the help was not found: %v %v", names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(help, name)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(text), "---"), "\n---\n")
		for line := range strings.Lines(body) {
			if strings.HasPrefix(line, "|") || strings.HasPrefix(line, "    ") { // a table, or an example
				line = strings.ReplaceAll(line, "|", ".\n")
			}
			see(name, typed.ReplaceAllString(links.ReplaceAllString(line, "$1"), ""))
		}
	}
}

var (
	links    = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	typed    = regexp.MustCompile("`[^`]*`")
	sentence = regexp.MustCompile(`[.!?:;…]["”’)*]*(\s|$)|\n`)
)

// words are the words of a text, in small letters, with one space between them and
// around them.
func words(text string) string {
	fields := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '’' && r != '\''
	})
	return " " + strings.Join(fields, " ") + " "
}

// Nothing we say holds jargon, words of offices, or a second word for something.
func TestPlainWords(t *testing.T) {
	for _, lang := range Languages() {
		eachText(t, lang, func(where, text string) {
			if besides[where] {
				return
			}
			said := words(text)
			for word, instead := range notOurWords[lang] {
				if strings.Contains(said, " "+word+" ") {
					t.Errorf("%s: %s: says %q, better is %q: %s", lang, where, word, instead, text)
				}
			}
		})
	}
}

// Sentences are short enough to be read once.
func TestShortSentences(t *testing.T) {
	for _, lang := range Languages() {
		eachText(t, lang, func(where, text string) {
			for _, s := range sentence.Split(text, -1) {
				if n := len(strings.Fields(words(s))); n > longestSentence[lang] && !mayBeLong[where] {
					t.Errorf("%s: %s: %d words: %s", lang, where, n, s)
				}
			}
		})
	}
}

// The help, too, is written to "je".
func TestHelpSaysJe(t *testing.T) {
	eachText(t, Dutch, func(where, text string) {
		for _, word := range []string{" u ", " uw ", " uzelf "} {
			if strings.Contains(words(text), word) {
				t.Errorf("%s: says%s: %s", where, word, text)
			}
		}
	})
}

// What is counted goes with its verb: one thing is, many things are, and so are
// none unless the sentence has words of its own for that.
func TestCountedSentencesAgree(t *testing.T) {
	many := map[string]string{
		Dutch: `(zijn|hebben|worden|werden|staan|liggen|wachten|gaan|komen|kunnen|mogen|passen|kloppen|vinden|lijken|horen|vragen|kwamen)`, English: `(are|have|were|wait|lie|go|hold|find|do)`,
	}
	single := map[string]string{
		Dutch: `(is|heeft|wordt|werd|staat|ligt|wacht|gaat|komt|kan|mag|past|klopt|vindt|lijkt|hoort|vraagt|kwam)`, English: `(is|has|was|waits|lies|comes|goes|holds|finds|does)`,
	}
	for lang, messages := range mustLoad(t).messages {
		one := regexp.MustCompile(`^%d (\pL+ ){0,2}` + many[lang] + `\b|\b(` + map[string]string{Dutch: "Er zijn|Er wachten|Er staan", English: "There are"}[lang] + `) %d\b`)
		other := regexp.MustCompile(`^%d (\pL+ ){0,2}` + single[lang] + `\b|\b(` + map[string]string{Dutch: "Er is|Er wacht|Er staat", English: "There is"}[lang] + `) %d\b [^k]`)
		for key, m := range messages {
			if !m.plural {
				continue
			}
			if found := one.FindString(m.one); found != "" {
				t.Errorf("%s: %s: one thing with the verb of many: %s", lang, key, m.one)
			}
			if found := other.FindString(m.other); found != "" {
				t.Errorf("%s: %s: many things with the verb of one: %s", lang, key, m.other)
			}
			if m.zero != "" && strings.Contains(m.zero, "%") {
				t.Errorf("%s: %s: the words for none still print the number", lang, key)
			}
		}
	}
}

// A sentence with a form for none says that, and not 0.
func TestNone(t *testing.T) {
	c := mustLoad(t)
	for lang, want := range map[string][3]string{
		Dutch:   {"Met een partner trekken we nog niets.", "1 punt trekken we samen met een partner.", "2 punten trekken we samen met een partner."},
		English: {"We lead nothing with a partner yet.", "We lead 1 item with a partner.", "We lead 2 items with a partner."},
	} {
		for n, sentence := range want {
			if got := c.Printer(lang).N("results.agenda.together", n); got != sentence {
				t.Errorf("%d: %q", n, got)
			}
		}
	}
	if missing := c.Missing(); len(missing) > 0 {
		t.Errorf("missing: %q", missing)
	}
}

// Numbers in any sentence have the mark between thousands that its readers write.
func TestNumbersInSentences(t *testing.T) {
	c := mustLoad(t)
	for lang, want := range map[string]string{Dutch: "12.345", English: "12,345"} {
		if got := c.Printer(lang).T("error.too_long", 12345); !strings.Contains(got, want) {
			t.Errorf("%s: %s", lang, got)
		}
		if got := c.Printer(lang).N("count.entries", 12345); !strings.Contains(got, want) {
			t.Errorf("%s: %s", lang, got)
		}
		if got := c.Printer(lang).T("error.too_long", 999); !strings.Contains(got, "999") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}
