// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func TestFrontMatterThatIsWrong(t *testing.T) {
	many := strings.Repeat("x", maxFrontMatter)
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "---\ntitle: A\nkleur: rood\n---\nTekst\n", ":3 kleur: exchange.unknown_key"},
		{"unknown key inside", "---\nquestion:\n  bal: jeugd\nkind: question\ntitle: A\n---\nT", ":3 question.bal: exchange.unknown_key"},
		{"twice", "---\ntitle: A\nkind: insight\ntitle: B\n---\nT", ":4 title: exchange.twice"},
		{"twice inside", "---\ntitle: A\nkind: question\nquestion:\n  state: open\n  state: open\n---\nT", ":6 question.state: exchange.twice"},
		{"anchor", "---\ntitle: &a A\n---\nT", ":2 : exchange.anchor"},
		{"alias bomb", "---\ntags: &a [x, x]\nthemes: [*a, *a]\n---\nT", ":2 : exchange.anchor"},
		{"merge", "---\ntitle: A\n<<: {lesson: B}\n---\nT", ":3 <<: exchange.unknown_key"},
		{"tag", "---\nkind: insight\ntitle: !!str 3\n---\nT", ":3 : exchange.tag"},
		{"own tag", "---\ntitle: !exec ls\n---\nT", ":2 : exchange.tag"},
		{"no yaml", "---\ntitle: A\nlesson: B: C\n---\nT", ":3 : exchange.yaml"},
		{"tab", "---\ntitle: A\nmethod:\n\tgoal: choose\n---\nT", ":4 : exchange.yaml"},
		{"two documents", "---\ntitle: A\n...\nlesson: B\n---\nT", ": exchange.yaml"},
		{"a list", "---\n- title: A\n---\nT", ":2 : exchange.want_mapping"},
		{"a word", "---\ntitle\n---\nT", ":2 : exchange.want_mapping"},
		{"odd key", "---\ntitle: A\n[a, b]: c\n---\nT", ":3 : exchange.want_key"},
		{"deep", "---\ntitle: A\ntags: [[[[[[[[[[x]]]]]]]]]]\n---\nT", ":3 : exchange.nesting"},
		{"not closed", "---\ntitle: A\nT", ":1 : exchange.front_matter_end"},
		{"nothing but a fence", "---", ":1 : exchange.front_matter_end"},
		{"large", "---\ntitle: " + many + "\n---\nT", ":1 : exchange.front_matter_size"},
		{"large and not closed", "---\n" + strings.Repeat("a: b\n", 20000), ":1 : exchange.front_matter_size"},
		{"no utf-8", "---\ntitle: A\nlesson: caf\xe9\n---\nT", ":3 : exchange.utf8"},
		{"no utf-8 in the body", "---\ntitle: A\n---\nT\n\nT\xff\n", ":6 : exchange.utf8"},
		{"text wanted", "---\ntitle: [A]\n---\nT", ":2 title: exchange.want_text"},
		{"list wanted", "---\ntitle: A\ntags: rood\n---\nT", ":3 tags: exchange.want_list"},
		{"list of words wanted", "---\ntitle: A\ntags: [a, [b]]\n---\nT", ":3 tags: exchange.want_list"},
		{"list of mappings wanted", "---\ntitle: A\nrelations: see-also\n---\nT", ":3 relations: exchange.want_list"},
		{"mapping wanted", "---\ntitle: A\nkind: question\nquestion: open\n---\nT", ":4 question: exchange.want_mapping"},
		{"number wanted", "---\ntitle: A\nkind: method\nmethod: {goal: choose, minutes_min: tien}\n---\nT", ":4 method.minutes_min: exchange.want_number"},
		{"flag wanted", "---\ntitle: A\ndemo: ja\n---\nT", ":3 demo: exchange.want_flag"},
		{"kind", "---\ntitle: A\nkind: ervaring\n---\nT", ":3 kind: exchange.choose"},
		{"lang", "---\ntitle: A\nlang: fr\n---\nT", ":3 lang: exchange.choose"},
		{"state", "---\ntitle: A\nstate: weg\n---\nT", ":3 state: exchange.choose"},
		{"author mode", "---\ntitle: A\nauthor_mode: ik\n---\nT", ":3 author_mode: exchange.choose"},
		{"audience", "---\ntitle: A\naudience: iedereen\n---\nT", ":3 audience: exchange.audience"},
		{"relation", "---\ntitle: A\nrelations:\n  - type: see-also\n    to: b\n  - type: past bij\n    to: c\n---\nT", ":6 relations.type: exchange.choose"},
		{"relation to nothing", "---\ntitle: A\nrelations:\n  - type: see-also\n---\nT", ":4 relations: error.relation"},
		{"month", "---\ntitle: A\nmonth: maart\n---\nT", ":3 month: error.month"},
		{"day", "---\ntitle: A\nkind: question\nquestion:\n  size: joint\n  when: morgen\n---\nT", ":6 question_when: error.day"},
		{"range", "---\ntitle: A\nkind: method\nmethod:\n  goal: choose\n  group_min: 9\n  group_max: 3\n---\nT", ":6 method_group: error.range"},
		{"goal", "---\ntitle: A\nkind: method\nmethod:\n  goal: zomaar\n---\nT", ":5 method.goal: exchange.choose"},
		{"lesson of an application", "---\ntitle: A\nkind: application\napplication:\n  outcome: worked\n---\nT", ":5 application_lesson: error.application_lesson"},
		{"another kind", "---\ntitle: A\nkind: insight\nmethod:\n  goal: choose\n---\nT", ":5 method: exchange.other_kind"},
		{"long title", "---\nkind: insight\ntitle: " + strings.Repeat("é", 201) + "\n---\nT", ":3 title: error.too_long"},
		{"many themes", "---\ntitle: A\nthemes:\n  [a, b, c, d]\n---\nT", ":4 themes: error.too_many"},
		{"empty", "---\ntitle: A\n---\n\n \n", ":4 body: error.body_required"},
		{"large body", "---\ntitle: A\n---\n" + strings.Repeat("x", rugzak.MaxBody+1), ":4 body: error.body_too_long"},
		{"control character", "---\ntitle: A\n---\nT\nT\x00\n", ":5 body: error.unprintable"},
		{"lone carriage return", "T\r\nT\rT\n", ":2 body: error.unprintable"},
		{"long id", "---\ntitle: A\nid: " + strings.Repeat("x", 201) + "\n---\nT", ":3 id: error.external"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := readOne(t, c.text)
			if got := told(in.Err); got != "map/bestand.md"+c.want+"\n" && !(c.name == "two documents" && strings.Contains(got, c.want)) {
				t.Errorf("got  %swant map/bestand.md%s", got, c.want)
			}
			if code := rugzak.CodeOf(in.Err); code != rugzak.CodeInvalid && code != rugzak.CodeMalformed {
				t.Errorf("code %q", code)
			}
			if in.Place != "map/bestand.md" || in.Line == 0 {
				t.Errorf("place %q line %d", in.Place, in.Line)
			}
			readable(t, in.Err)
		})
	}
}

func TestAllProblemsOfAFileInOrder(t *testing.T) {
	in := readOne(t, "---\nmonth: mei\nkleur: rood\nkind: ding\n---\n\x01\n")
	want := "map/bestand.md:2 month: error.month\nmap/bestand.md:3 kleur: exchange.unknown_key\n" +
		"map/bestand.md:4 kind: exchange.choose\nmap/bestand.md:6 body: error.unprintable\n"
	if diff := cmp.Diff(want, told(in.Err)); diff != "" {
		t.Error(diff)
	}
	var b strings.Builder
	for i := range 3000 {
		b.WriteString("k" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i%11) + ": 1\n")
	}
	if n := len(fieldsOf(readOne(t, "---\n"+b.String()+"---\nT").Err)); n != maxProblems {
		t.Errorf("%d problems told", n)
	}
}

func TestFrontMatterThatIsRight(t *testing.T) {
	text := "\uFEFF---\r\nid: eigen-id\r\nkind: question\r\ntitle: '  Wie  belt? '\r\nlang: nl\r\n" +
		"organisation: jeugd\r\nteam: toegang\r\nauthor: noor@voorbeeld.test\r\naudience: team+Woningcorporatie Zuid\r\n" +
		"themes: [bal]\r\ntags:\r\n  - rood\r\n  - \"2026\"\r\nmonth: 2026-03\r\nlesson:\r\nversion: 3\r\n" +
		"question:\r\n  when: 2026-05-01\r\nrelations:\r\n  - {type: answers, to: ander}\r\n---  \r\n\r\n---\r\nEerst  \r\n\r\nslot"
	in := readOne(t, text)
	if in.Err != nil {
		t.Fatal(told(in.Err))
	}
	want := rugzak.Incoming{
		Place: "map/bestand.md", Author: "noor@voorbeeld.test", Audience: "team+Woningcorporatie Zuid", Ignored: []string{"version"},
		Entry: rugzak.Entry{
			Kind: rugzak.KindQuestion, Lang: rugzak.Dutch, Title: "Wie belt?", Body: "\n---\nEerst  \n\nslot",
			Organisation: "jeugd", Team: "toegang", Themes: []rugzak.ThemeID{"bal"}, Tags: []string{"rood", "2026"}, Month: "2026-03",
			Question:  &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, When: "2026-05-01"},
			Relations: []rugzak.Relation{{Type: rugzak.Answers, To: "ander"}},
			External:  rugzak.External{Source: "test", ID: "eigen-id"},
		},
	}
	if diff := cmp.Diff(want, in); diff != "" {
		t.Error(diff)
	}
}

func TestTitleWithoutFrontMatter(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"# Wie belt? #\n\nTekst\n", "Wie belt?"},
		{"Eerst\n\n  # Kop C#\nTekst", "Kop C#"},
		{"```sh\n# geen kop\n~~~\n```\n\n## ook niet\n# Wel\nTekst", "Wel"},
		{"Tekst\n    # code\n#ook niet\n", "bestand"},
		{"---\nlesson: Bel eerst.\n---\n", "bestand"},
		{"# ###\n# Twee\nx", "Twee"},
	} {
		in := readOne(t, c.text)
		if in.Err != nil || in.Entry.Title != c.want {
			t.Errorf("%q: title %q, %s", c.text, in.Entry.Title, told(in.Err))
		}
		if in.Entry.External.ID != "map/bestand" || !strings.HasSuffix(c.text, in.Entry.Body) {
			t.Errorf("%q: id %q, body %q", c.text, in.Entry.External.ID, in.Entry.Body)
		}
	}
}

// Small texts that are hard on a parser of YAML take time in proportion to their
// length.
func TestFrontMatterThatIsHardToRead(t *testing.T) {
	repeat := func(piece string) func(n int) string {
		return func(n int) string { return strings.Repeat(piece, n) }
	}
	for name, c := range map[string]struct {
		n    int
		text func(n int) string
	}{
		"brackets": {60000, repeat("[")},
		"braces":   {15000, repeat("{a: ")},
		"dashes":   {30000, repeat("- ")},
		"question": {30000, repeat("? ")},
		"aliases":  {4000, func(n int) string { return "a: &a [x]\n" + strings.Repeat("b: [*a, *a, *a]\n", n) }},
		"keys":     {20000, repeat("a:\n")},
		"quotes":   {15000, func(n int) string { return "a: \"" + strings.Repeat("\\n\n", n) }},
		"indents":  {45000, indents},
		"comments": {20000, repeat("#x\n")},
	} {
		t.Run(name, func(t *testing.T) {
			rugzaktest.Proportional(t, c.n, func(n int) func() {
				text := "---\n" + c.text(n) + "\n---\nT"
				return func() {
					if in := readOne(t, text); in.Err == nil && name != "comments" {
						t.Error("taken")
					}
				}
			})
		})
	}
}

// indents is a text of a little more than size bytes, each line of which stands
// further to the right.
func indents(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}
