// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// readStarterRounds reads the reflection rounds of the starter content. Their
// days count from the one on which it is loaded, their questions are those of
// their set, and entries and items are slugs.
func readStarterRounds(data []byte, p *problems) []rugzak.SampleRound {
	var out []rugzak.SampleRound
	for i, m := range readList(data, p) {
		r := rugzak.SampleRound{
			ReflectionRound: rugzak.ReflectionRound{
				Number: i + 1, Title: m.text("title"), Text: strings.TrimSpace(m.text("text")), Set: rugzak.QuestionSetID(m.slug("set")),
				Weeks: m.number("weeks"), Taking: list[rugzak.OrganisationID](m, "taking"), Also: list[rugzak.OrganisationID](m, "also"),
				Outcome: strings.TrimSpace(m.text("joint_outcome")), Sample: true,
			},
			OpensInDays: m.number("opens_in_days"), ClosesInDays: m.number("closes_in_days"), PublishedInDays: m.number("published_in_days"),
			Answers: list[string](m, "answers"),
		}
		for _, c := range m.mappings("changes") {
			r.Changes = append(r.Changes, rugzak.RoundChange{Domain: c.needed("domain"), Entry: rugzak.EntryID(c.slug("entry")), Reason: c.needed("reason")})
			c.done()
		}
		for _, d := range m.mappings("decisions") {
			r.Decisions = append(r.Decisions, rugzak.RoundDecision{
				Text: d.needed("text"), Goal: choice(d, "goal", rugzak.DecisionAgenda, rugzak.DecisionCompass), Item: d.text("item"),
			})
			d.done()
		}
		m.done()
		out = append(out, r)
	}
	return out
}

// round wants what a round of the starter content names to be there.
func (l links) round(b rugzak.Backpack, r rugzak.SampleRound) {
	for _, q := range b.QuestionSets {
		l.known[[2]string{"question set", string(q.ID)}] = true
	}
	for _, a := range b.Movement.Agenda {
		l.known[[2]string{"agenda item", a.ID}] = true
	}
	want(l, roundsName, "question set", r.Set)
	want(l, roundsName, "organisation", r.Taking...)
	want(l, roundsName, "organisation", r.Also...)
	want(l, roundsName, "entry", r.Answers...)
	for _, c := range r.Changes {
		want(l, roundsName, "entry", c.Entry)
	}
	for _, d := range r.Decisions {
		want(l, roundsName, "agenda item", d.Item)
	}
}
