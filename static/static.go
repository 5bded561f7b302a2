// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package static carries the stylesheet, images and scripts of the site inside
// the binary, so that it serves everything itself and asks no other host.
package static

import "embed"

// FS holds the folders css, img and js. It is read-only and safe for
// concurrent use.
//
//go:embed css img all:js
var FS embed.FS
