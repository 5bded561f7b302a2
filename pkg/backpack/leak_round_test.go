// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// reflect makes two rounds of what is in the world: one that is over, with an
// outcome and changes, and one that is open. Some entries came of each.
func (w *world) reflect(t testing.TB) {
	t.Helper()
	public := w.publicEntries(t)
	_, err := w.store.Update(t.Context(), func(writer rugzak.Writer) error {
		for n := range 2 {
			r := rugzak.ReflectionRound{
				ID: rugzak.NewID(w.clock.Now()), Number: n + 1, Title: fmt.Sprintf("Ronde %d", n+1), Weeks: 8,
				Opens: "2026-09-01", Closes: "2026-09-14", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}}, InvitedAt: w.clock.Now(), Version: 1,
			}
			if n == 1 {
				r.Opens, r.Closes = "2026-11-20", "2026-12-20"
			} else {
				r.PublishedAt = w.clock.Now()
				quoted := pick(w.random, public)
				r.Outcome = "Uitkomst spreeuwronde: [dit](/ervaringen/" + string(quoted) + ")."
				r.Decisions = []rugzak.RoundDecision{{ID: rugzak.NewID(w.clock.Now()), Text: "Besluit spreeuwbesluit", At: w.clock.Now()}}
				for _, o := range w.orgs {
					if o.Kind == rugzak.Partner && w.random.IntN(2) == 0 {
						r.Also = append(r.Also, o.ID)
					}
				}
				for i := range 3 {
					r.Changes = append(r.Changes, rugzak.RoundChange{Domain: fmt.Sprint("Domein ", i), Entry: pick(w.random, public), Reason: fmt.Sprintf("Reden spreeuwreden%dx", i)})
				}
			}
			for _, id := range public {
				e, err := writer.Entry(id)
				if err != nil {
					return err
				}
				if e.Occasion != "" || w.random.IntN(3) > 0 {
					continue
				}
				e.Occasion = rugzak.RoundOccasion(r.ID)
				if !slices.Contains(r.Taking, e.Organisation) && w.random.IntN(2) == 0 {
					r.Taking = append(r.Taking, e.Organisation)
				}
				if err := writer.SaveEntry(e, e.Version, nil); err != nil {
					return err
				}
			}
			if err := writer.SaveRound(r, 0); err != nil {
				return err
			}
			w.rounds = append(w.rounds, r.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) publicEntries(t testing.TB) (out []rugzak.EntryID) {
	t.Helper()
	for _, id := range w.entries {
		if e, _ := w.stored(t, id); e.State.Public() {
			out = append(out, id)
		}
	}
	return out
}

// roundAnswers is what the surfaces of rounds tell a reader.
func (w *world) roundAnswers(t *testing.T, p rugzak.Person) (all []surfaceAnswer) {
	t.Helper()
	ctx := t.Context()
	add := func(surface string, v any, err error) {
		all = append(all, surfaceAnswer{surface, []any{v, fmt.Sprint(err)}})
	}
	programme, err := w.Programme(ctx, p)
	add("programme", programme, err)
	for _, month := range programme.Coming {
		for _, item := range month.Items {
			if item.Meeting != nil {
				harvest, err := w.Harvest(ctx, p, item.Meeting.Meeting.ID)
				add("harvest", harvest, err)
			}
		}
	}
	rounds, err := w.Rounds(ctx, p)
	add("rounds", rounds, err)
	for _, id := range w.rounds {
		v, err := w.Service.Round(ctx, p, id)
		add("round", v, err)
		found, narrow, err := w.OutcomeFindings(ctx, p, backpack.OutcomeInput{Outcome: "Zie [dit](/ervaringen/" + string(w.entries[0]) + ")."})
		for i := range narrow {
			narrow[i].ID = "" // says the id that was asked for
		}
		add("sources of an outcome", []any{found, narrow}, err)
	}
	texts := []rugzak.Subject{rugzak.CompassText, "agenda:a", "agenda:geen"}
	for _, id := range w.rounds {
		texts = append(texts, rugzak.RoundOccasion(id))
	}
	for _, o := range w.orgs {
		texts = append(texts, rugzak.NeedText(o.ID, ""))
	}
	for _, text := range texts {
		target, err := w.TextToReport(ctx, p, text)
		add("text to report", target, err)
	}
	report, err := w.CompassReport(ctx, p)
	add("report of the compass", report, err)
	next, err := w.NextRound(ctx, p)
	add("next round", next, err)
	sets, err := w.QuestionSets(ctx, p)
	add("question sets", sets, err)
	return all
}

// Of a round everybody reads what they may read of what it is made of, and
// nothing else: counted out without the rule of the product.
func TestRoundsLeakNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		w := newWorld(t, 40+seed, 30)
		w.reflect(t)
		m := w.model(t)
		read := func(id string) (r rugzak.ReflectionRound) {
			err := w.store.View(t.Context(), func(reader rugzak.Reader) (err error) { r, err = reader.Round(id); return err })
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		for _, p := range w.people {
			for _, id := range w.rounds {
				v, err := w.Service.Round(t.Context(), p, id)
				if err != nil {
					t.Fatal(err)
				}
				round := read(id)
				var want []string
				for _, e := range m.entries {
					if e.Occasion == rugzak.RoundOccasion(id) && m.sees(p, e) {
						want = append(want, string(e.ID))
					}
				}
				var got []string
				for _, c := range v.Answers {
					got = append(got, string(c.ID))
				}
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Fatalf("%s reads the answers %v, want %v", p.ID, got, want)
				}
				isFor := p.Kind == rugzak.Department || slices.Contains(round.Also, p.Organisation)
				sees := func(id rugzak.EntryID) bool { return m.sees(p, m.entries[id]) }
				shown, _ := json.Marshal(v)
				for word, may := range map[string]bool{
					"spreeuwronde":   isFor && len(rugzak.Quotes(round.Outcome)) > 0 && sees(rugzak.Quotes(round.Outcome)[0]),
					"spreeuwbesluit": isFor && len(round.Decisions) > 0,
				} {
					if strings.Contains(string(shown), word) != may {
						t.Fatalf("%s meets %s: %v, want %v", p.ID, word, !may, may)
					}
				}
				for i, c := range round.Changes {
					if may := isFor && sees(c.Entry); strings.Contains(string(shown), fmt.Sprintf("spreeuwreden%dx", i)) != may {
						t.Fatalf("%s meets the reason of %s: %v, want %v", p.ID, c.Entry, !may, may)
					}
				}
				for _, o := range append(v.Taking, v.Missing...) {
					if p.Kind == rugzak.Partner && o.Kind == rugzak.Partner && o.ID != p.Organisation {
						t.Fatalf("%s learns of the partner %s", p.ID, o.ID)
					}
				}
			}
		}
	}
}
