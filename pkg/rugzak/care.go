// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// The notices of theme care.
const (
	// NoticeThemeMerged tells who follows a theme that it went into another.
	NoticeThemeMerged NoticeKind = "theme_merged"
	// NoticeThemeClosed tells them that it was closed.
	NoticeThemeClosed NoticeKind = "theme_closed"
	// NoticeEntryMerged tells the authors of two entries that one went into the
	// other, NoticeEntryApart that they are two again.
	NoticeEntryMerged NoticeKind = "entry_merged"
	NoticeEntryApart  NoticeKind = "entry_apart"
	// NoticeArchiveAsked asks the authors of an entry that is due for review
	// whether it may go to the archive.
	NoticeArchiveAsked NoticeKind = "archive_asked"
)
