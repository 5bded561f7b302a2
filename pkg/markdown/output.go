// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"unicode/utf8"
)

// output is a buffer that stops the rendering at its limit. It has the methods
// the renderer wants of a buffered writer, so that nothing waits in between.
type output struct {
	buf   bytes.Buffer
	limit int
}

func newOutput(limit int) *output { return &output{limit: limit} }

func (o *output) room(n int) {
	if o.buf.Len()+n > o.limit {
		abort(refuse(keyOutput))
	}
}

func (o *output) Write(p []byte) (int, error) {
	o.room(len(p))
	return o.buf.Write(p)
}

func (o *output) WriteString(s string) (int, error) {
	o.room(len(s))
	return o.buf.WriteString(s)
}

func (o *output) WriteByte(c byte) error {
	o.room(1)
	return o.buf.WriteByte(c)
}

func (o *output) WriteRune(r rune) (int, error) {
	o.room(utf8.UTFMax)
	return o.buf.WriteRune(r)
}

func (o *output) Available() int { return o.limit - o.buf.Len() }
func (o *output) Buffered() int  { return 0 }
func (o *output) Flush() error   { return nil }
func (o *output) String() string { return o.buf.String() }
