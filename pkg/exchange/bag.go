// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

//go:embed bag.html
var bagPage string

var bagTemplate = template.Must(template.New("index.html").Parse(bagPage))

// Bag writes somebody's backpack as a zip that opens without the site: each
// text as Markdown with front matter, in a folder for each part, and a page
// that leads to them. Files are written as they come; only their titles are
// kept until the end.
type Bag struct {
	target target
	words  rugzak.BagWords
	parts  map[rugzak.BagPart][]bagLine
	steps  []rugzak.BagStep
	used   map[string]bool
}

// bagLine is a text on the page that leads to all.
type bagLine struct{ File, Title, About, Lesson, Purpose, Note, Link string }

// NewBag begins the file. It is no whole zip before Close.
func NewBag(to io.Writer, words rugzak.BagWords) *Bag {
	return &Bag{target: newZipTarget(to), words: words, parts: map[rugzak.BagPart][]bagLine{}, used: map[string]bool{}}
}

// Steps are the promises, for the page.
func (b *Bag) Steps(steps []rugzak.BagStep) error {
	b.steps = steps
	return nil
}

// Entry writes a text.
func (b *Bag) Entry(e rugzak.BagEntry) error {
	title := e.Entry.Title
	if title == "" {
		title = b.words.Untitled
	}
	line := bagLine{
		File: b.name(e, title), Title: title, Lesson: e.Entry.Lesson,
		About: strings.Join(nonEmpty(word(b.words.Kinds, e.Entry.Kind), e.Organisation, e.Shown(), e.Lesson), ", "),
		Link:  b.words.Link(e.Entry.ID),
	}
	if a := e.Entry.Application; a != nil && e.Entry.Kind == rugzak.KindApplication {
		line.About += ", " + word(b.words.Outcomes, a.Outcome)
	}
	if e.Keep != nil {
		line.Purpose, line.Note = e.Keep.Purpose, e.Keep.Note
		line.About += ", " + b.words.TakenOn + " " + b.words.Day(e.Keep.At.UTC().Format(time.DateOnly))
	}
	b.parts[e.Part] = append(b.parts[e.Part], line)
	e.Entry.Body = beside(e.Entry.Body, e.Attachments, bagAttached)
	data := entryFile(e.Entry, nil)
	if e.Part == rugzak.BagKept {
		data = b.keptFile(e, line.Link)
	}
	if err := b.target.put(line.File, data); err != nil {
		return fmt.Errorf("backpack: %w", err)
	}
	return nil
}

// Attachment writes what is attached to a text, with what was said of it.
func (b *Bag) Attachment(f rugzak.AttachedFile) error {
	if err := putAttached(b.target, bagAttached, f); err != nil {
		return fmt.Errorf("backpack: %w", err)
	}
	return nil
}

// bagAttached is the folder of what is attached.
const bagAttached = "bijlagen/"

// keptFile is a text of somebody else, with what the person wrote beside it.
func (b *Bag) keptFile(e rugzak.BagEntry, link string) []byte {
	var out bytes.Buffer
	out.WriteString(fence + "\n")
	y := newEmitter(&out)
	emitText(y, "title", e.Entry.Title)
	emitText(y, "kind", e.Entry.Kind)
	emitText(y, "lesson", e.Entry.Lesson)
	emitText(y, "lang", e.Entry.Lang)
	emitText(y, "organisation", e.Organisation)
	emitList(y, "authors", e.Authors)
	emitText(y, "shared", e.Shown())
	emitText(y, "link", link)
	writeQuestion(y, e.Entry.Question)
	writeMethod(y, e.Entry.Method)
	y.time("kept_at", e.Keep.At)
	emitText(y, "purpose", e.Keep.Purpose)
	emitText(y, "note", e.Keep.Note)
	out.WriteString(fence + "\n")
	out.WriteString(e.Entry.Body)
	return out.Bytes()
}

// maxBagName bounds the readable part of the name of a file.
const maxBagName = 60

// name is readable, and safe on every system: plain small letters, digits and
// hyphens, with the end of the id so that no two are the same.
func (b *Bag) name(e rugzak.BagEntry, title string) string {
	slug := rugzak.Slug(title)
	if len(slug) > maxBagName {
		slug = strings.TrimRight(slug[:maxBagName], "-")
	}
	id := string(e.Entry.ID)
	short := id[max(0, len(id)-6):]
	name := bagFolders[e.Part] + "/" + strings.Trim(slug+"-"+short, "-") + ".md"
	if b.used[name] {
		name = bagFolders[e.Part] + "/" + strings.Trim(slug+"-"+id, "-") + ".md"
	}
	b.used[name] = true
	return name
}

// bagFolders have the names of the site, in whichever language the page is.
var bagFolders = map[rugzak.BagPart]string{
	rugzak.BagKept: "meegenomen", rugzak.BagOwn: "bijdragen", rugzak.BagApplied: "toepassingen", rugzak.BagDrafts: "concepten",
}

// Close writes the page and ends the file.
func (b *Bag) Close() error {
	type part struct {
		Title string
		Lines []bagLine
	}
	data := struct {
		Words rugzak.BagWords
		Steps []rugzak.BagStep
		Parts []part
	}{Words: b.words, Steps: b.steps}
	for _, p := range rugzak.BagParts() {
		data.Parts = append(data.Parts, part{word(b.words.Parts, p), b.parts[p]})
	}
	var page bytes.Buffer
	if err := bagTemplate.Execute(&page, data); err != nil {
		return fmt.Errorf("backpack: %w", err)
	}
	if err := b.target.put("index.html", page.Bytes()); err != nil {
		return fmt.Errorf("backpack: %w", err)
	}
	return b.target.commit()
}

func nonEmpty(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
