// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// roundUseCases are those of reflection rounds, of sets of questions and of the
// harvest of meetings: a part of UseCases.
func roundUseCases() []UseCase {
	return []UseCase{
		{"Harvest", "", AsPerson},
		{"HarvestFindings", "", AsProgram},
		{"SaveHarvest", PermPost, AsPerson},
		{"Programme", "", AsPerson},
		{"Rounds", "", AsPerson},
		{"Round", "", AsPerson},
		{"NextRound", PermCurate, AsPerson},
		{"SaveRound", PermCurate, AsPerson},
		{"RemoveRound", PermCurate, AsPerson},
		{"RoundFindings", "", AsProgram},
		{"QuestionSets", PermCurate, AsPerson},
		{"SaveQuestionSet", PermCurate, AsPerson},
		{"QuestionSetFindings", "", AsProgram},
		{"SaveOutcome", PermSteer, AsPerson},
		{"OutcomeFindings", PermSteer, AsPerson},
		{"ChooseChange", PermSteer, AsPerson},
		{"DropChange", PermSteer, AsPerson},
		{"Decide", PermSteer, AsPerson},
		{"DropDecision", PermSteer, AsPerson},
	}
}
