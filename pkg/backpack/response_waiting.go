// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// settleWaiting brings in order which questions of a thread wait for an answer.
func settleWaiting(w rugzak.Writer, e rugzak.Entry, thread string) error {
	all, err := w.Responses(e.ID)
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.Thread() != thread {
			continue
		}
		waits := waitsFor(e, q, all)
		if waits == q.Waits {
			continue
		}
		q.Waits = waits
		if err := w.SaveResponse(q, q.Version); err != nil {
			return err
		}
	}
	return nil
}

// waitsFor is the organisation a question waits for: that of the entry, or of
// who is asked back. It is answered once somebody else says something in the
// thread that is no question again.
func waitsFor(e rugzak.Entry, q rugzak.Response, all []rugzak.Response) rugzak.OrganisationID {
	if q.Kind != rugzak.ResponseQuestion || !q.Shown() {
		return ""
	}
	waits := e.Organisation
	for _, x := range all {
		switch {
		case x.ID == q.To && x.Author != q.Author && x.Organisation != "":
			waits = x.Organisation
		case x.To == q.Thread() && x.Author != q.Author && x.Shown() && x.Kind != rugzak.ResponseQuestion && !x.At.Before(q.At):
			return ""
		}
	}
	return waits
}

// WaitingResponse is a question in a response that waits for an answer.
type WaitingResponse struct {
	Entry    rugzak.EntryID
	Title    string // of the entry
	Lang     rugzak.Lang
	Response string // its id
	Excerpt  string
	BodyLang rugzak.Lang
	Author   string // empty for a former colleague
	From     rugzak.Organisation
	At       time.Time
	Mine     bool // the reader wrote the entry: it waits for them themselves
}

// mostWaiting bounds how many questions are looked at for one answer.
const mostWaiting = 200

// WaitingResponses lists the questions in responses that wait for an answer from
// a person's organisation, oldest first, as far as that person may read them.
func (s *Service) WaitingResponses(ctx context.Context, by rugzak.Person, limit int) ([]WaitingResponse, error) {
	var out []WaitingResponse
	var texts []rugzak.Response
	err := s.view(ctx, "waiting responses", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		out, texts, err = s.waitingResponses(n, by, limit)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, s.finishWaiting(ctx, out, texts)
}

// waitingResponses reads them, with the texts of which finishWaiting makes the
// excerpts.
func (s *Service) waitingResponses(n *names, by rugzak.Person, limit int) (out []WaitingResponse, texts []rugzak.Response, err error) {
	looked := 0
	for x, err := range n.reader.ResponsesWaiting(by.Organisation) {
		if err != nil {
			return nil, nil, err
		}
		if len(out) == limit {
			break
		}
		e, x, all, err := lookResponse(n.reader, by, x.Entry, x.ID)
		if isMissing(err) || err == nil && mayRespond(e) != nil {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		if looked++; looked > mostWaiting { // of what the reader may see
			break
		}
		w := WaitingResponse{
			Entry: e.ID, Title: e.Title, Lang: e.Lang, Response: x.ID, BodyLang: x.Lang, Author: n.person(x.Author),
			From: n.organisation(x.Organisation), At: x.At,
		}
		if w.Mine, err = isMine(n.reader, by, e); err != nil {
			return nil, nil, err
		}
		out = append(out, w)
		if n.present, err = onThePage(n.reader, by, e, all); err != nil {
			return nil, nil, err
		}
		named := n.mentioned(by, x)
		x.Body = rugzak.NameMentions(x.Body, func(id rugzak.PersonID) string { return "@" + named[id] })
		texts = append(texts, x)
	}
	return out, texts, nil
}

func (s *Service) finishWaiting(ctx context.Context, out []WaitingResponse, texts []rugzak.Response) error {
	for i, x := range texts {
		plain, err := s.Renderer.Plain(ctx, x.Body)
		if err != nil {
			return err
		}
		out[i].Excerpt = excerpt(plain, excerptLength)
	}
	return nil
}
