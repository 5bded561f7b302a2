// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func sinceQuery(since time.Time) string {
	if since.IsZero() {
		return ""
	}
	return url.Values{"since": {since.UTC().Format(time.RFC3339)}}.Encode()
}

func sinceOf(r *http.Request) (time.Time, error) {
	text := r.URL.Query().Get("since")
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "cli.error.protocol", Err: err}
	}
	return at, nil
}

func (s *Server) auditTable(r *http.Request, to io.Writer) error {
	since, err := sinceOf(r)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(to)
	return s.Service.AuditTable(r.Context(), s.by, backpack.AuditAsk{From: since}, func(l backpack.AuditLine) error { return enc.Encode(l) })
}

func (s *Server) auditChain(r *http.Request, to io.Writer) error {
	since, err := sinceOf(r)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(to)
	return s.Service.AuditChain(r.Context(), s.by, since, func(l rugzak.AuditLine) error { return enc.Encode(l) })
}
