// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of reflection rounds and of sets of questions.
const (
	roundsName       = "rounds.yaml"
	questionSetsName = "question-sets.yaml"
)

func readQuestions(m *mapping) (out []rugzak.RoundQuestion) {
	for _, q := range m.mappings("questions") {
		out = append(out, rugzak.RoundQuestion{NL: q.text("nl"), EN: q.text("en")})
		q.done()
	}
	return out
}

func emitQuestions(y *emitter, all []rugzak.RoundQuestion) {
	y.mappings("questions", len(all), func(i int, y *emitter) {
		emitText(y, "nl", all[i].NL)
		emitText(y, "en", all[i].EN)
	})
}

// readRounds reads reflection rounds.
func readRounds(data []byte, p *problems) []rugzak.ReflectionRound {
	var out []rugzak.ReflectionRound
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		r := rugzak.ReflectionRound{
			ID: m.slug("id"), Number: m.number("number"), Title: m.text("title"), Text: m.text("text"),
			Set: rugzak.QuestionSetID(m.text("set")), Questions: readQuestions(m), Weeks: m.number("weeks"),
			Opens: m.text("opens"), Closes: m.text("closes"), InvitedAt: m.time("invited_at"),
			Taking: list[rugzak.OrganisationID](m, "taking"), Outcome: m.text("joint_outcome"), Also: list[rugzak.OrganisationID](m, "also"),
			PublishedAt: m.time("published_at"),
		}
		for _, c := range m.mappings("changes") {
			r.Changes = append(r.Changes, rugzak.RoundChange{Domain: c.text("domain"), Entry: rugzak.EntryID(c.text("entry")), Reason: c.text("reason")})
			c.done()
		}
		for _, d := range m.mappings("decisions") {
			r.Decisions = append(r.Decisions, rugzak.RoundDecision{
				ID: d.slug("id"), Text: d.text("text"), Goal: choice(d, "goal", rugzak.DecisionAgenda, rugzak.DecisionCompass),
				Item: d.text("item"), At: d.time("at"),
			})
			d.done()
		}
		r.Sample = m.flag("sample")
		r.At, r.UpdatedAt = m.time("at"), m.time("updated_at")
		m.done()
		m.check(r.Validate())
		m.once(seen[r.ID], "id", r.ID)
		seen[r.ID] = true
		out = append(out, r)
	}
	return out
}

// roundsFile writes rounds by id.
func roundsFile(all []rugzak.ReflectionRound) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.ReflectionRound) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		r := all[i]
		emitText(y, "id", r.ID)
		y.number("number", r.Number)
		emitText(y, "title", r.Title)
		emitText(y, "text", r.Text)
		emitText(y, "set", r.Set)
		emitQuestions(y, r.Questions)
		y.number("weeks", r.Weeks)
		emitText(y, "opens", r.Opens)
		emitText(y, "closes", r.Closes)
		y.time("invited_at", r.InvitedAt)
		emitList(y, "taking", r.Taking)
		emitText(y, "joint_outcome", r.Outcome)
		emitList(y, "also", r.Also)
		y.time("published_at", r.PublishedAt)
		y.mappings("changes", len(r.Changes), func(i int, y *emitter) {
			emitText(y, "domain", r.Changes[i].Domain)
			emitText(y, "entry", r.Changes[i].Entry)
			emitText(y, "reason", r.Changes[i].Reason)
		})
		y.mappings("decisions", len(r.Decisions), func(i int, y *emitter) {
			emitText(y, "id", r.Decisions[i].ID)
			emitText(y, "text", r.Decisions[i].Text)
			emitText(y, "goal", r.Decisions[i].Goal)
			emitText(y, "item", r.Decisions[i].Item)
			y.time("at", r.Decisions[i].At)
		})
		y.flag("sample", r.Sample)
		y.time("at", r.At)
		y.time("updated_at", r.UpdatedAt)
	})
}

// readQuestionSets reads sets of questions.
func readQuestionSets(data []byte, p *problems) []rugzak.QuestionSet {
	var out []rugzak.QuestionSet
	seen := map[rugzak.QuestionSetID]bool{}
	for _, m := range readList(data, p) {
		q := rugzak.QuestionSet{
			ID: rugzak.QuestionSetID(m.slug("id")), NameNL: m.text("name_nl"), NameEN: m.text("name_en"), Questions: readQuestions(m),
			Closed: m.flag("closed"), Sample: m.flag("sample"), UpdatedAt: m.time("updated_at"),
		}
		m.done()
		m.check(q.Validate())
		m.once(seen[q.ID], "id", string(q.ID))
		seen[q.ID] = true
		out = append(out, q)
	}
	return out
}

// questionSetsFile writes sets by id.
func questionSetsFile(all []rugzak.QuestionSet) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.QuestionSet) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		q := all[i]
		emitText(y, "id", q.ID)
		emitText(y, "name_nl", q.NameNL)
		emitText(y, "name_en", q.NameEN)
		emitQuestions(y, q.Questions)
		y.flag("closed", q.Closed)
		y.flag("sample", q.Sample)
		y.time("updated_at", q.UpdatedAt)
	})
}
