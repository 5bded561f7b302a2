// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	rhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"rugzak/pkg/rugzak"
)

// engine parses and writes the texts of one language. It is safe for
// concurrent use.
type engine struct{ md goldmark.Markdown }

func newEngine(words words, origin string) *engine {
	escape := func(s string) string { return string(util.EscapeHTML([]byte(s))) }
	// No parser of raw HTML and no attributes: neither can be switched on by a
	// text. Priorities are those of the library; a guard comes before the
	// parser it guards.
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(commentBlock{}, 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(inlineGuard{}, -1),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(tagInline{}, 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(calloutMark{}, 150),
			util.Prioritized(tableGuard{}, 199),
		),
		parser.WithASTTransformers(util.Prioritized(&shape{words}, 2000)),
	)
	return &engine{goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
			util.Prioritized(&writer{words, origin}, 100),
			util.Prioritized(rhtml.NewRenderer(), 1000),
		))),
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough,
			extension.TaskList,
			extension.Linkify,
			extension.DefinitionList,
			extension.NewFootnote(
				extension.WithFootnoteIDPrefix(idPrefix),
				extension.WithFootnoteLinkTitle(words.footnote+" ^^"),
				extension.WithFootnoteBacklinkHTML(`<span class="rz-visually-hidden">`+
					escape(words.backToText)+`</span><span aria-hidden="true">&#x21a9;&#xfe0e;</span>`),
			),
		),
	)}
}

// parsed is a text and its tree.
type parsed struct {
	source   []byte
	document ast.Node
	headings []rugzak.Heading
}

// parse builds the tree. It may leave by abort.
func (e *engine) parse(ctx context.Context, source []byte) parsed {
	pc := parser.NewContext()
	g := &guard{ctx: ctx}
	pc.Set(guardKey, g)
	reader := &guardedReader{Reader: text.NewReader(source), guard: g, pc: pc}
	document := e.md.Parser().Parse(reader, parser.WithContext(pc))
	headings, _ := pc.Get(headingsKey).([]rugzak.Heading)
	return parsed{source, document, headings}
}

// write renders the tree, not yet sanitised. It may leave by abort.
func (e *engine) write(p parsed, limit int) (string, error) {
	out := newOutput(limit)
	out.buf.Grow(min(2*len(p.source), limit))
	if err := e.md.Renderer().Render(out, p.source, p.document); err != nil {
		return "", fmt.Errorf("markdown: write html: %w", err)
	}
	return out.String(), nil
}

// tidy makes the source what the parser expects: valid text with LF line ends.
func tidy(source string) string {
	if !utf8.ValidString(source) {
		source = strings.ToValidUTF8(source, "\uFFFD")
	}
	if strings.ContainsAny(source, "\r\x00") {
		source = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(source)
	}
	return source
}

// stopping runs f and turns an abort into its error. Any other panic is a
// defect in the library: one odd text must not take the server down.
func stopping(f func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case refusal:
			err = r.err
		default:
			err = &rugzak.Error{Code: rugzak.CodeInternal, Key: keyFailed, Err: fmt.Errorf("markdown: panic: %v", r)}
		}
	}()
	return f()
}
