// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

//go:build unix

package rugzaktest

import (
	"syscall"
	"time"
)

// spent is how long the processors have worked for this process.
func spent() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic("a process may always ask what it used: " + err.Error())
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
