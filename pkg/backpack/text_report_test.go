// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
)

// The canary stands in every shared text of the scene.
const sharedCanary = "kwikstaartje"

// sharedTexts makes one of every kind of shared text, by its kind.
func (c *cast) sharedTexts(t *testing.T) map[string]rugzak.Subject {
	t.Helper()
	ctx, core := t.Context(), c.people["coreteam"]
	fatal := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	in := c.reflection()
	in.Text, in.Title = "Over "+sharedCanary, "Ronde "+sharedCanary
	round, err := c.SaveRound(ctx, core, "", 0, in)
	fatal(err)
	c.put(t, func(w rugzak.Writer) error {
		r, err := w.Round(round.ID)
		if err != nil {
			return err
		}
		r.Outcome, r.PublishedAt, r.UpdatedAt = "Uitkomst "+sharedCanary, c.clock.Now(), c.clock.Now()
		r.Decisions = []rugzak.RoundDecision{{ID: rugzak.NewID(c.clock.Now()), Text: "Besluit " + sharedCanary, At: c.clock.Now()}}
		return w.SaveRound(r, r.Version)
	})
	item, err := c.AddAgendaItem(ctx, core, backpack.AgendaInput{Title: "Punt " + sharedCanary, Text: "Tekst " + sharedCanary, Horizon: rugzak.HorizonNow, Reviewed: true})
	fatal(err)
	var drives []rugzak.Drive
	for _, name := range []string{"Een", "Twee", "Drie", "Vier"} {
		drives = append(drives, rugzak.Drive{Name: name, Meaning: "Betekenis " + sharedCanary})
	}
	_, err = c.SaveCompass(ctx, core, 0, backpack.CompassInput{Purpose: "Doel " + sharedCanary, Drives: drives, Reviewed: true})
	fatal(err)
	_, err = c.SaveCompass(ctx, core, 1, backpack.CompassInput{Purpose: "Ander doel " + sharedCanary, Drives: drives, Why: "Om " + sharedCanary, Reviewed: true})
	fatal(err)
	org, err := c.OwnNeed(ctx, c.people[author])
	fatal(err)
	fatal(c.SaveNeed(ctx, c.people[author], org.Need, rugzak.Need{Needs: "Wij willen " + sharedCanary}))
	fatal(c.SaveTeamNeed(ctx, c.people[author], rugzak.Need{}, rugzak.Need{Offers: "Wij geven " + sharedCanary}))
	idea, err := c.SaveIdea(ctx, core, "", 0, backpack.IdeaInput{
		Title: "Idee " + sharedCanary, Text: "Tekst " + sharedCanary, Step: "Stap " + sharedCanary,
		Organisations: []rugzak.OrganisationID{c.people[elsewhere].Organisation, c.people[author].Organisation},
	})
	fatal(err)
	return map[string]rugzak.Subject{
		"round": rugzak.RoundOccasion(round.ID), "agenda": rugzak.AgendaSubject(item.ID), "compass": rugzak.CompassText,
		"need": rugzak.NeedText(org.ID, ""), "team": rugzak.NeedText(org.ID, c.people[author].Team), "idea": rugzak.IdeaText(idea.ID),
	}
}

// saysOf counts how often a reader finds the canary in what shows shared texts,
// but for those of other kinds.
func (c *cast) saysOf(t *testing.T, name string, text rugzak.Subject) int {
	t.Helper()
	ctx, p := t.Context(), c.people[name]
	var all []any
	add := func(v any, err error) {
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Fatalf("%s, %s: %v", name, text, err)
		}
		all = append(all, v)
	}
	kind, id := text.Text()
	switch kind {
	case rugzak.OfRound:
		v, err := c.Service.Round(ctx, p, id)
		add(v, err)
		rounds, err := c.Rounds(ctx, p)
		add(rounds, err)
		programme, err := c.Programme(ctx, p)
		add(programme, err)
		home, err := c.Home(ctx, p)
		add(home.Round, err)
		notices, err := c.Notices(ctx, p)
		add(notices, err)
	case rugzak.OfAgenda:
		v, err := c.Service.AgendaItem(ctx, p, id)
		add(v, err)
		agenda, err := c.Agenda(ctx, p)
		add(agenda, err)
		m, err := c.Movement(ctx, p)
		add(m.Agenda, err)
	case rugzak.OfCompass:
		m, err := c.Movement(ctx, p)
		add(m.Compass, err)
		versions, err := c.CompassVersions(ctx, p)
		add(versions, err)
		for _, version := range versions {
			v, err := c.CompassVersion(ctx, p, version.Version)
			add(v, err)
		}
	case rugzak.OfNeed:
		v, err := c.Needs(ctx, p)
		add(v, err)
		org, team, _ := text.NeedOf()
		if team == "" {
			bag, err := c.OrganisationBag(ctx, p, org, "", "")
			add(bag, err)
		}
	case rugzak.OfIdea:
		v, err := c.Service.Idea(ctx, p, id)
		add(v, err)
		mine, err := c.MyIdeas(ctx, p)
		add(mine, err)
	}
	said, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(said), sharedCanary)
}

// Whoever reads a shared text can report it: it is gone at once on every page
// for everybody but who mends it, the privacy officer reads it in the report, and
// it comes back as it was, or mended, or never.
func TestReportText(t *testing.T) {
	t.Parallel()
	mends := map[string]string{"round": "facilitator", "agenda": "facilitator", "compass": "coreteam", "need": author, "team": author, "idea": "coreteam"}
	for kind, mender := range mends {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			ctx, officer, text := t.Context(), c.people["privacyofficer"], c.sharedTexts(t)[kind]
			if kind == "need" || kind == "team" {
				other := map[string]string{"need": "team", "team": "need"}[kind] // shown on the same page
				c.put(t, func(w rugzak.Writer) error {
					o, err := w.Organisation(c.people[author].Organisation)
					for i := range o.Teams {
						if other == "team" {
							o.Teams[i].Need = rugzak.Need{}
						}
					}
					if other == "need" {
						o.Need = rugzak.Need{}
					}
					if err != nil {
						return err
					}
					return w.SaveOrganisation(o, o.Version)
				})
			}
			reader := elsewhere
			whole := c.saysOf(t, reader, text)
			if whole == 0 {
				t.Fatal("control: a reader finds nothing")
			}
			if _, err := c.ReportText(ctx, c.people[nobodyAtAll], text, ""); rugzak.CodeOf(err) != rugzak.CodeSignIn {
				t.Errorf("nobody reports: %v", err)
			}
			if _, err := c.ReportText(ctx, c.people[reader], text, "wat"); rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("an unknown reason: %v", err)
			}
			if target, err := c.TextToReport(ctx, c.people[reader], text); err != nil || target.Text != text {
				t.Errorf("the target is %+v, %v", target, err)
			}
			report := func() backpack.IncidentView {
				t.Helper()
				c.clock.turn(c.clock.Now().Add(time.Minute))
				if _, err := c.ReportText(ctx, c.people[reader], text, rugzak.ReasonName); err != nil {
					t.Fatal(err)
				}
				return c.openIncident(t)
			}
			v := report()
			if !strings.Contains(strings.Join(v.Lines, "\n"), sharedCanary) || v.Reason != rugzak.ReasonName || v.Mended || v.Gone || !v.MayDecide {
				t.Errorf("the officer sees %+v", v)
			}
			for _, name := range []string{reader, ceder, "privacyofficer", "administrator"} {
				if n := c.saysOf(t, name, text); n != 0 && !rugzak.CanMend(c.people[name], text) {
					t.Errorf("%s finds it %d times", name, n)
				}
			}
			if _, err := c.TextToReport(ctx, c.people[reader], text); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("what is hidden can be reported: %v", err)
			}
			if c.saysOf(t, mender, text) == 0 {
				t.Errorf("%s, who mends it, does not find it", mender)
			}
			c.clock.turn(c.clock.Now().Add(time.Minute))
			if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledMended, false); fieldsIn(err) != "how" {
				t.Errorf("mended without being so: %v", err)
			}
			if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledBack, false); err != nil {
				t.Fatal(err)
			}
			if n := c.saysOf(t, reader, text); n != whole {
				t.Errorf("put back it is found %d times, before %d", n, whole)
			}
			v = report()
			c.mend(t, text)
			if v = c.openIncident(t); !v.Mended || v.Asked.IsZero() {
				t.Errorf("after it was mended the officer sees %+v", v)
			}
			if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledMended, false); err != nil {
				t.Fatal(err)
			}
			storeIsSound(t, c.house)

			var backup bytes.Buffer
			if err := c.store.Backup(ctx, &backup); err != nil {
				t.Fatal(err)
			}
			v = report()
			if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledPurged, false); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{reader, mender} {
				if n := c.saysOf(t, name, text); n != 0 {
					t.Errorf("%s finds %d times what is purged", name, n)
				}
			}
			if v, err := c.Incident(ctx, officer, v.ID); err != nil || !v.Gone || len(v.Lines) != 0 || len(v.Purges) != 1 {
				t.Errorf("the incident of what is gone: %+v, %v", v, err)
			}
			storeIsSound(t, c.house)
			c.close()
			done, err := boltstore.Restore(ctx, &backup, filepath.Join(c.dir, "rugzak.db"), true, nil)
			if err != nil || done.Removed != 1 {
				t.Errorf("restore: %+v, %v", done, err)
			}
		})
	}
}

// mend changes a shared text, as who may.
func (c *cast) mend(t *testing.T, text rugzak.Subject) {
	t.Helper()
	ctx, core, me := t.Context(), c.people["coreteam"], c.people[author]
	var err error
	kind, id := text.Text()
	switch kind {
	case rugzak.OfRound:
		v := c.seesRound(t, "coreteam", id)
		_, err = c.SaveOutcome(ctx, core, id, v.Version, backpack.OutcomeInput{Outcome: "Anders " + sharedCanary, Publish: true, Reviewed: true})
	case rugzak.OfAgenda:
		v, failed := c.Service.AgendaItem(ctx, core, id)
		if failed != nil {
			t.Fatal(failed)
		}
		_, err = c.SaveAgendaItem(ctx, core, id, v.Item.Version, backpack.AgendaInput{Title: "Anders", Text: sharedCanary, Horizon: v.Item.Horizon, Reviewed: true})
	case rugzak.OfCompass:
		m, failed := c.Movement(ctx, core)
		if failed != nil {
			t.Fatal(failed)
		}
		_, err = c.SaveCompass(ctx, core, m.Compass.Version, backpack.CompassInput{Purpose: "Anders " + sharedCanary, Drives: m.Compass.Open(), Reviewed: true})
	case rugzak.OfNeed:
		if _, team, _ := text.NeedOf(); team != "" {
			err = c.SaveTeamNeed(ctx, me, rugzak.Need{Offers: "Wij geven " + sharedCanary}, rugzak.Need{Offers: "Anders " + sharedCanary})
			break
		}
		o, failed := c.OwnNeed(ctx, me)
		if failed != nil {
			t.Fatal(failed)
		}
		err = c.SaveNeed(ctx, me, o.Need, rugzak.Need{Needs: "Anders " + sharedCanary})
	case rugzak.OfIdea:
		i, failed := c.IdeaToEdit(ctx, core, id)
		if failed != nil {
			t.Fatal(failed)
		}
		_, err = c.SaveIdea(ctx, core, id, i.Version, backpack.IdeaInput{Title: "Anders", Text: sharedCanary, Step: "Stap", Organisations: i.Organisations})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Nobody reports what they do not read, or what is none; who mends a text is
// told, and a whole export keeps it hidden.
func TestReportTextOfOthers(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, texts := t.Context(), c.sharedTexts(t)
	for name, text := range map[string]rugzak.Subject{
		ceder: texts["idea"], douglas: rugzak.IdeaText(string(c.NewID())), author: rugzak.RoundOccasion(string(c.NewID())),
		teammate: "agenda:geen", elsewhere: "need:geen", "coreteam": "compass:", "facilitator": "entry:x", "manager": "",
	} {
		if _, err := c.ReportText(ctx, c.people[name], text, ""); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s reports %q: %v", name, text, err)
		}
	}
	o, err := c.OwnNeed(ctx, c.people[ceder])
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SaveNeed(ctx, c.people[ceder], o.Need, rugzak.Need{Needs: "Wij zoeken"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.TextToReport(ctx, c.people[douglas], rugzak.NeedText(c.partner, "")); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a partner reports the need of another: %v", err)
	}
	if _, err := c.ReportText(ctx, c.people[author], rugzak.NeedText(c.partner, ""), ""); err != nil {
		t.Fatal(err)
	}
	if got := c.toldOf(t, c.people["partnercontact"]); got != string(rugzak.NoticeTextReported) || c.toldOf(t, c.people[ceder]) != "" {
		t.Errorf("told is %q", got)
	}
	if _, err := c.ReportText(ctx, c.people[author], texts["agenda"], ""); err != nil {
		t.Fatal(err)
	}
	id := strings.TrimPrefix(string(texts["agenda"]), "agenda:")
	if err := c.Join(ctx, c.people[elsewhere], texts["agenda"], backpack.JoinInput{Way: rugzak.WayFollow}); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("somebody follows what is hidden: %v", err)
	}
	if err := c.ProgressItem(ctx, c.people[author], id, "Verder"); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("somebody adds to what is hidden: %v", err)
	}
	var now rugzak.Backpack
	c.see(t, func(r rugzak.Reader) error {
		all, err := r.ReportedTexts()
		for _, text := range all {
			now.ReportedTexts = append(now.ReportedTexts, rugzak.ReportedText{Text: text})
		}
		now.Movement, _ = r.Movement()
		return err
	})
	if len(now.ReportedTexts) != 2 {
		t.Fatalf("reported are %v", now.ReportedTexts)
	}
	other := newHouse(t)
	now.Movement.Compass.Drives = nil
	if _, err := other.ImportWhole(ctx, backpack.Operator(), now, func(func(backpack.WholeEntry, error) bool) {}, nil); err != nil {
		t.Fatal(err)
	}
	other.see(t, func(r rugzak.Reader) error {
		all, err := r.ReportedTexts()
		if len(all) != 1 || all[0] != texts["agenda"] {
			t.Errorf("after an import reported are %v", all)
		}
		return err
	})
}
