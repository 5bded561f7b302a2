// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreOrganisations(t *testing.T, s rugzak.Store) {
	full := rugzak.Organisation{
		ID: "zorg", Name: "aandacht en zorg", Kind: rugzak.Department, Sample: true, Closed: true, Version: 12,
		Teams: []rugzak.Team{{ID: "a", Name: "Team A", Need: rugzak.Need{Needs: "Tijd", Offers: "Ruimte", Ways: "Bellen"}}, {ID: "b", Name: "Team B", Need: rugzak.Need{Needs: "Rust", Offers: "Zaal", Ways: "Mail"}}},
		Need:  rugzak.Need{Needs: "iemand die belt", Offers: "een kamer", Ways: "bel eerst"},
	}
	wantEveryField(t, reflect.ValueOf(full), "Organisation")
	storeHouse(t, s)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveOrganisation(full, 0) })
	full.Version = 1 // counted by the store
	want := []rugzak.Organisation{full}
	for _, o := range Organisations() {
		o.Version = 1
		want = append(want, o)
	}
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Organisations()
		Same(t, "organisations by name", got, want)
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveOrganisation(full, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveOrganisation(full, 2) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error {
		return w.SaveOrganisation(rugzak.Organisation{ID: "nieuw", Name: "Nieuw", Kind: rugzak.Partner}, 1)
	})
	full.Name, full.Teams = "Zorg", nil
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveOrganisation(full, 1) })
	full.Version = 2
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Organisation("zorg")
		Same(t, "organisation", got, full)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveOrganisation("zorg") })
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Organisation("zorg")
		storeMissing(t, "organisation", err)
		return nil
	})
}

func testStorePeople(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	full := rugzak.Person{
		ID: rugzak.PersonID(ID(1)), Email: "gijs.grens@example.org", Name: "Gijs Grens", Organisation: Youth, Kind: rugzak.Department, Team: "zuid",
		Roles: []rugzak.Role{rugzak.RoleParticipant, rugzak.RoleCoreTeam}, Language: rugzak.English, Inactive: true, Sample: true, LeftAt: Noon, Former: true, TourDone: true, Visual: true, Epoch: 3, Version: 9,
		Why: "Ik wil leren hoe anderen beginnen", WhyLevel: rugzak.Audience{Level: rugzak.LevelTeam, Also: []rugzak.OrganisationID{Homes}},
	}
	wantEveryField(t, reflect.ValueOf(full), "Person")
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SavePerson(full, 0) })
	full.Version = 1
	var want []rugzak.Person
	for _, p := range People() {
		p.Version = 1
		want = append(want, p)
	}
	want = append(want, full)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "people by id", storeCollect(t, r.People()), want)
		got, err := r.Person(full.ID)
		Same(t, "person", got, full)
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SavePerson(full, 0) })
	storeUpdate(t, s, func(w rugzak.Writer) error { full.Name = "Gijs"; return w.SavePerson(full, 1) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SavePerson(full, 1) })
}

func testStoreEmails(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	a, b := People()[0], People()[1]
	byEmail := func(email string, want rugzak.PersonID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			p, err := r.PersonByEmail(email)
			if want == "" {
				storeMissing(t, email, err)
			} else if p.ID != want || err != nil {
				t.Errorf("PersonByEmail(%s) = %s, %v", email, p.ID, err)
			}
			return nil
		})
	}
	taken := func(fn func(w rugzak.Writer) error) {
		t.Helper()
		_, err := s.Update(t.Context(), fn)
		if e, ok := err.(*rugzak.Error); !ok || e.Code != rugzak.CodeConflict || e.Key != "error.email_taken" {
			t.Errorf("a taken address gave %v", err)
		}
	}
	byEmail(a.Email, a.ID)
	byEmail("nobody@example.org", "")
	taken(func(w rugzak.Writer) error { b.Email = a.Email; return w.SavePerson(b, 1) })
	taken(func(w rugzak.Writer) error {
		return w.SavePerson(rugzak.Person{ID: rugzak.PersonID(ID(5)), Email: a.Email, Name: "Nieuw"}, 0)
	})
	b = People()[1]
	byEmail(b.Email, b.ID)
	// An address that is given up is free for another.
	old := a.Email
	storeUpdate(t, s, func(w rugzak.Writer) error { a.Email = "anouk.a@example.org"; return w.SavePerson(a, 1) })
	byEmail(old, "")
	byEmail(a.Email, a.ID)
	storeUpdate(t, s, func(w rugzak.Writer) error { b.Email = old; return w.SavePerson(b, 1) })
	byEmail(old, b.ID)
	byEmail(People()[1].Email, "")
	// Two change places in one transaction by way of a third.
	storeUpdate(t, s, func(w rugzak.Writer) error {
		x, y := a.Email, b.Email
		a.Email = "tussen@example.org"
		if err := w.SavePerson(a, 2); err != nil {
			return err
		}
		if b.Email = x; w.SavePerson(b, 2) != nil {
			t.Error("the freed address is still taken")
		}
		a.Email = y
		return w.SavePerson(a, 3)
	})
	byEmail(a.Email, a.ID)
	byEmail(b.Email, b.ID)
	byEmail("tussen@example.org", "")
}

func testStorePersonRemoval(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	gone, stays := People()[0], People()[1]
	storePut(t, s, Entry(1))
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, p := range []rugzak.Person{gone, stays} {
			for _, err := range []error{
				w.SaveSession(rugzak.Session{Hash: "s1" + p.Name, Person: p.ID, CreatedAt: Noon}),
				w.SaveSession(rugzak.Session{Hash: "s2" + p.Name, Person: p.ID, CreatedAt: Noon}),
				w.SaveCredential(rugzak.Credential{Person: p.ID, Password: "hash"}),
				w.SaveToken(rugzak.Token{Hash: "t" + p.Name, Person: p.ID, Expires: Noon}),
				w.SaveKeep(rugzak.Keep{Person: p.ID, Entry: Entry(1).ID, At: Noon}),
			} {
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(gone.ID) })
	for _, p := range []rugzak.Person{gone, stays} {
		storeView(t, s, func(r rugzak.Reader) error {
			reads := map[string]func() error{
				"person":     func() error { _, err := r.Person(p.ID); return err },
				"address":    func() error { _, err := r.PersonByEmail(p.Email); return err },
				"session":    func() error { _, err := r.Session("s1" + p.Name); return err },
				"session 2":  func() error { _, err := r.Session("s2" + p.Name); return err },
				"credential": func() error { _, err := r.Credential(p.ID); return err },
				"token":      func() error { _, err := r.Token("t" + p.Name); return err },
				"keep":       func() error { _, err := r.Keep(p.ID, Entry(1).ID); return err },
			}
			for what, read := range reads {
				if err := read(); p.ID == gone.ID {
					storeMissing(t, what, err)
				} else if err != nil {
					t.Errorf("%s of the other person: %v", what, err)
				}
			}
			sessions, err := r.Sessions(p.ID)
			if want := map[rugzak.PersonID]int{stays.ID: 2}[p.ID]; len(sessions) != want || err != nil {
				t.Errorf("%d sessions, want %d, %v", len(sessions), want, err)
			}
			return nil
		})
	}
}
