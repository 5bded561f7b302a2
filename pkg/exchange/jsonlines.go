// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// maxJSONLine is the longest line, in bytes: a body of the largest size in
// which every character is escaped.
const maxJSONLine = 6*rugzak.MaxBody + maxFrontMatter

// jsonDocument holds the fields of a line that are used.
type jsonDocument struct {
	id, lang, title, body string
}

// JSONLines reads one entry per line, from the fields id, lang, title and
// body_markdown; other fields are passed over, as are empty lines. The origin
// of an entry is from with its id. place names the input in messages. A line
// that cannot be taken is reported and the next one read.
func JSONLines(r io.Reader, place, from string) iter.Seq[rugzak.Incoming] {
	return func(yield func(rugzak.Incoming) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		ids := map[string]int{}
		for number := 1; ; number++ {
			line, long, err := readLine(br)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(rejected(refuse(place, number, "exchange.unreadable")))
				return
			}
			in := rugzak.Incoming{}
			switch {
			case long:
				in = rejected(refuse(place, number, "exchange.json.long", maxJSONLine>>10))
			case len(bytes.TrimSpace(line)) > 0:
				in = readJSON(line, place, number, from, ids)
			}
			if in.Place != "" && !yield(in) || err != nil {
				return
			}
		}
	}
}

// readLine reads up to the next line feed. Of a line that is too long nothing
// is kept.
func readLine(br *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if len(line) > maxJSONLine {
			line, long = nil, true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

func readJSON(line []byte, place string, number int, from string, ids map[string]int) rugzak.Incoming {
	p := &problems{place: place}
	in := rugzak.Incoming{Place: place, Line: number}
	if number == 1 {
		line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	}
	if !utf8.Valid(line) {
		p.breaks(number, "exchange.utf8")
	} else if loneSurrogate(line) {
		p.breaks(number, "exchange.json.surrogate")
	} else {
		d := decodeDocument(line, number, p)
		in.Entry = d.entry(from)
		if !p.malformed {
			checkJSON(d, in.Entry, number, p, ids)
		}
	}
	in.Err = p.err()
	return in
}

func (d jsonDocument) entry(from string) rugzak.Entry {
	e := rugzak.Entry{
		Lang:     rugzak.Lang(d.lang),
		Title:    rugzak.Line(d.title),
		Body:     rugzak.Newlines(d.body),
		External: rugzak.External{Source: from, ID: d.id},
	}
	if e.Title == "" {
		e.Title = titleOf(e.Body, d.id)
	}
	return e
}

func checkJSON(d jsonDocument, e rugzak.Entry, number int, p *problems, ids map[string]int) {
	if d.id == "" {
		p.add(number, "id", "exchange.needed", "id")
	} else if first, twice := ids[d.id]; twice {
		p.add(number, "id", "exchange.again_line", first)
	} else {
		ids[d.id] = number
	}
	if e.Lang != "" && !e.Lang.Valid() {
		p.add(number, "lang", "exchange.choose", "nl, en")
	}
	for _, f := range fieldsOf(validateHandedOver(e)) {
		p.add(number, f.Field, f.Key, f.Args...)
	}
}

// decodeDocument reads an object key by key, because decoding into a struct
// would take "ID" for "id" and keep the last of two equal keys in silence.
func decodeDocument(line []byte, number int, p *problems) (d jsonDocument) {
	wanted := map[string]*string{"id": &d.id, "lang": &d.lang, "title": &d.title, "body_markdown": &d.body}
	seen := map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(line))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		p.breaks(number, "exchange.json")
		return d
	}
	for dec.More() {
		token, err := dec.Token()
		key, _ := token.(string)
		var value json.RawMessage
		if err != nil || dec.Decode(&value) != nil {
			p.breaks(number, "exchange.json")
			return d
		}
		into, used := wanted[key]
		if !used {
			continue
		}
		if seen[key] {
			p.add(number, key, "exchange.twice", key, number)
		}
		seen[key] = true
		if json.Unmarshal(value, into) != nil {
			p.add(number, key, "exchange.want_text")
		}
	}
	if _, err := dec.Token(); err != nil {
		p.breaks(number, "exchange.json")
	} else if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		p.breaks(number, "exchange.json")
	}
	return d
}

// loneSurrogate reports whether a \u escape is half of a pair: such a text has
// no meaning, and the decoder would put another character in its place.
func loneSurrogate(line []byte) bool {
	for i := 0; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		i++
		if line[i] != 'u' {
			continue
		}
		r := escaped(line, i+1)
		switch {
		case r >= 0xdc00 && r <= 0xdfff:
			return true
		case r >= 0xd800 && r <= 0xdbff:
			if i+6 >= len(line) || line[i+5] != '\\' || line[i+6] != 'u' {
				return true
			}
			if low := escaped(line, i+7); low < 0xdc00 || low > 0xdfff {
				return true
			}
			i += 10
		}
	}
	return false
}

// escaped reads four hexadecimal digits; -1 when they are not there, which the
// decoder reports.
func escaped(line []byte, at int) rune {
	if at+4 > len(line) {
		return -1
	}
	var r rune
	for _, c := range line[at : at+4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}
