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
	case rugzak.LinkEntry:
		return LocalPath(at(pathEntry, value))
	case rugzak.LinkTheme:
		return LocalPath(at(pathTheme, value))
	case rugzak.LinkLetter:
		return LocalPath(at(pathLetter, value))
	case rugzak.LinkMessages:
		return pathMessages
	case rugzak.LinkDigest:
		return pathDigest
	case rugzak.LinkStopMail:
		return LocalPath(at(pathStopMail, value))
	}
	return pathHome
}
