// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

//go:build !unix

package rugzaktest

import "time"

var began = time.Now()

// spent is the time that has passed: what this process used of it is not known
// here.
func spent() time.Duration { return time.Since(began) }
