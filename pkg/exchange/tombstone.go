// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// maxTombstones bounds a file of tombstones, in bytes.
const maxTombstones = 16 << 20

// ReadTombstones reads a file of tombstones, as an export holds it.
func ReadTombstones(from io.Reader, name string) ([]rugzak.Tombstone, error) {
	p := &problems{place: name}
	data, err := io.ReadAll(io.LimitReader(from, maxTombstones+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxTombstones {
		return nil, &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "exchange.total_size", Args: []any{maxTombstones >> 20}}
	}
	out := readTombstones(data, p)
	return out, p.err()
}

// WriteTombstones writes a file of tombstones.
func WriteTombstones(to io.Writer, all []rugzak.Tombstone) error {
	_, err := to.Write(tombstonesFile(all))
	return err
}

func readTombstones(data []byte, p *problems) []rugzak.Tombstone {
	var out []rugzak.Tombstone
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		t := rugzak.Tombstone{
			Subject: m.text("subject"), At: m.time("at"), Reason: rugzak.ReportReason(m.text("reason")), Version: m.number("version"),
		}
		entry, isEntry := strings.CutPrefix(t.Subject, rugzak.EntrySubject(""))
		theme, isTheme := strings.CutPrefix(t.Subject, rugzak.ThemeSubject(""))
		about, response, isResponse := t.ResponseOf()
		meeting, isMeeting := t.MeetingOf()
		need, isNeed := t.RoomOf()
		gathered := isMeeting && rugzak.ValidID(meeting) || isNeed && rugzak.ValidID(need)
		if !(gathered || isResponse && rugzak.ValidID(string(about)) && rugzak.ValidID(response) || isEntry && rugzak.ValidID(entry) || isTheme && rugzak.ValidSlug(theme)) {
			m.problem("subject", "error.choose")
		}
		m.once(seen[t.Subject], "subject", t.Subject)
		seen[t.Subject] = true
		if !t.Reason.Valid() {
			m.problem("reason", "error.choose")
		}
		if t.At.IsZero() {
			m.problem("at", "exchange.needed", "at")
		}
		m.done()
		out = append(out, t)
	}
	return out
}

func tombstonesFile(all []rugzak.Tombstone) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Tombstone) int { return cmp.Compare(a.Subject, b.Subject) })
	return listFile(len(all), func(i int, y *emitter) {
		emitText(y, "subject", all[i].Subject)
		y.time("at", all[i].At)
		emitText(y, "reason", all[i].Reason)
		y.number("version", all[i].Version)
	})
}
