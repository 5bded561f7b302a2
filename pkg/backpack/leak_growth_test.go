// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// growth is what was said and done beside entries, with the rule of who learns
// of it spelled out a second time.
type growth struct {
	model
	said     []rugzak.Response
	joined   []rugzak.Participation
	grown    map[rugzak.EntryID]rugzak.Inquiry
	meetings []rugzak.Meeting
	needs    []rugzak.RoomNeed
	thanks   []rugzak.Notice // about: who thanks
}

func (w *world) growth(t testing.TB) growth {
	t.Helper()
	g := growth{model: w.model(t), grown: map[rugzak.EntryID]rugzak.Inquiry{}}
	for id := range g.entries {
		g.said = append(g.said, w.saidAbout(t, id)...)
	}
	err := w.store.View(t.Context(), func(r rugzak.Reader) (err error) {
		for p, err := range r.AllParticipations() {
			if err != nil {
				return err
			}
			g.joined = append(g.joined, p)
		}
		for i, err := range r.Inquiries() {
			if err != nil {
				return err
			}
			g.grown[i.Entry] = i
		}
		for n, err := range r.AllRoomNeeds() {
			if err != nil {
				return err
			}
			g.needs = append(g.needs, n)
		}
		for _, p := range g.people {
			told, err := r.Notices(p.ID)
			if err != nil {
				return err
			}
			for _, n := range told {
				if n.Kind == rugzak.NoticeThanks {
					g.thanks = append(g.thanks, n)
				}
			}
		}
		g.meetings, err = r.Meetings()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// knowsOrganisation: a partner knows departments, their own and, in an entry,
// whose entry it is.
func (g growth) knowsOrganisation(p rugzak.Person, o, shown rugzak.OrganisationID) bool {
	return p.Kind == rugzak.Department || o == p.Organisation || o == shown || g.orgs[o].Kind == rugzak.Department
}

func (g growth) comes(p rugzak.PersonID, meeting string) bool {
	return slices.ContainsFunc(g.joined, func(j rugzak.Participation) bool {
		return j.Person == p && j.Of == rugzak.Subject("meeting:"+meeting)
	})
}

func (g growth) seesMeeting(p rugzak.Person, m rugzak.Meeting) bool {
	invited := slices.Contains(m.Organisations, p.Organisation) || p.Kind == rugzak.Department && slices.Contains(m.Organisations, rugzak.WholeMunicipality)
	return m.MadeBy == p.ID || invited && (g.sees(p, g.entries[m.Entry]) || g.comes(p.ID, m.ID))
}

// forbidden adds to the words that no answer may hold: texts beside what is
// hidden, what was withdrawn, and people who show themselves only there.
func (g growth) forbidden(p rugzak.Person) []string {
	met := map[rugzak.PersonID]bool{p.ID: true}
	spoke := map[rugzak.OrganisationID]bool{}
	var words []string
	add := func(hidden bool, text string) {
		if _, after, ok := strings.Cut(text, "spreeuw"); ok && hidden {
			number, _, _ := strings.Cut(after, "x")
			words = append(words, "spreeuw"+number+"x")
		}
	}
	for _, n := range g.needs {
		add(!g.inTeam(p, n), n.Text)
	}
	for _, x := range g.said {
		seen := g.sees(p, g.entries[x.Entry]) && !x.Withdrawn || x.Author == p.ID && g.sees(p, g.entries[x.Entry])
		add(!seen, x.Body)
		if !seen {
			continue
		}
		met[x.Author], spoke[x.Organisation] = true, true
		for _, id := range x.Mentions {
			met[id] = met[id] || p.Kind == rugzak.Department
		}
	}
	for _, n := range g.thanks { // who thanks is named to who is thanked, among members
		id := rugzak.PersonID(n.About)
		met[id] = met[id] || n.Person == p.ID && p.Kind == rugzak.Department && g.sees(p, g.entries[n.Entry])
	}
	person := func(id rugzak.PersonID) rugzak.Person {
		i := slices.IndexFunc(g.people, func(o rugzak.Person) bool { return o.ID == id })
		return g.people[i]
	}
	for _, j := range g.joined {
		kind, id := j.Of.Split()
		if kind != rugzak.OfEntry {
			continue
		}
		e, o := g.entries[rugzak.EntryID(id)], person(j.Person).Organisation
		seen := g.sees(p, e) && j.Way == rugzak.WayDo && j.ShowName && g.knowsOrganisation(p, o, e.Organisation)
		met[j.Person] = met[j.Person] || seen
		add(!seen && j.Person != p.ID, j.Step)
	}
	for id, i := range g.grown {
		e := g.entries[id]
		for _, l := range i.Leads {
			met[l.Person] = met[l.Person] || g.sees(p, e) && g.knowsOrganisation(p, l.Organisation, e.Organisation)
		}
		for _, x := range i.Experiments {
			met[x.Person] = met[x.Person] || g.sees(p, e) && g.knowsOrganisation(p, x.Organisation, e.Organisation)
			add(!g.sees(p, e), x.Step)
		}
		for _, a := range i.Asks {
			seen := g.sees(p, e) && g.knowsOrganisation(p, a.From, e.Organisation) && g.knowsOrganisation(p, a.To, e.Organisation)
			add(!seen, a.Note)
			add(!seen, a.Reason)
		}
	}
	for _, m := range g.meetings {
		add(!g.seesMeeting(p, m), m.Title)
		for _, guest := range g.people {
			met[guest.ID] = met[guest.ID] || g.seesMeeting(p, m) && g.comes(guest.ID, m.ID) && g.knowsOrganisation(p, guest.Organisation, "")
		}
	}
	for _, word := range g.model.forbidden(p) {
		person := func(o rugzak.Person) bool { return met[o.ID] && (word == o.Name || word == string(o.ID)) }
		org := func(o rugzak.OrganisationID) bool {
			return spoke[o] && (word == g.orgs[o].Name || word == `"`+string(o)+`"`)
		}
		if !slices.ContainsFunc(g.people, person) && !org(orgOfWord(g.orgs, word)) {
			words = append(words, word)
		}
	}
	return words
}

func orgOfWord(orgs map[rugzak.OrganisationID]rugzak.Organisation, word string) rugzak.OrganisationID {
	for id, o := range orgs {
		if word == o.Name || word == `"`+string(id)+`"` {
			return id
		}
	}
	return ""
}

// Nobody learns of what is said and done beside entries that are hidden from
// them, nor of people who show themselves to others only, by any surface.
func TestNobodyLearnsOfWhatGrowsBesideHiddenEntries(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			w := newWorld(t, seed+40, 48)
			w.grow(t, 180)
			w.caughtUp(t)
			g := w.growth(t)
			if len(g.said) < 20 || len(g.joined) < 10 || len(g.grown) < 3 || len(g.meetings) < 1 || len(g.needs) < 1 {
				t.Fatalf("hardly anything grew: %d responses, %d joined, %d questions, %d meetings, %d needs", len(g.said), len(g.joined), len(g.grown), len(g.meetings), len(g.needs))
			}
			for _, p := range w.people {
				c := check{w, g.model, p, g.forbidden(p)}
				for _, a := range w.grownAnswers(t, p) {
					c.clean(t, a.surface, a.answer)
				}
				c.meetingPages(t, g)
				c.roomPages(t, g)
			}
		})
	}
}

// meetingPages: each is there for who may see it, else as if there were none.
func (c check) meetingPages(t *testing.T, g growth) {
	t.Helper()
	for _, m := range g.meetings {
		v, err := c.Service.Meeting(t.Context(), c.p, m.ID)
		report, rerr := c.MeetingToReport(t.Context(), c.p, m.ID)
		if !g.seesMeeting(c.p, m) {
			none := rugzak.NewID(c.clock.Now())
			if _, absent := c.Service.Meeting(t.Context(), c.p, none); answerOf(err) != answerOf(absent) {
				t.Errorf("a hidden meeting gives %v, one that there is not %v", err, absent)
			}
			if got, absent := c.MeetingToReport(t.Context(), c.p, none); answerOf(rerr) != answerOf(absent) || report.Title != got.Title {
				t.Errorf("reporting a hidden meeting gives %+v, %v, one that there is not %v", report, rerr, absent)
			}
			if _, rerr = c.ReportMeeting(t.Context(), c.p, m.ID, rugzak.ReasonName); rugzak.CodeOf(rerr) != rugzak.CodeNotFound {
				t.Errorf("%s (%s) reports a hidden meeting: %v", c.p.Organisation, c.p.Team, rerr)
			}
			continue
		}
		if rerr != nil || report.Meeting != m.ID || report.Title != m.Title {
			t.Errorf("what is to be reported of a meeting: %+v, %v", report, rerr)
		}
		if err != nil {
			t.Errorf("%s (%s) does not see the meeting %s: %v", c.p.Organisation, c.p.Team, m.ID, err)
		}
		c.clean(t, "meeting", v)
	}
}

func (g growth) inTeam(p rugzak.Person, n rugzak.RoomNeed) bool {
	return p.ID == n.Writer || p.Organisation == n.Organisation && p.Team == n.Team && p.Team != ""
}

// roomPages: a need for room is there for the team of who asks, and to report as
// little for anybody else as one that there is not.
func (c check) roomPages(t *testing.T, g growth) {
	t.Helper()
	for _, need := range g.needs {
		v, err := c.Service.RoomNeed(t.Context(), c.p, need.ID)
		report, rerr := c.RoomToReport(t.Context(), c.p, need.ID)
		if g.inTeam(c.p, need) {
			if err != nil || rerr != nil || report.Title != need.Text {
				t.Errorf("%s (%s) of the team: %v; to report %+v, %v", c.p.Organisation, c.p.Team, err, report, rerr)
			}
			c.clean(t, "need for room", v)
			continue
		}
		none := rugzak.NewID(c.clock.Now())
		_, absent := c.Service.RoomNeed(t.Context(), c.p, none)
		_, rabsent := c.RoomToReport(t.Context(), c.p, none)
		if answerOf(err) != answerOf(absent) || answerOf(rerr) != answerOf(rabsent) || report.Title != "" {
			t.Errorf("a hidden need gives %v and to report %+v, %v; one that there is not %v and %v", err, report, rerr, absent, rabsent)
		}
		if _, err := c.ReportRoom(t.Context(), c.p, need.ID, rugzak.ReasonName); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s (%s) reports a hidden need: %v", c.p.Organisation, c.p.Team, err)
		}
	}
}

// surfaceAnswer is an answer with what gave it.
type surfaceAnswer struct {
	surface string
	answer  any
}

// grownAnswers is what every surface of taking along, using and passing on tells
// a reader.
func (w *world) grownAnswers(t *testing.T, p rugzak.Person) (all []surfaceAnswer) {
	t.Helper()
	ctx := t.Context()
	add := func(surface string, v any, err error) {
		all = append(all, surfaceAnswer{surface, []any{v, fmt.Sprint(err)}})
	}
	home, err := w.Home(ctx, p)
	add("home", home, err)
	mine, err := w.Mine(ctx, p, "")
	add("my backpack", mine, err)
	for _, part := range backpack.MineParts() {
		v, err := w.MinePart(ctx, p, part, "")
		add("part "+string(part), v, err)
	}
	notices, err := w.Notices(ctx, p)
	add("notices", notices, err)
	week, err := w.WeekMessage(ctx, p)
	add("message of the week", week, err)
	team, err := w.TeamBag(ctx, p, "")
	add("backpack of a team", team, err)
	for _, o := range w.orgs {
		bag, err := w.OrganisationBag(ctx, p, o.ID, "", "")
		bag.After = "" // follows from statistics
		add("backpack of "+string(o.ID), bag, err)
		talks, err := w.Talks(ctx, p, o.ID, "", "")
		add("talks with "+string(o.ID), talks, err)
		still, err := w.StillBalls(ctx, p, "", o.ID, "")
		add("still balls with "+string(o.ID), still, err)
		questions, err := w.Questions(ctx, p, backpack.QuestionFilter{Ball: o.ID}, "")
		add("questions of "+string(o.ID), questions, err)
	}
	for _, f := range []backpack.QuestionFilter{{}, {WithPartner: true}, {NoLead: true}, {Mine: true}, {State: rugzak.QuestionTrying}} {
		v, err := w.Questions(ctx, p, f, "")
		add(fmt.Sprintf("questions %+v", f), v, err)
	}
	promises, err := w.Promises(ctx, p)
	add("promises", promises, err)
	of, err := w.OrganisationPromises(ctx, p)
	add("promises of an organisation", of, err)
	waiting, err := w.WaitingResponses(ctx, p, 100)
	add("waiting responses", waiting, err)
	joined, err := w.Joined(ctx, p)
	add("joined", joined, err)
	meetings, err := w.Meetings(ctx, p)
	add("meetings", meetings, err)
	all = append(all, w.roundAnswers(t, p)...)
	all = append(all, w.resultAnswers(t, p)...)
	room, err := w.Room(ctx, p)
	add("room", room, err)
	due, err := w.MyDueKeeps(ctx, p)
	add("due", due, err)
	desk, err := w.DigestDesk(ctx, p)
	add("choices for the week", desk, err)
	curating, err := w.Desk(ctx, p)
	add("desk", curating, err)
	steering, err := w.CoreTeamDesk(ctx, p)
	add("desk of the core team", steering, err)
	ideas, err := w.Ideas(ctx, p)
	add("ideas", ideas, err)
	invited, err := w.MyIdeas(ctx, p)
	add("ideas for an organisation", invited, err)
	for _, i := range invited {
		idea, err := w.Idea(ctx, p, i.Idea.ID)
		add("idea", idea, err)
	}
	box, err := w.dossierFor(t, p)
	add("dossier", box, err)
	for _, f := range []rugzak.Feed{{Kind: rugzak.FeedNew}, {Kind: rugzak.FeedBackpack}, {Kind: rugzak.FeedCalendar}} {
		secret, made, err := w.MakeFeedToken(ctx, p, f, "Proef")
		if err != nil {
			t.Fatal(err)
		}
		v, err := w.ReadFeed(ctx, secret, f.Kind == rugzak.FeedCalendar)
		v.Token, v.Person = rugzak.FeedToken{}, rugzak.Person{}
		add("feed "+string(f.Kind), v, err)
		if err := w.RevokeFeedToken(ctx, p, made.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range w.themes {
		v, err := w.Joining(ctx, p, rugzak.Subject(rugzak.ThemeSubject(id)))
		add("joining a theme", v, err)
	}
	for _, id := range w.entries {
		all = append(all, w.grownBeside(t, p, id)...)
	}
	return all
}

// grownBeside is the same of one entry.
func (w *world) grownBeside(t *testing.T, p rugzak.Person, id rugzak.EntryID) (all []surfaceAnswer) {
	t.Helper()
	ctx := t.Context()
	add := func(surface string, v any, err error) {
		all = append(all, surfaceAnswer{surface + " of " + string(id), []any{v, fmt.Sprint(err)}})
	}
	v, err := w.Read(ctx, p, id)
	add("page", v, err)
	if err != nil {
		all = all[:0] // says the id that was asked for
	}
	said, serr := w.Responses(ctx, p, id, 1, "")
	trail, terr := w.Trail(ctx, p, id, 0, 100)
	lineage, lerr := w.Lineage(ctx, p, id)
	joining, jerr := w.Joining(ctx, p, rugzak.Subject(rugzak.EntrySubject(id)))
	mentions, merr := w.MentionChoices(ctx, p, id, "p")
	applying, aerr := w.Applying(ctx, p, id)
	meetings, eerr := w.MeetingsAbout(ctx, p, id, "")
	if err != nil { // all of them as if it were not there
		for _, other := range []error{serr, terr, lerr, jerr, merr, aerr} {
			if rugzak.CodeOf(other) != rugzak.CodeNotFound {
				t.Errorf("beside what is hidden from %s (%s): %v", p.Organisation, p.Team, other)
			}
		}
		return nil
	}
	add("responses", said, serr)
	add("trail", trail, terr)
	add("lineage", lineage, lerr)
	add("joining", joining, jerr)
	if p.Kind == rugzak.Partner { // members may name whoever reads it
		add("mentions", mentions, merr)
	}
	add("applying", applying, aerr)
	add("meetings", meetings, eerr)
	return all
}
