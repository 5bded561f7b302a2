// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// RoomView is the page of the needs for room of a person's own team.
type RoomView struct {
	Organisation rugzak.Organisation
	Team         rugzak.Team // empty for who has none
	Open, Done   []RoomNeedView
	CanAsk       bool
	Manager      bool // of this team
}

// RoomNeedView is a need as one reader of its team may see it.
type RoomNeedView struct {
	Need   rugzak.RoomNeed
	Writer Writer // empty on behalf of the team
	Team   rugzak.Team
	About  *Card // the question or experiment, where the reader may see it
	Lines  []RoomLineView
	Mine   bool
	// CanGive: make room, ask and thank. CanClose: answer, close and withdraw.
	CanGive, CanClose bool
}

// RoomLineView is a line about a need, with who said it.
type RoomLineView struct {
	rugzak.RoomLine
	Name string // empty for who is gone, and for an answer on behalf of the team
}

// Room returns the needs of a person's own team. Needs that were closed stay a
// while.
func (s *Service) Room(ctx context.Context, by rugzak.Person) (RoomView, error) {
	var v RoomView
	if by.ID == "" {
		return v, mustSignIn()
	}
	err := s.view(ctx, "room", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v = RoomView{
			Organisation: n.organisation(by.Organisation), Team: n.team(by.Organisation, by.Team), CanAsk: rugzak.CanAskRoom(by),
			Manager: rugzak.CanGiveRoom(by) && by.Team != "",
		}
		needs, err := r.RoomNeeds(by.Organisation, by.Team)
		if err != nil {
			return err
		}
		for _, need := range slices.Backward(needs) {
			if !rugzak.CanSeeRoom(by, need) {
				continue
			}
			line, err := n.room(by, need)
			switch {
			case err != nil:
				return err
			case need.State == rugzak.RoomOpen:
				v.Open = append(v.Open, line)
			case s.now().Before(need.DoneAt.AddDate(0, 0, rugzak.RoomClosedDays)):
				v.Done = append(v.Done, line)
			}
		}
		return nil
	})
	return v, err
}

// roomOpen counts the open needs of a person's own team.
func roomOpen(r rugzak.Reader, by rugzak.Person) (int, error) {
	needs, err := r.RoomNeeds(by.Organisation, by.Team)
	count := 0
	for _, n := range needs {
		if n.State == rugzak.RoomOpen {
			count++
		}
	}
	return count, err
}

// RoomNeed returns the page of one need. For everybody outside its team it is
// not there.
func (s *Service) RoomNeed(ctx context.Context, by rugzak.Person, id string) (RoomNeedView, error) {
	var v RoomNeedView
	if by.ID == "" {
		return v, mustSignIn()
	}
	err := s.view(ctx, "need for room", func(r rugzak.Reader) error {
		need, err := lookRoom(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v, err = n.room(by, need)
		return err
	})
	return v, err
}

// lookRoom fetches a need that the person may see.
func lookRoom(r rugzak.Reader, by rugzak.Person, id string) (rugzak.RoomNeed, error) {
	if !rugzak.ValidID(id) {
		return rugzak.RoomNeed{}, rugzak.NotFound()
	}
	need, err := r.RoomNeed(id)
	if err == nil && !rugzak.CanSeeRoom(by, need) {
		return rugzak.RoomNeed{}, rugzak.NotFound()
	}
	return need, err
}

// room makes the view of a need: who wrote on behalf of the team is not told,
// and what it is for only to who may see that.
func (n *names) room(by rugzak.Person, need rugzak.RoomNeed) (RoomNeedView, error) {
	v := RoomNeedView{
		Need: need, Team: n.team(need.Organisation, need.Team), Mine: need.Writer != "" && need.Writer == by.ID,
		CanGive: rugzak.CanMakeRoom(by, need), CanClose: rugzak.CanCloseRoom(by, need),
	}
	if !need.ForTeam {
		v.Writer = n.writer(by, need.Writer)
	}
	if need.Entry != "" {
		e, mine, err := look(n.reader, by, need.Entry)
		switch {
		case err == nil:
			card := n.card(by, e, mine).Card
			v.About = &card
		case !isMissing(err):
			return v, err
		default:
			v.Need.Entry = ""
		}
	}
	for _, l := range need.Lines {
		line := RoomLineView{RoomLine: l}
		if !need.ForTeam || l.Kind != rugzak.RoomLineAnswer {
			line.Name = n.person(l.By)
		} else {
			line.By = ""
		}
		v.Lines = append(v.Lines, line)
	}
	v.Need.Lines = nil
	if need.ForTeam && !v.Mine {
		v.Need.Writer = ""
	}
	return v, nil
}

// RoomInput is what the form of a need holds.
type RoomInput struct {
	Kind     rugzak.RoomKind
	Text     string
	Entry    rugzak.EntryID
	ForTeam  bool
	Reviewed bool
	Key      string // sending the form twice makes one need
}

// AskRoom says that a person's team needs room. Its managers are told.
func (s *Service) AskRoom(ctx context.Context, by rugzak.Person, in RoomInput) (rugzak.RoomNeed, error) {
	var need rugzak.RoomNeed
	if !rugzak.CanPost(by) {
		return need, rugzak.Forbidden("error.may_not_post")
	}
	in.Text = rugzak.Line(in.Text)
	if err := s.refuseNumbers(field{"text", in.Text}); err != nil {
		return need, err
	}
	_, err := s.update(ctx, "ask room", func(w rugzak.Writer) error {
		need = rugzak.RoomNeed{
			ID: rugzak.NewID(s.now()), Organisation: by.Organisation, Team: by.Team, Writer: by.ID, ForTeam: in.ForTeam, Kind: in.Kind,
			Text: in.Text, Entry: in.Entry, State: rugzak.RoomOpen, At: s.now(),
		}
		made, err := madeBy(w, by, in.Key)
		if err != nil {
			return err
		}
		if sent, err := w.RoomNeed(made); !isMissing(err) { // else new, or taken away since
			need = sent
			return err
		}
		if by.Team == "" {
			var p rugzak.Problems
			p.Add("team", "error.room_no_team")
			return p.Err()
		}
		if err := need.Validate(); err != nil {
			return err
		}
		if err := mayGoOn(w, by, in.Entry); err != nil {
			return err
		}
		open, err := roomOpen(w, by)
		if err != nil {
			return err
		}
		if open >= rugzak.MaxOpenNeeds {
			var p rugzak.Problems
			p.Add("text", "error.room_full", rugzak.MaxOpenNeeds)
			return p.Err()
		}
		if err := s.checkLine(w, field{"text", in.Text}, false, in.Reviewed); err != nil {
			return err
		}
		if err := w.SaveRoomNeed(need, 0); err != nil {
			return err
		}
		if err := s.saveMade(w, by, in.Key, need.ID); err != nil {
			return err
		}
		need.Version = 1
		return s.tellManagers(w, need)
	})
	return need, err
}

// mayGoOn wants that what a need is for can be read by who asks.
func mayGoOn(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) error {
	if id == "" {
		return nil
	}
	_, err := sees(r, by, id)
	if isMissing(err) {
		var p rugzak.Problems
		p.Add("entry", "error.room_entry")
		return p.Err()
	}
	return err
}

// tellManagers tells those who can make room.
func (s *Service) tellManagers(w rugzak.Writer, need rugzak.RoomNeed) error {
	var managers []rugzak.PersonID
	for p, err := range w.People() {
		if err != nil {
			return err
		}
		if rugzak.CanMakeRoom(p, need) && p.ID != need.Writer {
			managers = append(managers, p.ID)
		}
	}
	for _, id := range managers {
		if err := s.tellRoom(w, id, rugzak.NoticeRoomAsked, need.ID); err != nil {
			return err
		}
	}
	return nil
}

// tellRoom tells somebody that something was said about a need.
func (s *Service) tellRoom(w rugzak.Writer, to rugzak.PersonID, kind rugzak.NoticeKind, id string) error {
	if to == "" {
		return nil
	}
	return w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(s.now()), Person: to, Kind: kind, About: id, At: s.now()})
}

// forgetRoomNotices takes away what people were told about a need.
func forgetRoomNotices(w rugzak.Writer, need rugzak.RoomNeed) error {
	var team []rugzak.PersonID
	for p, err := range w.People() {
		if err != nil {
			return err
		}
		if need.InTeam(p) || p.ID == need.Writer {
			team = append(team, p.ID)
		}
	}
	for _, id := range team {
		all, err := w.Notices(id)
		if err != nil {
			return err
		}
		for _, n := range all {
			if rugzak.RoomNotice(n.Kind) && n.About == need.ID {
				if err := w.RemoveNotice(id, n.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// closedAt marks a need as done from now.
func closedAt(need rugzak.RoomNeed, state rugzak.RoomState, at time.Time) rugzak.RoomNeed {
	need.State, need.DoneAt = state, at
	return need
}
