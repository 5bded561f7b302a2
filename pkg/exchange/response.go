// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of what people said about entries, and of recognition and thanks.
const (
	responsesName = "responses.yaml"
	signalsName   = "signals.yaml"
)

// readResponses reads responses to entries of this export.
func (w *Whole) readResponses(data []byte, p *problems) []rugzak.Response {
	var out []rugzak.Response
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		x := rugzak.Response{
			Entry: rugzak.EntryID(m.text("entry")), ID: m.text("id"), To: m.text("to"), Kind: rugzak.ResponseKind(m.text("kind")),
			Author: rugzak.PersonID(m.text("author")), Organisation: rugzak.OrganisationID(m.text("organisation")), Body: m.text("body"),
			Lang: rugzak.Lang(m.text("lang")), NotBSN: list[string](m, "not_bsn"), Inside: m.flag("inside"), At: m.time("at"),
			EditedAt: m.time("edited_at"), Withdrawn: m.flag("withdrawn"), Reported: m.flag("reported"),
			Waits: rugzak.OrganisationID(m.text("waits")), Became: rugzak.EntryID(m.text("became")), Version: 1,
		}
		x.Mentions = rugzak.Mentions(x.Body)
		m.done()
		if !rugzak.ValidID(x.ID) || x.To != "" && !seen[x.To] {
			m.problem("id", "error.choose")
		}
		if x.Author != "" {
			m.check(x.Validate())
		}
		m.once(seen[x.ID], "id", x.ID)
		seen[x.ID] = true
		w.wantEntry(string(x.Entry), p)
		out = append(out, x)
	}
	return out
}

// responsesFile writes responses by entry and id, so that what answers comes
// after what is answered.
func responsesFile(all []rugzak.Response) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Response) int {
		return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Thread(), b.Thread()), cmp.Compare(a.To, b.To), cmp.Compare(a.ID, b.ID))
	})
	return listFile(len(all), func(i int, y *emitter) {
		x := all[i]
		emitText(y, "entry", x.Entry)
		emitText(y, "id", x.ID)
		emitText(y, "to", x.To)
		emitText(y, "kind", x.Kind)
		emitText(y, "author", x.Author)
		emitText(y, "organisation", x.Organisation)
		emitText(y, "body", x.Body)
		emitText(y, "lang", x.Lang)
		emitList(y, "not_bsn", x.NotBSN)
		y.flag("inside", x.Inside)
		y.time("at", x.At)
		y.time("edited_at", x.EditedAt)
		y.flag("withdrawn", x.Withdrawn)
		y.flag("reported", x.Reported)
		emitText(y, "waits", x.Waits)
		emitText(y, "became", x.Became)
	})
}

// readSignals reads signals of people and about entries of this export.
func (w *Whole) readSignals(data []byte, p *problems) []rugzak.Signal {
	people := map[rugzak.PersonID]bool{}
	for _, person := range w.backpack.People {
		people[person.ID] = true
	}
	var out []rugzak.Signal
	for _, m := range readList(data, p) {
		x := rugzak.Signal{
			Person: rugzak.PersonID(m.text("person")), Entry: rugzak.EntryID(m.text("entry")), Response: m.text("response"),
			Kind: rugzak.SignalKind(m.text("kind")), At: m.time("at"),
		}
		m.done()
		m.check(x.Validate())
		if !people[x.Person] {
			p.unknown("person", string(x.Person))
		}
		w.wantEntry(string(x.Entry), p)
		out = append(out, x)
	}
	return out
}

// signalsFile writes signals by entry, kind, response and person.
func signalsFile(all []rugzak.Signal) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Signal) int {
		return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Response, b.Response), cmp.Compare(a.Person, b.Person))
	})
	return listFile(len(all), func(i int, y *emitter) {
		x := all[i]
		emitText(y, "person", x.Person)
		emitText(y, "entry", x.Entry)
		emitText(y, "response", x.Response)
		emitText(y, "kind", x.Kind)
		y.time("at", x.At)
	})
}

// readStarterResponses reads the responses of the starter content. Their ids and
// entries are names within it, and they have no moment yet.
func readStarterResponses(data []byte, p *problems) []rugzak.Response {
	var out []rugzak.Response
	for _, m := range readList(data, p) {
		x := rugzak.Response{
			Entry: rugzak.EntryID(m.needed("entry")), ID: m.needed("id"), To: m.text("to"), Author: rugzak.PersonID(m.slug("author")),
			Body: m.needed("body"), Lang: rugzak.Lang(m.needed("lang")),
		}
		x.Kind = choice(m, "kind", rugzak.ResponseKinds(x.To != "")...)
		x.Mentions = rugzak.Mentions(x.Body)
		m.done()
		m.check(x.Validate())
		out = append(out, x)
	}
	return out
}
