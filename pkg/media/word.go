// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// wordText writes the text of a Word document: paragraphs and cells as lines, then
// what stands above, beneath and beside them. The names of elements are those of
// ECMA-376, part 1, 17. What somebody deleted and still stands in it is in it.
func wordText(out io.Writer, file io.ReaderAt, size int64) error {
	z, err := openWord(file, size)
	if err != nil {
		return err
	}
	document, err := z.Open(wordDocument)
	if err != nil {
		return refused("error.attachment.damaged")
	}
	if err := errors.Join(partText(out, document), document.Close()); err != nil {
		return err
	}
	for _, part := range z.File {
		if !besideText.MatchString(part.Name) {
			continue
		}
		from, err := part.Open()
		if err != nil {
			return refused("error.attachment.damaged")
		}
		if err := errors.Join(partText(out, from), from.Close()); err != nil {
			return err
		}
	}
	return nil
}

// besideText are the parts with words that readers see beside the text itself.
var besideText = regexp.MustCompile(`(?i)^word/(header|footer|footnotes|endnotes|comments)\d*\.xml$`)

// partText writes the text of one part.
func partText(out io.Writer, part io.Reader) error {
	d := xml.NewDecoder(io.LimitReader(part, maxPart))
	d.Strict = true
	within, deep := false, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("media: word: %w", err)
		}
		var text []byte
		switch token := token.(type) {
		case xml.Directive:
			return refused("error.attachment.damaged") // a Word document declares nothing
		case xml.StartElement:
			if deep++; deep > maxDepth {
				return refused("error.attachment.bomb")
			}
			switch token.Name.Local {
			case "t", "delText":
				within = true
			case "tab":
				text = []byte("\t")
			case "br", "cr":
				text = []byte("\n")
			}
		case xml.EndElement:
			deep--
			switch token.Name.Local {
			case "t", "delText":
				within = false
			case "p":
				text = []byte("\n")
			}
		case xml.CharData:
			if within {
				text = token
			}
		}
		if _, err := out.Write(text); err != nil {
			return err
		}
	}
}

// maxDepth is how deep elements may stand in each other.
const maxDepth = 500
