// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// inquiryUseCases are those of questions that are looked into together: a part
// of UseCases. Who may move a question, beside its readers, the use case decides:
// its authors, its lead and who takes part.
func inquiryUseCases() []UseCase {
	return []UseCase{
		{"Questions", "", AsPerson},
		{"StillBalls", "", AsPerson},
		{"MoveQuestion", PermPost, AsReader},
		{"AskBall", PermPost, AsReader},
		{"AnswerBall", PermPost, AsReader},
		{"TakeBall", PermPost, AsReader},
		{"TakeBackBall", PermPost, AsReader},
		{"Lead", PermPost, AsReader},
		{"SaveExperiment", PermPost, AsReader},
		{"SeeOverlap", PermPost, AsReader},
		{"RemoveOverlap", PermPost, AsReader},
	}
}

// participationUseCases are those of joining in: a part of UseCases.
func participationUseCases() []UseCase {
	return []UseCase{
		{"Joining", "", AsPerson},
		{"Join", PermPost, AsPerson},
		{"StopJoining", "", AsPerson},
		{"SettlePromise", "", AsPerson},
		{"Joined", "", AsPerson},
		{"Promises", "", AsPerson},
		{"OrganisationPromises", "", AsPerson},
	}
}
