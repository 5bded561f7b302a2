// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of the core team: ideas, and what it said of "Kunnen we dit zelf?".
const (
	ideasName     = "ideas.yaml"
	selfCheckName = "selfcheck.yaml"
)

// readIdea reads what an export and the starter content both tell of an idea.
func readIdea(m *mapping) rugzak.Idea {
	return rugzak.Idea{
		ID: m.slug("id"), Title: m.needed("title"), Text: m.text("text"), Step: m.text("step"),
		Organisations: list[rugzak.OrganisationID](m, "organisations"),
	}
}

func readIdeas(data []byte, p *problems) []rugzak.Idea {
	var out []rugzak.Idea
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		i := readIdea(m)
		i.State = choice(m, "state", rugzak.IdeaOpen, rugzak.IdeaGrown, rugzak.IdeaClosed)
		i.Became, i.Sample = rugzak.Subject(m.text("became")), m.flag("sample")
		i.At, i.UpdatedAt = m.time("at"), m.time("updated_at")
		i.Answers = readIdeaAnswers(m)
		m.done()
		m.check(i.Validate())
		m.once(seen[i.ID], "id", i.ID)
		seen[i.ID] = true
		out = append(out, i)
	}
	return out
}

func readIdeaAnswers(m *mapping) []rugzak.IdeaAnswer {
	var out []rugzak.IdeaAnswer
	for _, a := range m.mappings("answers") {
		out = append(out, rugzak.IdeaAnswer{
			Organisation: rugzak.OrganisationID(a.text("organisation")), Reply: choice(a, "reply", rugzak.IdeaReplies()...), Note: a.text("note"), At: a.time("at"),
		})
		a.done()
	}
	return out
}

// ideasFile writes ideas by id.
func ideasFile(all []rugzak.Idea) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Idea) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(n int, y *emitter) {
		i := all[n]
		emitText(y, "id", i.ID)
		emitText(y, "title", i.Title)
		emitText(y, "text", i.Text)
		emitText(y, "step", i.Step)
		emitList(y, "organisations", i.Organisations)
		y.mappings("answers", len(i.Answers), func(n int, y *emitter) {
			a := i.Answers[n]
			emitText(y, "organisation", a.Organisation)
			emitText(y, "reply", a.Reply)
			emitText(y, "note", a.Note)
			y.time("at", a.At)
		})
		emitText(y, "state", i.State)
		emitText(y, "became", i.Became)
		y.flag("sample", i.Sample)
		y.time("at", i.At)
		y.time("updated_at", i.UpdatedAt)
	})
}

// readStarterIdeas reads the ideas of the starter content: open ones, whose
// answers have no moment yet.
func readStarterIdeas(data []byte, p *problems) []rugzak.Idea {
	var out []rugzak.Idea
	for _, m := range readList(data, p) {
		i := readIdea(m)
		i.State, i.Sample = rugzak.IdeaOpen, true
		i.Answers = readIdeaAnswers(m)
		m.done()
		out = append(out, i)
	}
	return out
}

func readSelfCheck(data []byte, p *problems) rugzak.SelfCheck {
	var c rugzak.SelfCheck
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		a := rugzak.SelfAnswer{
			Point: choice(m, "point", rugzak.SelfPoints()...), How: choice(m, "how", rugzak.SelfAnswers()...), Note: m.text("note"), At: m.time("at"),
		}
		m.done()
		m.once(seen[string(a.Point)], "point", string(a.Point))
		seen[string(a.Point)] = true
		c.Answers = append(c.Answers, a)
	}
	return c
}

// selfCheckFile writes the answers in order of the points.
func selfCheckFile(c rugzak.SelfCheck) []byte {
	return listFile(len(c.Answers), func(n int, y *emitter) {
		a := c.Answers[n]
		emitText(y, "point", a.Point)
		emitText(y, "how", a.How)
		emitText(y, "note", a.Note)
		y.time("at", a.At)
	})
}
