// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// textFields are the fields of the form of an entry in which any text is taken.
var textFields = []string{
	"title", "lesson", "body", "tags", "next step", "hoped gain", "gain", "preparation", "materials", "place", "steps",
}

// answering is an own experience as a response.
func answering(body string) backpack.ResponseInput {
	return backpack.ResponseInput{Kind: rugzak.ResponseExperience, Lang: rugzak.Dutch, Body: body, Reviewed: true}
}

// textPaths are all ways in which a text that somebody typed reaches the store,
// by the name of the use case. Each is given a number of nine digits, which
// must end up in the store when it is harmless.
func (h *house) textPaths(t *testing.T) map[string]func(number string) error {
	t.Helper()
	ctx, admin := t.Context(), backpack.Operator()
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	named := func(number string) string { return "Nummer " + number }
	paths := map[string]func(string) error{
		"SetProfile": func(number string) error {
			p := h.person(t, writer.Email)
			return h.SetProfile(ctx, p, named(number), rugzak.Dutch, p.Version)
		},
		"Keep": func(number string) error {
			return h.Keep(ctx, writer, h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal)).ID, named(number))
		},
		"Respond": func(number string) error {
			e := h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal))
			_, _, err := h.Respond(ctx, writer, e.ID, answering(named(number)))
			return err
		},
		"EditResponse": func(number string) error {
			e := h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal))
			x := h.said(t, writer, e.ID, answering("Eerst"))
			_, _, err := h.EditResponse(ctx, writer, e.ID, x.ID, x.Version, answering(named(number)))
			return err
		},
		"EntryFromResponse": func(number string) error {
			e := h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal))
			x, _, err := h.Respond(ctx, writer, e.ID, answering(named(number)))
			if err != nil {
				return err
			}
			made, err := h.EntryFromResponse(ctx, writer, e.ID, x.ID)
			if err == nil && !strings.Contains(made.Entry.Body, number) {
				t.Errorf("the draft of a response says %q", made.Entry.Body)
			}
			return err
		},
		"SetWhy": func(number string) error {
			p := h.person(t, writer.Email)
			return h.SetWhy(ctx, p, backpack.WhyInput{Why: named(number), Level: rugzak.Audience{Level: rugzak.LevelDraft}, Reviewed: true}, p.Version)
		},
		"AskRoom": func(number string) error {
			return second(h.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomTime, Text: named(number), Reviewed: true}))
		},
		"AnswerRoom": func(number string) error {
			need, err := h.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Tijd"})
			if err != nil {
				t.Fatal(err)
			}
			return h.AnswerRoom(ctx, writer, need.ID, named(number))
		},
		"MakeRoom": func(number string) error {
			manager := h.person(t, "leidinggevende@voorbeeld.test")
			need, err := h.AskRoom(ctx, manager, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Tijd"})
			if err != nil {
				t.Fatal(err)
			}
			return h.MakeRoom(ctx, manager, need.ID, named(number))
		},
		"SaveMeeting title": func(number string) error {
			in := h.meeting("", facilitator.Organisation)
			in.Title, in.Reviewed = named(number), true
			return second(h.SaveMeeting(ctx, facilitator, "", 0, in))
		},
		"SaveMeeting place": func(number string) error {
			in := h.meeting("", facilitator.Organisation)
			in.Place = named(number)
			return second(h.SaveMeeting(ctx, facilitator, "", 0, in))
		},
		"SaveSearch name": func(number string) error {
			return second(h.SaveSearch(ctx, writer, backpack.SavedSearchInput{Name: named(number), Query: "school"}))
		},
		"SaveSearch query": func(number string) error {
			return second(h.SaveSearch(ctx, writer, backpack.SavedSearchInput{Name: "Zoekvraag", Query: named(number)}))
		},
		"SaveSearch filter": func(number string) error {
			filter := rugzak.Filter{rugzak.FacetTheme: {"thema-" + number}}
			return second(h.SaveSearch(ctx, writer, backpack.SavedSearchInput{Name: "Zoekvraag", Filter: filter}))
		},
		"MakeFeedToken": func(number string) error {
			_, _, err := h.MakeFeedToken(ctx, writer, rugzak.Feed{Kind: rugzak.FeedNew}, named(number))
			return err
		},
		"ChangeSavedSearch": func(number string) error {
			q, err := h.SaveSearch(ctx, facilitator, backpack.SavedSearchInput{Name: "Eerst", Query: "school"})
			if err != nil {
				t.Fatal(err)
			}
			return h.ChangeSavedSearch(ctx, facilitator, q.ID, named(number), true)
		},
		"SaveNeed": func(number string) error {
			o, err := h.OwnNeed(ctx, writer)
			if err != nil {
				return err
			}
			return h.SaveNeed(ctx, writer, o.Need, rugzak.Need{Needs: named(number)})
		},
		"SaveOrganisation": func(number string) error {
			return second(h.SaveOrganisation(ctx, admin, "", 0, backpack.OrganisationInput{Name: named(number), Kind: rugzak.Partner}))
		},
		"SaveOrganisation team": func(number string) error {
			return second(h.SaveOrganisation(ctx, admin, "", 0, backpack.OrganisationInput{
				Name: "Organisatie met team", Kind: rugzak.Partner, Teams: []rugzak.Team{{Name: named(number)}},
			}))
		},
		"SavePerson name": func(number string) error {
			return second(h.SavePerson(ctx, admin, "", 0, backpack.PersonInput{
				Name: named(number), Email: "een@voorbeeld.test", Organisation: writer.Organisation, Roles: writer.Roles,
			}))
		},
		"SavePerson email": func(number string) error {
			return second(h.SavePerson(ctx, admin, "", 0, backpack.PersonInput{
				Name: "Iemand", Email: "a" + number + "@voorbeeld.test", Organisation: writer.Organisation, Roles: writer.Roles,
			}))
		},
		"Invite name": func(number string) error {
			return second(h.Invite(ctx, admin, backpack.InvitationInput{
				Name: named(number), Email: "twee@voorbeeld.test", Organisation: writer.Organisation, Roles: writer.Roles, Language: rugzak.Dutch,
			}))
		},
		"Invite email": func(number string) error {
			return second(h.Invite(ctx, admin, backpack.InvitationInput{
				Name: "Iemand", Email: "b" + number + "@voorbeeld.test", Organisation: writer.Organisation, Roles: writer.Roles, Language: rugzak.Dutch,
			}))
		},
		"AcceptInvitation": func(number string) error {
			in, err := h.Invite(ctx, admin, backpack.InvitationInput{
				Name: "Iemand", Email: rugzak.NewID(h.clock.Now()) + "@voorbeeld.test", Organisation: writer.Organisation, Roles: writer.Roles, Language: rugzak.Dutch,
			})
			if err != nil {
				t.Fatal(err)
			}
			return second(h.AcceptInvitation(ctx, in.Secret, backpack.Acceptance{Name: named(number), Password: "een lang wachtwoord voor later"}))
		},
		"SaveAccessibility name": func(number string) error {
			return h.saveStatement(t, func(s *rugzak.AccessibilitySettings) { s.Organisation = named(number) })
		},
		"SaveAccessibility e-mail": func(number string) error {
			return h.saveStatement(t, func(s *rugzak.AccessibilitySettings) { s.Email = "b" + number + "@voorbeeld.test" })
		},
		"SaveAccessibility telephone": func(number string) error {
			return h.saveStatement(t, func(s *rugzak.AccessibilitySettings) { s.Phone = named(number) })
		},
		"SaveAccessibility exceptions": func(number string) error {
			return h.saveStatement(t, func(s *rugzak.AccessibilitySettings) { s.Exceptions = named(number) + "\nEen pdf." })
		},
		"SaveAccessibility links": func(number string) error {
			return h.saveStatement(t, func(s *rugzak.AccessibilitySettings) {
				s.Report = "https://voorbeeld.test/" + number
				s.Complaint = "https://voorbeeld.test/" + number
			})
		},
		"SavePrivacySettings domain": func(number string) error { return h.savePrivacy(t, "d"+number+".nl", `Q-\d+`) },
		"SavePrivacySettings pattern": func(number string) error {
			return h.savePrivacy(t, "voorbeeld.nl", "X"+number)
		},
	}
	maps.Copy(paths, h.movementPaths(t))
	for _, name := range textFields {
		form := func(number string) backpack.Input { return formsWith(named(number))[name] }
		paths["SaveDraft "+name] = func(number string) error {
			return second(h.SaveDraft(ctx, writer, h.idFor(writer), 0, form(number)))
		}
		paths["Share "+name] = func(number string) error { return second(h.Share(ctx, writer, h.idFor(writer), 0, form(number))) }
		if name == "gain" {
			continue // of a shared question it is told beside it: MoveQuestion gain
		}
		paths["Revise "+name] = func(number string) error {
			in := form(number)
			start := formsWith("Eerst")[name]
			e := h.share(t, writer, start)
			return second(h.Revise(ctx, writer, e.ID, e.Version, in))
		}
	}
	for name, form := range map[string]func(string) backpack.ThemeInput{
		"title":   func(text string) backpack.ThemeInput { return backpack.ThemeInput{Title: text} },
		"summary": func(text string) backpack.ThemeInput { return backpack.ThemeInput{Title: "Goed", Summary: text} },
		"synonyms": func(text string) backpack.ThemeInput {
			return backpack.ThemeInput{Title: "Goed", Synonyms: []string{text}}
		},
		"questions": func(text string) backpack.ThemeInput {
			return backpack.ThemeInput{Title: "Goed", OpenQuestions: []string{text}}
		},
	} {
		paths["SaveTheme "+name] = func(number string) error {
			return second(h.SaveTheme(ctx, facilitator, "", 0, form(named(number))))
		}
	}
	paths["SaveCelebration"] = func(number string) error {
		in := simple("Samen gebeld", "Het lukte.", rugzak.LevelInternal)
		in.Kind, in.With = rugzak.KindSuccess, []rugzak.OrganisationID{h.person(t, "partner@voorbeeld.test").Organisation}
		success := h.share(t, writer, in)
		desk, err := h.CelebrationDesk(ctx, h.person(t, "kernteam@voorbeeld.test"))
		if err != nil {
			t.Fatal(err)
		}
		return h.SaveCelebration(ctx, h.person(t, "kernteam@voorbeeld.test"), desk.Month, desk.Version, []rugzak.DigestPick{{Entry: success.ID, Reason: named(number)}})
	}
	maps.Copy(paths, h.threadPaths(t))
	maps.Copy(paths, h.roundPaths(t))
	maps.Copy(paths, h.carePaths(t))
	for name, change := range map[string]func(*rugzak.Term, string){
		"preferred": func(t *rugzak.Term, text string) { t.Preferred = text },
		"others":    func(t *rugzak.Term, text string) { t.Others = append(t.Others, text) },
		"meaning":   func(t *rugzak.Term, text string) { t.Meaning = text },
	} {
		paths["SaveTerm "+name] = func(number string) error {
			term := h.term(facilitator, "woord"+rugzak.NewID(h.clock.Now()), "ander"+rugzak.NewID(h.clock.Now()))
			change(&term, named(number))
			return h.SaveTerm(ctx, facilitator, term, 0)
		}
	}
	for name, change := range map[string]func(*rugzak.Incoming, string){
		"title": func(in *rugzak.Incoming, text string) { in.Entry.Title = text },
		"body":  func(in *rugzak.Incoming, text string) { in.Entry.Body = text },
		"tags":  func(in *rugzak.Incoming, text string) { in.Entry.Tags = []string{text} },
		"id":    func(in *rugzak.Incoming, text string) { in.Entry.External.ID = text },
	} {
		paths["Import "+name] = func(number string) error {
			in := file(rugzak.NewID(h.clock.Now()), "Titel", "Tekst")
			change(&in, named(number))
			var refused error
			sum, err := h.Import(ctx, admin, h.importOptions(t, writer, backpack.PrivacyStrict), incoming(in), func(l backpack.ImportLine) { refused = l.Err })
			if err == nil && sum.Refused > 0 {
				err = refused
			}
			return err
		}
	}
	for name, try := range h.loopPaths(t, writer, facilitator) {
		paths[name] = func(number string) error { return try(named(number)) }
	}
	return paths
}

func (h *house) savePrivacy(t *testing.T, domain, pattern string) error {
	t.Helper()
	d, err := h.PrivacyDesk(t.Context(), backpack.Operator())
	if err != nil {
		t.Fatal(err)
	}
	in := d.Settings
	in.KnownDomains = append(slices.Clone(in.KnownDomains), domain)
	in.CasePatterns = append(slices.Clone(in.CasePatterns), pattern)
	return h.SavePrivacySettings(t.Context(), backpack.Operator(), d.Version, in)
}

func (h *house) saveStatement(t *testing.T, change func(*rugzak.AccessibilitySettings)) error {
	t.Helper()
	all, err := h.Settings(t.Context(), backpack.Operator())
	if err != nil {
		t.Fatal(err)
	}
	change(&all.Accessibility) // the rest stays
	return h.SaveAccessibility(t.Context(), backpack.Operator(), all.Version, all.Accessibility)
}

// harmlessNumbers are of nine digits and fail the eleven-test.
func harmlessNumbers(count int) []string {
	var out []string
	for n := 400_000_001; len(out) < count; n++ {
		number := fmt.Sprint(n)
		sum := 0
		for i, weight := range []int{9, 8, 7, 6, 5, 4, 3, 2, -1} {
			sum += weight * int(number[i]-'0')
		}
		if sum%11 != 0 {
			out = append(out, number)
		}
	}
	return out
}

// places names the buckets of the store in which a text stands, in a key or in
// a record, once unpacked.
func (h *house) places(t testing.TB, text string) []string {
	t.Helper()
	found := map[string]bool{}
	err := h.store.EachRecord(t.Context(), func(bucket string, key, record []byte) error {
		if strings.Contains(string(key), text) || strings.Contains(string(record), text) {
			found[bucket] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(found))
}

// A citizen service number that is sent by each path is refused by each, and
// stands nowhere in the file: neither as it was sent nor in any other form. The
// control: a harmless number that is sent the same way is taken and found.
func TestNumberIsNowhereInTheFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	paths := h.textPaths(t)
	names := slices.Sorted(maps.Keys(paths))
	harmless := harmlessNumbers(len(names))
	forms := []string{"111222333", "111.222.333", "111 222 333", "111-222-333"}
	for i, name := range names {
		for _, form := range forms {
			if strings.Contains(name, "email") || strings.Contains(name, "domain") {
				form = forms[0] // nothing else is an address
			}
			if err := paths[name](form); rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("%s of %q: %v", name, form, err)
			}
		}
		if err := paths[name](harmless[i]); err != nil {
			t.Errorf("%s of a harmless number: %v", name, err)
		}
	}
	for _, form := range append(forms, "111/222/333") {
		if found := h.places(t, form); len(found) > 0 {
			t.Errorf("%q stands in %v", form, found)
		}
	}
	h.noNumbers(t)
	for i, name := range names {
		if len(h.places(t, harmless[i])) == 0 {
			t.Errorf("%s: the harmless number is nowhere: the test sees nothing", name)
		}
	}
	t.Logf("%d paths, %d forms of the number", len(names), len(forms))
}
