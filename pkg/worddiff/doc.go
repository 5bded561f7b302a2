// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package worddiff shows what changed between two versions of a text, word by
// word.
//
// It compares lines first and then the words of the lines that changed, both
// with Myers' algorithm in linear space. The work is bounded by the length of
// the texts: where two stretches have so little in common that comparing them
// would cost more, the one is shown as taken out and the other as put in. No
// clock is looked at, so the same texts always give the same answer.
package worddiff
