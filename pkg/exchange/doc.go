// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package exchange reads and writes the readable files of a backpack, so that
// nothing in it is locked in: Markdown with YAML front matter, in a folder or a
// zip, and JSON Lines.
//
// There are three forms of reading. Documents and JSONLines read what anybody
// may hand over: every file that cannot be taken is reported with its line, and
// the others go on. Starter reads the content that comes with the product.
// Whole reads back what a Writer wrote: everything in the backpack, without
// loss, so that the same backpack gives the same bytes.
//
// Every failure to read is an *rugzak.Error with key "exchange.refused" whose
// Fields say what is wrong in which file (Place) on which line (Line, from 1;
// 0 where none can be told). Line ends of Windows (CRLF) become line feeds and
// a byte order mark at the start is left out; nothing else of a body changes.
//
// Nothing here decides what an author may do: author, audience and
// organisation are handed over as the file names them.
package exchange
