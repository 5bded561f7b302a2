// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"fmt"
	"strings"
)

// hostile returns texts that cost a parser of Markdown more than they look:
// the shapes known from the test suites of CommonMark parsers, written anew,
// and those found by measuring the library underneath. Each is about size
// bytes, and never larger than the limit on texts, so that nothing refuses them
// for their size alone.
func hostile(size int) map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	half := func(open, close string) string {
		return strings.Repeat(open, size/2/len(open)) + "a" + strings.Repeat(close, size/2/len(close)-1)
	}
	lines := func(format string, last int) string {
		var b strings.Builder
		for i := range last {
			if line := fmt.Sprintf(format, i); b.Len()+len(line) <= size {
				b.WriteString(line)
			}
		}
		return b.String()
	}
	growing := func(unit, between string) string {
		var b strings.Builder
		for i := 1; b.Len()+i*len(unit)+len(between) <= size; i++ {
			b.WriteString(strings.Repeat(unit, i) + between)
		}
		return b.String()
	}
	indented := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			b.WriteString(strings.Repeat("  ", i) + "- a\n")
		}
		return b.String()
	}
	pad := func(head, unit string) string {
		return head + strings.Repeat(unit, (size-len(head))/len(unit))
	}

	backticks := growing("`", " ")

	return map[string]string{
		// emphasis
		"nested strong emphasis":       half("*a **a ", " a** a*"),
		"many closers without opener":  fill("a_ "),
		"many openers without closer":  fill("_a "),
		"mismatched":                   fill("*a_ "),
		"multiple of three":            pad("a**b", "c* "),
		"openers and closers of 3":     fill("a***b**c*d "),
		"alternating runs":             fill("*_~~"),
		"emphasis in deep quotes":      strings.Repeat("> ", 40) + strings.Repeat("*a _b ", size/8),
		"emphasis in too deep quotes":  strings.Repeat("> ", 1000) + strings.Repeat("a **a ", size/8),
		"strikethrough":                fill("~a~~b "),
		"words with underscores":       fill("a_b_c"),
		"bold words in one paragraph":  fill("**a** b "),
		"stars only":                   fill("*"),
		"stars and spaces":             fill("* "),
		"stars, a line each":           fill("*a\n"),
		"nested emphasis without text": half("*", "*"),

		// brackets and links
		"nested brackets":                   half("[", "]"),
		"open brackets":                     fill("["),
		"closed brackets":                   fill("]"),
		"open and closed brackets":          fill("[]"),
		"brackets, a line each":             fill("[a]\n"),
		"unclosed links A":                  fill("[a](<b"),
		"unclosed links B":                  fill("[a](b"),
		"unclosed links with title":         fill(`[a](b "c`),
		"unclosed links with title in ()":   fill("[a](b (c"),
		"unclosed images":                   fill("![a](b"),
		"nested images":                     half("![", "](b)"),
		"open brackets, then nested images": strings.Repeat("[", size/6) + strings.Repeat("![", size/12) + strings.Repeat("](b)", size/12) + strings.Repeat("]", size/6-2),
		"nested links":                      half("[", "](b)"),
		"links in one paragraph":            fill("[a](b) "),
		"links with emphasis, after a star": pad("*a ", "[*b](c) "),
		"link openers and emphasis":         fill("[ a_"),
		"bracket, then backslash":           fill(`[\`),
		"pattern ![[]()":                    fill("![[]()"),
		"parentheses in an address":         "[a](" + strings.Repeat("(", size/2-4) + strings.Repeat(")", size/2-4),
		"unclosed parentheses":              fill("[a]((("),
		"autolinks open":                    fill("<a:"),
		"autolinks open, long":              fill("<aa://b"),
		"bare links":                        fill("www.a.b "),
		"almost bare links":                 fill("_www.."),
		"almost addresses":                  fill("a@b."),
		"almost addresses in brackets":      fill("(a.b_c@"),
		"long bare link":                    pad("http://a.b/", "_("),
		"bare link with closing signs":      pad("http://a.b/", ")"),
		"bare link with entities":           pad("http://a.b/", "&a;"),
		"many labels of 999":                fill("[" + strings.Repeat("a", 990) + "][] "),

		// definitions
		"amplified definition":     "[a]: http://" + strings.Repeat("x", size/13) + "\n\n" + strings.Repeat("[a] ", size/6),
		"amplified title":          "[a]: /b \"" + strings.Repeat("x", size/13) + "\"\n\n" + strings.Repeat("[a] ", size/6),
		"amplified image":          "[a]: /b \"" + strings.Repeat("&", size/13) + "\"\n\n" + strings.Repeat("![a] ", size/7),
		"many definitions":         lines("[%d]: u\n", 30_000),
		"many definitions, apart":  lines("[%d]: u\n\n", 30_000),
		"definitions in quotes":    lines("> [%d]: u\n", 30_000),
		"definitions over lines":   fill("[a]:\nb\n"),
		"definitions half a title": fill("[a]: b\n'c\n"),
		"definition never closed":  pad("[", "a\n"),
		"many references":          lines("[%d]: u\n", 1_990) + "\n" + lines("[%d] ", 30_000),

		// footnotes
		"footnotes":                 lines("[^%[1]d] \n\n[^%[1]d]: a\n\n", 20_000),
		"footnotes never defined":   fill("[^a] "),
		"one footnote, many marks":  "[^a]: b\n\n" + strings.Repeat("[^a] ", 3_900),
		"footnotes inside":          half("[^a]: ", "\n"),
		"footnotes within limit":    lines("[^%[1]d] \n\n[^%[1]d]: a\n\n", 1_900),
		"footnote labels of 990":    fill("[^" + strings.Repeat("a", 990) + "]: b\n\n"),
		"footnote marks in a quote": fill("> [^a]: b\n"),

		// code
		"backticks of growing length":        growing("`", "a"),
		"backticks of growing length, lines": growing("`", "\na\na\na\na\na\na\na\na\na\na\n"),
		"backticks, then short lines":        backticks[:len(backticks)/3] + strings.Repeat("a\n", size/3),
		"unclosed fences":                    fill("```a\n"),
		"fences of growing length":           growing("`", "\n"),
		"tildes of growing length":           growing("~", "\n"),
		"indented code and blanks":           fill("    a\n\n"),
		"code spans":                         fill("`a` "),

		// HTML that is text here
		"declarations":         fill("<!A"),
		"instructions":         fill("<?"),
		"character data":       fill("<![CDATA["),
		"comments":             fill("<!--"),
		"comments, lines":      fill("<!--\n"),
		"comments, paragraphs": fill("<!-- a\n\n"),
		"comments in text":     fill("a <!-- "),
		"closed comments":      fill("<!---->"),
		"open tags":            fill("<a "),
		"tags with attributes": fill("<a b='"),
		"less than":            fill("<"),
		"more than":            fill(">"),
		"line breaks":          fill("<br>"),

		// tables
		"amplified table":          strings.Repeat("|a", 4000) + "\n" + strings.Repeat("|-", 4000) + "\n" + strings.Repeat("|b\n", 4000),
		"wide table":               strings.Repeat("|a", 20_000) + "\n" + strings.Repeat("|-", 20_000) + "\n" + strings.Repeat("b\n", 1000),
		"wide table in a quote":    "> " + strings.Repeat("|a", 4000) + "\n> " + strings.Repeat("|-", 4000) + "\n" + strings.Repeat("> |b\n", 4000),
		"many tables":              fill("|a|b|c|d|e\n|-|-|-|-|-\nf\ng\nh\n\n"),
		"delimiter rows":           fill("|-\n"),
		"delimiter rows of a list": fill("- |-\n"),
		"escaped pipes":            "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", size/8),
		"escaped pipes at limit":   "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", maxPipes-1) + strings.Repeat("|`a`|\n", size/9),
		"header never closed":      pad("a\n-|", "-|"),
		"headers and almost rules": fill("a|b\n-|\n"),

		// blocks
		"deep quotes":                     fill("> "),
		"deep quotes, packed":             fill(">"),
		"deep quotes, lines":              strings.Repeat(strings.Repeat("> ", 39)+"a\n", size/80),
		"quotes and lazy lines":           strings.Repeat("> ", 39) + "a\n" + strings.Repeat("b\n", size/3),
		"deep lists on a line":            fill("- "),
		"deep numbered lists on a line":   fill("1. "),
		"deep lists, then thematic break": strings.Repeat("* ", size/2-1) + "a",
		"deep lists":                      indented(500),
		"lists at the limit, empty lines": pad(indented(30), "\n"),
		"empty lines in deep lists":       pad(strings.Repeat("- ", size/5)+"x", "\n"),
		"empty lines in deep lists, quoted": "> " + strings.Repeat("- ", 30) + "x\n" +
			strings.Repeat("> \n", size/4),
		"spaced empty lines in lists":  pad(indented(30), strings.Repeat(" ", 50)+"\n"),
		"empty items":                  fill("-\n"),
		"empty items and empty lines":  fill("-\n\n"),
		"list items":                   fill("- a\n"),
		"alternating lists":            fill("- a\n+ a\n"),
		"growing lists":                growing(" ", "- a\n"),
		"deep definition lists":        half("a\n: ", "\n"),
		"definition lists":             fill("a\n: b\n\n"),
		"definitions under a long one": strings.Repeat("a\n", size/2-2) + ": b",
		"callouts":                     fill("> [!TIP]\n\n"),
		"callouts inside":              fill("> [!TIP]\n> "),
		"headings":                     fill("# a\n"),
		"empty headings":               fill("##\n"),
		"underlined headings":          fill("a\n-\n"),
		"many underlines":              pad("a\n", "==\n"),
		"same headings":                fill("# a-1\n# a\n"),
		"tasks":                        fill("- [ ] a\n"),
		"rules":                        fill("---\n"),

		// characters
		"long entities":     fill("&#x0000001;"),
		"entities":          fill("&quot;"),
		"open entities":     fill("&a"),
		"ampersands":        fill("&"),
		"quotation marks":   fill(`"`),
		"tabs":              fill("\t"),
		"tabs and a letter": fill("\ta\n"),
		"tabs in a list":    fill("-\t\t\ta\n"),
		"spaces":            fill(" "),
		"spaces and lines":  fill(" \n"),
		"lines":             fill("\n"),
		"letters":           fill("a"),
		"words":             fill("a b c d e f g h "),
		"backslashes":       fill(`\`),
		"zeros":             fill("\x00"),
		"invalid bytes":     fill("a\xff"),
		"carriage returns":  fill("a\r"),
		"direction marks":   fill("\u202e"),
		"hard line breaks":  fill("a  \n"),
		"one long line":     "a" + strings.Repeat(" b", size/2-1),
	}
}
