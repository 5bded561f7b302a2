// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

//go:build race

package markdown

// hostileSize is smaller here: the race detector makes the library many times
// slower, and races do not depend on the size of a text.
const hostileSize = maxSource / 8
