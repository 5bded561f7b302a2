// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"time"

	"rugzak/pkg/rugzak"
)

type organisationRecord struct {
	Name    string       `json:"n"`
	Kind    string       `json:"k"`
	Teams   []teamRecord `json:"t,omitempty"`
	Sample  bool         `json:"sa,omitempty"`
	Closed  bool         `json:"c,omitempty"`
	Needs   string       `json:"ne,omitempty"`
	Offers  string       `json:"of,omitempty"`
	Ways    string       `json:"wa,omitempty"`
	Version int          `json:"v"`
}

type teamRecord struct {
	ID     string `json:"i"`
	Name   string `json:"n"`
	Needs  string `json:"ne,omitempty"`
	Offers string `json:"of,omitempty"`
	Ways   string `json:"wa,omitempty"`
}

func recordOfOrganisation(o rugzak.Organisation) organisationRecord {
	r := organisationRecord{Name: o.Name, Kind: string(o.Kind), Sample: o.Sample, Closed: o.Closed, Version: o.Version}
	r.Needs, r.Offers, r.Ways = o.Need.Needs, o.Need.Offers, o.Need.Ways
	for _, t := range o.Teams {
		r.Teams = append(r.Teams, teamRecord{ID: string(t.ID), Name: t.Name, Needs: t.Need.Needs, Offers: t.Need.Offers, Ways: t.Need.Ways})
	}
	return r
}

func (r organisationRecord) organisation(id rugzak.OrganisationID) rugzak.Organisation {
	o := rugzak.Organisation{ID: id, Name: r.Name, Kind: rugzak.OrganisationKind(r.Kind), Sample: r.Sample, Closed: r.Closed, Version: r.Version}
	o.Need = rugzak.Need{Needs: r.Needs, Offers: r.Offers, Ways: r.Ways}
	for _, t := range r.Teams {
		o.Teams = append(o.Teams, rugzak.Team{ID: rugzak.TeamID(t.ID), Name: t.Name, Need: rugzak.Need{Needs: t.Needs, Offers: t.Offers, Ways: t.Ways}})
	}
	return o
}

// A pointer is the id another key leads to.
type pointerRecord struct {
	ID string `json:"i"`
}

// A number stands for itself, among the meta data.
type numberRecord struct {
	N uint64 `json:"n"`
}

type personRecord struct {
	Email    string    `json:"e,omitempty"`
	Name     string    `json:"n,omitempty"`
	Org      string    `json:"o"`
	Kind     string    `json:"k"`
	Team     string    `json:"t,omitempty"`
	Roles    []string  `json:"r,omitempty"`
	Language string    `json:"l,omitempty"`
	Inactive bool      `json:"i,omitempty"`
	Sample   bool      `json:"sa,omitempty"`
	Why      string    `json:"w,omitempty"`
	WhyLevel string    `json:"wl,omitempty"`
	WhyAlso  []string  `json:"wa,omitempty"`
	Left     time.Time `json:"la,omitzero"`
	Former   bool      `json:"fo,omitempty"`
	TourDone bool      `json:"td,omitempty"`
	Visual   bool      `json:"vis,omitempty"`
	Epoch    int       `json:"ep,omitempty"`
	Version  int       `json:"v"`
}

func recordOfPerson(p rugzak.Person) personRecord {
	return personRecord{
		Email: p.Email, Name: p.Name, Org: string(p.Organisation), Kind: string(p.Kind), Team: string(p.Team),
		Roles: words[rugzak.Role, string](p.Roles), Language: string(p.Language), Inactive: p.Inactive, Sample: p.Sample,
		Why: p.Why, WhyLevel: string(p.WhyLevel.Level), WhyAlso: words[rugzak.OrganisationID, string](p.WhyLevel.Also),
		Left: p.LeftAt, Former: p.Former, TourDone: p.TourDone, Visual: p.Visual, Epoch: p.Epoch, Version: p.Version,
	}
}

func (r personRecord) person(id rugzak.PersonID) rugzak.Person {
	return rugzak.Person{
		ID: id, Email: r.Email, Name: r.Name, Organisation: rugzak.OrganisationID(r.Org), Kind: rugzak.OrganisationKind(r.Kind),
		Team: rugzak.TeamID(r.Team), Roles: words[string, rugzak.Role](r.Roles), Language: rugzak.Lang(r.Language),
		Inactive: r.Inactive, Sample: r.Sample, Why: r.Why,
		WhyLevel: rugzak.Audience{Level: rugzak.Level(r.WhyLevel), Also: words[string, rugzak.OrganisationID](r.WhyAlso)},
		LeftAt:   r.Left, Former: r.Former, TourDone: r.TourDone, Visual: r.Visual, Epoch: r.Epoch, Version: r.Version,
	}
}

type themeRecord struct {
	Title         string    `json:"t"`
	Summary       string    `json:"s,omitempty"`
	Thread        string    `json:"b,omitempty"`
	Synonyms      []string  `json:"sy,omitempty"`
	OpenQuestions []string  `json:"oq,omitempty"`
	Pins          []string  `json:"p,omitempty"`
	Curators      []string  `json:"c,omitempty"`
	Level         string    `json:"lv,omitempty"`
	Also          []string  `json:"al,omitempty"`
	Closed        bool      `json:"cl,omitempty"`
	Sample        bool      `json:"sa,omitempty"`
	NotBSN        []string  `json:"nb,omitempty"`
	Reported      bool      `json:"rp,omitempty"`
	Version       int       `json:"v"`
	Updated       time.Time `json:"ua"`
}

func recordOfTheme(t rugzak.Theme) themeRecord {
	return themeRecord{
		Title: t.Title, Summary: t.Summary, Thread: t.Thread, Synonyms: words[string, string](t.Synonyms),
		OpenQuestions: words[string, string](t.OpenQuestions), Pins: words[rugzak.EntryID, string](t.Pins),
		Curators: words[rugzak.PersonID, string](t.Curators), Level: string(t.Audience.Level),
		Also: words[rugzak.OrganisationID, string](t.Audience.Also), Closed: t.Closed, Sample: t.Sample,
		NotBSN: words[string, string](t.NotBSN), Reported: t.Reported, Version: t.Version, Updated: t.UpdatedAt,
	}
}

func (r themeRecord) theme(id rugzak.ThemeID) rugzak.Theme {
	return rugzak.Theme{
		ID: id, Title: r.Title, Summary: r.Summary, Thread: r.Thread, Synonyms: r.Synonyms, OpenQuestions: r.OpenQuestions,
		Pins: words[string, rugzak.EntryID](r.Pins), Curators: words[string, rugzak.PersonID](r.Curators),
		Audience: rugzak.Audience{Level: rugzak.Level(r.Level), Also: words[string, rugzak.OrganisationID](r.Also)},
		Closed:   r.Closed, Sample: r.Sample, NotBSN: r.NotBSN, Reported: r.Reported, Version: r.Version, UpdatedAt: r.Updated,
	}
}

type sessionRecord struct {
	ID      string    `json:"i,omitempty"`
	Person  string    `json:"p"`
	Epoch   int       `json:"e,omitempty"`
	How     string    `json:"h,omitempty"`
	Client  string    `json:"u,omitempty"`
	Pending bool      `json:"w,omitempty"`
	Created time.Time `json:"c"`
	Seen    time.Time `json:"s"`
}

type credentialRecord struct {
	Password string `json:"p"`
}

type tokenRecord struct {
	Purpose string    `json:"u"`
	Person  string    `json:"p,omitempty"`
	Expires time.Time `json:"x"`
}

type changeRecord struct {
	At      time.Time `json:"t"`
	Actor   string    `json:"a"`
	Verb    string    `json:"v"`
	Subject string    `json:"s"`
}
