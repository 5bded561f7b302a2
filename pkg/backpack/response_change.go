// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// EditResponse changes what a person said. base is the version they started
// from: against a newer one it is a conflict, and nothing is lost.
func (s *Service) EditResponse(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string, base int, in ResponseInput) (rugzak.Response, rugzak.Position, error) {
	in, found, err := s.prepareResponse(ctx, by, in)
	if err != nil {
		return rugzak.Response{}, "", err
	}
	var x rugzak.Response
	pos, err := s.update(ctx, "edit response", func(w rugzak.Writer) error {
		e, before, all, err := lookOwnResponse(w, by, entry, id)
		if err != nil {
			return err
		}
		x = before
		if before.Version != base || before.Withdrawn {
			return rugzak.Conflict()
		}
		mine, err := isMine(w, by, e)
		if err != nil {
			return err
		}
		x = before.Clone()
		x.Kind, x.Body, x.Lang, x.NotBSN = in.Kind, in.Body, in.Lang, in.NotBSN
		if x, err = s.fitResponse(w, by, e, mine, x, &before, all, found, in.Reviewed); err != nil {
			return err
		}
		if x.Body == before.Body && x.Kind == before.Kind && x.Lang == before.Lang && slices.Equal(x.NotBSN, before.NotBSN) {
			return nil
		}
		x.EditedAt, x.Version = s.now(), before.Version+1
		if err := w.SaveResponse(x, before.Version); err != nil {
			return err
		}
		if err := settleWaiting(w, e, x.Thread()); err != nil {
			return err
		}
		fresh := slices.DeleteFunc(slices.Clone(x.Mentions), func(p rugzak.PersonID) bool { return slices.Contains(before.Mentions, p) })
		if err := s.tellMentioned(w, e, x, all, fresh); err != nil {
			return err
		}
		if err := s.responseMended(w, x); err != nil {
			return err
		}
		return w.Log(s.responseChange(by, x, rugzak.VerbResponseEdited))
	})
	return x, pos, err
}

// WithdrawResponse hides what a person said from everybody else, at once. It can
// be done also beneath what they may not read any more.
func (s *Service) WithdrawResponse(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string) (rugzak.Position, error) {
	return s.setWithdrawn(ctx, by, entry, id, true, rugzak.VerbResponseWithdrawn)
}

// PutBackResponse shows what a person withdrew again.
func (s *Service) PutBackResponse(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string) (rugzak.Position, error) {
	return s.setWithdrawn(ctx, by, entry, id, false, rugzak.VerbResponsePutBack)
}

func (s *Service) setWithdrawn(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string, to bool, verb rugzak.Verb) (rugzak.Position, error) {
	return s.update(ctx, string(verb), func(w rugzak.Writer) error {
		e, x, err := reachOwnResponse(w, by, entry, id)
		if err == nil && !to {
			_, _, _, err = lookOwnResponse(w, by, entry, id)
		}
		if err != nil || x.Withdrawn == to {
			return err // pressed twice
		}
		if x.Reported {
			return rugzak.Conflict()
		}
		x.Withdrawn = to
		x.Version++
		if err := w.SaveResponse(x, x.Version-1); err != nil {
			return err
		}
		if err := settleWaiting(w, e, x.Thread()); err != nil {
			return err
		}
		return w.Log(s.responseChange(by, x, verb))
	})
}

// PurgeOwnResponse removes what a person said for good. A tombstone stays, and
// an empty place where somebody answered. It can be done also beneath what they
// may not read any more.
func (s *Service) PurgeOwnResponse(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string) (rugzak.Position, error) {
	pos, err := s.update(ctx, "purge response", func(w rugzak.Writer) error {
		e, x, err := reachOwnResponse(w, by, entry, id)
		if err != nil {
			return err
		}
		if i, err := openResponseReport(w, x); err == nil {
			i.Settled, i.How = s.now(), rugzak.SettledPurged // by its author, who is not named
			if err := w.SaveIncident(i); err != nil {
				return err
			}
		} else if !isMissing(err) {
			return err
		}
		return s.purgeResponse(w, actorOf(by), e, x, rugzak.ReasonAuthor)
	})
	s.purger.wake()
	return pos, err
}

// purgeResponse removes the text of a response, leaves a tombstone and begins
// the purge of the files.
func (s *Service) purgeResponse(w rugzak.Writer, actor string, e rugzak.Entry, x rugzak.Response, reason rugzak.ReportReason) error {
	if err := w.PurgeResponse(x.Entry, x.ID); err != nil {
		return err
	}
	if err := settleWaiting(w, e, x.Thread()); err != nil {
		return err
	}
	subject := rugzak.ResponseSubject(x.Entry, x.ID)
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actor, Verb: rugzak.VerbResponsePurged, Subject: subject}); err != nil {
		return err
	}
	return s.bury(w, actor, rugzak.Tombstone{Subject: subject, At: s.now(), Reason: reason}, false)
}

// removeUnseenResponses takes away what a person withdrew: nobody else may read
// it, ever.
func removeUnseenResponses(w rugzak.Writer, id rugzak.PersonID) error {
	for x, err := range w.ResponsesBy(id) { // reads the keys first
		if err == nil && x.Withdrawn {
			err = w.PurgeResponse(x.Entry, x.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
