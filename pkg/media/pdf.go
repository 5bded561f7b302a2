// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"
)

// pdfText writes the text of a PDF, page by page, as far as it gets.
func pdfText(out io.Writer, file io.ReaderAt, size int64) (err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("media: pdf: %v", failed)
		}
	}()
	r, err := pdf.NewReader(file, size)
	if err != nil {
		return fmt.Errorf("media: pdf: %w", err)
	}
	for n := 1; n <= r.NumPage(); n++ {
		page, err := r.Page(n).GetPlainText(nil)
		if err != nil {
			return fmt.Errorf("media: pdf, page %d: %w", n, err)
		}
		if _, err := io.WriteString(out, page+"\n"); err != nil {
			return err
		}
	}
	return nil
}
