// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"runtime/debug"
	"time"
)

// quiet is how long nobody asked anything when a site is at rest.
const quiet = 3 * time.Second

// resting gives the memory of starting, of a password, of a photo back to the
// machine once nobody asks anything. Left alone it stays with the program for
// minutes: garbage is collected when more is made, or after two minutes.
func resting(next http.Handler) http.Handler {
	rest := time.AfterFunc(quiet, debug.FreeOSMemory)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer rest.Reset(quiet)
		next.ServeHTTP(w, r)
	})
}
