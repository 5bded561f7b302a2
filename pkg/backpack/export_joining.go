// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"rugzak/pkg/rugzak"
)

// readJoining adds what grew beside questions, overlaps and who joins in to a
// whole export.
func readJoining(r rugzak.Reader, b *rugzak.Backpack) error {
	for i, err := range r.Inquiries() {
		if err != nil {
			return err
		}
		i.Version = 0 // it begins anew where it is read back
		b.Inquiries = append(b.Inquiries, i)
	}
	for o, err := range r.AllOverlaps() {
		if err != nil {
			return err
		}
		b.Overlaps = append(b.Overlaps, o)
	}
	for p, err := range r.AllParticipations() {
		if err != nil {
			return err
		}
		b.Participations = append(b.Participations, p)
	}
	return nil
}

// putJoining stores it again, without what belongs to entries that were purged.
func putJoining(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	for _, i := range b.Inquiries {
		if purged[i.Entry] {
			continue
		}
		if err := w.SaveInquiry(i, 0); err != nil {
			return err
		}
	}
	for _, o := range b.Overlaps {
		if purged[o.A] || purged[o.B] {
			continue
		}
		if err := w.SaveOverlap(o); err != nil {
			return err
		}
	}
	gone := buried(b)
	for _, p := range b.Participations {
		kind, id := p.Of.Split()
		if kind == rugzak.OfEntry && purged[rugzak.EntryID(id)] || kind == rugzak.OfMeeting && gone[rugzak.MeetingReportSubject(id)] {
			continue
		}
		if err := w.SaveParticipation(p); err != nil {
			return err
		}
	}
	return nil
}

// joiningTexts are the texts of these, for screening.
func joiningTexts(b rugzak.Backpack) (out []field) {
	for _, i := range b.Inquiries {
		out = append(out, inquiryTexts(i)...)
	}
	for _, p := range b.Participations {
		out = append(out, field{"step", p.Step}, field{"when", p.When})
	}
	return out
}

func inquiryTexts(i rugzak.Inquiry) []field {
	out := []field{{"gain", i.Gain}}
	for _, m := range i.Moves {
		out = append(out, field{"learned", m.Learned})
	}
	for _, a := range i.Asks {
		out = append(out, field{"note", a.Note}, field{"reason", a.Reason})
	}
	for _, x := range i.Experiments {
		out = append(out, field{"step", x.Step}, field{"learned", x.Learned}, field{"until", x.Until})
	}
	return out
}
