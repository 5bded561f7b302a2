// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// Every kind of advice has a sentence in both languages, with its words in it.
func TestEveryAdviceHasWords(t *testing.T) {
	s := newSite(t)
	for _, lang := range rugzak.Languages() {
		for _, kind := range rugzak.AdviceKinds() {
			says := adviceSays(s.Catalogue.Printer(string(lang)), rugzak.Advice{Kind: kind, Line: 1, Text: "de woorden", Words: 31})
			if says == "" || strings.Contains(says, "%!") || strings.Contains(says, "advice.") {
				t.Errorf("%s %s: %q", lang, kind, says)
			}
		}
	}
}

// Advice stands beside the text when it is previewed, while somebody types, and
// behind the notice once it is shared; it never stands in the way.
func TestAdviceNeverBlocks(t *testing.T) {
	s := newSite(t)
	const text = "Wij belden.\n\n**Daarna**\n\nLees het plan [hier](https://example.org/)."
	for path, x := range map[string]struct{ field, first string }{
		pathShare:                          {"answer_learned", "Regel 3 bij ‘Wat leverde het op of wat leerde je?’:"},
		pathEntryNew + "?soort=experience": {"body", "Regel 3:"},
	} {
		page := s.as(participant).get(path)
		if page.find("[data-advice]").Length() != 1 || page.Doc.Find("[data-advice] li").Length() != 0 {
			t.Errorf("%s: an empty form has advice", path)
		}
		values := formValues(page.find(theForm))
		values.Set(x.field, text)
		var told checkAnswer
		got := page.send(http.MethodPost, pathEntryCheck, values).want(http.StatusOK)
		if err := json.Unmarshal([]byte(got.Body), &told); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(told.Advice, x.first) || !strings.Contains(told.Advice, `href="#`+x.field+`" data-line="3"`) || !strings.Contains(told.Advice, "2 tips voor je tekst") {
			t.Errorf("%s: the script is told %s", path, told.Advice)
		}
		done := submitWith(page, "do", doShare, x.field, text).want(http.StatusSeeOther)
		shown := done.follow().want(http.StatusOK).shows("Je tekst kan nog iets makkelijker lezen.")
		tips := shown.find(`main [role=status] a[href$="#tips"]`).AttrOr("href", "")
		if got := s.as(participant).get(strings.TrimSuffix(tips, "#tips")).find("#tips li").Length(); got != 2 {
			t.Errorf("%s: %q shows %d tips", path, tips, got)
		}
		done = submitWith(s.as(participant).get(path), "do", doShare, x.field, "Wij belden eerst.").want(http.StatusSeeOther)
		if done.follow().Doc.Find(`a[href$="#tips"]`).Length() != 0 {
			t.Errorf("%s: a plain text is advised on", path)
		}
	}
	page := s.as(participant).get(pathEntryNew + "?soort=experience")
	preview := submitWith(page, "do", doPreview, "body", text).want(http.StatusOK)
	if _, open := preview.find("[data-advice] details").Attr("open"); !open || preview.find("#tips li").Length() != 2 {
		t.Errorf("the preview shows %s", preview.text("[data-advice]"))
	}
}

// No more than a few at a time, and none of a text that cannot be shown.
func TestAdviceIsAFew(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathEntryNew + "?soort=experience")
	many := submitWith(page, "do", doPreview, "body", strings.Repeat("Zie [hier](/hulp).\n\n", 12)).want(http.StatusOK)
	if many.find("#tips li").Length() != shownAdvice || !strings.Contains(many.text("[data-advice] summary"), "12 tips") {
		t.Errorf("shown: %s", many.text("[data-advice]"))
	}
	deep := submitWith(page, "do", doPreview, "body", strings.Repeat("> ", 200)+"[hier](/hulp)").want(http.StatusOK)
	if deep.Doc.Find("#tips").Length() != 0 {
		t.Error("advice on a text that cannot be shown")
	}
}
