// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// EntryPage shows an entry to one reader.
type EntryPage struct {
	Page
	View     backpack.EntryView
	Keep     *Form     // what was said about taking it along
	Weeks    []Option  // when to ask about it
	KeepOpen bool      // it was taken along just now
	KeepDue  *KeepAsk  // the reader is asked whether they used it
	Trail    TrailPart // where it was used
	Contents []Section // empty for a short text
	Minutes  int       // it takes about so long to read; 0 for a short text
	Address  string    // the whole of it, for paper
	Shared   Moment
	Changed  Moment // zero when it never was
	// CanApply says that the reader may tell how the lesson worked for them.
	CanApply bool
	// Inquiry is what grew beside a question; nil for what has none.
	Inquiry *InquiryPart
	// CanOverlap says that the reader may link it with what is about the same.
	CanOverlap bool
	// Likes are what colleagues wrote about the same as a draft, for its author.
	Likes []backpack.SimilarCard
	// Meetings are those about a question; empty for every other kind.
	Meetings MeetingsPart
	// Method is what only a method has; nil for every other kind.
	Method *MethodPart
	// Responses is what people said about it; nil for a draft.
	Responses *ResponsesPart
	// Attached stands beside the text: what it does not show itself.
	Attached []AttachmentShown
	// Agenda is where on the future agenda a question or success hangs.
	Agenda []rugzak.AgendaItem
}

// Moment is a time as the partial "when" shows it.
type Moment struct {
	At        time.Time
	MonthOnly bool // for what is without name
}

// Section is a heading of a text with those beneath it, for its table of contents.
type Section struct {
	rugzak.Heading
	Under []rugzak.Heading
}

func entryPages() []pageDef {
	return []pageDef{{"entry/show", EntryPage{}}, {"entry/history", HistoryPage{}}, {"entry/revision", RevisionPage{}}}
}

func (s *Server) entryRoutes() []route {
	return []route{
		{http.MethodGet, pathEntry, person, s.madeBefore(s.showEntry)},
		{http.MethodGet, pathHistory, person, s.showHistory},
		{http.MethodGet, pathRevision, person, s.showRevision},
		{http.MethodPost, pathRevisionRestore, person, s.restoreRevision},
	}
}

func (s *Server) showEntry(c echo.Context) error {
	return s.renderEntry(c, http.StatusOK, rugzak.EntryID(c.Param("id")), nil)
}

// renderEntry answers with the page of an entry; keep is the form that was
// sent from it, if any, and shape puts in what another form of it held.
func (s *Server) renderEntry(c echo.Context, status int, id rugzak.EntryID, keep *Form, shape ...func(*EntryPage)) error {
	view, err := s.Service.Read(c.Request().Context(), s.by(c), id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound && status == http.StatusOK {
		return s.followEntry(c, id, err)
	}
	if err != nil {
		return err
	}
	if keep == nil {
		keep = s.keepForm(c, view.Kept)
	}
	e := view.Entry
	page := EntryPage{
		Page: s.page(c, "kind."+string(e.Kind)), View: view, Keep: keep,
		Shared: Moment{e.ListedAt(), view.MonthOnly}, Contents: contents(view.Headings, len(e.Body)),
		CanApply: rugzak.CanPost(s.by(c)) && e.State.Public() && e.Kind != rugzak.KindQuestion && (e.Kind != rugzak.KindApplication || !view.Mine),
	}
	page.Minutes = rugzak.ReadingMinutes(rugzak.CountWords(e.Lesson)+rugzak.CountWordsInHTML(view.HTML), e.Lang)
	page.View.HTML = linkHeadings(view.HTML)
	page.View.Related = seeAlsoOnce(view.Related)
	page.Address = s.address(c, entryPath(id))
	page.Weeks = s.weekOptions(c, view.Kept)
	page.KeepOpen = keep.Failed() || page.Notice != nil && page.Notice.Key == "notice.kept"
	if k := view.Kept; k != nil && e.State.Public() && k.Waiting() {
		page.KeepDue = &KeepAsk{Keep: *k, Return: entryPath(id)}
	}
	if page.Trail, err = s.trailPart(c, view); err != nil {
		return err
	}
	if e.UpdatedAt.Sub(e.ListedAt()) >= time.Minute {
		page.Changed = Moment{e.UpdatedAt, view.MonthOnly}
	}
	if e.State == rugzak.StateDraft {
		s.makeAnew(c) // what is like it comes from the index
		if page.Likes, err = s.Service.Similar(c.Request().Context(), s.by(c), id); err != nil {
			return err
		}
	}
	if err := s.addMethod(c, &page); err != nil {
		return err
	}
	if err := s.addMeetings(c, &page); err != nil {
		return err
	}
	if err := s.addAgenda(c, &page); err != nil {
		return err
	}
	for _, a := range view.Beside {
		page.Attached = append(page.Attached, attachmentShown(s.printer(c), a))
	}
	page.Inquiry = s.inquiryPart(c, view)
	page.CanOverlap = page.Can.Post && e.State.Public()
	for _, fill := range shape {
		fill(&page)
	}
	if err := s.addResponses(c, &page); err != nil {
		return err
	}
	page.Title, page.TitleLang = s.entryTitle(c, e), e.Lang
	page.Crumbs = s.entryCrumbs(c, view)
	return s.render(c, status, page)
}

// seeAlsoOnce leaves out that another entry says "see also" of the one that says
// so of it: on the page both read the same.
func seeAlsoOnce(related []backpack.RelatedEntry) []backpack.RelatedEntry {
	told := map[rugzak.EntryID]bool{}
	return slices.DeleteFunc(slices.Clone(related), func(r backpack.RelatedEntry) bool {
		twice := r.Type == rugzak.SeeAlso && told[r.Card.ID]
		told[r.Card.ID] = told[r.Card.ID] || r.Type == rugzak.SeeAlso
		return twice
	})
}

// entryTitle is the title of an entry; a draft may have none yet.
func (s *Server) entryTitle(c echo.Context, e rugzak.Entry) string {
	if e.Title == "" {
		return s.printer(c).T("site.untitled")
	}
	return e.Title
}

// entryCrumbs leads back to the list in which a reader most likely found it.
func (s *Server) entryCrumbs(c echo.Context, view backpack.EntryView) []Crumb {
	p := s.printer(c)
	switch {
	case !view.Entry.State.Public():
		return []Crumb{{pathMine, p.T("nav.mine")}}
	case view.Entry.Kind == rugzak.KindQuestion:
		return []Crumb{{pathQuestions, p.T("kind.question.plural")}}
	case view.Entry.Kind == rugzak.KindMethod:
		return []Crumb{{pathMethods, p.T("kind.method.plural")}}
	case view.Lesson != nil:
		return []Crumb{{entryPath(view.Lesson.ID), entryWords(p, rugzak.Entry{Title: view.Lesson.Title, Lang: view.Lesson.Lang})}}
	case len(view.Themes) > 0:
		return []Crumb{{themePath(view.Themes[0].ID), view.Themes[0].Title}}
	}
	return []Crumb{{pathSearch, p.T("nav.search")}}
}

// A table of contents helps from this size and number of headings.
const (
	contentsFromBytes    = 2 << 10
	contentsFromHeadings = 3
)

// contents is the table of contents of a long text: two levels, as written.
func contents(headings []rugzak.Heading, size int) []Section {
	if size < contentsFromBytes || len(headings) < contentsFromHeadings {
		return nil
	}
	top := headings[0].Level
	for _, h := range headings {
		top = min(top, h.Level)
	}
	var out []Section
	for _, h := range headings {
		switch {
		case h.Text == "":
		case h.Level == top || len(out) == 0:
			out = append(out, Section{Heading: h})
		case h.Level == top+1:
			last := &out[len(out)-1]
			last.Under = append(last.Under, h)
		}
	}
	return out
}
