// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// PeoplePage lists who has an account.
type PeoplePage struct {
	Page
	Form          *Form // the filter, with GET
	Organisations []Option
	Lines         []backpack.PersonLine
	Total         int // that the filter lets through
	Filtered      bool
	Pager         Pager
	Empty         Empty
}

// peoplePage is how many people stand on one page.
const peoplePage = 50

func (s *Server) showPeople(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	lines, err := s.Service.People(ctx, by)
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("q", c.QueryParam("q")).Set("organisatie", c.QueryParam("organisatie"))
	page := PeoplePage{Page: s.adminPage(c, "people.title"), Form: form}
	if page.Organisations, err = s.organisationOptions(c, "people.filter.all", ""); err != nil {
		return err
	}
	page.Filtered = form.Value("q") != "" || form.Value("organisatie") != ""
	lines = slices.DeleteFunc(lines, func(l backpack.PersonLine) bool {
		return !personFits(l, rugzak.OrganisationID(form.Value("organisatie")), form.Value("q"))
	})
	page.Total = len(lines)
	page.Empty = Empty{Icon: "person", TitleKey: "people.none", TextKey: "people.none.text"}
	last := max(0, len(lines)-1) / peoplePage
	at, err := strconv.Atoi(c.QueryParam("pagina"))
	if err != nil {
		at = 1
	}
	at = min(max(at-1, 0), last)
	page.Lines = lines[at*peoplePage : min(len(lines), (at+1)*peoplePage)]
	if at > 0 {
		page.Pager.Previous = peopleAddress(form, at)
	}
	if at < last {
		page.Pager.Next = peopleAddress(form, at+2)
	}
	return s.render(c, http.StatusOK, page)
}

// peopleAddress is the address of a page of the list, counted from 1.
func peopleAddress(f *Form, page int) string {
	values := url.Values{"pagina": {strconv.Itoa(page)}}
	for _, name := range []string{"q", "organisatie"} {
		if v := f.Value(name); v != "" {
			values.Set(name, v)
		}
	}
	return pathPeople + "?" + values.Encode()
}

// personFits reports whether a line is of the organisation (any when empty)
// and holds the words in its name or address.
func personFits(l backpack.PersonLine, organisation rugzak.OrganisationID, words string) bool {
	if organisation != "" && l.Organisation.ID != organisation {
		return false
	}
	in := strings.ToLower(l.Person.Name + " " + l.Person.Email)
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}

// organisationOptions are the organisations as choices, behind one without a
// value. Closed ones are among them only for a filter, and for who is in one.
func (s *Server) organisationOptions(c echo.Context, emptyKey string, of rugzak.OrganisationID) ([]Option, error) {
	all, err := s.Service.Organisations(c.Request().Context(), s.by(c))
	if err != nil {
		return nil, err
	}
	p := s.printer(c)
	options := []Option{{Label: p.T(emptyKey)}}
	for _, o := range all {
		label := o.Name
		if o.Closed {
			label = p.T("organisation.closed.name", o.Name)
		}
		if !o.Closed || o.ID == of || emptyKey == "people.filter.all" {
			options = append(options, Option{Value: string(o.ID), Label: label})
		}
	}
	return options, nil
}
