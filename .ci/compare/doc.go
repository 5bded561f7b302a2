// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Command compare measures search of Rugzak beside stock bleve, PostgreSQL full
// text search and SQLite FTS5: the same texts and queries, the engines in turn
// in one run. It says how well known texts are found and with what certainty
// one engine beats the other, how long queries take, how fast texts go in, how
// soon a new one is found, and what disk and memory that takes.
//
//	compare -docs docs.jsonl -queries queries.jsonl
//	compare -size 10000,100000 -json results.jsonl -markdown results.md -svg DIR
//	compare -report results.jsonl -svg DIR
//
// It is a module of its own, so that what it needs stays out of the product.
package main
