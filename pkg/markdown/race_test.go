// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

//go:build race

package markdown

// The race detector makes the library many times slower, and races do not
// depend on the size or number of texts: fewer and smaller ones will do.
const (
	hostileSize  = maxSource / 16
	payloadsStep = 8
)
