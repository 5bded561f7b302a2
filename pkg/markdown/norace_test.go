// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

//go:build !race

package markdown

// hostileSize is the largest a text may be.
const hostileSize = maxSource
