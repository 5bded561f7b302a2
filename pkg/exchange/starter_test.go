// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"rugzak/pkg/rugzak"
)

// The content that comes with the product is right in both languages.
func TestStarterOfTheProduct(t *testing.T) {
	for _, lang := range rugzak.Languages() {
		b, entries, err := Starter(os.DirFS("../../content"), lang)
		if err != nil {
			t.Fatalf("%s: %s", lang, told(err))
		}
		if len(entries) < 20 || len(b.Themes) != 6 || len(b.People) < 6 || len(b.Movement.Agenda) != 6 {
			t.Errorf("%s: %d entries, %d themes, %d people, %d agenda items", lang, len(entries), len(b.Themes), len(b.People), len(b.Movement.Agenda))
		}
		for _, in := range entries {
			if in.Entry.Lang != lang || !in.Entry.Sample || in.Author == "" || in.Entry.External.Source != StarterSource(lang) {
				t.Errorf("%s: %s: %+v", lang, in.Place, in)
			}
		}
	}
}

func TestStarterTellsEverythingThatIsWrong(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"organisations.yaml": "- {id: jeugd, name: Jeugd, kind: department}\n",
		"people.yaml":        "- {id: noor, email: noor@voorbeeld.test, name: Noor, organisation: wmo, roles: [participant]}\n",
		"themes/bal.md":      "---\nid: bal\ntitle: Bal\ncurators: [niemand]\n---\n",
		"compass.md":         "---\ndrives: [{id: samen}]\n---\nSamen.\n",
		"agenda.yaml":        "- {id: een, title: Een, horizon: ooit}\n",
		"rounds.yaml":        "- set: ronde\n  title: Ronde\n  weeks: acht\n",
		"entries/a.md":       "---\ntitle: A\nkind: experience\norganisation: jeugd\naudience: organisation\nauthor: noor\nthemes: [weg]\n---\nTekst.\n",
	} {
		fsys["nl/starter/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, entries, err := Starter(fsys, rugzak.Dutch)
	if entries != nil || err == nil {
		t.Fatal("content that is wrong was taken")
	}
	got := told(err)
	for _, want := range []string{
		"people.yaml:1 organisation: error.choose",
		"themes/bal.md:0 person: exchange.unknown_ref",
		"compass.md:2 drives.name: exchange.needed",
		"agenda.yaml:1 horizon: exchange.choose",
		"rounds.yaml:3 weeks: exchange.want_number",
		"entries/a.md:0 theme: exchange.unknown_ref",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
