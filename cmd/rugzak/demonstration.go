// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rugzak/pkg/backpack"
	"rugzak/pkg/control"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/web"
)

// demonstration is a folder with a made-up backpack.
type demonstration struct {
	dir  string
	lang rugzak.Lang
}

// passwordName is the file with the password of all demo accounts. It also
// tells a demonstration from a real backpack.
const passwordName = "demo-password.txt"

func (d demonstration) passwordFile() string { return filepath.Join(d.dir, passwordName) }

// claim makes sure that the folder is for demonstrations; with fresh it is
// emptied.
func (d demonstration) claim(ctx context.Context, fresh bool) error {
	_, err := os.Stat(d.passwordFile())
	isDemo := err == nil
	if hasStore(d.dir) && !isDemo {
		return refused("cli.error.no_demo", d.dir)
	}
	if !isDemo {
		return d.mark()
	}
	if !fresh {
		return nil
	}
	c, err := control.Dial(ctx, d.dir)
	if err == nil {
		return errors.Join(&rugzak.Error{Code: rugzak.CodeUnavailable, Key: keyInUse}, c.Close())
	}
	if !errors.Is(err, control.ErrNoServer) {
		return err
	}
	for _, name := range []string{indexName, meaningName, filesName, storeName, passwordName} {
		if err := os.RemoveAll(filepath.Join(d.dir, name)); err != nil {
			return fmt.Errorf("start anew: %w", err)
		}
	}
	return d.mark()
}

// mark makes the folder one for demonstrations, with a password of its own.
func (d demonstration) mark() error {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(d.passwordFile(), []byte(newPassword()+"\n"), 0o600)
}

// fill puts the example set in an empty backpack, also one that an earlier run
// filled halfway, and returns the password of all accounts.
func (d demonstration) fill(ctx context.Context, s *backpack.Service, catalogue *locale.Catalogue) (string, error) {
	data, err := os.ReadFile(d.passwordFile())
	if err != nil {
		return "", err
	}
	password, by := strings.TrimSpace(string(data)), backpack.Operator()
	people, err := s.People(ctx, by)
	if err != nil || filled(people) {
		return password, err
	}
	b, entries, err := starter(d.lang)
	if err != nil {
		return "", err
	}
	if _, err := s.LoadStarter(ctx, by, b, entries, true); err != nil {
		return "", err
	}
	if people, err = s.People(ctx, by); err != nil {
		return "", err
	}
	if err := d.freeze(ctx, s, people, catalogue); err != nil {
		return "", err
	}
	if err := d.attach(ctx, s, people, entries, catalogue); err != nil {
		return "", err
	}
	for _, p := range b.People {
		if err := s.SetPassword(ctx, by, p.ID, password); err != nil {
			return "", err
		}
	}
	return password, nil
}

// freeze makes the first interim result of what the example set holds, as
// somebody of the core team would.
func (d demonstration) freeze(ctx context.Context, s *backpack.Service, people []backpack.PersonLine, catalogue *locale.Catalogue) error {
	i := slices.IndexFunc(people, func(l backpack.PersonLine) bool { return l.Person.Sample && rugzak.CanSteer(l.Person) })
	if i < 0 {
		return nil
	}
	by := people[i].Person
	before, err := s.Interims(ctx, by)
	if err != nil || len(before) > 0 {
		return err
	}
	if err := s.FollowResults(ctx); err != nil {
		return err
	}
	now, err := s.Results(ctx, by, rugzak.SpanAll)
	if err != nil {
		return err
	}
	say := catalogue.Printer(string(d.lang))
	in := backpack.InterimInput{
		Title: say.T("interim.sample.title"), Text: say.T("interim.sample.text"), Span: rugzak.SpanAll, Stories: map[rugzak.Rung]rugzak.EntryID{},
		Definitions: web.InterimDefinitions(catalogue), Sample: true,
	}
	for place, card := range now.Stories {
		in.Stories[place] = card.ID
	}
	_, err = s.FreezeInterim(ctx, by, in)
	return err
}

// filled reports whether all accounts of the example set have a password.
func filled(people []backpack.PersonLine) bool {
	for _, l := range people {
		if l.Person.Sample && !l.HasPassword {
			return false
		}
	}
	return len(people) > 0
}

// newPassword is easy to type and different for every demonstration.
func newPassword() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program
	word := strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
	return "rugzak-" + word[:4] + "-" + word[4:]
}

// part is somebody to sign in as.
type part struct {
	part   string // names a sentence of the catalogue: cli.demo.as.PART
	person rugzak.Person
}

// cast picks somebody for each point of view.
func (d demonstration) cast() ([]part, error) {
	b, _, err := starter(d.lang)
	if err != nil {
		return nil, err
	}
	kinds := map[rugzak.OrganisationID]rugzak.OrganisationKind{}
	for _, o := range b.Organisations {
		kinds[o.ID] = o.Kind
	}
	only := func(kind rugzak.OrganisationKind) func(rugzak.Person) bool {
		return func(p rugzak.Person) bool {
			return kinds[p.Organisation] == kind && len(p.Roles) == 1 && p.Has(rugzak.RoleParticipant)
		}
	}
	has := func(role rugzak.Role) func(rugzak.Person) bool {
		return func(p rugzak.Person) bool { return p.Has(role) }
	}
	var out []part
	for _, want := range []struct {
		part string
		fits func(rugzak.Person) bool
	}{
		{"participant", only(rugzak.Department)},
		{"facilitator", has(rugzak.RoleFacilitator)},
		{"coreteam", has(rugzak.RoleCoreTeam)},
		{"manager", has(rugzak.RoleManager)},
		{"partner", only(rugzak.Partner)},
		{"partnercontact", has(rugzak.RolePartnerContact)},
		{"privacyofficer", has(rugzak.RolePrivacyOfficer)},
		{"administrator", has(rugzak.RoleAdministrator)},
	} {
		for _, p := range b.People {
			if want.fits(p) {
				out = append(out, part{want.part, p})
				break
			}
		}
	}
	return out, nil
}
