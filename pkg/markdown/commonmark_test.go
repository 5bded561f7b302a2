// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// What CommonMark says stays so, apart from the differences the package
// documents.
func TestCommonMark(t *testing.T) {
	r := New(Options{Text: catalogue(t)})
	for _, test := range []struct{ source, want string }{
		// blocks
		{"eerste\ntweede\n\nderde", "<p>eerste\ntweede</p>\n<p>derde</p>"},
		{"   drie spaties\n      meer", "<p>drie spaties\nmeer</p>"},
		{"    code\n\n        dieper\n\nna", "<pre><code>code\n\n    dieper\n</code></pre>\n<p>na</p>"},
		{"```\na < b\n\n  c\n```", "<pre><code>a &lt; b\n\n  c\n</code></pre>"},
		{"~~~~ go x\na\n~~~\nb\n~~~~", "<pre><code class=\"language-go\">a\n~~~\nb\n</code></pre>"},
		{"```\nnooit dicht", "<pre><code>nooit dicht\n</code></pre>"},
		{"***\n---\n_ _ _", "<hr>\n<hr>\n<hr>"},
		{"a\n***\nb", "<p>a</p>\n<hr>\n<p>b</p>"},
		{"> a\nb\n>\n> c", "<blockquote>\n<p>a\nb</p>\n<p>c</p>\n</blockquote>"},
		{"> - a\n>   b\n> - c", "<blockquote>\n<ul>\n<li>a\nb</li>\n<li>c</li>\n</ul>\n</blockquote>"},
		{"- a\n- b\n+ c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ul>\n<li>c</li>\n</ul>"},
		{"- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"},
		{"3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"},
		{"1) a\n   - b\n2) c", "<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>"},
		{"tekst\n2. geen lijst", "<p>tekst\n2. geen lijst</p>"},
		{"-een", "<p>-een</p>"},
		{"1234567890. a", "<p>1234567890. a</p>"},
		{"#geen kop", "<p>#geen kop</p>"},
		{`\# geen kop`, "<p># geen kop</p>"},
		// emphasis
		{"*a* _b_ **c** __d__", "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong></p>"},
		{"***a***", "<p><em><strong>a</strong></em></p>"},
		{"*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"},
		{"een_twee_drie", "<p>een_twee_drie</p>"},
		{"een*twee*drie", "<p>een<em>twee</em>drie</p>"},
		{"* a*", "<ul>\n<li>a*</li>\n</ul>"},
		{"**a* b", "<p>*<em>a</em> b</p>"},
		{"*a\nb*", "<p><em>a\nb</em></p>"},
		// code
		{"`a *b*` en `` c`d ``", "<p><code>a *b*</code> en <code>c`d</code></p>"},
		{"`` open", "<p>`` open</p>"},
		{"`a\nb`", "<p><code>a b</code></p>"},
		{"*a`*`", "<p>*a<code>*</code></p>"},
		// links
		{"[a](/b)", "<p><a href=\"/b\">a</a></p>"},
		{`[a](/b "c 'd'")`, "<p><a href=\"/b\" title=\"c &#39;d&#39;\">a</a></p>"},
		{"[a](</b c>)", "<p><a href=\"/b%20c\">a</a></p>"},
		{"[a](/b(c)d)", "<p><a href=\"/b(c)d\">a</a></p>"},
		{"[a] (/b)", "<p>[a] (/b)</p>"},
		{"[A b][c], [C] en [c][]\n\n[c]: /d 'e'", "<p><a href=\"/d\" title=\"e\">A b</a>, <a href=\"/d\" title=\"e\">C</a> en <a href=\"/d\" title=\"e\">c</a></p>"},
		{"[a [b](/c) d](/e)", "<p>[a <a href=\"/c\">b</a> d](/e)</p>"},
		{"[*a*](/b)", "<p><a href=\"/b\"><em>a</em></a></p>"},
		{"![a *b*](/c \"d\")", "<p><img src=\"/c\" alt=\"a b\" title=\"d\" loading=\"lazy\"></p>"},
		{"[niet bestaand]", "<p>[niet bestaand]</p>"},
		{"<mailto:a@b.nl>", "<p><a href=\"mailto:a@b.nl\">mailto:a@b.nl</a></p>"},
		// characters
		{`\*a\* \a \\`, `<p>*a* \a \</p>`},
		{"&euro; &#8364; &#x20AC; &nietbestaand; a&b", "<p>€ € € &amp;nietbestaand; a&amp;b</p>"},
		{"&#0;", "<p>\uFFFD</p>"},
		{"a  \nb\\\nc\nd", "<p>a<br>\nb<br>\nc\nd</p>"},
		{"a\tb", "<p>a\tb</p>"},
		{"a\r\nb\rc", "<p>a\nb\nc</p>"},
		{"3 < 4 > 2 & \"5\"", "<p>3 &lt; 4 &gt; 2 &amp; &#34;5&#34;</p>"},
		{"", ""},
	} {
		rendered, err := r.Render(t.Context(), test.source, rugzak.Dutch)
		if err != nil {
			t.Errorf("%q: %v", test.source, err)
			continue
		}
		if got := strings.TrimSuffix(rendered.HTML, "\n"); got != test.want {
			t.Errorf("%q\ngave %q\nwant %q", test.source, got, test.want)
		}
	}
}

// The differences the package documents.
func TestDifferences(t *testing.T) {
	r := New(Options{Text: catalogue(t), Origin: "https://rugzak.example/"})
	const ownLink = "<p><a href=\"https://rugzak.example/a\">https://rugzak.example/a</a></p>"
	for _, test := range []struct{ name, source, want string }{
		{"tags are text", "<b>a</b> <script>", "<p>&lt;b&gt;a&lt;/b&gt; &lt;script&gt;</p>"},
		{"a tag on its own line", "<div>\n*a*\n</div>", "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>"},
		{"a line break", "a<br>b<BR />c<br x>", "<p>a<br>\nb<br>\nc&lt;br x&gt;</p>"},
		{"a comment", "a<!-- b -->c", "<p>ac</p>"},
		{"a comment over lines", "<!-- a\n\nb --> c\n\nd", "<p>c</p>\n<p>d</p>"},
		{"a comment over lines in text", "a <!-- b\nc --> d", "<p>a  d</p>"},
		{"a comment in a quote", "> <!-- a -->\n> b", "<blockquote>\n<p>b</p>\n</blockquote>"},
		{"a comment between lines", "a\n<!-- b -->\nc", "<p>a</p>\n<p>c</p>"},
		{"an open comment is text", "<!-- a\n\nb", "<p>&lt;!-- a</p>\n<p>b</p>"},
		{"headings move down", "# a\n###### b\nc", "<h2 id=\"user-content-a\">a</h2>\n<h6 id=\"user-content-b\">b</h6>\n<p>c</p>"},
		{"the highest heading is level two", "## a\n#### b\nc", "<h2 id=\"user-content-a\">a</h2>\n<h4 id=\"user-content-b\">b</h4>\n<p>c</p>"},
		{"unknown schemes", "[a](x:y) <zz:q> [b](javascript:c)", "<p>a zz:q b</p>"},
		{"an empty link", "[a]()", "<p>a</p>"},
		{"this site is not external", "<https://rugzak.example/a>", ownLink},
		{"another image", "![a](https://e.example/b.png)", "<p><a href=\"https://e.example/b.png\" rel=\"nofollow noopener noreferrer\" class=\"rz-external\">a<span class=\"rz-visually-hidden\"> (andere website)</span></a></p>"},
		{"another image without text", "![](x.png)", "<p></p>"},
		{"another image in a link", "[![a](https://e.example/b.png)](/c)", "<p><a href=\"/c\">a</a></p>"},
		{"an image that looks like a path", "![a](//e.example/b) ![b](/%5Ce) ![c](/\\e) ![d](/%2fe)", "<p><a href=\"//e.example/b\" rel=\"nofollow noopener noreferrer\" class=\"rz-external\">a<span class=\"rz-visually-hidden\"> (andere website)</span></a> b c d</p>"},
		{"links within the text", "# Één\n\n[a](#één) [b](#%C3%A9%C3%A9n) [c](#user-content-een)", "<h2 id=\"user-content-een\">Één</h2>\n<p><a href=\"#user-content-een\">a</a> <a href=\"#user-content-een\">b</a> <a href=\"#user-content-een\">c</a></p>"},
		{"attributes are text", "# a {#b .c}\n\nd", "<h2 id=\"user-content-a-b-c\">a {#b .c}</h2>\n<p>d</p>"},
		{"direction in text", "a\u202eb &#x202e; `\u2066`", "<p>a<span class=\"rz-control\">U+202E</span>b <span class=\"rz-control\">U+202E</span> <code><span class=\"rz-control\">U+2066</span></code></p>"},
		{"direction in a title", "[a](/b \"c\u202ed\")", "<p><a href=\"/b\" title=\"cd\">a</a></p>"},
		{"marks of a letter stay", "א\u200f!", "<p>א\u200f!</p>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			rendered, err := r.Render(t.Context(), test.source, rugzak.Dutch)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSuffix(rendered.HTML, "\n"); got != test.want {
				t.Errorf("%q\ngave %q\nwant %q", test.source, got, test.want)
			}
			// The judge does not know which site this is.
			if found := judge(rendered.HTML); len(found) > 0 && test.want != ownLink {
				t.Errorf("judged: %v", found)
			}
		})
	}
}
