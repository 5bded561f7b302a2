// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

//go:build !race

package markdown

const (
	hostileSize  = maxSource // the largest a text may be
	payloadsStep = 1         // every payload is tried
)
