// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Effort is a kind of work that somebody can have the site do.
type Effort string

const (
	EffortSearch  Effort = "search"  // a search, or a list that is one
	EffortSuggest Effort = "suggest" // suggestions for what is being typed
	EffortWrite   Effort = "write"   // a form that changes something
	EffortPreview Effort = "preview" // rendering a text that is being written
	EffortExport  Effort = "export"  // a file made of many entries
)

// Limiter bounds how much work anybody may ask for, so that one person or one
// program cannot slow the site down for everybody. An implementation is safe
// for concurrent use; one for several server processes keeps the counts of Take
// where all of them can reach them.
type Limiter interface {
	// Take counts one piece of work for a person and for the address it comes
	// from; either may be empty. With 0 it may go on, else it is how long to
	// wait, and nothing was counted.
	Take(e Effort, person PersonID, address string) time.Duration
	// Enter begins a piece of work of which a person may have only a few under
	// way. When it gives false there are too many; else call leave at the end.
	Enter(e Effort, person PersonID) (leave func(), ok bool)
}
