// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// roomUseCases are those of people, of needs for room and of meetings: a part
// of UseCases. Whoever is not of the team of a need, or not invited to a
// meeting, gets the answer of one that is not there.
func roomUseCases() []UseCase {
	return []UseCase{
		{"Profile", "", AsPerson},
		{"SetWhy", "", AsPerson},
		{"WhyChoices", "", AsPerson},
		{"CheckLine", "", AsPerson},

		{"Room", "", AsPerson},
		{"RoomNeed", "", AsPerson},
		{"AskRoom", PermPost, AsPerson},
		{"AnswerRoom", PermPost, AsPerson},
		{"CloseRoom", PermPost, AsPerson},
		{"WithdrawRoom", PermPost, AsPerson},
		{"RoomToReport", "", AsPerson},
		{"ReportRoom", "", AsPerson},
		{"MakeRoom", PermRoom, AsPerson},
		{"AskAboutRoom", PermRoom, AsPerson},
		{"ThankForRoom", PermRoom, AsPerson},

		{"Meetings", "", AsPerson},
		{"Meeting", "", AsPerson},
		{"MeetingsAbout", "", AsPerson},
		{"MeetingChoices", "", AsPerson},
		{"SaveMeeting", "", AsPerson},
		{"CancelMeeting", "", AsPerson},
		{"SignUp", "", AsPerson},
		{"SignOff", "", AsPerson},
		{"MeetingToReport", "", AsPerson},
		{"ReportMeeting", "", AsPerson},
		{"TextToReport", "", AsPerson},
		{"ReportText", "", AsPerson},
		{"CompassReport", "", AsPerson},
	}
}
