// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// stylePage is the last part of the address of the page with every part of the
// design. Where it is not shown, it is as any help page that is not there.
const stylePage = "stijl"

// StylePage shows every part of the design in every state, with the partials
// and classes that the pages use.
type StylePage struct {
	Page
	Colours   []StyleColour
	Sizes     []string // steps of type
	Spaces    []string
	Icons     []string
	Sheet     string   // address of the stylesheet with the states
	Buttons   []string // kinds of buttons
	States    []string // of a button, "" for one at rest
	Cards     []backpack.Card
	Form      *Form
	Levels    []Option
	ProseHTML string
	Chart     Chart
	Empty     Empty
	Table     Crumb // address and words of a row
}

// StyleColour is a role of a colour, with the token that holds it.
type StyleColour struct{ Token, Key string }

func stylePages() []pageDef { return []pageDef{{"help/style", StylePage{}}} }

// statesFile is the stylesheet of the style page: the one of the site, in which
// a class stands for what somebody does with a part.
const statesFile = "css/states.css"

var (
	iconPattern  = regexp.MustCompile(`<symbol id="([a-z]+)" viewBox="0 0 24 24"`)
	statePattern = regexp.MustCompile(`:(hover|active|focus-visible|focus)([^-a-z])`)
)

// addStates makes the stylesheet of the style page.
func (a *assets) addStates() {
	whole := a.files[siteSheet].body
	whole = statePattern.ReplaceAll(whole, []byte(".rz-is-$1$2"))
	whole = bytes.ReplaceAll(whole, []byte(".rz-is-focus-visible"), []byte(".rz-is-focus"))
	a.files[statesFile] = asset{body: whole, zipped: zipped(whole), mime: mimes()[".css"]}
}

// styleColours are the roles of colours, in the order in which they are shown.
func styleColours() []StyleColour {
	var all []StyleColour
	for _, role := range strings.Fields("paper surface sunk ink muted line edge heading link link-hover accent on-accent accent-hover tint stitch warm warm-tint door on-door error focus header on-header footer on-footer second on-second field on-field") {
		all = append(all, StyleColour{"--rz-" + role, "style.colour." + strings.ReplaceAll(role, "-", "_")})
	}
	return all
}

func (s *Server) showStyle(c echo.Context) error {
	p := s.printer(c)
	sheet, err := s.assets.path(statesFile)
	if err != nil {
		return err
	}
	page := StylePage{
		Page: s.page(c, "style.title"), Colours: styleColours(),
		Sizes:  []string{"xxl", "xl", "l", "m", "s", "xs"},
		Spaces: []string{"xs", "s", "m", "l", "xl"},
		Sheet:  sheet, Buttons: []string{"primary-action", "secondary-action", "subtle", "danger"},
		States: []string{"", "hover", "focus", "active"},
		Cards:  s.styleCards(c),
		Levels: []Option{
			{Value: "team", Label: p.T("style.choice.one"), Hint: p.T("style.choice.one.hint")},
			{Value: "organisation", Label: p.T("style.choice.two"), Hint: p.T("style.choice.two.hint")},
			{Value: "internal", Label: p.T("style.choice.three")},
		},
		Empty: Empty{"keep", "style.empty.title", "style.empty.text", "style.button", pathHelp},
		Table: Crumb{pathHelp, p.T("style.list.link")},
	}
	page.Crumbs = []Crumb{{pathHelp, p.T("help.title")}}
	for _, found := range iconPattern.FindAllSubmatch(s.assets.files["img/icons.svg"].body, -1) {
		page.Icons = append(page.Icons, string(found[1]))
	}
	slices.Sort(page.Icons)
	form := s.newForm(c).Set("filled", p.T("style.field.typed")).Set("wrong", p.T("style.field.typed")).Set("level", "organisation").Set("story", p.T("style.field.story"))
	form.Errors = []FieldMessage{{"wrong", p.T("style.field.error")}, {"choice", p.T("style.choice.error")}}
	page.Form = form
	rendered, err := s.Renderer.Render(c.Request().Context(), p.T("style.prose"), s.lang(c))
	if err != nil {
		return fmt.Errorf("render the sample: %w", err)
	}
	page.ProseHTML = rendered.HTML
	page.Chart = Chart{
		ID: "staven", Title: p.T("style.chart"), Desc: p.T("style.chart.desc"), Width: 340, Height: 190,
		Lines:  []ChartLine{{28, 148, 340, 148}, {28, 78, 340, 78}},
		Bars:   []ChartBar{{60, 78, 40, 70, 1}, {120, 98, 40, 50, 2}, {180, 48, 40, 100, 3}, {240, 118, 40, 30, 4}},
		Words:  []ChartWord{{20, 152, "0", "end"}, {20, 82, "5", "end"}},
		Legend: []ChartSeries{{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}},
		Table:  ChartTable{Head: []string{p.T("style.table.name"), p.T("style.table.number")}, Rows: [][]string{{"1", "5"}, {"2", "4"}, {"3", "7"}, {"4", "2"}}},
	}
	return s.render(c, http.StatusOK, page)
}

// styleCards are made-up entries: one of each kind, and one in each state.
func (s *Server) styleCards(c echo.Context) []backpack.Card {
	p := s.printer(c)
	organisation := rugzak.Organisation{Name: p.T("style.card.organisation")}
	var cards []backpack.Card
	for i, kind := range rugzak.Kinds() {
		card := backpack.Card{
			ID: rugzak.EntryID(fmt.Sprintf("%026d", i)), Kind: kind, State: rugzak.StateShared, Lang: s.lang(c), Title: p.T("style.card.title"), Lesson: p.T("style.card.lesson"),
			Organisation: organisation, At: s.Clock.Now(), Audience: backpack.AudienceWords{Level: rugzak.LevelInternal},
		}
		switch i {
		case 1:
			card.Kept = true
		case 2:
			card.Sample = true
		case 3:
			card.State, card.Audience = rugzak.StateDraft, backpack.AudienceWords{Draft: true}
		case 4:
			card.Lesson, card.Excerpt = "", p.T("style.card.lesson")
			card.Themes = []rugzak.Theme{{Title: p.T("style.card.theme")}}
		}
		cards = append(cards, card)
	}
	return cards
}
