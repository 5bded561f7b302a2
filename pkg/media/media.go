// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package media implements rugzak.Media: it tells from their bytes what files
// are, makes images anew so that nothing but their pixels is kept, and reads the
// text of documents. Every file may be made to do harm: what is unpacked is
// bounded beforehand, and documents are read in a process of their own with
// bounds on memory and time.
package media

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Files knows files. The zero value reads texts within this process, which is
// for the process of its own and for tests; see Outside.
type Files struct {
	outside *Outside
	turn    chan struct{} // one picture at a time
}

var _ rugzak.Media = (*Files)(nil)

// New makes one that reads documents outside this process.
func New(outside Outside) *Files {
	return &Files{outside: &outside, turn: make(chan struct{}, 1)}
}

// Text returns what is written in a file.
func (f *Files) Text(ctx context.Context, kind rugzak.AttachmentKind, file rugzak.Upload, size int64) (string, error) {
	switch kind {
	case rugzak.AttachedText:
		b, err := io.ReadAll(io.LimitReader(io.NewSectionReader(file, 0, size), rugzak.MaxAttachedText))
		return Clean(string(b)), err
	case rugzak.AttachedPDF, rugzak.AttachedWord:
		return f.outside.text(ctx, kind, io.NewSectionReader(file, 0, size))
	}
	return "", nil
}

// Clean makes text fit for a record: valid, without control characters, lines
// ended by one newline, and bounded at a whole letter.
func Clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(strings.ToValidUTF8(text, ""))
	text = strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == utf8.RuneError || c == '\ufeff' {
			return -1
		}
		return c
	}, text)
	if len(text) > rugzak.MaxAttachedText {
		text = strings.ToValidUTF8(text[:rugzak.MaxAttachedText], "")
	}
	return strings.TrimSpace(text)
}

func refused(key string, args ...any) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: key, Args: args}
}
