// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// asked shares a question of a person.
func asked(by rugzak.Person, title string, ball rugzak.OrganisationID, a rugzak.Audience) backpack.Input {
	in := simple(title, "Wie belt, en wanneer?", a.Level, a.Also...)
	in.Kind = rugzak.KindQuestion
	in.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: ball, HopedGain: "Minder wachten"}
	in.Confirmed = append(in.Confirmed, a.Also...)
	return in
}

// inquiry reads what grew beside a question.
func (h *house) inquiry(t testing.TB, by rugzak.Person, id rugzak.EntryID) *backpack.InquiryView {
	t.Helper()
	v, err := h.Read(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	if v.Inquiry == nil {
		t.Fatal("no inquiry")
	}
	return v.Inquiry
}

// kinds lists of which kinds somebody has notices about an entry.
func (h *house) noticesOf(t testing.TB, by rugzak.Person, id rugzak.EntryID) (kinds []rugzak.NoticeKind) {
	t.Helper()
	page, err := h.Notices(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Lines {
		if l.Notice.Entry == id {
			kinds = append(kinds, l.Notice.Kind)
		}
	}
	return kinds
}

// fieldOf is the field a refusal is about.
func fieldOf(err error) string {
	if e, ok := errors.AsType[*rugzak.Error](err); ok && len(e.Fields) > 0 {
		return e.Fields[0].Field
	}
	return ""
}

// A question goes from asked to answered, with the ball between a department
// and a partner.
func TestInquiry(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	author := h.person(t, "deelnemer@voorbeeld.test")
	partner := h.person(t, "partner@voorbeeld.test")
	other := h.person(t, "facilitator@voorbeeld.test")
	e := h.share(t, author, asked(author, "Hoe bellen we op tijd?", partner.Organisation, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{partner.Organisation}}))

	// Who asks cannot lay the ball elsewhere.
	v := h.inquiry(t, author, e.ID)
	if v.Ball.ID != author.Organisation || v.Asked == nil || v.Asked.To.ID != partner.Organisation || !v.May.TakeBackBall || v.May.AskBall {
		t.Fatalf("shared: ball %s, asked %+v, may %+v", v.Ball.ID, v.Asked, v.May)
	}
	pv := h.inquiry(t, partner, e.ID)
	if !pv.May.AnswerBall || pv.May.Move || pv.May.TakeBall {
		t.Fatalf("the partner may %+v", pv.May)
	}
	if _, err := h.AnswerBall(ctx, other, e.ID, v.Version, true, ""); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody of another organisation answers: %v", err)
	}
	if _, err := h.AnswerBall(ctx, partner, e.ID, v.Version, false, ""); fieldOf(err) != "reason" {
		t.Errorf("declined without a reason: %v", err)
	}
	if _, err := h.AnswerBall(ctx, partner, e.ID, v.Version, false, "Nu geen tijd"); err != nil {
		t.Fatal(err)
	}
	v = h.inquiry(t, author, e.ID)
	if v.Ball.ID != author.Organisation || v.Asked != nil || len(v.Asks) != 1 || v.Asks[0].Reason != "Nu geen tijd" {
		t.Errorf("after no: ball %s, asks %+v", v.Ball.ID, v.Asks)
	}
	if got := h.noticesOf(t, author, e.ID); !slices.Contains(got, rugzak.NoticeBallAnswered) {
		t.Errorf("the author is told %v", got)
	}
	h.clock.turn(h.clock.Now().Add(15 * 24 * time.Hour))
	if _, err := h.AskBall(ctx, other, e.ID, v.Version, partner.Organisation, ""); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("who has nothing to do with it asks: %v", err)
	}
	if _, err := h.AskBall(ctx, author, e.ID, v.Version, "bestaat-niet", ""); fieldOf(err) != "to" {
		t.Errorf("asked of who cannot read: %v", err)
	}
	if _, err := h.AskBall(ctx, author, e.ID, v.Version-1, partner.Organisation, ""); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("asked from an old page: %v", err)
	}
	if err := h.Join(ctx, partner, rugzak.Subject(rugzak.EntrySubject(e.ID)), backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AskBall(ctx, author, e.ID, v.Version, partner.Organisation, "Jullie kennen de bewoners"); err != nil {
		t.Fatal(err)
	}
	if got := h.noticesOf(t, partner, e.ID); !slices.Contains(got, rugzak.NoticeBallAsked) {
		t.Errorf("the partner is told %v", got)
	}
	if _, err := h.AnswerBall(ctx, partner, e.ID, v.Version+1, true, ""); err != nil {
		t.Fatal(err)
	}
	v = h.inquiry(t, author, e.ID)
	if v.Ball.ID != partner.Organisation || len(v.Passes) != 2 || v.Passes[0].Until.Sub(v.Passes[0].Since) < 14*24*time.Hour {
		t.Errorf("after yes: ball %s, passes %+v", v.Ball.ID, v.Passes)
	}
	// Only who takes part moves the question.
	if _, err := h.MoveQuestion(ctx, partner, e.ID, v.Version, backpack.MoveInput{To: rugzak.QuestionTrying}); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("who follows moves: %v", err)
	}
	step := backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel drie bewoners", When: "2026-12-20", ShowName: true}
	if err := h.Join(ctx, partner, rugzak.Subject(rugzak.EntrySubject(e.ID)), step); err != nil {
		t.Fatal(err)
	}
	if v = h.inquiry(t, author, e.ID); v.Join.Team.Together || len(v.Join.Team.Named) != 1 {
		t.Errorf("one organisation: %+v", v.Join.Team)
	}
	step.ShowName = false
	if err := h.Join(ctx, author, rugzak.Subject(rugzak.EntrySubject(e.ID)), step); err != nil {
		t.Fatal(err)
	}
	if v = h.inquiry(t, partner, e.ID); !v.Join.Team.Together || !v.Join.Team.WithPartner || !v.May.Move || !v.Join.Team.Unnamed {
		t.Errorf("two organisations: %+v, may %+v", v.Join.Team, v.May)
	}
	if _, err := h.SaveExperiment(ctx, partner, e.ID, v.Version, 0, backpack.ExperimentInput{Step: "Samen bellen", Organisation: other.Organisation, Until: "2026-12-24"}); fieldOf(err) != "organisation" {
		t.Errorf("work laid on the table of another: %v", err)
	}
	if _, err := h.SaveExperiment(ctx, partner, e.ID, v.Version, 0, backpack.ExperimentInput{Step: "Samen bellen", Organisation: partner.Organisation, Mine: true, Until: "2026-12-24"}); err != nil {
		t.Fatal(err)
	}
	promises, err := h.Promises(ctx, partner)
	if err != nil || len(promises) != 2 || promises[0].Step != "Ik bel drie bewoners" || promises[1].Experiment != 1 {
		t.Errorf("promised: %+v, %v", promises, err)
	}
	all, err := h.OrganisationPromises(ctx, author) // those of the demonstration are among them
	ofThis := func(p backpack.SmallStep) bool { return p.Of == rugzak.Subject(rugzak.EntrySubject(e.ID)) }
	if err != nil || slices.ContainsFunc(all, ofThis) {
		t.Errorf("a step without name is told: %+v, %v", all, err)
	}
	step.ShowName = true
	if err := h.Join(ctx, author, rugzak.Subject(rugzak.EntrySubject(e.ID)), step); err != nil {
		t.Fatal(err)
	}
	if all, err = h.OrganisationPromises(ctx, author); err != nil || !slices.ContainsFunc(all, ofThis) {
		t.Errorf("a step with name is not told: %+v, %v", all, err)
	}
	if _, err := h.SaveExperiment(ctx, author, e.ID, v.Version+1, 1, backpack.ExperimentInput{
		Step: "Samen bellen", Organisation: partner.Organisation, Until: "2026-12-24", Outcome: rugzak.OutcomePartly, Learned: "Liever na vieren",
	}); err != nil {
		t.Fatal(err)
	}
	v = h.inquiry(t, partner, e.ID)
	if x := v.Experiments[0]; x.Outcome != rugzak.OutcomePartly || x.Person != partner.ID || x.DoneAt.IsZero() {
		t.Errorf("the experiment: %+v", x)
	}

	// Answered only with something that shows it.
	move := backpack.MoveInput{To: rugzak.QuestionAnswered, Learned: "Afspreken wie belt", Gain: "De helft minder wachten"}
	if _, err := h.MoveQuestion(ctx, partner, e.ID, v.Version, move); fieldOf(err) != "answer" {
		t.Errorf("answered without an answer: %v", err)
	}
	move.Answer = e.ID
	if _, err := h.MoveQuestion(ctx, partner, e.ID, v.Version, move); fieldOf(err) != "answer" {
		t.Errorf("answered by itself: %v", err)
	}
	hidden := h.share(t, author, func() backpack.Input {
		in := simple("Ons inzicht", "Alleen voor ons.", rugzak.LevelInternal)
		in.Kind = rugzak.KindInsight
		return in
	}())
	move.Answer = hidden.ID
	if _, err := h.MoveQuestion(ctx, partner, e.ID, v.Version, move); fieldOf(err) != "answer" {
		t.Errorf("answered by what the partner may not read: %v", err)
	}
	if _, err := h.MoveQuestion(ctx, author, e.ID, v.Version, move); err != nil {
		t.Fatal(err)
	}
	v = h.inquiry(t, author, e.ID)
	if v.State != rugzak.QuestionAnswered || v.Answer == nil || v.Gain == "" || v.Hoped == "" || len(v.Moves) != 1 || v.Moves[0].Learned == "" || v.May.AskBall {
		t.Errorf("answered: %+v", v)
	}
	if pv = h.inquiry(t, partner, e.ID); pv.Answer != nil || pv.State != rugzak.QuestionAnswered {
		t.Errorf("the partner sees the answer %+v", pv.Answer)
	}
	if got := h.noticesOf(t, partner, e.ID); !slices.Contains(got, rugzak.NoticeQuestionMoved) {
		t.Errorf("who takes part is told %v", got)
	}
	if got := h.noticesOf(t, author, e.ID); slices.Contains(got, rugzak.NoticeQuestionMoved) {
		t.Errorf("who moved it is told %v", got)
	}
	// The author's form leaves state and ball as they are.
	now, err := h.Read(ctx, author, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	in := h.InputOf(now.Entry)
	in.Title, in.Question.State, in.Question.BallWith = "Hoe bellen we wel op tijd?", rugzak.QuestionOpen, author.Organisation
	saved, err := h.Revise(ctx, author, e.ID, now.Entry.Version, in)
	if err != nil || saved.Entry.Question.State != rugzak.QuestionAnswered || saved.Entry.Question.BallWith != partner.Organisation {
		t.Errorf("revised: %+v, %v", saved.Entry.Question, err)
	}
}

func TestLead(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	author, other := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	e := h.share(t, author, asked(author, "Hoe leren we samen?", "", rugzak.Audience{Level: rugzak.LevelInternal}))
	of := rugzak.Subject(rugzak.EntrySubject(e.ID))
	lead := func(by rugzak.Person, act backpack.LeadAct, to rugzak.PersonID, want rugzak.Code) {
		t.Helper()
		_, err := h.Lead(ctx, by, e.ID, h.inquiry(t, by, e.ID).Version, act, to)
		if rugzak.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", act, err, want)
		}
	}
	lead(other, backpack.LeadTake, "", "")
	lead(author, backpack.LeadTake, "", rugzak.CodeForbidden)
	lead(author, backpack.LeadStop, "", rugzak.CodeForbidden)
	lead(other, backpack.LeadOffer, author.ID, rugzak.CodeInvalid) // takes no part by name
	if err := h.Join(ctx, author, of, backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik schrijf mee", When: "2026-12-01", ShowName: true}); err != nil {
		t.Fatal(err)
	}
	lead(other, backpack.LeadOffer, author.ID, "")
	if got := h.noticesOf(t, author, e.ID); !slices.Contains(got, rugzak.NoticeLead) {
		t.Errorf("told %v", got)
	}
	lead(author, backpack.LeadDecline, "", "")
	lead(other, backpack.LeadOffer, "", "")
	lead(author, backpack.LeadAccept, "", "")
	v := h.inquiry(t, other, e.ID)
	if v.Lead == nil || v.Lead.Name != author.Name || len(v.Leads) != 1 || v.Leads[0].Name != other.Name || v.Offer != nil {
		t.Fatalf("lead %+v, before %+v", v.Lead, v.Leads)
	}
	if err := h.AnonymisePerson(ctx, backpack.Operator(), author.ID); err != nil {
		t.Fatal(err)
	}
	v = h.inquiry(t, other, e.ID)
	if v.Lead != nil || !v.May.TakeLead || len(v.Leads) != 2 || v.Leads[1].Name != "" {
		t.Errorf("after the lead left: %+v, before %+v", v.Lead, v.Leads)
	}
}

func TestOverlap(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	author, other, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	one := h.share(t, author, simple("Bellen", "Over bellen.", rugzak.LevelInternal))
	both := simple("Ook bellen", "Ook over bellen.", rugzak.LevelInternal, partner.Organisation)
	both.Confirmed = both.Audience.Also
	two := h.share(t, other, both)
	if err := h.SeeOverlap(ctx, partner, two.ID, one.ID); fieldOf(err) != "other" {
		t.Errorf("overlap with what is hidden: %v", err)
	}
	if err := h.SeeOverlap(ctx, author, two.ID, two.ID); fieldOf(err) != "other" {
		t.Errorf("overlap with itself: %v", err)
	}
	for range 2 { // twice is once
		if err := h.SeeOverlap(ctx, author, two.ID, one.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.noticesOf(t, other, two.ID); len(got) != 1 || got[0] != rugzak.NoticeOverlap {
		t.Errorf("the other author is told %v", got)
	}
	for _, c := range []struct {
		by   rugzak.Person
		at   rugzak.EntryID
		want int
	}{{author, one.ID, 1}, {other, two.ID, 1}, {partner, two.ID, 0}} {
		v, err := h.Read(ctx, c.by, c.at)
		if err != nil || len(v.Overlaps) != c.want {
			t.Errorf("%s sees %d overlaps, %v", c.by.Email, len(v.Overlaps), err)
		}
	}
	third := h.person(t, "kernteam@voorbeeld.test")
	if err := h.RemoveOverlap(ctx, third, one.ID, two.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody else takes it away: %v", err)
	}
	if err := h.RemoveOverlap(ctx, other, one.ID, two.ID); err != nil {
		t.Error(err)
	}
}

// Numbers of people, and differences of them, tell of nobody fewer than five.
func TestJoining(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	author := h.person(t, "deelnemer@voorbeeld.test")
	e := h.share(t, author, asked(author, "Wie doet er mee?", "", rugzak.Audience{Level: rugzak.LevelInternal}))
	of := rugzak.Subject(rugzak.EntrySubject(e.ID))
	follow := func(p rugzak.Person) {
		t.Helper()
		if err := h.Join(ctx, p, of, backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
			t.Fatal(err)
		}
	}
	colleague := func(n int, o rugzak.OrganisationID) rugzak.Person {
		t.Helper()
		p, err := h.SavePerson(ctx, backpack.Operator(), "", 0, backpack.PersonInput{
			Email: string(rune('a'+n)) + string(o) + "@voorbeeld.test", Name: "Collega " + string(rune('A'+n)), Organisation: o, Roles: []rugzak.Role{rugzak.RoleParticipant},
		})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if c := h.inquiry(t, author, e.ID).Join.Follow; len(c.Organisations) != 0 || c.Rest != 0 {
		t.Errorf("nobody: %+v", c)
	}
	follow(author)
	for n := range 3 {
		follow(colleague(n, author.Organisation))
	}
	if c := h.inquiry(t, author, e.ID).Join.Follow; len(c.Organisations) != 0 || c.Rest != 0 {
		t.Errorf("four tell %+v", c)
	}
	follow(colleague(4, author.Organisation))
	wmo := h.person(t, "facilitator@voorbeeld.test")
	follow(wmo)
	c := h.inquiry(t, author, e.ID).Join.Follow
	if len(c.Organisations) != 1 || c.Organisations[0].Count != 5 || c.Rest != 0 {
		t.Errorf("five and one tell %+v", c)
	}
	// Whoever may no longer read it does not count, and is not told.
	if _, err := h.ChangeAudience(ctx, author, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Joining(ctx, wmo, of); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a hidden question is joined: %v", err)
	}
	if all, err := h.Joined(ctx, wmo); err != nil || len(all) != 0 {
		t.Errorf("a hidden question is told: %+v, %v", all, err)
	}
	if err := h.StopJoining(ctx, wmo, of); err != nil {
		t.Error(err)
	}
	if err := h.StopJoining(ctx, wmo, "entry:"+rugzak.Subject(h.NewID())); err != nil {
		t.Error(err)
	}
}
