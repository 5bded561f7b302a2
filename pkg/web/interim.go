// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// InterimsPage lists the interim results ("Tussenstanden").
type InterimsPage struct {
	Page
	List  []rugzak.InterimResult
	Empty Empty
}

// InterimPage is one interim result.
type InterimPage struct {
	Page
	View    backpack.InterimView
	Results ResultsPart
}

// InterimFormPage is the form that freezes one.
type InterimFormPage struct {
	Page
	Form    *Form
	Spans   []Option
	Stories []StoryChoice
	Results ResultsPart
}

// StoryChoice is from which entries the story of a rung is picked.
type StoryChoice struct {
	Rung    rugzak.Rung
	Options []Option
}

func interimPages() []pageDef {
	return []pageDef{{"results/interims", InterimsPage{}}, {"results/interim", InterimPage{}}, {"results/freeze", InterimFormPage{}}}
}

func (s *Server) interimRoutes() []route {
	return []route{
		{http.MethodGet, pathInterims, person, s.showInterims},
		{http.MethodGet, pathInterimNew, steer, s.showInterimForm},
		{http.MethodPost, pathInterimNew, steer, s.freezeInterim},
		{http.MethodGet, pathInterim, person, s.showInterim},
		{http.MethodPost, pathInterimRemove, steer, s.removeInterim},
	}
}

func (s *Server) showInterims(c echo.Context) error {
	all, err := s.Service.Interims(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := InterimsPage{Page: s.page(c, "interim.list"), List: all}
	page.Empty = Empty{Icon: "calendar", TitleKey: "interim.none", TextKey: "interim.none.text", ActionKey: "results.title", ActionPath: pathResults}
	if page.Can.Steer {
		page.Empty.ActionKey, page.Empty.ActionPath = "results.freeze", pathInterimNew
	}
	page.Crumbs = []Crumb{{pathResults, s.printer(c).T("results.title")}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showInterim(c echo.Context) error {
	v, err := s.Service.Interim(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := InterimPage{Page: s.page(c, "interim.title", v.Number), View: v}
	page.Crumbs = []Crumb{{pathResults, p.T("results.title")}, {pathInterims, p.T("interim.list")}}
	definitions := map[string]string{}
	for key, d := range v.Definitions {
		definitions[key] = d.NL
		if rugzak.Lang(p.Lang()) == rugzak.English {
			definitions[key] = d.EN
		}
	}
	page.Results = resultsPart(p, v.Results, definitions)
	for _, told := range page.Results.Told() {
		told.NoStory = "results.story.hidden" // alike for one that is hidden and for none
		if story, ok := v.Shown[told.Rung]; ok {
			part := &StoryPart{
				Kind: story.Kind, Title: story.Title, Text: story.Text, Lang: story.Lang, Organisation: story.Organisation, Hash: story.Hash,
			}
			if story.Open {
				part.Path = entryPath(story.Entry)
			}
			if part.Hashed = story.Hashed(); !story.Removed.IsZero() {
				part.Removed, part.Hashed = p.Date(story.Removed), ""
			}
			told.Story = part
		}
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showInterimForm(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("key", string(key)).Set("span", string(spanOf(c.QueryParam("periode"))))
	return s.renderInterimForm(c, http.StatusOK, form)
}

// storyField is the name of the field for the story of a rung.
func storyField(r rugzak.Rung) string { return "story_" + string(r) }

func (s *Server) renderInterimForm(c echo.Context, status int, form *Form) error {
	draft, err := s.Service.InterimDraft(c.Request().Context(), s.by(c), rugzak.ResultSpan(form.Value("span")))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := InterimFormPage{Page: s.page(c, "results.freeze"), Form: form, Results: resultsPart(p, draft.Results, nil)}
	page.Crumbs = []Crumb{{pathResults, p.T("results.title")}, {pathInterims, p.T("interim.list")}}
	for _, span := range rugzak.ResultSpans() {
		page.Spans = append(page.Spans, Option{Value: string(span), Label: p.T("results.span." + string(span))})
	}
	taken := map[string]bool{} // no entry tells two stories, unless somebody wants so
	for _, rung := range rugzak.StoryPlaces() {
		choice := StoryChoice{Rung: rung}
		for _, card := range draft.Choices[rung] {
			label := p.T("interim.choice", card.Title, card.Organisation.Name)
			if month := card.At.UTC().Format("2006-01"); month < draft.Results.From {
				label = p.T("interim.choice.older", card.Title, card.Organisation.Name, printMonth(p, month))
			}
			choice.Options = append(choice.Options, Option{Value: string(card.ID), Label: label, Lang: card.Lang})
		}
		if i := slices.IndexFunc(choice.Options, func(o Option) bool { return !taken[o.Value] }); status == http.StatusOK && i >= 0 && form.Value(storyField(rung)) == "" {
			form.Set(storyField(rung), choice.Options[i].Value)
			taken[choice.Options[i].Value] = true
		}
		choice.Options = append(choice.Options, Option{Label: p.T("interim.no_story")})
		page.Stories = append(page.Stories, choice)
	}
	return s.render(c, status, page)
}

func (s *Server) freezeInterim(c echo.Context) error {
	names := []string{"title", "text", "span", "key"}
	for _, rung := range rugzak.StoryPlaces() {
		names = append(names, storyField(rung))
	}
	form, err := s.readForm(c, names...)
	if err != nil {
		return err
	}
	in := backpack.InterimInput{
		Title: form.Value("title"), Text: form.Value("text"), Span: rugzak.ResultSpan(form.Value("span")), Key: form.Value("key"),
		Stories: map[rugzak.Rung]rugzak.EntryID{},
	}
	in.Definitions = InterimDefinitions(s.Catalogue)
	for _, place := range rugzak.StoryPlaces() {
		in.Stories[place] = rugzak.EntryID(form.Value(storyField(place)))
	}
	made, err := s.Service.FreezeInterim(c.Request().Context(), s.by(c), in)
	if status := form.Refuse(err); status != 0 {
		return s.renderInterimForm(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.interim_frozen", "")
	return s.redirect(c, LocalPath(at(pathInterim, made.ID)))
}

// InterimDefinitions are how the five questions are counted, in words.
func InterimDefinitions(catalogue *locale.Catalogue) (all []rugzak.InterimDefinition) {
	dutch, english := catalogue.Printer(string(rugzak.Dutch)), catalogue.Printer(string(rugzak.English))
	for _, rung := range rugzak.Rungs() {
		key := "results.definition." + string(rung)
		all = append(all, rugzak.InterimDefinition{Key: key, NL: dutch.T(key), EN: english.T(key)})
	}
	return all
}

func (s *Server) removeInterim(c echo.Context) error {
	if err := s.Service.RemoveInterim(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.interim_removed", "")
	return s.redirect(c, pathInterims)
}
