// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"reflect"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// secondID is a use case that is given a second id beside what it is about, or
// an id in a form.
type secondID struct {
	name   string
	hidden string // one that exists, and that the person may not see or use there
	try    func(id string) error
}

// Every use case checks each id it is given: one that is hidden, or belongs
// elsewhere, is answered as one that is absent, one that was made up is refused,
// and nothing changes.
func TestSecondIDsAreChecked(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer, mate, curator, far := c.people[author], c.people[teammate], c.people["facilitator"], c.people[ceder]
	share := func(by rugzak.Person, level rugzak.Level, also ...rugzak.OrganisationID) rugzak.Entry {
		return c.share(t, by, simple("Titel", "Tekst", level, also...))
	}
	mine, other := share(writer, rugzak.LevelInternal, c.partner), share(writer, rugzak.LevelOrganisation)
	narrow := share(writer, rugzak.LevelTeam)                                // the curator does not see it
	theirs := share(far, rugzak.LevelOrganisation, rugzak.WholeMunicipality) // of a partner
	draft, err := c.SaveDraft(t.Context(), mate, c.idFor(mate), 0, simple("Concept", "Tekst", rugzak.LevelTeam))
	if err != nil {
		t.Fatal(err)
	}
	inside, err := c.SaveTheme(t.Context(), curator, "", 0, backpack.ThemeInput{Title: "Alleen van ons"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []rugzak.Entry{mine, other} {
		if err := c.AskWidening(t.Context(), curator, e.ID, rugzak.Audience{Also: []rugzak.OrganisationID{c.people[douglas].Organisation}}); err != nil {
			t.Fatal(err)
		}
	}
	var request string // about the other entry
	for _, ask := range c.requests(t, writer) {
		if ask.Entry == other.ID {
			request = ask.ID
		}
	}
	hiddenPartner := string(c.people[douglas].Organisation)
	form := func(by rugzak.Person, change func(*backpack.Input)) error {
		in := simple("Titel", "Tekst", rugzak.LevelOrganisation)
		change(&in)
		_, err := c.Share(t.Context(), by, c.idFor(by), 0, in)
		return err
	}
	cases := []secondID{
		{"entry into theme", string(narrow.ID), func(id string) error {
			_, err := c.AddToTheme(t.Context(), curator, rugzak.EntryID(id), c.theme)
			return err
		}},
		{"entry out of theme", string(narrow.ID), func(id string) error {
			_, err := c.RemoveFromTheme(t.Context(), curator, rugzak.EntryID(id), c.theme)
			return err
		}},
		{"pin", string(narrow.ID), func(id string) error { return c.PinInTheme(t.Context(), curator, rugzak.EntryID(id), c.theme, true) }},
		{"pin of what is not in the theme", string(other.ID), func(id string) error { return c.PinInTheme(t.Context(), curator, rugzak.EntryID(id), c.theme, true) }},
		{"source of a thread", string(narrow.ID), func(id string) error {
			thread := "/ervaringen/" + id + "."
			if len(rugzak.Quotes(thread)) == 0 {
				return rugzak.NotFound() // no address of an entry: a text like any other
			}
			_, err := c.SaveThread(t.Context(), curator, c.theme, 0, backpack.ThreadInput{Intro: thread})
			return err
		}},
		{"source that is quoted", string(narrow.ID), func(id string) error {
			quote := rugzak.Quote{Entry: rugzak.EntryID(id), Text: "Tekst"}
			_, err := c.SaveThread(t.Context(), curator, c.theme, 0, backpack.ThreadInput{Bound: true, Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Quotes: []rugzak.Quote{quote}}}})
			return err
		}},
		{"partner of a theme", string(writer.Organisation), func(id string) error {
			_, err := c.SaveTheme(t.Context(), curator, "", 0, backpack.ThemeInput{Title: "Nieuw", Also: []rugzak.OrganisationID{rugzak.OrganisationID(id)}})
			return err
		}},
		{"relation", string(narrow.ID), func(id string) error {
			return form(far, func(in *backpack.Input) {
				in.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: rugzak.EntryID(id)}}
			})
		}},
		{"lesson", string(narrow.ID), func(id string) error {
			return form(far, func(in *backpack.Input) {
				in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: rugzak.EntryID(id), Outcome: rugzak.OutcomeNot}
			})
		}},
		{"theme of an entry", string(inside.ID), func(id string) error {
			return form(far, func(in *backpack.Input) { in.Themes = []rugzak.ThemeID{rugzak.ThemeID(id)} })
		}},
		{"who has the ball", hiddenPartner, func(id string) error {
			return form(far, func(in *backpack.Input) {
				in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: rugzak.OrganisationID(id)}
			})
		}},
		{"audience of a new entry", hiddenPartner, func(id string) error {
			return form(far, func(in *backpack.Input) {
				in.Audience.Also = []rugzak.OrganisationID{rugzak.OrganisationID(id)}
				in.Confirmed = in.Audience.Also
			})
		}},
		{"audience", hiddenPartner, func(id string) error {
			_, err := c.ChangeAudience(t.Context(), far, theirs.ID, theirs.Version, rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{rugzak.OrganisationID(id)}}, rugzak.OrganisationID(id))
			return err
		}},
		{"confirmation", hiddenPartner, func(id string) error {
			_, err := c.ChangeAudience(t.Context(), writer, other.ID, other.Version, rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{c.partner}}, rugzak.OrganisationID(id))
			return err
		}},
		{"what is asked for", hiddenPartner, func(id string) error {
			return c.AskWidening(t.Context(), c.people["partnercontact"], mine.ID, rugzak.Audience{Also: []rugzak.OrganisationID{rugzak.OrganisationID(id)}})
		}},
		{"request about another entry", request, func(id string) error {
			_, err := c.AnswerWidening(t.Context(), writer, mine.ID, id, true, rugzak.OrganisationID(hiddenPartner))
			return err
		}},
		{"draft of somebody else", string(draft.Entry.ID), func(id string) error {
			_, err := c.SaveDraft(t.Context(), writer, rugzak.EntryID(id), 0, simple("Gekaapt", "Tekst", rugzak.LevelTeam))
			return err
		}},
		{"sharing the draft of somebody else", string(draft.Entry.ID), func(id string) error {
			_, err := c.Share(t.Context(), writer, rugzak.EntryID(id), 0, simple("Gekaapt", "Tekst", rugzak.LevelTeam))
			return err
		}},
		{"taking along", string(narrow.ID), func(id string) error { return c.Service.Keep(t.Context(), far, rugzak.EntryID(id), "") }},
		{"team of another organisation", "zuid", func(id string) error {
			_, err := c.SavePerson(t.Context(), backpack.Operator(), far.ID, far.Version, backpack.PersonInput{
				Name: far.Name, Email: far.Email, Organisation: far.Organisation, Team: rugzak.TeamID(id), Roles: far.Roles,
			})
			return err
		}},
		{"organisation of a person", string(rugzak.WholeMunicipality), func(id string) error {
			_, err := c.SavePerson(t.Context(), backpack.Operator(), far.ID, far.Version, backpack.PersonInput{
				Name: far.Name, Email: far.Email, Organisation: rugzak.OrganisationID(id), Roles: far.Roles,
			})
			return err
		}},
	}
	before, _, err := c.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stored := func() (out []rugzak.Entry) {
		for _, id := range []rugzak.EntryID{mine.ID, other.ID, narrow.ID, theirs.ID, draft.Entry.ID} {
			e, _ := c.stored(t, id)
			out = append(out, e)
		}
		return out
	}
	was, asked := stored(), len(c.requests(t, writer))
	for _, tc := range cases {
		absent := string(c.NewID())
		if !rugzak.ValidID(tc.hidden) {
			absent = "bestaat-niet"
		}
		told := func(id string) string { return strings.ReplaceAll(answerOf(tc.try(id)), id, "X") }
		hidden, none := told(tc.hidden), told(absent)
		if hidden != none || hidden == "fine" {
			t.Errorf("%s: hidden gives %s, absent %s", tc.name, hidden, none)
		}
		for _, forged := range []string{"../" + absent, strings.ToUpper(absent), absent + "\x00", "%2e%2e"} {
			if code := rugzak.CodeOf(tc.try(forged)); code != rugzak.CodeNotFound && code != rugzak.CodeInvalid && code != rugzak.CodeMalformed {
				t.Errorf("%s: %q gives %q", tc.name, forged, code)
			}
		}
	}
	after, _, err := c.store.Head(t.Context())
	if err != nil || after != before || !reflect.DeepEqual(stored(), was) || len(c.requests(t, writer)) != asked {
		t.Errorf("something changed: %v to %v, %v", before, after, err)
	}
}
