// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// MaxWhy is the longest "Waarom stap ik in?", in characters.
const MaxWhy = 300

// CanSeeProfile is the rule of who may see that somebody is here. Members of
// departments see everybody; a partner sees the people of the own organisation,
// and others only by what they show themselves: shown says that the reader
// meets their name in something they may read. Who left is not shown, except to
// themselves.
func CanSeeProfile(p, of Person, shown bool) bool {
	if p.ID == "" || p.Inactive || of.ID == "" || of.Inactive || of.Former {
		return false
	}
	return CanKnowPerson(p, of.ID, shown) || p.Organisation == of.Organisation
}

// CanReadWhy reports whether the reader may see why somebody takes part: the
// rule of entries, for a text of that person at the visibility they chose.
func CanReadWhy(p, of Person) bool {
	return of.Why != "" && CanRead(p, of.whyEntry())
}

// whyEntry is what the rule of entries sees of "Waarom stap ik in?".
func (p Person) whyEntry() Entry {
	return Entry{
		State: StateShared, Mode: ByName, Authors: []PersonID{p.ID}, Audience: p.WhyLevel,
		Organisation: p.Organisation, OrganisationKind: p.Kind, Team: p.Team,
	}
}

// WhyCrosses reports whether "Waarom stap ik in?" reaches another organisation
// across a border.
func (p Person) WhyCrosses(kind func(OrganisationID) OrganisationKind) bool {
	return len(Crossings(p.whyEntry(), kind)) > 0
}

// SettleWhy makes "Waarom stap ik in?" visible to nobody else after its writer
// moved to another organisation, or to another team when it was for the team:
// its new readers are not those they chose.
func (p *Person) SettleWhy(before Person) {
	moved := before.Organisation != p.Organisation || before.Team != p.Team && p.WhyLevel.Level == LevelTeam
	if p.Why != "" && moved {
		p.WhyLevel = Audience{Level: LevelDraft}
	}
}

// checkWhy notes what is wrong with the text or its visibility.
func (p Person) checkWhy(ps *Problems) {
	checkLine(ps, "why", p.Why, MaxWhy)
	a := p.WhyLevel
	switch {
	case p.Why == "" && a.Level == "" && len(a.Also) == 0:
	case p.Why == "", a.Level.Rank() < 0,
		a.Level == LevelDraft && len(a.Also) > 0,
		a.Level == LevelTeam && p.Team == "",
		a.Level == LevelInternal && p.Kind == Partner:
		ps.Add("audience", "error.choose")
	}
	checkCount(ps, "audience", len(a.Also), MaxAlso)
}
