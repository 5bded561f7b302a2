// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestIsDerived(t *testing.T) {
	a, err := newAnalysers()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		word, longer string
		want         bool
	}{
		{"toegankelijk", "toegankelijkheid", true},
		{"vergelijken", "vergelijkbaar", true},
		{"onderzoek", "onderzoeker", true},
		{"onderzoeken", "onderzoekers", true},
		{"gebruik", "gebruiker", true},
		{"veranderen", "verandering", true},
		{"wandelen", "wandelaar", true},
		{"jeugd", "jeugdhulp", true}, // a compound
		{"gebruikt", "gebruikte", true},
		{"kubernetes", "kubernetescluster", true}, // not in the list of words
		{"minister", "ministerie", false},
		{"politie", "politiek", false},
		{"formule", "formulier", false},
		{"motie", "motief", false},
		{"direct", "directie", false},
		{"college", "collega", false},
		{"protest", "protestant", false},
		{"relatie", "relatief", false},
		{"geluk", "gelukt", false},
		{"docht", "dochter", false},
		{"zaak2025", "zaak20257", false}, // codes
	} {
		stem := a.nl.stemOf(tc.word)
		if !strings.HasPrefix(tc.longer, stem) {
			t.Errorf("%q does not begin with %q, the stem of %q", tc.longer, stem, tc.word)
		}
		if got := a.isDerived(tc.word, stem, tc.longer); got != tc.want {
			t.Errorf("isDerived(%q, %q, %q) = %v, want %v", tc.word, stem, tc.longer, got, tc.want)
		}
	}
}

func TestIsOther(t *testing.T) {
	a, err := newAnalysers()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		word, other string
		want        bool
	}{
		{"man", "maan", true},
		{"bom", "boom", true},
		{"vallen", "valen", true}, // the list of words does not have valen itself
		{"wet", "wetten", false},
		{"jongen", "jongetje", false},
		{"kubernete", "kubernetes", false},
	} {
		if got := a.isOther(tc.word, tc.other); got != tc.want {
			t.Errorf("isOther(%q, %q) = %v, want %v", tc.word, tc.other, got, tc.want)
		}
	}
}

// What is marked in a text is what the query finds: no word that only begins or
// ends in the same way.
func TestMarksOnlyWhatIsMadeOfTheWord(t *testing.T) {
	a, err := newAnalysers()
	if err != nil {
		t.Fatal(err)
	}
	for query, tc := range map[string]struct{ text, want string }{
		"minister":  {"de ministers van het ministerie", "ministers"},
		"onderzoek": {"de onderzoekers onderzochten de onderzoeker", "onderzoekers onderzochten onderzoeker"},
		"man":       {"mannen op de maan", "mannen"},
		"aanpassen": {"een aanpassing, aangepast aan de aanpak", "aanpassing aangepast"},
		"wet":       {"wetten en wetjes, weet je", "wetten wetjes"},
	} {
		var got []string
		for _, m := range newMarker(rugzak.ParseQuery(query), rugzak.Dutch, a, nil).marks(tc.text) {
			got = append(got, tc.text[m.Start:m.End])
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%q marks %q in %q, want %q", query, got, tc.text, tc.want)
		}
	}
}
