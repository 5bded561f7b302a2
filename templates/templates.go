// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package templates carries the HTML templates of the site inside the binary:
// the layout every page shares, partials that several pages use, and one file
// per page under pages/<feature>; and what letters in mail look like. Sentences stand in the catalogue, never here.
package templates

import "embed"

// FS holds the folders layout, partials, pages and mail. It is read-only and safe
// for concurrent use.
//
//go:embed layout partials pages mail
var FS embed.FS
