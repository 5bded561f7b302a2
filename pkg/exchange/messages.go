// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// The files of how people want to be told, and of what was chosen for the
// messages of the week.
const (
	choicesName = "messages.yaml"
	digestsName = "weeks.yaml"
)

// readChoices reads how people want to be told. A group that is hidden in the
// site stands behind a minus.
func readChoices(data []byte, people []rugzak.Person, p *problems) []rugzak.NoticeSettings {
	known, seen := map[rugzak.PersonID]bool{}, map[string]bool{}
	for _, person := range people {
		known[person.ID] = true
	}
	var out []rugzak.NoticeSettings
	for _, m := range readList(data, p) {
		s := rugzak.NoticeSettings{Person: rugzak.PersonID(m.slug("person")), Quiet: m.flag("quiet"), Digest: m.flag("digest")}
		for _, chosen := range list[string](m, "kinds") {
			chosen, hidden := strings.CutPrefix(chosen, "-")
			group, way, _ := strings.Cut(chosen, ":")
			if s.Choices == nil {
				s.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{}
			}
			s.Choices[rugzak.NoticeGroup(group)] = rugzak.NoticeChoice{Hidden: hidden, Mail: rugzak.MailWay(way)}
		}
		if !known[s.Person] {
			p.unknown("person", string(s.Person))
		}
		m.done()
		m.check(s.Validate())
		m.once(seen[string(s.Person)], "person", string(s.Person))
		seen[string(s.Person)] = true
		out = append(out, s)
	}
	return out
}

// choicesFile writes how people want to be told, by person.
func choicesFile(all []rugzak.NoticeSettings) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.NoticeSettings) int { return cmp.Compare(a.Person, b.Person) })
	return listFile(len(all), func(i int, y *emitter) {
		s := all[i]
		emitText(y, "person", s.Person)
		var kinds []string
		for _, group := range slices.Sorted(maps.Keys(s.Choices)) {
			c := s.Choices[group]
			line := string(group) + ":" + string(c.Mail)
			if c.Hidden {
				line = "-" + line
			}
			kinds = append(kinds, line)
		}
		emitList(y, "kinds", kinds)
		y.flag("quiet", s.Quiet)
		y.flag("digest", s.Digest)
	})
}

// readDigests reads what was chosen for the messages of the week.
func readDigests(data []byte, p *problems) []rugzak.Digest {
	seen := map[string]bool{}
	var out []rugzak.Digest
	for _, m := range readList(data, p) {
		d := rugzak.Digest{Week: rugzak.Week(m.text("week"))}
		for _, pick := range m.mappings("picks") {
			d.Picks = append(d.Picks, rugzak.DigestPick{Entry: rugzak.EntryID(pick.text("entry")), Reason: pick.text("reason")})
			pick.done()
		}
		m.done()
		m.check(d.Validate())
		m.once(seen[string(d.Week)], "week", string(d.Week))
		seen[string(d.Week)] = true
		out = append(out, d)
	}
	return out
}

// digestsFile writes the choices by week.
func digestsFile(all []rugzak.Digest) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Digest) int { return cmp.Compare(a.Week, b.Week) })
	return listFile(len(all), func(i int, y *emitter) {
		d := all[i]
		emitText(y, "week", d.Week)
		y.mappings("picks", len(d.Picks), func(i int, y *emitter) {
			emitText(y, "entry", d.Picks[i].Entry)
			emitText(y, "reason", d.Picks[i].Reason)
		})
	})
}
