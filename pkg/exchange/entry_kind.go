// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import "rugzak/pkg/rugzak"

// readQuestion reads what a question holds. One of which the file says nothing
// is an open, joint one.
func readQuestion(m *mapping, f form, kind rugzak.Kind) *rugzak.QuestionData {
	q, ok := m.mapping("question")
	if !ok {
		if kind == rugzak.KindQuestion && f != whole {
			return &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen}
		}
		return nil
	}
	data := &rugzak.QuestionData{
		Size:      choice(q, "size", rugzak.SizeLearning, rugzak.SizeJoint),
		State:     choice(q, "state", rugzak.QuestionStates()...),
		BallWith:  rugzak.OrganisationID(q.text("ball_with")),
		Since:     q.text("since"),
		Asked:     rugzak.OrganisationID(q.text("asked")),
		NextStep:  q.text("next_step"),
		When:      q.text("when"),
		HopedGain: q.text("hoped_gain"),
		Gain:      q.text("gain"),
		AskUntil:  q.text("ask_until"),
	}
	q.done()
	if f != whole {
		data.Asked = "" // a request is made in the backpack, never by a file
		if data.Size == "" {
			data.Size = rugzak.SizeJoint
		}
		if data.State == "" {
			data.State = rugzak.QuestionOpen
		}
	}
	return data
}

func writeQuestion(y *emitter, q *rugzak.QuestionData) {
	if q == nil {
		return
	}
	y.mapping("question", func(y *emitter) {
		emitText(y, "size", q.Size)
		emitText(y, "state", q.State)
		emitText(y, "ball_with", q.BallWith)
		emitText(y, "since", q.Since)
		emitText(y, "asked", q.Asked)
		emitText(y, "next_step", q.NextStep)
		emitText(y, "when", q.When)
		emitText(y, "hoped_gain", q.HopedGain)
		emitText(y, "gain", q.Gain)
		emitText(y, "ask_until", q.AskUntil)
	})
}

func readApplication(m *mapping) *rugzak.ApplicationData {
	a, ok := m.mapping("application")
	if !ok {
		return nil
	}
	data := &rugzak.ApplicationData{
		Lesson:  rugzak.EntryID(a.text("lesson")),
		Outcome: choice(a, "outcome", rugzak.Outcomes()...),
		Tell:    a.flag("tell"),
	}
	a.done()
	return data
}

func writeApplication(y *emitter, a *rugzak.ApplicationData) {
	if a == nil {
		return
	}
	y.mapping("application", func(y *emitter) {
		emitText(y, "lesson", a.Lesson)
		emitText(y, "outcome", a.Outcome)
		y.flag("tell", a.Tell)
	})
}

func readMethod(m *mapping) *rugzak.MethodData {
	w, ok := m.mapping("method")
	if !ok {
		return nil
	}
	data := &rugzak.MethodData{
		Goal:        choice(w, "goal", rugzak.MethodGoals()...),
		MinutesMin:  w.number("minutes_min"),
		MinutesMax:  w.number("minutes_max"),
		GroupMin:    w.number("group_min"),
		GroupMax:    w.number("group_max"),
		Guidance:    choice(w, "guidance", rugzak.MethodGuidances()...),
		Trust:       choice(w, "trust", rugzak.MethodTrusts()...),
		Preparation: w.text("preparation"),
		Materials:   w.text("materials"),
		Place:       w.text("place"),
	}
	for _, s := range w.mappings("steps") {
		data.Steps = append(data.Steps, rugzak.Step{Minutes: s.number("minutes"), Text: s.text("text")})
		s.done()
	}
	w.done()
	return data
}

func writeMethod(y *emitter, w *rugzak.MethodData) {
	if w == nil {
		return
	}
	y.mapping("method", func(y *emitter) {
		emitText(y, "goal", w.Goal)
		y.number("minutes_min", w.MinutesMin)
		y.number("minutes_max", w.MinutesMax)
		y.number("group_min", w.GroupMin)
		y.number("group_max", w.GroupMax)
		emitText(y, "guidance", w.Guidance)
		emitText(y, "trust", w.Trust)
		emitText(y, "preparation", w.Preparation)
		emitText(y, "materials", w.Materials)
		emitText(y, "place", w.Place)
		y.mappings("steps", len(w.Steps), func(i int, y *emitter) {
			y.number("minutes", w.Steps[i].Minutes)
			emitText(y, "text", w.Steps[i].Text)
		})
	})
}

// notThisKind notes the data of another kind than the entry's own.
func (m *mapping) notThisKind(e *rugzak.Entry) {
	if e.Question != nil && e.Kind != rugzak.KindQuestion {
		m.problem("question", "exchange.other_kind", string(rugzak.KindQuestion))
	}
	if e.Application != nil && e.Kind != rugzak.KindApplication {
		m.problem("application", "exchange.other_kind", string(rugzak.KindApplication))
	}
	if e.Method != nil && e.Kind != rugzak.KindMethod {
		m.problem("method", "exchange.other_kind", string(rugzak.KindMethod))
	}
}
