// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// feedUseCases are those of feeds and calendars: a part of UseCases. Whoever
// holds a private address reads one feed with its person's rights.
func feedUseCases() []UseCase {
	return []UseCase{
		{"FeedTokens", "", AsPerson},
		{"MakeFeedToken", "", AsPerson},
		{"RevokeFeedToken", "", AsPerson},
		{"ReadFeed", "", AsAnybody},
	}
}
