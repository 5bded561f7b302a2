// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"rugzak/pkg/rugzak"
)

// sheet is a page of the dossier, written twice: as HTML to read and print, and
// as Markdown to edit. Its file has no ending yet, "themas/wonen".
type sheet struct {
	file        string
	title, lead string
	lang        rugzak.Lang // of the title; empty for that of the dossier
	blocks      []block
}

// block is a piece of a page. One of its parts is filled in.
type block struct {
	heading string
	level   int // of the heading, 2 or 3
	para    string
	facts   []fact
	items   []item
	rich    *rugzak.DossierText
	lang    rugzak.Lang // of para
}

// fact is a word with what it says; to leads to a page, when there is one.
type fact struct {
	name, value string
	links       []item
}

// item is a line of a list.
type item struct {
	to    string // file without ending; empty for no link
	title string
	about string
	text  string
	lang  rugzak.Lang
}

func headed(level int, text string) block     { return block{heading: text, level: level} }
func paragraph(text string) block             { return block{para: text} }
func inLang(l rugzak.Lang, text string) block { return block{para: text, lang: l} }
func listed(items []item) block               { return block{items: items} }
func factsOf(all ...fact) block               { return block{facts: filled(all)} }
func prose(text rugzak.DossierText) block     { return block{rich: &text} }
func says(name, value string) fact            { return fact{name: name, value: value} }
func leads(name string, links []item) fact    { return fact{name: name, links: links} }
func (s *sheet) add(blocks ...block)          { s.blocks = append(s.blocks, blocks...) }
func (s *sheet) part(title string, all ...block) {
	s.add(append([]block{headed(2, title)}, all...)...)
}

// filled drops what says nothing.
func filled(all []fact) []fact {
	var out []fact
	for _, f := range all {
		if f.value != "" || len(f.links) > 0 {
			out = append(out, f)
		}
	}
	return out
}

//go:embed dossier.html
var dossierPage string

//go:embed dossier.css
var dossierStyle []byte

var dossierTemplate = template.Must(template.New("dossier").Parse(dossierPage))

// What the template reads of a page.
type (
	sheetView struct {
		Lang, TitleLang      rugzak.Lang
		Title, Lead          string
		Site, Home, Contents string
		Style                string
		Parts                []linkView
		Blocks               []blockView
		Foot                 string
	}
	linkView struct{ To, Title, About, Text, Lang string }
	factView struct {
		Name, Value string
		Links       []linkView
	}
)

// html writes a page.
func (d *Dossier) html(s sheet) ([]byte, error) {
	v := sheetView{
		Lang: d.words.Lang, TitleLang: s.lang, Title: s.title, Lead: s.lead, Site: d.words.Site, Style: relative(s.file, "stijl.css"),
		Home: relative(s.file, "index.html"), Contents: d.words.T("dossier.title"), Foot: d.foot,
	}
	if v.TitleLang == "" {
		v.TitleLang = d.words.Lang
	}
	for _, p := range rugzak.DossierParts() {
		link := linkView{To: relative(s.file, partFiles[p]+".html"), Title: d.words.T("dossier.part." + string(p))}
		if partFiles[p] == s.file {
			link.About = "page"
		}
		v.Parts = append(v.Parts, link)
	}
	for _, b := range s.blocks {
		out := blockView{Para: b.para, Lang: string(b.lang), Items: linkViews(s.file, b.items)}
		switch b.level {
		case 2:
			out.H2 = b.heading
		case 3:
			out.H3 = b.heading
		}
		for _, f := range b.facts {
			out.Facts = append(out.Facts, factView{f.name, f.value, linkViews(s.file, f.links)})
		}
		if b.rich != nil {
			out.HTML, out.Lang = d.sanitised(s.file, *b.rich), string(b.rich.Lang)
		}
		v.Blocks = append(v.Blocks, out)
	}
	var page bytes.Buffer
	if err := dossierTemplate.Execute(&page, v); err != nil {
		return nil, fmt.Errorf("dossier: %w", err)
	}
	return page.Bytes(), nil
}

func linkViews(from string, items []item) []linkView {
	var out []linkView
	for _, i := range items {
		l := linkView{Title: i.title, About: i.about, Text: i.text, Lang: string(i.lang)}
		if i.to != "" {
			l.To = relative(from, i.to+".html")
		}
		out = append(out, l)
	}
	return out
}

// markdown writes the same page as Markdown.
func (d *Dossier) markdown(s sheet) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n", asText(s.title))
	if s.lead != "" {
		fmt.Fprintf(&out, "\n%s\n", asText(s.lead))
	}
	for _, b := range s.blocks {
		out.WriteString("\n")
		switch {
		case b.level > 0:
			fmt.Fprintf(&out, "%s %s\n", strings.Repeat("#", b.level), asText(b.heading))
		case b.para != "":
			out.WriteString(asText(b.para) + "\n")
		case b.rich != nil:
			out.WriteString(strings.TrimSpace(d.offlineMarkdown(s.file, b.rich.Markdown)) + "\n")
		}
		for _, f := range b.facts {
			texts := nonEmpty(asText(f.value))
			for _, l := range f.links {
				texts = append(texts, markdownLink(s.file, l))
			}
			fmt.Fprintf(&out, "- **%s**: %s\n", asText(f.name), strings.Join(texts, ", "))
		}
		for _, i := range b.items {
			out.WriteString("- " + markdownLink(s.file, i))
			if i.about != "" {
				out.WriteString(" (" + asText(i.about) + ")")
			}
			if i.text != "" {
				out.WriteString("  \n  " + asText(i.text))
			}
			out.WriteString("\n")
		}
	}
	return []byte(out.String())
}

func markdownLink(from string, i item) string {
	if i.to == "" {
		return asText(i.title)
	}
	return "[" + asText(i.title) + "](" + relative(from, i.to+".md") + ")"
}

// asText keeps a text from being read as Markdown.
func asText(text string) string {
	return markdownMarks.Replace(strings.Join(strings.Fields(text), " "))
}

var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`)

// relative is how a page in a folder leads to a file. Files have plain letters
// only.
func relative(from, to string) string {
	return strings.Repeat("../", strings.Count(from, "/")) + to
}
