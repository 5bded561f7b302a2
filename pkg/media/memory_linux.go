// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import "syscall"

// boundMemory bounds what this process may have, in bytes. More ends it. Address
// space alone is not counted: Go reserves much more of that than it uses.
func boundMemory(most int64) error {
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: uint64(most), Max: uint64(most)})
}
