// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

func testIndexRising(t *testing.T, x rugzak.Index) {
	for i := range 60 {
		indexPut(t, x, indexed(fmt.Sprintf("oud%02d", i), withTitle("Overleg"), withText(fmt.Sprintf("Wij spraken over schuldhulp en onderwerp%d.", i))))
	}
	indexPut(t, x, indexed("ooit", withTitle("Overbruggingszorg"), withText("Iemand noemde het al.")))
	fresh := func(id, text string, o rugzak.OrganisationID) rugzak.NewText {
		indexPut(t, x, indexed(id, withText(text)))
		return rugzak.NewText{ID: rugzak.EntryID(id), Organisation: o, Text: text, Lang: rugzak.Dutch}
	}
	var texts []rugzak.NewText
	for i := range 5 {
		o := rugzak.OrganisationID([]string{"wmo", "jeugd"}[i%2])
		texts = append(texts, fresh(fmt.Sprintf("nieuw%d", i), fmt.Sprintf("Overbruggingszorg en schuldhulp in wijk%d.", i), o))
	}
	for i := range 5 { // of one organisation only
		texts = append(texts, fresh(fmt.Sprintf("eigen%d", i), fmt.Sprintf("Kanarievogels bij buurt%d.", i), "wmo"))
	}
	for i := range 3 { // too few
		texts = append(texts, fresh(fmt.Sprintf("weinig%d", i), "Zebrapaden.", rugzak.OrganisationID([]string{"wmo", "jeugd"}[i%2])))
	}
	ask := rugzak.NewTexts{Texts: texts, Tokens: []string{rugzak.InternalToken}, Most: 10}
	rising := func(what string) rugzak.Risen {
		t.Helper()
		got, err := x.Rising(t.Context(), ask)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		return got
	}
	got := rising("what rises")
	if len(got.Words) != 1 || got.Words[0].Word != "Overbruggingszorg" {
		t.Fatalf("rising: %+v", got.Words)
	}
	if want := []rugzak.EntryID{"nieuw0", "nieuw1", "nieuw2", "nieuw3", "nieuw4"}; !slices.Equal(got.Words[0].In, want) {
		t.Errorf("it stands in %v", got.Words[0].In)
	}
	for i := range 80 { // changes nothing
		indexPut(t, x, indexed(fmt.Sprintf("geheim%02d", i), withText("Overbruggingszorg overal, en kanarievogels."), withTokens("org:geheim")))
	}
	after := rising("with hidden entries")
	after.Position = got.Position
	Same(t, "what rises, with hidden entries", after, got)
	for i := range 60 { // it was spoken of before
		indexPut(t, x, indexed(fmt.Sprintf("toen%02d", i), withText("Overbruggingszorg.")))
	}
	if got := rising("not any more"); len(got.Words) != 0 {
		t.Errorf("what was always spoken of rises: %+v", got.Words)
	}
	ask.Tokens = nil
	if got := rising("for nobody"); len(got.Words) != 0 {
		t.Errorf("for nobody: %+v", got.Words)
	}
}
