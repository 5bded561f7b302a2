// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// MakeRoom says which room a manager of the team makes, and when.
func (s *Service) MakeRoom(ctx context.Context, by rugzak.Person, id, text string) error {
	return s.giveRoom(ctx, by, id, rugzak.RoomLineMade, text)
}

// AskAboutRoom asks something back about a need.
func (s *Service) AskAboutRoom(ctx context.Context, by rugzak.Person, id, text string) error {
	return s.giveRoom(ctx, by, id, rugzak.RoomLineQuestion, text)
}

// ThankForRoom thanks for a need; a line of text is not required.
func (s *Service) ThankForRoom(ctx context.Context, by rugzak.Person, id, text string) error {
	return s.giveRoom(ctx, by, id, rugzak.RoomLineThanks, text)
}

// giveRoom is what a manager can do about a need of their own team. Nothing of
// it assigns, scores or approves.
func (s *Service) giveRoom(ctx context.Context, by rugzak.Person, id string, kind rugzak.RoomLineKind, text string) error {
	if !rugzak.CanGiveRoom(by) {
		return rugzak.Forbidden("error.managers_only")
	}
	return s.sayOfRoom(ctx, by, id, rugzak.RoomLine{Kind: kind, Text: text}, func(need rugzak.RoomNeed) (rugzak.RoomNeed, error) {
		switch {
		case !rugzak.CanMakeRoom(by, need): // wrote it in a team they were in before
			return need, rugzak.Forbidden("error.managers_only")
		case need.State == rugzak.RoomClosed:
			return need, rugzak.Conflict()
		case kind == rugzak.RoomLineMade && need.State == rugzak.RoomOpen:
			need = closedAt(need, rugzak.RoomMade, s.now())
		}
		return need, nil
	})
}

// AnswerRoom answers a question about a need, for who wrote it.
func (s *Service) AnswerRoom(ctx context.Context, by rugzak.Person, id, text string) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	return s.sayOfRoom(ctx, by, id, rugzak.RoomLine{Kind: rugzak.RoomLineAnswer, Text: text}, func(need rugzak.RoomNeed) (rugzak.RoomNeed, error) {
		if !rugzak.CanCloseRoom(by, need) {
			return need, rugzak.Forbidden("error.room_writer_only")
		}
		return need, nil
	})
}

// sayOfRoom adds a line to a need and tells whom it is meant for.
func (s *Service) sayOfRoom(ctx context.Context, by rugzak.Person, id string, line rugzak.RoomLine, may func(rugzak.RoomNeed) (rugzak.RoomNeed, error)) error {
	line.By, line.Text, line.At = by.ID, rugzak.Line(line.Text), s.now()
	if err := s.refuseNumbers(field{"line", line.Text}); err != nil {
		return err
	}
	_, err := s.update(ctx, "say of room", func(w rugzak.Writer) error {
		need, err := lookRoom(w, by, id)
		if err != nil {
			return err
		}
		if need.Reported {
			return rugzak.Conflict() // it waits for a privacy officer
		}
		if need, err = may(need); err != nil {
			return err
		}
		need.Lines = append(need.Lines, line)
		if err := need.Validate(); err != nil {
			return err
		}
		if err := w.SaveRoomNeed(need, need.Version); err != nil {
			return err
		}
		return s.tellSaid(w, need, line)
	})
	return err
}

// tellSaid tells the writer what a manager said, and the manager who asked last
// what was answered.
func (s *Service) tellSaid(w rugzak.Writer, need rugzak.RoomNeed, line rugzak.RoomLine) error {
	to, kind := need.Writer, rugzak.NoticeRoomMade
	switch line.Kind {
	case rugzak.RoomLineQuestion:
		kind = rugzak.NoticeRoomQuestion
	case rugzak.RoomLineThanks:
		kind = rugzak.NoticeRoomThanks
	case rugzak.RoomLineAnswer:
		to, kind = "", rugzak.NoticeRoomAnswer
		for _, l := range need.Lines {
			if l.Kind == rugzak.RoomLineQuestion {
				to = l.By
			}
		}
	}
	if to == line.By {
		return nil
	}
	return s.tellRoom(w, to, kind, need.ID)
}

// CloseRoom says that the room is no longer needed.
func (s *Service) CloseRoom(ctx context.Context, by rugzak.Person, id string) error {
	return s.endRoom(ctx, by, id, func(w rugzak.Writer, need rugzak.RoomNeed) error {
		if need.State == rugzak.RoomClosed {
			return nil
		}
		if need.Reported {
			return rugzak.Conflict()
		}
		return w.SaveRoomNeed(closedAt(need, rugzak.RoomClosed, s.now()), need.Version)
	})
}

// WithdrawRoom takes a need away with all that was said and told about it.
func (s *Service) WithdrawRoom(ctx context.Context, by rugzak.Person, id string) error {
	return s.endRoom(ctx, by, id, func(w rugzak.Writer, need rugzak.RoomNeed) error {
		if err := forgetRoomNotices(w, need); err != nil {
			return err
		}
		return w.RemoveRoomNeed(need.ID)
	})
}

func (s *Service) endRoom(ctx context.Context, by rugzak.Person, id string, end func(rugzak.Writer, rugzak.RoomNeed) error) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	_, err := s.update(ctx, "end room", func(w rugzak.Writer) error {
		need, err := lookRoom(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanCloseRoom(by, need) {
			return rugzak.Forbidden("error.room_writer_only")
		}
		return end(w, need)
	})
	return err
}

// roomLine is what a notice about a need says; ok is false where the need is
// gone or out of sight.
func roomLine(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (line NoticeLine, ok bool, err error) {
	line.Notice, line.Times = n, 1
	need, err := lookRoom(r, by, n.About)
	if isMissing(err) {
		return line, false, nil
	}
	line.Title, line.Room = need.Text, need.ID
	return line, err == nil, err
}
