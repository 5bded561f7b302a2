// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import "rugzak/pkg/rugzak"

// LinkPath is where a link in a mail leads, without scheme and host.
func LinkPath(to rugzak.LinkTo, value string) LocalPath {
	switch to {
	case rugzak.LinkSignIn:
		return pathSignIn
	case rugzak.LinkInvitation:
		return LocalPath(at(pathInvitation, value))
	case rugzak.LinkPassword:
		return LocalPath(at(pathPassword, value))
	case rugzak.LinkNotices:
		return pathNotices
	}
	return pathHome
}
