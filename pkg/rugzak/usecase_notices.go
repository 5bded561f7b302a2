// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// noticeUseCases are those of how people are told and mailed: a part of
// UseCases.
func noticeUseCases() []UseCase {
	return []UseCase{
		{"NoticeSettings", "", AsPerson},
		{"SaveNoticeSettings", "", AsPerson},
		{"WantDigest", "", AsPerson},
		{"WeekMessage", "", AsPerson},
		{"PreviewDigest", "", AsPerson},
		{"DigestDesk", PermCurate, AsPerson},
		{"SaveDigest", PermCurate, AsPerson},
		{"SaveMailSettings", PermAdminister, AsPerson},
		{"MailState", PermAdminister, AsPerson},
		{"SendTestMail", PermAdminister, AsPerson},
		{"StopMail", "", AsAnybody},
		{"FollowNotices", "", AsProgram},
		{"QueueDigests", "", AsProgram},
	}
}
