// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// decisions counts what was decided in the period after reflection rounds of
// which everybody in the scope reads the outcome.
func (k *reckoning) decisions(out *rugzak.MovementResults) error {
	rounds, err := k.r.Rounds()
	if err != nil {
		return err
	}
	for _, round := range rounds {
		reads, err := k.readsOutcome(round)
		if err != nil {
			return err
		}
		for _, d := range round.Decisions {
			month := d.At.UTC().Format("2006-01")
			if reads && (out.From == "" || month >= out.From && month <= out.Until) {
				out.Decisions++
			}
		}
	}
	return nil
}

// readsOutcome reports whether everybody in the scope may read the outcome of a
// round, and all it quotes.
func (k *reckoning) readsOutcome(round rugzak.ReflectionRound) (bool, error) {
	if round.PublishedAt.IsZero() || !rugzak.CanReadOutcome(k.reader(), round) {
		return false, nil
	}
	for _, id := range round.Sources() {
		e, err := k.r.Entry(id)
		if isMissing(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if !slices.Contains(rugzak.ScopesOf(e, k.kind), k.scope) {
			return false, nil
		}
	}
	return true, nil
}
