// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// methodUseCases are those of methods and of one card for a meeting: a part of
// UseCases.
func methodUseCases() []UseCase {
	return []UseCase{
		{"MethodUse", "", AsReader},
		{"DrawOne", "", AsPerson},
	}
}
