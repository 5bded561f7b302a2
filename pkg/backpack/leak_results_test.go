// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// freeze makes an interim result of how things are in the world.
func (w *world) freeze(t testing.TB) {
	t.Helper()
	i := slices.IndexFunc(w.people, rugzak.CanSteer)
	draft, err := w.InterimDraft(t.Context(), w.people[i], rugzak.SpanAll)
	if err != nil {
		t.Fatal(err)
	}
	in := backpack.InterimInput{Title: "Tussenstand", Span: rugzak.SpanAll, Stories: map[rugzak.Rung]rugzak.EntryID{}}
	for rung, cards := range draft.Choices {
		if len(cards) > 0 {
			in.Stories[rung] = cards[0].ID
		}
	}
	if _, err := w.FreezeInterim(t.Context(), w.people[i], in); err != nil {
		t.Fatal(err)
	}
}

// resultAnswers is what results and interim results tell a reader.
func (w *world) resultAnswers(t *testing.T, p rugzak.Person) (all []surfaceAnswer) {
	t.Helper()
	ctx := t.Context()
	add := func(surface string, v any, err error) {
		all = append(all, surfaceAnswer{surface, []any{v, fmt.Sprint(err)}})
	}
	for _, span := range rugzak.ResultSpans() {
		results, err := w.Results(ctx, p, span)
		add("results of "+string(span), results, err)
		draft, err := w.InterimDraft(ctx, p, span)
		add("draft of an interim result", draft, err)
	}
	interims, err := w.Interims(ctx, p)
	add("interim results", interims, err)
	for _, i := range interims {
		interim, err := w.Interim(ctx, p, i.ID)
		add("interim result", interim, err)
	}
	return all
}

// dossierFor is the dossier that somebody makes, without the names of who keeps
// the movement going when they may know those.
func (w *world) dossierFor(t *testing.T, p rugzak.Person) (dossierBox, error) {
	t.Helper()
	box := &dossierBox{}
	err := w.Dossier(t.Context(), p, backpack.DossierWish{Narrow: true}, box)
	for i, role := range box.All.Roles {
		box.All.Roles[i].Names = slices.DeleteFunc(role.Names, func(line string) bool {
			return role.Named() && rugzak.CanSteer(p) && slices.ContainsFunc(w.people, func(o rugzak.Person) bool {
				return o.Has(role.Role) && strings.HasPrefix(line, o.Name+", ")
			})
		})
	}
	return *box, err
}
