// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// threadsOnPage is how many threads a page shows.
const threadsOnPage = 20

// ResponseView is a response as one reader sees it.
type ResponseView struct {
	// Response without text when the reader may not read it: then Gone or Hidden
	// says why its place is kept.
	Response     rugzak.Response
	HTML         string
	Author       string          // empty for a former colleague
	Profile      rugzak.PersonID // their page, where the reader may see it
	Organisation rugzak.Organisation
	Gone         bool // withdrawn or purged, and answered before that
	Hidden       bool // reported, and answered before that
	Writer       bool // wrote the entry by name
	Mine         bool
	Thanked      bool           // by the reader
	Entry        rugzak.EntryID // the entry that was made of it, which the reader may read
	Draft        bool           // that is still a draft, for its author
	// What the reader may do with it.
	CanAnswer, CanThank, CanReport, CanEdit, CanBecome bool
	Replies                                            []ResponseView

	mentioned map[rugzak.PersonID]string // names of whom the text names
}

// ResponsesView is what was said about an entry, as one reader sees it.
type ResponsesView struct {
	Threads     []ResponseView // oldest first
	Total       int            // responses which the reader may read
	Page, Pages int            // from 1
	// CanRespond says whether the reader can say something; Archived why not.
	CanRespond, Archived bool
	// Asking: the question phase runs until a day, and MayAnswer says that the
	// reader may do more than ask: they wrote the question.
	Asking, MayAnswer bool
	Until             string
	// CanBegin and CanEnd: the reader may begin a question phase, or end it.
	CanBegin, CanEnd bool
	// Nameless: the reader wrote the entry without name, and would show it.
	Nameless    bool
	Recognition Recognition
}

// Responses returns what was said about an entry: one page of threads, or the
// page that holds one response.
func (s *Service) Responses(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, page int, holding string) (ResponsesView, error) {
	var v ResponsesView
	err := s.view(ctx, "responses", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, entry)
		if err != nil {
			return err
		}
		all, err := r.Responses(entry)
		if err != nil {
			return err
		}
		n := &names{reader: r, people: map[rugzak.PersonID]string{}}
		if n.organisations, err = organisationsOf(r); err != nil {
			return err
		}
		v = ResponsesView{
			CanRespond: rugzak.CanPost(by) && mayRespond(e) == nil, Archived: e.State == rugzak.StateArchived,
			Nameless: mine && e.Mode == rugzak.Anonymous && e.State != rugzak.StateDraft,
		}
		s.askPhase(by, e, mine, &v)
		if v.Recognition, err = n.recognition(by, e, mine); err != nil {
			return err
		}
		threads, err := n.threads(by, all)
		if err != nil {
			return err
		}
		if n.present, err = onThePage(r, by, e, all); err != nil {
			return err
		}
		v.page(threads, page, holding)
		for i := range v.Threads {
			if err := n.fillResponse(by, e, &v.Threads[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ResponsesView{}, err
	}
	for i := range v.Threads {
		if err := s.renderResponse(ctx, &v.Threads[i]); err != nil {
			return v, err
		}
	}
	return v, nil
}

// page keeps one page of the threads.
func (v *ResponsesView) page(threads []ResponseView, page int, holding string) {
	v.Pages = max(1, (len(threads)+threadsOnPage-1)/threadsOnPage)
	for i, t := range threads {
		if t.readable() {
			v.Total++
		}
		for _, r := range t.Replies {
			v.Total++
			if r.Response.ID == holding {
				page = i/threadsOnPage + 1
			}
		}
		if t.Response.ID == holding {
			page = i/threadsOnPage + 1
		}
	}
	v.Page = min(max(1, page), v.Pages)
	from := (v.Page - 1) * threadsOnPage
	v.Threads = threads[from:min(len(threads), from+threadsOnPage)]
}

func (v ResponseView) readable() bool { return !v.Gone && !v.Hidden }

// threads puts together what the reader may read. What they may not keeps its
// place when something they may read answers it.
func (n *names) threads(by rugzak.Person, all []rugzak.Response) ([]ResponseView, error) {
	var out []ResponseView
	at := map[string]int{}
	for _, x := range all {
		if x.To != "" {
			continue
		}
		sees, err := seesResponse(n.reader, by, x, all)
		if err != nil {
			return nil, err
		}
		v := ResponseView{Response: x}
		if !sees {
			v = ResponseView{
				Response: rugzak.Response{ID: x.ID, Entry: x.Entry, At: x.At, Lang: x.Lang}, Gone: x.Withdrawn || x.Author == "", Hidden: x.Reported,
			}
		}
		at[x.ID] = len(out)
		out = append(out, v)
	}
	for _, x := range all {
		i, ok := at[x.To]
		if x.To == "" || !ok {
			continue
		}
		sees, err := seesResponse(n.reader, by, x, all)
		if err != nil {
			return nil, err
		}
		if sees {
			out[i].Replies = append(out[i].Replies, ResponseView{Response: x})
		}
	}
	return slices.DeleteFunc(out, func(v ResponseView) bool {
		unread := v.Response.Author == ""
		return unread && (len(v.Replies) == 0 || v.readable())
	}), nil
}

// fillResponse says who wrote a response and what the reader may do with it.
func (n *names) fillResponse(by rugzak.Person, e rugzak.Entry, v *ResponseView) error {
	for i := range v.Replies {
		if err := n.fillResponse(by, e, &v.Replies[i]); err != nil {
			return err
		}
	}
	x := &v.Response
	if x.Author == "" {
		return nil
	}
	v.Author, v.Organisation, v.Mine = n.person(x.Author), n.organisation(x.Organisation), x.Author == by.ID
	v.Writer = e.Mode == rugzak.ByName && e.IsAuthor(x.Author)
	p, err := n.reader.Person(x.Author)
	if err != nil && !isMissing(err) {
		return err
	}
	if err == nil && rugzak.CanSeeProfile(by, p, e.State.Public() && (v.Writer || x.Shown())) {
		v.Profile = x.Author
	}
	_, err = n.reader.Signal(rugzak.Signal{Person: by.ID, Entry: e.ID, Response: x.ID, Kind: rugzak.SignalThank})
	if v.Thanked = err == nil; err != nil && !isMissing(err) {
		return err
	}
	if x.Became != "" {
		if v.Entry, v.Draft, err = n.became(by, *x); err != nil {
			return err
		}
	}
	x.Became, x.Waits = "", ""
	if !v.Mine {
		x.NotBSN, x.Inside = nil, false
	}
	v.mentioned = n.mentioned(by, *x)
	post, public := rugzak.CanPost(by), e.State.Public()
	v.CanAnswer = post && x.Shown() && mayRespond(e) == nil
	v.CanThank = post && public && x.Shown() && !v.Mine
	v.CanReport = public && x.Shown()
	v.CanEdit = post && v.Mine
	v.CanBecome = v.CanEdit && x.Shown() && x.Kind == rugzak.ResponseExperience && v.Entry == ""
	return nil
}

// mentioned are the names of now of whom a response names. Somebody who left
// has none; and to a partner, somebody of another organisation who said nothing
// on this page under their own name is a colleague.
func (n *names) mentioned(by rugzak.Person, x rugzak.Response) map[rugzak.PersonID]string {
	out, lang := map[rugzak.PersonID]string{}, x.Lang.Or(rugzak.Dutch)
	for _, id := range x.Mentions {
		switch out[id] = n.person(id); {
		case out[id] == "":
			out[id] = formerName[lang]
		case !n.mayTell(by, id):
			out[id] = aColleague[lang]
		}
	}
	return out
}

// mayTell reports whether the reader may be told who a response names.
func (n *names) mayTell(by rugzak.Person, id rugzak.PersonID) bool {
	if rugzak.CanKnowPerson(by, id, n.present[id]) {
		return true
	}
	p, err := n.reader.Person(id)
	return err == nil && p.Organisation == by.Organisation
}

// formerName stands in a text, in its language, for somebody who left.
var formerName = map[rugzak.Lang]string{rugzak.Dutch: "oud-collega", rugzak.English: "former colleague"}

// became finds the entry that was made of a response. Others learn of it only
// when its author shared it by name: a response must not tell who wrote
// something without name, or for the team.
func (n *names) became(by rugzak.Person, x rugzak.Response) (rugzak.EntryID, bool, error) {
	e, mine, err := look(n.reader, by, x.Became)
	if isMissing(err) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	draft := e.State == rugzak.StateDraft
	if x.Author == by.ID && mine || e.State.Public() && e.Mode == rugzak.ByName && e.IsAuthor(x.Author) {
		return e.ID, draft, nil
	}
	return "", false, nil
}

// renderResponse makes HTML of a response and its replies.
func (s *Service) renderResponse(ctx context.Context, v *ResponseView) error {
	if v.Response.Author != "" {
		html, err := s.responseHTML(ctx, v.Response, v.mentioned)
		if err != nil {
			return err
		}
		v.HTML = html
		if !v.Mine { // in which people stand by their ids
			v.Response.Body, v.Response.Mentions = "", nil
		}
	}
	for i := range v.Replies {
		if err := s.renderResponse(ctx, &v.Replies[i]); err != nil {
			return err
		}
	}
	return nil
}

// responseHTML renders a response for a page on which more texts stand: its
// headings are lower ones, and what it links within itself stays its own.
func (s *Service) responseHTML(ctx context.Context, x rugzak.Response, names map[rugzak.PersonID]string) (string, error) {
	rendered, err := s.rendered(ctx, x.Body, x.Lang)
	if err != nil {
		return "", err
	}
	html := beneath(rendered.HTML, x.ID+"-")
	return rugzak.MentionsInHTML(html, names), nil
}
