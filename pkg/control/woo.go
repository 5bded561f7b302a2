// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// WooRequest asks for a selection for a request under the Woo. Themes are ids
// or titles.
type WooRequest struct {
	Themes   []string `json:"themes"`
	From, To string
	Words    rugzak.WooWords `json:"words"`
}

// woo writes a selection as a zip.
func (s *Server) woo(r *http.Request, to io.Writer) error {
	var in WooRequest
	if err := read(r, &in); err != nil {
		return err
	}
	sel := rugzak.WooSelection{From: in.From, To: in.To}
	for _, name := range in.Themes {
		id, err := s.Service.ThemeNamed(r.Context(), s.by, name)
		if err != nil {
			return err
		}
		sel.Themes = append(sel.Themes, id)
	}
	w := exchange.NewWoo(to, in.Words)
	if err := s.Service.WooExport(r.Context(), s.by, sel, w.Entry); err != nil {
		return err
	}
	return w.Close()
}

// Woo writes a selection for a request under the Woo as a zip.
func (c *Client) Woo(ctx context.Context, in WooRequest, to io.Writer) error {
	data, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	return c.downloadWith(ctx, "/woo", bytes.NewReader(data), to)
}
