// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package content carries the editorial texts of Rugzak inside the binary, so
// that a fresh installation has something to read: the help pages, and the
// starter set that shows what good entries look like.
//
// Each language has a folder of its own with the same files and the same ids:
//
//	nl/help, en/help          help pages, writing and privacy guidance
//	nl/starter, en/starter    the example set: organisations.yaml, people.yaml,
//	                          compass.md, agenda.yaml, round.yaml, room.yaml, ideas.yaml,
//	                          meetings.yaml, responses.yaml, inquiries.jsonl and
//	                          participations.jsonl (as an export has them, with
//	                          slugs for ids), themes/ and entries/
//
// begrippen.yaml holds the groups of words that mean the same: Dutch, for
// searching, whatever the language of the site.
//
// The texts are Markdown and YAML and may be edited without knowing Go. They
// are never a member's own data: what people write lives in the store.
package content

import "embed"

// FS holds the folders nl and en, and begrippen.yaml. It is read-only and safe for concurrent use.
//
//go:embed all:nl all:en begrippen.yaml
var FS embed.FS
