// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package feed writes what people follow in a program of their own: Atom feeds
// (RFC 4287) for readers and calendars (RFC 5545). It knows the formats only:
// what goes in, and in which words, is decided elsewhere. Given the same it
// writes the same bytes, so that a program can ask whether anything changed.
package feed
