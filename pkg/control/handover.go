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

	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// HandoverRequest asks for the dossier by which the movement is handed over, as
// somebody of the core team would get it.
type HandoverRequest struct {
	As       string              `json:"as"` // e-mail address
	Narrow   bool                `json:"narrow,omitempty"`
	Playbook string              `json:"playbook"` // Markdown
	Words    rugzak.DossierWords `json:"words"`
}

// handover writes the dossier as a zip.
func (s *Server) handover(r *http.Request, to io.Writer) error {
	var in HandoverRequest
	if err := read(r, &in); err != nil {
		return err
	}
	by, err := s.Service.PersonByEmail(r.Context(), s.by, in.As)
	if err != nil {
		return err
	}
	file := exchange.NewDossier(to, in.Words)
	wish := backpack.DossierWish{Narrow: in.Narrow, Playbook: in.Playbook, Lang: in.Words.Lang}
	if err := s.Service.Dossier(r.Context(), by, wish, file); err != nil {
		return err
	}
	return file.Close()
}

// Handover writes the dossier as a zip.
func (c *Client) Handover(ctx context.Context, in HandoverRequest, to io.Writer) error {
	data, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	return c.downloadWith(ctx, "/handover", bytes.NewReader(data), to)
}
