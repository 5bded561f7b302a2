// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// loopUseCases are taking a lesson along, being asked about it, telling how it
// was used, and what shows of that.
func loopUseCases() []UseCase {
	return []UseCase{
		{"TakeAlong", PermPost, AsReader},
		{"AnswerKeep", "", AsReader},
		{"MyDueKeeps", "", AsPerson},
		{"DueKeeps", "", AsPerson},
		{"Applying", PermPost, AsReader},
		{"Trail", "", AsReader},
		{"MarkAgreement", PermPost, AsAuthor},
		{"CurateAgreement", PermCurate, AsReader},
		{"Lineage", "", AsReader},
		{"SaveLoopSettings", PermAdminister, AsPerson},
	}
}
