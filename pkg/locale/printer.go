// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Printer prints in one language. It is safe for concurrent use.
type Printer struct {
	catalogue *Catalogue
	lang      string
	messages  map[string]message
}

// Lang returns the language of the printer, fit for an html lang attribute.
func (p *Printer) Lang() string { return p.lang }

// Has says whether there is a sentence for a key.
func (p *Printer) Has(key string) bool {
	_, ok := p.messages[key]
	return ok
}

// T returns the sentence of a key, with args in place of its verbs; whole numbers
// are printed as by Number. A key that does not exist shows itself between
// brackets, so that nobody overlooks it.
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.messages[key]
	if !ok || m.plural {
		return p.lost(key)
	}
	if text, ok := p.catalogue.replaced(p.lang, key); ok {
		return text
	}
	return p.print(key, m, m.other, args)
}

// Sentence returns the sentence of a key as it is, its verbs not filled in.
func (p *Printer) Sentence(key string) string {
	m, ok := p.messages[key]
	if !ok || m.plural {
		return p.lost(key)
	}
	return m.other
}

// N returns the sentence of a key about n things. The count is the first
// argument of the sentence, printed as by Number; args follow it. Where there is
// none of them, a sentence may say that in its own words.
func (p *Printer) N(key string, n int, args ...any) string {
	m, ok := p.messages[key]
	if !ok || !m.plural {
		return p.lost(key)
	}
	form := m.other
	switch {
	case n == 1:
		form = m.one
	case n == 0 && m.zero != "":
		form = m.zero
	}
	return p.print(key, m, form, append([]any{count{n, p}}, args...))
}

func (p *Printer) print(key string, m message, form string, args []any) string {
	if len(args) != len(m.verbs) {
		p.catalogue.reportMissing(fmt.Sprintf("%s: %s: %d arguments for %d verbs", p.lang, key, len(args), len(m.verbs)))
	}
	if !strings.Contains(form, "%") {
		return form
	}
	return fmt.Sprintf(form, p.written(args)...)
}

// written are the arguments of a sentence, with whole numbers as the reader writes
// them.
func (p *Printer) written(args []any) []any {
	if !slices.ContainsFunc(args, func(a any) bool { n, whole := a.(int); return whole && (n > 999 || n < -999) }) {
		return args
	}
	out := slices.Clone(args)
	for i, a := range out {
		if n, whole := a.(int); whole {
			out[i] = count{n, p}
		}
	}
	return out
}

func (p *Printer) lost(key string) string {
	p.catalogue.reportMissing(p.lang + ": " + key)
	return "[[" + key + "]]"
}

// Number prints n with a mark between thousands: 7.121 in Dutch, 7,121 in English.
func (p *Printer) Number(n int) string {
	mark := ","
	if p.lang == Dutch {
		mark = "."
	}
	sign, digits := "", strconv.Itoa(n)
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// count is the number of things in a plural sentence; whatever the verb, it
// prints the way the reader writes numbers.
type count struct {
	n int
	p *Printer
}

func (c count) Format(f fmt.State, _ rune) {
	_, _ = f.Write([]byte(c.p.Number(c.n)))
}
