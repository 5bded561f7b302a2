// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rugzak/pkg/rugzak"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The form of an exported entry, one file for each kind. A change here changes
// what other people's tools read: raise formatVersion when old readers cannot
// follow.
func TestGoldenEntries(t *testing.T) {
	at := time.Date(2026, 3, 31, 9, 30, 0, 0, time.UTC)
	for i, kind := range rugzak.Kinds() {
		e := rugzak.Entry{
			ID: sampleID(i + 1), Kind: kind, State: rugzak.StateShared, Lang: rugzak.Dutch,
			Title: "Wie belt: jij of ik?", Lesson: "Spreek samen af wie er belt, en op welke dag.",
			Body: "## Wat gebeurde er?\n\nDe bal lag stil.  \n\n---\n\nGeen regeleinde aan het slot 🎒",
			Mode: rugzak.ByName, Authors: []rugzak.PersonID{"noor"},
			Audience:     rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{"welzijn", "woningcorporatie"}},
			Organisation: "jeugd", OrganisationKind: rugzak.Department, Team: "jeugd-toegang",
			Themes: []rugzak.ThemeID{"wie-heeft-de-bal"}, Drives: []rugzak.DriveID{"klein-beginnen"}, Tags: []string{"bellen", "18-/18+"},
			With:  []rugzak.OrganisationID{"welzijn", "wmo"},
			Phase: "verkennen", Month: "2026-03", ReviewBy: "2027-03",
			Relations: []rugzak.Relation{{Type: rugzak.BuildsOn, To: sampleID(50)}, {Type: rugzak.SeeAlso, To: sampleID(51)}},
			NotBSN:    []string{"123456782"}, External: rugzak.External{Source: "docs", ID: "map/bestand 1"}, Sample: true,
			Revision: 2, Version: 7, CreatedAt: at, UpdatedAt: at.Add(time.Hour + 5), SharedAt: at,
		}
		switch kind {
		case rugzak.KindQuestion:
			e.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionExploring, BallWith: "welzijn", Since: "2026-03-01",
				NextStep: "Vraag het aan tafel", When: "2026-04-01", HopedGain: "Eén keer bellen", Gain: "Nog niets"}
		case rugzak.KindApplication:
			e.Application = &rugzak.ApplicationData{Lesson: sampleID(50), Outcome: rugzak.OutcomePartly}
		case rugzak.KindMethod:
			e.Method = &rugzak.MethodData{Goal: "look-back", MinutesMin: 10, MinutesMax: 15, GroupMin: 3, GroupMax: 12, Guidance: "light", Trust: "medium",
				Preparation: "Leg pennen klaar", Materials: "Pennen", Place: "Aan tafel", Steps: []rugzak.Step{{Minutes: 5, Text: "Vertel"}, {Minutes: 10, Text: "Vraag: wat nu?"}}}
		}
		got := entryFile(e, &rugzak.Revision{Entry: e, Actor: "person:noor", At: at, Reason: rugzak.ReasonRevised})
		name := filepath.Join("testdata", string(kind)+".md")
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		p := &problems{place: name}
		in, edit := readWholeEntry(want, p)
		if p.err() != nil || edit == nil {
			t.Fatal(told(p.err()))
		}
		if diff := cmp.Diff(e, in.Entry); diff != "" {
			t.Errorf("%s read back:\n%s", name, diff)
		}
	}
}
