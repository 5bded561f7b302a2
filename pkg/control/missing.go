// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"context"
	"net/http"

	"rugzak/pkg/rugzak"
)

// MissingRequest asks which of some entries a person may not read, or are not
// there: to them that is the same.
type MissingRequest struct {
	As      string   `json:"as"` // e-mail address
	Entries []string `json:"entries"`
}

// MissingAnswer names them.
type MissingAnswer struct {
	Missing []string `json:"missing"`
}

func (s *Server) missing(r *http.Request) (any, error) {
	var in MissingRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	person, err := s.Service.PersonByEmail(r.Context(), s.by, in.As)
	if err != nil {
		return nil, err
	}
	out := MissingAnswer{Missing: []string{}}
	for _, id := range in.Entries {
		_, err := s.Service.Read(r.Context(), person, rugzak.EntryID(id))
		switch {
		case rugzak.CodeOf(err) == rugzak.CodeNotFound:
			out.Missing = append(out.Missing, id)
		case err != nil:
			return nil, err
		}
	}
	return out, nil
}

// Missing asks which of some entries a person cannot find.
func (c *Client) Missing(ctx context.Context, in MissingRequest) (a MissingAnswer, err error) {
	return a, c.call(ctx, http.MethodPost, "/missing", in, &a)
}
