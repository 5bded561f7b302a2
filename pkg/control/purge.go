// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"context"
	"net/http"

	"rugzak/pkg/rugzak"
)

// PurgeRequest names what the owner of the data removes for good.
type PurgeRequest struct {
	Entries []rugzak.EntryID    `json:"entries"`
	Reason  rugzak.ReportReason `json:"reason"`
}

// PurgeResult counts what was there.
type PurgeResult struct {
	Purged int `json:"purged"`
}

// purge removes entries and answers when they are out of every file.
func (s *Server) purge(r *http.Request) (any, error) {
	var in PurgeRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	count, err := s.Service.EraseEntries(r.Context(), s.by, in.Entries, in.Reason)
	if err != nil {
		return nil, err
	}
	return PurgeResult{Purged: count}, s.Service.FinishPurges(r.Context())
}

func (s *Server) tombstones(r *http.Request) (any, error) {
	return s.Service.Tombstones(r.Context(), s.by)
}

// Purge removes entries for good.
func (c *Client) Purge(ctx context.Context, in PurgeRequest) (out PurgeResult, err error) {
	return out, c.call(ctx, http.MethodPost, "/purge", in, &out)
}

// Tombstones lists what was purged.
func (c *Client) Tombstones(ctx context.Context) (all []rugzak.Tombstone, err error) {
	return all, c.call(ctx, http.MethodGet, "/tombstones", nil, &all)
}
