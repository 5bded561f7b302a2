// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"rugzak/pkg/rugzak"
)

// What reads easily, as guides for plain language have it.
const (
	maxSentenceWords  = 25
	maxParagraphWords = 110
	maxBoldHeading    = 80  // characters of a line in bold that may be a heading
	maxAdviceText     = 60  // characters shown of what advice is about
	maxAdvice         = 100 // in one text
)

// vagueWords are the words of links, and the descriptions of pictures, that say
// nothing by themselves, in both languages.
var vagueWords = map[string]bool{
	"klik hier": true, "klik": true, "hier": true, "link": true, "deze link": true, "lees meer": true, "lees verder": true,
	"lees hier": true, "lees hier meer": true, "lees hier verder": true, "meer": true, "meer informatie": true, "meer info": true,
	"via deze link": true, "deze pagina": true, "deze website": true, "deze site": true, "website": true, "zie hier": true,
	"click here": true, "click": true, "here": true, "this link": true, "read more": true, "more": true, "more information": true,
	"this page": true, "this website": true, "this site": true, "see here": true,
	"afbeelding": true, "foto": true, "plaatje": true, "schermafbeelding": true, "image": true, "picture": true, "photo": true, "screenshot": true,
}

// Advise lists what may read easier in a text, from top to bottom. Its errors
// are those of Render.
func (r *Renderer) Advise(ctx context.Context, source string) ([]rugzak.Advice, error) {
	item, err := r.once(ctx, "advice", source, func(tidied []byte) (*cached, error) {
		a := adviser{source: tidied, level: 1}
		_ = ast.Walk(r.engines[rugzak.Dutch].parse(ctx, tidied).document, a.visit)
		slices.SortStableFunc(a.found, func(x, y rugzak.Advice) int { return x.Line - y.Line })
		return &cached{advice: a.found}, nil
	})
	if err != nil {
		return nil, err
	}
	return slices.Clone(item.advice), nil
}

// adviser walks a tree as readers will see it.
type adviser struct {
	source []byte
	level  int // of the heading before
	found  []rugzak.Advice
}

func (a *adviser) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if len(a.found) >= maxAdvice {
		return ast.WalkStop, nil
	}
	switch n := n.(type) {
	case *comment, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.CodeSpan:
		return ast.WalkSkipChildren, nil
	case *ast.Heading:
		if n.Level > a.level+1 {
			a.add(rugzak.AdviceHeadingLevel, n.Pos(), textOf(n, a.source), 0)
		}
		a.level = n.Level
	case *ast.Paragraph, *ast.TextBlock:
		a.block(n)
	case *ast.Link:
		words := textOf(n, a.source)
		if isAddress(words) {
			a.add(rugzak.AdviceLinkBare, n.Pos(), words, 0)
		} else if isVague(words) && !hasPicture(n) {
			a.add(rugzak.AdviceLinkWords, n.Pos(), words, 0)
		}
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkURL {
			a.add(rugzak.AdviceLinkBare, n.Pos(), string(n.Label(a.source)), 0)
		}
	case *ast.Image:
		if alt := textOf(n, a.source); isVague(alt) || isFileName(alt) {
			a.add(rugzak.AdvicePicture, n.Pos(), alt, 0)
		}
		return ast.WalkSkipChildren, nil
	}
	return ast.WalkContinue, nil
}

func (a *adviser) add(kind rugzak.AdviceKind, at int, text string, words int) {
	at = min(max(at, 0), len(a.source))
	text = hideControls(strings.Join(strings.Fields(text), " "))
	if utf8.RuneCountInString(text) > maxAdviceText {
		text = string([]rune(text)[:maxAdviceText])
		if space := strings.LastIndexByte(text, ' '); space > 0 {
			text = text[:space]
		}
		text = strings.TrimRight(text, " ,;:.") + "…"
	}
	a.found = append(a.found, rugzak.Advice{Kind: kind, Line: 1 + bytes.Count(a.source[:at], []byte("\n")), Text: text, Words: words})
}

// block looks at the sentences of a paragraph.
func (a *adviser) block(n ast.Node) {
	if bold := a.boldLine(n); bold != nil {
		a.add(rugzak.AdviceHeadingBold, bold.Pos(), textOf(bold, a.source), 0)
		return
	}
	p := prose{source: a.source}
	p.children(n)
	text, total := p.b.String(), 0
	for start := 0; start < len(text); {
		end := start + rugzak.SentenceEnd(text[start:])
		sentence := text[start:end]
		words := countWords(sentence)
		if total += words; words > maxSentenceWords {
			begin := start + len(sentence) - len(strings.TrimLeft(sentence, " "))
			a.add(rugzak.AdviceSentence, p.at(begin), sentence, words)
		}
		start = end
	}
	if total > maxParagraphWords {
		a.add(rugzak.AdviceParagraph, p.at(0), text, total)
	}
}

// boldLine is the bold of a paragraph whose first line is bold and no more,
// with text behind it: a heading that only looks like one.
func (a *adviser) boldLine(n ast.Node) ast.Node {
	bold, ok := n.FirstChild().(*ast.Emphasis)
	if !ok || bold.Level != 2 || n.Parent() == nil || n.Parent().Kind() != ast.KindDocument {
		return nil
	}
	words := strings.TrimSpace(textOf(bold, a.source))
	if words == "" || utf8.RuneCountInString(words) > maxBoldHeading || strings.ContainsAny(words[len(words)-1:], ".,;") {
		return nil
	}
	rest := bold.NextSibling()
	if rest == nil && n.NextSibling() != nil && n.NextSibling().Kind() != ast.KindHeading {
		return bold
	}
	if t, ok := rest.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) && strings.Trim(string(t.Segment.Value(a.source)), " :") == "" && t.NextSibling() != nil {
		return bold
	}
	return nil
}

// prose is the text of a block on one line, and where it stands in the source.
type prose struct {
	source []byte
	b      strings.Builder
	places []place
}

type place struct{ plain, source int }

func (p *prose) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			p.places = append(p.places, place{p.b.Len(), c.Segment.Start})
			p.b.WriteString(strings.Map(onOneLine, resolve(c.Segment.Value(p.source))))
			if c.SoftLineBreak() || c.HardLineBreak() {
				p.b.WriteByte(' ')
			}
		case *ast.String:
			p.b.WriteString(strings.Map(onOneLine, resolve(c.Value)))
		case *ast.AutoLink, *ast.Image, *extast.FootnoteLink, *extast.FootnoteBacklink, *extast.TaskCheckBox:
		default:
			p.children(c)
		}
	}
}

func onOneLine(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// at is the place in the source of a place in the text.
func (p *prose) at(plain int) int {
	at := 0
	for _, x := range p.places {
		if x.plain > plain {
			break
		}
		at = x.source + plain - x.plain
	}
	return at
}

func countWords(s string) (n int) {
	for word := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// isVague holds for words that say nothing by themselves, and for none.
func isVague(s string) bool {
	s = strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " "))
	return s == "" || vagueWords[s]
}

func isAddress(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	return !strings.Contains(s, " ") && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www."))
}

// isFileName holds for what a phone or a program calls a picture.
func isFileName(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".svg", ".bmp"}, path.Ext(s)) || strings.HasPrefix(s, "img_")
}

func hasPicture(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindImage {
			return true
		}
	}
	return false
}
