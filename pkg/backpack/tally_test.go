// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The counts of results are those that come out when everything is counted by
// hand, whatever was written, narrowed, withdrawn, put back, purged, erased and
// imported, and however often the follower looked in between.
func TestResultsAddUp(t *testing.T) {
	words := map[string]int{}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, 100+seed, 40)
			w.lessonsAndQuestions(t)
			w.follows(t)
			w.grow(t, 60)
			w.follows(t)
			w.addsUp(t, "after growing")
			for n := range 60 {
				w.results(t, n)
				if w.random.IntN(3) == 0 { // sometimes after each act, sometimes after some
					w.follows(t)
					w.addsUp(t, fmt.Sprint("after act ", n))
				}
			}
			w.follows(t)
			kept := w.sheets(t)
			w.addsUp(t, "at the end")
			if err := w.CountResultsAnew(t.Context(), backpack.Operator()); err != nil {
				t.Fatal(err)
			}
			if anew := w.sheets(t); !kept.Equal(anew) {
				t.Errorf("counted anew: %v, want %v", anew, kept)
			}
			for _, cells := range kept {
				for cell := range cells {
					word, _ := cell.Split()
					words[word]++
				}
			}
		})
	}
	for _, word := range []string{
		rugzak.CellEntry, rugzak.CellDrive, rugzak.CellTheme, rugzak.CellVoice, rugzak.CellUse, rugzak.CellGrown, rugzak.CellReply, rugzak.CellQuestion,
		rugzak.CellHeard, rugzak.CellTogether, rugzak.CellTried, rugzak.CellHours, rugzak.CellBall,
	} {
		if words[word] == 0 {
			t.Errorf("%q was never counted: nothing of it was tested", word)
		}
	}
}

// lessonsAndQuestions adds lessons that another department applied, and
// questions that it responded to, so that all is counted whatever the seed.
func (w *world) lessonsAndQuestions(t *testing.T) {
	t.Helper()
	inside := func(o rugzak.OrganisationID) []rugzak.Person {
		return slices.DeleteFunc(slices.Clone(w.people), func(p rugzak.Person) bool { return p.Organisation != o })
	}
	by, other := inside(w.orgs[0].ID)[0], inside(w.orgs[1].ID)[0]
	for n := range 4 {
		w.clock.turn(w.clock.Now().Add(20 * time.Hour))
		lesson := w.share(t, by, simple(fmt.Sprint("Les ", n), "Bel eerst.", rugzak.LevelInternal))
		used := w.apply(t, other, lesson.ID, pick(w.random, rugzak.Outcomes()[:2]), rugzak.Audience{Level: rugzak.LevelInternal})
		in := simple(fmt.Sprint("Hoe dan ", n), "Hoe doen jullie dat?", rugzak.LevelInternal)
		in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen}
		question := w.share(t, by, in)
		w.clock.turn(w.clock.Now().Add(time.Duration(n) * 7 * time.Hour))
		w.said(t, other, question.ID, backpack.ResponseInput{Body: "Zo."})
		w.entries = append(w.entries, lesson.ID, used.ID, question.ID)
	}
}

func (h *house) follows(t testing.TB) {
	t.Helper()
	if err := h.FollowResults(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (h *house) sheets(t testing.TB) rugzak.Sheets {
	t.Helper()
	out := rugzak.Sheets{}
	h.see(t, func(r rugzak.Reader) error {
		for s, err := range r.AllSheets() {
			if err != nil {
				return err
			}
			out[s.SheetKey] = s.Cells
		}
		return nil
	})
	return out
}

// results does one thing that changes results.
func (w *world) results(t *testing.T, n int) {
	t.Helper()
	w.clock.turn(w.clock.Now().Add(time.Duration(w.random.IntN(72)) * time.Hour))
	if n%5 == 0 {
		w.write(t)
		return
	}
	id := pick(w.random, w.entries)
	e, by := w.stored(t, id)
	var err error
	switch n % 10 {
	case 1, 6:
		err = sure(func(c ...rugzak.OrganisationID) error {
			audience := rugzak.Audience{Level: pick(w.random, []rugzak.Level{rugzak.LevelOrganisation, rugzak.LevelInternal}), Also: nil}
			for _, o := range some(w.random, w.orgs, 3) {
				audience.Also = append(audience.Also, o.ID)
			}
			_, err := w.ChangeAudience(t.Context(), by, id, e.Version, audience.Clean(e.Organisation), c...)
			return err
		})
	case 2:
		if e.State == rugzak.StateWithdrawn {
			err = sure(func(c ...rugzak.OrganisationID) error { _, err := w.PutBack(t.Context(), by, id, c...); return err })
		} else {
			_, err = w.Withdraw(t.Context(), by, id)
		}
	case 3, 7:
		for range 5 {
			w.act(t, w.random.IntN(3), pick(w.random, w.people), id)
			w.act(t, 7+w.random.IntN(3), pick(w.random, w.people), id)
		}
	case 4:
		in := w.InputOf(e)
		in.Phase, in.Drives = pick(w.random, rugzak.DefaultPhases()).ID, nil
		if in.Application != nil {
			in.Application.Outcome = pick(w.random, rugzak.Outcomes())
		}
		_, err = w.Revise(t.Context(), by, id, e.Version, in)
	case 8:
		if n%20 == 8 {
			_, err = w.PurgeOwn(t.Context(), by, id)
		} else {
			_, err = w.EraseEntries(t.Context(), backpack.Operator(), []rugzak.EntryID{id}, rugzak.ReasonElse)
		}
		if err == nil {
			w.entries = slices.DeleteFunc(w.entries, func(o rugzak.EntryID) bool { return o == id })
		}
	case 9:
		author := pick(w.random, w.people)
		w.bring(t, w.importOptions(t, author, backpack.PrivacyStrict), file(fmt.Sprint("bestand-", n), fmt.Sprint("Bestand ", n), "Een kwartel."))
	}
	passOver(t, fmt.Sprint("act ", n), err)
}

// addsUp holds the sheets to what is counted by hand.
func (w *world) addsUp(t *testing.T, when string) {
	t.Helper()
	want, got := w.byHand(t), w.sheets(t)
	if want.Equal(got) {
		return
	}
	for key := range want {
		if !maps.Equal(want[key], got[key]) {
			t.Errorf("%s: %v:\n got %v\nwant %v", when, key, got[key], want[key])
		}
	}
	for key := range got {
		if len(want[key]) == 0 {
			t.Errorf("%s: %v: got %v, want nothing", when, key, got[key])
		}
	}
}

// byHand counts everything once more, by rules that are written out again.
func (w *world) byHand(t *testing.T) rugzak.Sheets {
	t.Helper()
	m, out := w.model(t), rugzak.Sheets{}
	for scope, in := range w.scopes(m) {
		add := func(sheet, cell string) {
			key := rugzak.SheetKey{Scope: scope, Sheet: rugzak.Sheet(sheet)}
			if out[key] == nil {
				out[key] = rugzak.Cells{}
			}
			out[key][rugzak.Cell(cell)]++
		}
		for _, e := range m.entries {
			w.entryByHand(t, m, e, scope, in, func(at time.Time, cell string) {
				add("all", cell)
				add("m"+at.Format("2006-01"), cell)
				if e.Phase != "" {
					add("f"+string(e.Phase), cell)
				}
			}, add)
		}
	}
	return out
}

// scopes are the rules of who counts what, written out again.
func (w *world) scopes(m model) map[rugzak.Scope]func(rugzak.Entry) bool {
	out := map[rugzak.Scope]func(rugzak.Entry) bool{
		"internal": func(e rugzak.Entry) bool {
			return e.State.Public() && (e.Audience.Level == "internal" && m.orgs[e.Organisation].Kind == "department" || slices.Contains(e.Audience.Also, "internal"))
		},
	}
	for _, o := range w.orgs {
		if o.Kind == rugzak.Partner {
			out[rugzak.Scope("org:"+o.ID)] = func(e rugzak.Entry) bool {
				return e.State.Public() && (e.Organisation == o.ID && e.Audience.Level == "organisation" || slices.Contains(e.Audience.Also, o.ID))
			}
		}
	}
	return out
}

func (w *world) entryByHand(t *testing.T, m model, e rugzak.Entry, scope rugzak.Scope, in func(rugzak.Entry) bool, add func(time.Time, string), put func(sheet, cell string)) {
	t.Helper()
	own := rugzak.OrganisationID("")
	if scope != "internal" {
		own = rugzak.OrganisationID(scope[len("org:"):])
	}
	named := func(o rugzak.OrganisationID) rugzak.OrganisationID {
		if own == "" || o == own || o == e.Organisation && in(e) || m.orgs[o].Kind == "department" {
			return o
		}
		return "~partners"
	}
	if a := e.Application; a != nil && e.State.Public() {
		if lesson, there := m.entries[a.Lesson]; there && in(lesson) && in(e) {
			add(e.SharedAt, fmt.Sprintf("use/%s/%s/%s", lesson.Organisation, e.Organisation, a.Outcome))
		} else if there && in(lesson) && a.Tell {
			cell := fmt.Sprintf("use/%s/%s/%s", lesson.Organisation, named(e.Organisation), a.Outcome)
			put("all", cell)
			put("m"+e.SharedAt.Format("2006-01"), cell)
		}
	}
	if !in(e) {
		return
	}
	add(e.SharedAt, fmt.Sprintf("entry/%s/%s", e.Kind, e.Organisation))
	for _, d := range e.Drives {
		add(e.SharedAt, "drive/"+string(d))
	}
	told := e.SharedAt
	if e.Mode == rugzak.Anonymous {
		told = time.Date(told.Year(), told.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	inWeek := func(at time.Time, cell string) {
		year, week := at.UTC().ISOWeek()
		put(fmt.Sprintf("w%d-W%02d", year, week), cell)
	}
	inWeek(told, fmt.Sprintf("voice/%s", e.Organisation))
	for _, th := range e.Themes {
		inWeek(told, fmt.Sprintf("theme/%s/%s", th, e.Organisation))
	}
	with := 1
	for _, o := range e.With {
		if named(o) != "~partners" {
			with++
		}
	}
	if e.Kind == rugzak.KindSuccess && with >= 2 {
		add(e.SharedAt, "together/success")
	}
	var heard []rugzak.Response
	all := w.saidAbout(t, e.ID)
	for _, x := range all {
		inside := x.Inside || slices.ContainsFunc(all, func(to rugzak.Response) bool { return to.ID == x.To && to.Inside })
		if x.Author != "" && !x.Withdrawn && !x.Reported && !inside {
			heard = append(heard, x)
			add(x.At, fmt.Sprintf("reply/%s/%s", x.Kind, named(x.Organisation)))
			inWeek(x.At, fmt.Sprintf("voice/%s", named(x.Organisation)))
		}
	}
	w.grownByHand(m, e, add, put)
	if e.Kind == rugzak.KindQuestion {
		w.questionByHand(t, e, heard, named, add, put)
	}
}

// grownByHand counts how mature a lesson is.
func (w *world) grownByHand(m model, e rugzak.Entry, add func(time.Time, string), _ func(sheet, cell string)) {
	if !slices.Contains([]rugzak.Kind{"experience", "success", "failure", "insight"}, e.Kind) {
		return
	}
	var confirmed []rugzak.Confirmation
	kind := func(id rugzak.OrganisationID) rugzak.OrganisationKind { return m.orgs[id].Kind }
	for _, x := range m.entries {
		if x.Application != nil && x.Told(e.ID, rugzak.AudienceTokens(e), kind) && x.Application.Helped() {
			confirmed = append(confirmed, rugzak.Confirmation{Organisation: x.Organisation, At: x.SharedAt})
		}
	}
	if g := rugzak.GrowthOf(e, confirmed); g.Maturity != rugzak.MaturityIdea {
		at, _ := time.Parse("2006-01", g.Month)
		add(at, "grown/"+string(g.Maturity))
	}
}

func (w *world) questionByHand(t *testing.T, e rugzak.Entry, heard []rugzak.Response, named func(rugzak.OrganisationID) rugzak.OrganisationID, add func(time.Time, string), put func(sheet, cell string)) {
	t.Helper()
	var i rugzak.Inquiry
	w.see(t, func(r rugzak.Reader) (err error) {
		if i, err = r.Inquiry(e.ID); rugzak.CodeOf(err) == rugzak.CodeNotFound {
			i, err = rugzak.InquiryOf(e), nil
		}
		return err
	})
	q := e.Question
	add(e.SharedAt, "question/"+string(q.State))
	joined := map[rugzak.OrganisationID]bool{e.Organisation: true}
	for _, p := range i.Passes {
		joined[p.Organisation] = true
	}
	for _, x := range i.Experiments {
		joined[x.Organisation] = true
		outcome := string(x.Outcome)
		if outcome == "" {
			outcome = "running"
		}
		add(e.SharedAt, "tried/"+outcome)
	}
	others, first := false, -1
	for n, x := range heard {
		joined[x.Organisation] = true
		others = others || x.Organisation != e.Organisation
		if first < 0 && !slices.Contains(e.Authors, x.Author) {
			first = n
		}
	}
	if len(joined) > 1 {
		add(e.SharedAt, "together/question")
	}
	if q.HopedGain != "" && i.Gain != "" {
		add(e.SharedAt, "pair")
	}
	switch {
	case e.Mode != rugzak.Anonymous && first >= 0:
		add(e.SharedAt, "heard")
		add(e.SharedAt, fmt.Sprintf("hours/%d", hoursByHand(e.SharedAt, heard[first].At)))
	case e.Mode == rugzak.Anonymous && others:
		add(e.SharedAt, "heard")
	}
	if q.BallWith != "" && q.State.Open() && e.State != rugzak.StateArchived {
		year, week := e.BallSince().ISOWeek()
		put("now", fmt.Sprintf("ball/%s/%s/%d-W%02d", e.Organisation, named(q.BallWith), year, week))
	}
}

// hoursByHand counts working hours minute by minute: slow, and in another way
// than what is tested.
func hoursByHand(from, to time.Time) int {
	worked := time.Duration(0)
	for at := from; at.Before(to); {
		next := at.Truncate(time.Minute).Add(time.Minute)
		if next.After(to) {
			next = to
		}
		if day := at.Weekday(); day != time.Saturday && day != time.Sunday && at.Hour() >= 9 && at.Hour() < 17 {
			worked += next.Sub(at)
		}
		at = next
	}
	return min(int(worked/time.Hour), 1000)
}
