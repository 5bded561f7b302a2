// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"testing"
)

func TestMentions(t *testing.T) {
	for text, want := range map[string][]PersonID{
		"":                                   nil,
		"Dag @Anna, @[person:], @[person:A]": nil,
		"@[person:anna]":                     {"anna"},
		"@[person:anna]@[person:bram] en @[person:anna].": {"anna", "bram"},
		"@[person:@[person:anna]]":                        {"anna"},
		"@[person:anna":                                   nil,
		"@[person:an\nna] @[person:b]":                    {"b"},
	} {
		if got := Mentions(text); !slices.Equal(got, want) {
			t.Errorf("Mentions(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestMentionsInHTML(t *testing.T) {
	names := map[PersonID]string{"anna": `A. <b>"Els"</b>`}
	const anna = `<strong class="rz-mention">@A. &lt;b&gt;&#34;Els&#34;&lt;/b&gt;</strong>`
	for in, want := range map[string]string{
		`<p>Dag @[person:anna]!</p>`:      `<p>Dag ` + anna + `!</p>`,
		`<p>Dag @[person:bram]!</p>`:      `<p>Dag @[person:bram]!</p>`, // whom the text does not name
		`<a title="@[person:anna]">x</a>`: `<a title="@[person:anna]">x</a>`,
		`<p>@[person:<em>anna</em>]</p>`:  `<p>@[person:<em>anna</em>]</p>`,
		`@[person:anna] <`:                anna + ` <`,
	} {
		if got := MentionsInHTML(in, names); got != want {
			t.Errorf("MentionsInHTML(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzMentions holds what reading mentions promises whatever the text.
func FuzzMentions(f *testing.F) {
	f.Add("Dag @[person:anna], vraag @[person:bram-2] en @[person:@[person:anna]]")
	f.Add(`<p title="@[person:anna]">@[person:anna]</p><`)
	f.Add("@[person:")
	f.Fuzz(func(t *testing.T, text string) {
		found := Mentions(text)
		for i, id := range found {
			if !ValidSlug(string(id)) || !strings.Contains(text, Mention(id)) || slices.Contains(found[:i], id) {
				t.Errorf("%q is no mention in %q, or is there twice", id, text)
			}
		}
		if same := NameMentions(text, Mention); same != text {
			t.Errorf("taking mentions apart changes %q into %q", text, same)
		}
		if gone := NameMentions(text, func(PersonID) string { return "\x00" }); len(Mentions(gone)) > 0 {
			t.Errorf("%q still names somebody", gone)
		}
		names := map[PersonID]string{"anna": "<Anna>"}
		out := MentionsInHTML(text, names)
		if strings.Count(text, "<")+2*strings.Count(out, `<strong class="rz-mention">`)-2*strings.Count(text, `<strong class="rz-mention">`) != strings.Count(out, "<") {
			t.Errorf("%q became %q: a name brought a tag", text, out)
		}
		if strings.Contains(out, "<Anna>") && !strings.Contains(text, "<Anna>") {
			t.Errorf("%q became %q: a name is not escaped", text, out)
		}
	})
}
