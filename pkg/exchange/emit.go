// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// emitter writes YAML in one fixed form, so that the same values always give
// the same bytes. What is empty is left out.
type emitter struct {
	out    *bytes.Buffer
	indent string
	dash   bool // the next key stands behind the "- " of a list
	wrote  bool
}

func newEmitter(out *bytes.Buffer) *emitter { return &emitter{out: out} }

func (y *emitter) key(key string) {
	if y.dash {
		y.out.WriteString(y.indent[:len(y.indent)-2] + "- ")
		y.dash = false
	} else {
		y.out.WriteString(y.indent)
	}
	y.wrote = true
	y.out.WriteString(key + ":")
}

func (y *emitter) raw(key, value string) {
	y.key(key)
	y.out.WriteString(" " + value + "\n")
}

func emitText[T ~string](y *emitter, key string, value T) {
	if value != "" {
		y.raw(key, quote(string(value), false))
	}
}

func emitList[T ~string](y *emitter, key string, values []T) {
	if len(values) == 0 {
		return
	}
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = quote(string(v), true)
	}
	y.raw(key, "["+strings.Join(words, ", ")+"]")
}

func (y *emitter) number(key string, n int) {
	if n != 0 {
		y.raw(key, strconv.Itoa(n))
	}
}

func (y *emitter) flag(key string, on bool) {
	if on {
		y.raw(key, "true")
	}
}

func (y *emitter) time(key string, t time.Time) {
	if !t.IsZero() {
		y.raw(key, t.UTC().Format(time.RFC3339Nano))
	}
}

// mapping writes a mapping inside this one, "{}" when it is empty.
func (y *emitter) mapping(key string, write func(*emitter)) {
	y.key(key)
	inner := &emitter{out: new(bytes.Buffer), indent: y.indent + "  "}
	write(inner)
	if !inner.wrote {
		y.out.WriteString(" {}\n")
		return
	}
	y.out.WriteString("\n")
	y.out.Write(inner.out.Bytes())
}

// mappings writes a list of n mappings below a key.
func (y *emitter) mappings(key string, n int, write func(i int, y *emitter)) {
	if n == 0 {
		return
	}
	y.key(key)
	y.out.WriteString("\n")
	emitItems(y.out, y.indent+"  ", n, write)
}

// emitItems writes a list of n mappings.
func emitItems(out *bytes.Buffer, indent string, n int, write func(i int, y *emitter)) {
	for i := range n {
		y := &emitter{out: out, indent: indent + "  ", dash: true}
		write(i, y)
		if !y.wrote {
			out.WriteString(indent + "- {}\n")
		}
	}
}

// quote writes a text as a YAML scalar: plain where no reader of YAML can
// take it for anything else, in double quotes otherwise.
func quote(s string, inList bool) string {
	if isPlain(s, inList) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			b.WriteByte(s[i]) // no UTF-8: the Writer refuses the file
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString("\\n")
		case r == '\t':
			b.WriteString("\\t")
		case r == ' ' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, "\\x%02x", r)
		case r <= 0xffff:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			fmt.Fprintf(&b, "\\U%08x", r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isPlain is narrower than YAML allows: words that begin with a letter and
// hold no mark that could mean something to YAML.
func isPlain(s string, inList bool) bool {
	switch strings.ToLower(s) {
	case "", "true", "false", "yes", "no", "on", "off", "y", "n", "null", "inf", "nan":
		return false
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
		case i == 0:
			return false
		case r >= '0' && r <= '9' || r == '-' || r == '.' || r == '_' || r == '/':
		case strings.ContainsRune(" ,;()'?!+@", r) && !inList:
		case r == ' ' && inList:
		default:
			return false
		}
	}
	return !strings.HasSuffix(s, " ")
}
