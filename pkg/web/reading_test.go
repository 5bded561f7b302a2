// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A heading is the link to itself, and says no more than it said.
func TestLinkHeadings(t *testing.T) {
	for in, want := range map[string]string{
		"":           "",
		"<p>een</p>": "<p>een</p>",
		`<h2 id="user-content-a">Een <em>kop</em></h2><p>b</p><h4 id="user-content-c">c</h4>`: `<h2 id="user-content-a"><a class="rz-anchor" href="#user-content-a">Een <em>kop</em></a></h2><p>b</p><h4 id="user-content-c"><a class="rz-anchor" href="#user-content-c">c</a></h4>`,
		`<h2 id="a"><a href="/x">b</a></h2>`:                                                  `<h2 id="a"><a href="/x">b</a></h2>`,
		`<h2 id="a"><a href="/x">b</a></h2><h3 id="c">d</h3>`:                                 `<h2 id="a"><a href="/x">b</a></h2><h3 id="c"><a class="rz-anchor" href="#c">d</a></h3>`,
		"<hr>\n<h2>zonder</h2><p id=\"x\">y</p><h2 id=\"z\">w</h2>":                           "<hr>\n<h2>zonder</h2><p id=\"x\">y</p><h2 id=\"z\"><a class=\"rz-anchor\" href=\"#z\">w</a></h2>",
		`<h2 id="open">niet gesloten`:                                                         `<h2 id="open">niet gesloten`,
		"&lt;h2 id=\"a\"&gt;<pre><code>&lt;h2 id=\"b\"&gt;c&lt;/h2&gt;</code></pre><h":        "&lt;h2 id=\"a\"&gt;<pre><code>&lt;h2 id=\"b\"&gt;c&lt;/h2&gt;</code></pre><h",
	} {
		if got := linkHeadings(in); got != want {
			t.Errorf("%q became\n%q, want\n%q", in, got, want)
		}
	}
}

// Whatever stands on the page of an entry - its text, the text that went into it,
// responses - each id is there once, and each link within the page leads somewhere.
func TestIDsOfEntryPage(t *testing.T) {
	s := newSite(t)
	const body = "## Titel\n\nEen.\n\n## Reacties\n\nTwee.[^1]\n\n## Gebruik\n\nDrie.\n\n[^1]: Noot."
	into := s.write(participant, func(in *backpack.Input) {
		in.Title, in.Lesson, in.Body = "Samen bellen", "Bel eerst.", body+strings.Repeat("\n\nEn zo ging het verder.", 200)
	})
	from := s.write(colleague, func(in *backpack.Input) { in.Title, in.Body = "Ook bellen", body })
	s.say(manager, into, backpack.ResponseInput{Body: body})
	if _, err := s.Service.MergeEntries(s.Context(), s.people[facilitator], from.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	page := s.as(colleague).get(entryPath(into.ID)).want(http.StatusOK)
	seen := map[string]int{}
	page.Doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { seen[e.AttrOr("id", "")]++ })
	for id, n := range seen {
		if n > 1 {
			t.Errorf("the id %q is there %d times", id, n)
		}
	}
	page.Doc.Find(`main a[href^="#"], main [aria-labelledby], main [aria-describedby]`).Each(func(_ int, e *goquery.Selection) {
		for _, to := range strings.Fields(strings.TrimPrefix(e.AttrOr("href", ""), "#") + " " + e.AttrOr("aria-labelledby", "") + " " + e.AttrOr("aria-describedby", "")) {
			if seen[to] == 0 && !strings.HasPrefix(to, "/") {
				t.Errorf("%q leads to nothing", to)
			}
		}
	})
	if got := page.find(`.rz-entry-body h2 a[href="#user-content-reacties"]`).Text(); got != "Reacties" {
		t.Errorf("the heading reads %q", got)
	}
}

// The lesson comes first, then the story, what came of it, what belongs to it and
// what people say; in a question they speak before that. Nothing but the text
// stands in the text.
func TestEntryPageReadsInOrder(t *testing.T) {
	s := newSite(t)
	other := s.share(colleague, "Een ander verhaal", "Tekst.", rugzak.LevelInternal)
	for kind, want := range map[rugzak.Kind][]string{
		rugzak.KindExperience: {"Bel eerst.", "Zo ging het.", `id="gebruik"`, `id="hoort-erbij"`, `id="lijkt-hierop"`, `id="reacties"`, "Over deze bijdrage</h2>"},
		rugzak.KindQuestion:   {"Bel eerst.", "Zo ging het.", `id="reacties"`, `id="hoort-erbij"`, `id="lijkt-hierop"`, "Over deze bijdrage</h2>"},
	} {
		e := s.write(participant, func(in *backpack.Input) {
			in.Kind, in.Title, in.Lesson, in.Body = kind, "Titel van "+string(kind), "Bel eerst.", "## Kop\n\nZo ging het."
			in.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: other.ID}}
			if kind == rugzak.KindQuestion {
				in.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint}
			}
		})
		page := s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK)
		at := 0
		for _, mark := range want {
			i := strings.Index(page.Body[at:], mark)
			if i < 0 {
				t.Errorf("%s: %q does not come next", kind, mark)
				break
			}
			at += i
		}
		if n := page.find("main article").Find("form textarea, #reacties, #gebruik").Length(); n != 0 && kind == rugzak.KindExperience {
			t.Errorf("%d things that are no text stand in it", n)
		}
		level := 1
		page.Doc.Find("main :is(h1, h2, h3, h4, h5, h6)").Each(func(_ int, h *goquery.Selection) {
			at := int(goquery.NodeName(h)[1] - '0')
			if at > level+1 {
				t.Errorf("%s: %q is of level %d after level %d", kind, h.Text(), at, level)
			}
			level = at
		})
	}
}

// A text of some length says how long it takes, one read at a glance does not.
func TestEntryPageTellsReadingTime(t *testing.T) {
	s := newSite(t)
	short := s.share(participant, "Kort", strings.Repeat("woord ", 90), rugzak.LevelInternal)
	long := s.share(participant, "Lang", strings.Repeat("woord ", 405), rugzak.LevelInternal)
	s.as(colleague).get(entryPath(short.ID)).hides("minuut lezen").hides("minuten lezen")
	s.as(colleague).get(entryPath(long.ID)).shows("3 minuten lezen").find("rz-copy button")
	s.inEnglish(colleague)
	s.as(colleague).get(entryPath(long.ID)).shows("3 minutes to read") // the text is Dutch still
	saved, err := s.Service.SaveDraft(t.Context(), s.people[participant], s.idFor(participant), 0, backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Concept", Body: "Tekst.", Mode: rugzak.ByName,
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.as(participant).get(entryPath(saved.Entry.ID)).Doc.Find("rz-copy").Length() != 0 {
		t.Error("the link of a draft can be copied: nobody else can open it")
	}
}
