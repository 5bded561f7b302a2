// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// Woo writes a selection for a request under the Woo as a zip: a file for each
// entry, one apart for what may be a personal view in it, an inventory, and a
// list of places to judge, with room for the decision. Nothing in a table can
// compute, and the list never holds what stands in a place.
type Woo struct {
	target     target
	words      rugzak.WooWords
	inventory  bytes.Buffer
	redactions bytes.Buffer
	tables     [2]*rugzak.CSV
}

// NewWoo begins a selection. It is no whole zip before Close.
func NewWoo(to io.Writer, words rugzak.WooWords) *Woo {
	w := &Woo{target: newZipTarget(to), words: words}
	w.tables[0], w.tables[1] = rugzak.NewCSV(&w.inventory), rugzak.NewCSV(&w.redactions)
	_ = w.tables[0].Row(words.Inventory...) // a buffer takes everything
	_ = w.tables[1].Row(words.Redactions...)
	return w
}

// Entry adds an entry.
func (w *Woo) Entry(e rugzak.WooEntry) error {
	number := fmt.Sprintf("%04d", e.Number)
	facts, parts := rugzak.SplitReflection(e.Entry.Body, "["+w.words.Apart+" "+wooApart(number)+"]")
	var out bytes.Buffer
	out.WriteString(fence + "\n")
	y := newEmitter(&out)
	y.number("number", e.Number)
	emitText(y, "id", e.Entry.ID)
	emitText(y, "kind", e.Entry.Kind)
	emitText(y, "state", e.Entry.State)
	emitText(y, "title", e.Entry.Title)
	emitText(y, "shared", wooDate(e))
	emitText(y, "organisation", e.Organisation)
	emitList(y, "authors", e.Authors)
	emitText(y, "audience", e.Entry.Audience.String())
	emitList(y, "tags", e.Entry.Tags)
	writeQuestion(y, e.Entry.Question)
	writeMethod(y, e.Entry.Method)
	out.WriteString(fence + "\n\n")
	out.WriteString(facts)
	if err := w.target.put(w.file(number), out.Bytes()); err != nil {
		return fmt.Errorf("woo: %w", err)
	}
	if len(e.Responses) > 0 {
		if err := w.target.put(wooSaid(number), w.responses(e.Responses)); err != nil {
			return fmt.Errorf("woo: %w", err)
		}
	}
	if e.Entry.Lesson != "" || len(parts) > 0 {
		var apart strings.Builder
		if e.Entry.Lesson != "" {
			apart.WriteString("> " + e.Entry.Lesson + "\n\n")
		}
		for _, p := range parts {
			apart.WriteString(strings.TrimRight(p.Text, "\n") + "\n\n")
		}
		if err := w.target.put(wooApart(number), []byte(apart.String())); err != nil {
			return fmt.Errorf("woo: %w", err)
		}
	}
	_ = w.tables[0].Row(
		strconv.Itoa(e.Number), wooDate(e), word(w.words.Kinds, e.Entry.Kind), e.Organisation, e.Entry.Title, w.readers(e),
		word(w.words.States, e.Entry.State), w.file(number),
	)
	for i, f := range e.Attachments {
		name := wooAttached(number, i+1, f)
		if err := w.target.copy(name, f.Bytes); err != nil {
			return fmt.Errorf("woo: %w", err)
		}
		_ = w.tables[0].Row(
			strconv.Itoa(e.Number), wooDate(e), word(w.words.Kinds, e.Entry.Kind), e.Organisation, w.words.Attachment+": "+cmp.Or(f.Name, word(w.words.AttachmentKinds, f.Kind)), w.readers(e),
			word(w.words.States, e.Entry.State), name,
		)
	}
	for _, m := range e.Marks {
		if m.Attachment > 0 && m.Attachment <= len(e.Attachments) {
			_ = w.tables[1].Row(
				strconv.Itoa(e.Number), wooAttached(number, m.Attachment, e.Attachments[m.Attachment-1]), word(w.words.Fields, m.Field), lineNumber(m.Line),
				position(m), word(w.words.Classes, m.Class), w.words.Grounds[m.Class], "", "",
			)
			continue
		}
		_ = w.tables[1].Row(
			strconv.Itoa(e.Number), w.place(number, m), word(w.words.Fields, m.Field), lineNumber(m.Line), position(m), word(w.words.Classes, m.Class),
			w.words.Grounds[m.Class], "", "",
		)
	}
	return nil
}

// Close writes the tables.
func (w *Woo) Close() error {
	for _, f := range []struct {
		name string
		data []byte
	}{
		{"inventaris.csv", w.inventory.Bytes()}, {"weglaklijst.csv", w.redactions.Bytes()}, {"leesmij.txt", []byte(w.words.Readme + "\n")},
	} {
		if err := w.target.put(f.name, f.data); err != nil {
			return fmt.Errorf("woo: %w", err)
		}
	}
	return w.target.commit()
}

func (w *Woo) file(number string) string { return "bijdragen/" + number + ".md" }

func wooAttached(number string, n int, f rugzak.AttachedFile) string {
	return fmt.Sprintf("bijlagen/%s-%d%s", number, n, f.Ending())
}

func wooApart(number string) string { return "reflectie/" + number + ".md" }

func wooSaid(number string) string { return "reacties/" + number + ".md" }

// responses are what was said about an entry, numbered as the marks count them.
// An answer says what it answers.
func (w *Woo) responses(all []rugzak.WooResponse) []byte {
	var out strings.Builder
	at := map[string]int{}
	for i, x := range all {
		at[x.Response.ID] = i + 1
		author := x.Author
		if author == "" {
			author = w.words.Former
		}
		fmt.Fprintf(&out, "## %d. %s, %s, %s, %s", i+1, word(w.words.ResponseKinds, x.Response.Kind), author, x.Organisation, x.Response.At.UTC().Format(time.DateOnly))
		if to := at[x.Response.To]; to > 0 {
			fmt.Fprintf(&out, " (> %d)", to)
		}
		out.WriteString("\n\n" + strings.TrimRight(x.Body, "\n") + "\n\n")
	}
	return []byte(out.String())
}

// place is the file in which a mark must be looked for.
func (w *Woo) place(number string, m rugzak.WooMark) string {
	switch {
	case m.Response > 0:
		return wooSaid(number) + "#" + strconv.Itoa(m.Response)
	case m.Class == rugzak.WooReflection:
		return wooApart(number)
	}
	return w.file(number)
}

// readers says who could read an entry.
func (w *Woo) readers(e rugzak.WooEntry) string {
	names := e.Readers
	if e.Municipality {
		names = append([]string{w.words.Municipality}, names...)
	}
	return strings.Join(names, ", ")
}

// wooDate is the day of sharing, or the month where no more is told.
func wooDate(e rugzak.WooEntry) string {
	if e.MonthOnly {
		return e.Entry.SharedAt.UTC().Format("2006-01")
	}
	return e.Entry.SharedAt.UTC().Format(time.DateOnly)
}

func lineNumber(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func position(m rugzak.WooMark) string {
	if m.Line == 0 {
		return ""
	}
	return strconv.Itoa(m.At + 1)
}

// word is the word for a code, or the code itself.
func word[T ~string](words map[T]string, code T) string {
	if w := words[code]; w != "" {
		return w
	}
	return string(code)
}
