// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// The types of files people take out.
const (
	typeCSV       = "text/csv; charset=utf-8; header=present"
	typeJSONLines = "application/x-ndjson; charset=utf-8"
	typeZip       = "application/zip"
)

// download answers with a file that is written as it is made. The answer
// begins with the first byte, so that a refusal before it is a page as any
// other. What fails later breaks the connection off: half a file must not look
// like a whole one. The name is one of ours, in plain letters.
func (s *Server) download(c echo.Context, name, kind string, write func(io.Writer) error) error {
	to := &lateWriter{c: c, name: name, kind: kind}
	err := write(to)
	if err != nil && to.begun {
		s.Log.ErrorContext(c.Request().Context(), "a download was broken off", "id", requestID(c), "err", err)
		panic(http.ErrAbortHandler)
	}
	if err == nil && !to.begun {
		to.begin()
	}
	return err
}

// lateWriter begins an answer with its first byte.
type lateWriter struct {
	c          echo.Context
	name, kind string
	begun      bool
}

func (w *lateWriter) begin() {
	w.begun = true
	h := w.c.Response().Header()
	h.Set(echo.HeaderContentType, w.kind)
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+w.name+`"`)
	w.c.Response().WriteHeader(http.StatusOK)
}

func (w *lateWriter) Write(p []byte) (int, error) {
	if !w.begun {
		w.begin()
	}
	return w.c.Response().Write(p)
}
