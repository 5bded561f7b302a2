// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"
	"strconv"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// AudienceField lets a writer choose who may read an entry.
type AudienceField struct {
	Error    string
	Levels   []LevelOption
	Others   []Option // departments, and the whole municipality as one choice
	Partners []Option
	Chosen   bool // anything of Others and Partners
}

// LevelOption is a level with its picture.
type LevelOption struct {
	Option
	Icon string
}

// audienceField shows the choices of a writer. For an entry that exists, what
// it has now stays on offer, so that saving never changes it by accident.
func audienceField(p *locale.Printer, f *Form, c backpack.FormChoices, now *backpack.EntryView) AudienceField {
	own, team, levels := c.Organisation, c.Team, slices.Clone(c.Audience.Levels)
	if now != nil {
		own = now.Organisation
		if now.Team.Name != "" {
			team = now.Team
		}
		if level := now.Entry.Audience.Level; level.Rank() > 0 && !slices.Contains(levels, level) {
			levels = append(levels, level)
		}
	}
	field := AudienceField{Error: f.Error("audience")}
	for i, level := range levels {
		o := LevelOption{Option: Option{ID: optionID("audience", i), Value: string(level), Chosen: f.Value("audience") == string(level)}}
		switch level {
		case rugzak.LevelDraft: // for a line on one's own profile
			o.Icon, o.Label, o.Hint = "lock", p.T("why.only_me"), p.T("why.only_me.hint")
		case rugzak.LevelTeam:
			o.Icon, o.Label, o.Hint = "team", p.T("write.level.team"), team.Name
		case rugzak.LevelOrganisation:
			o.Icon, o.Label, o.Hint = "building", p.T("write.level."+string(own.Kind)), p.T("write.level.everybody", own.Name)
		case rugzak.LevelInternal:
			o.Icon, o.Label, o.Hint = "globe", p.T("audience.internal"), p.T("audience.internal.hint")
		}
		field.Levels = append(field.Levels, o)
	}
	count := 0
	add := func(list *[]Option, id rugzak.OrganisationID, name, hint string) {
		o := Option{ID: optionID("also", count), Value: string(id), Label: name, Hint: hint, Chosen: f.Has("also", string(id))}
		count++
		field.Chosen = field.Chosen || o.Chosen
		*list = append(*list, o)
	}
	if c.Audience.WholeMunicipality || now != nil && now.Audience.WholeMunicipality {
		add(&field.Others, rugzak.WholeMunicipality, p.T("audience.internal"), p.T("write.level.all_departments"))
	}
	for _, o := range c.Audience.Departments {
		add(&field.Others, o.ID, o.Name, "")
	}
	for _, o := range c.Audience.Partners {
		add(&field.Partners, o.ID, o.Name, "")
	}
	for _, o := range alsoNow(now) {
		offered := func(other rugzak.Organisation) bool { return other.ID == o.ID }
		if slices.ContainsFunc(c.Audience.Departments, offered) || slices.ContainsFunc(c.Audience.Partners, offered) {
			continue
		}
		if o.Kind == rugzak.Partner {
			add(&field.Partners, o.ID, o.Name, "")
		} else {
			add(&field.Others, o.ID, o.Name, "")
		}
	}
	return field
}

// alsoNow are the organisations an entry is for on top of its level. A draft is
// for nobody yet; what was chosen for it is checked when it is shared.
func alsoNow(now *backpack.EntryView) []rugzak.Organisation {
	if now == nil {
		return nil
	}
	return now.Audience.Also
}

// optionID is the id of the nth choice of a field: the first has the id that
// the error summary links to.
func optionID(field string, n int) string {
	if n == 0 {
		return field
	}
	return field + "-" + strconv.Itoa(n+1)
}

// defaultLevel is where a new entry of a kind starts for this writer.
func defaultLevel(kind rugzak.Kind, c backpack.AudienceChoices) rugzak.Level {
	if level := kind.DefaultLevel(); slices.Contains(c.Levels, level) {
		return level
	}
	return rugzak.LevelOrganisation
}
