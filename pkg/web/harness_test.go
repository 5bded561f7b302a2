// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"rugzak/content"
	"rugzak/pkg/auth"
	"rugzak/pkg/backpack"
	"rugzak/pkg/bleveindex"
	"rugzak/pkg/blob"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/locale"
	"rugzak/pkg/markdown"
	"rugzak/pkg/media"
	"rugzak/pkg/privacy"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/worddiff"
	"rugzak/static"
	"rugzak/templates"
)

// The people of a test site. Each reads and may do something else.
const (
	participant   = "participant"   // Wmo, team Toegang
	colleague     = "colleague"     // Jeugd, no team
	facilitator   = "facilitator"   // Wmo
	coreteam      = "coreteam"      // Wmo
	manager       = "manager"       // Wmo, team Toegang
	privacyperson = "privacyperson" // Jeugd
	administrator = "administrator" // Wmo
	partner       = "partner"       // Welzijn, a partner organisation
	contact       = "contact"       // Welzijn, partner contact
	outsider      = "outsider"      // Wonen, another partner organisation
	nobody        = ""              // not signed in
)

// everybody lists the people of a test site, and who is not signed in.
func everybody() []string {
	return []string{participant, colleague, facilitator, coreteam, manager, privacyperson, administrator, partner, contact, outsider, nobody}
}

// testPassword is the password of those for whom a test sets one.
const testPassword = "een lange testzin"

// site is a whole site on real adapters behind a real listener.
type site struct {
	testing.TB
	URL       string
	Service   *backpack.Service
	Store     rugzak.Store
	Server    *Server
	Catalogue *locale.Catalogue
	Book      *logBook
	people    map[string]rugzak.Person
	orgs      map[string]rugzak.Organisation
	round     string // a reflection round, once there is movement
}

// newSite starts a site with organisations and people, and nothing in it. It
// stops with the test, which then fails when a sentence was missing.
func newSite(t testing.TB, change ...func(*Config)) *site {
	t.Helper()
	s := newEmptySite(t, change...)
	s.organisation("wmo", "Wmo", rugzak.Department, "Toegang", "Wijk")
	s.organisation("jeugd", "Jeugd", rugzak.Department)
	s.organisation("welzijn", "Stichting Welzijn", rugzak.Partner, "Buurt")
	s.organisation("wonen", "Stichting Wonen", rugzak.Partner)
	s.person(participant, "wmo", "Toegang")
	s.person(colleague, "jeugd", "")
	s.person(facilitator, "wmo", "", rugzak.RoleFacilitator)
	s.person(coreteam, "wmo", "", rugzak.RoleCoreTeam)
	s.person(manager, "wmo", "Toegang", rugzak.RoleManager)
	s.person(privacyperson, "jeugd", "", rugzak.RolePrivacyOfficer)
	s.person(administrator, "wmo", "", rugzak.RoleAdministrator)
	s.person(partner, "welzijn", "Buurt")
	s.person(contact, "welzijn", "", rugzak.RolePartnerContact)
	s.person(outsider, "wonen", "")
	return s
}

// newEmptySite starts a site as it is at the very first start.
func newEmptySite(t testing.TB, change ...func(*Config)) *site {
	t.Helper()
	dir := t.TempDir()
	book := &logBook{}
	log := slog.New(slog.NewJSONHandler(book, &slog.HandlerOptions{Level: slog.LevelDebug}))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	store, err := boltstore.Open(filepath.Join(dir, "rugzak.db"), boltstore.Options{Log: log})
	must(err)
	index, err := bleveindex.Open(filepath.Join(dir, "index"), bleveindex.Options{Logger: log})
	must(err)
	files, err := blob.Open(filepath.Join(dir, "files"), rugzak.ClockFunc(time.Now))
	must(err)
	catalogue, err := locale.Load()
	must(err)
	renderer := markdown.New(markdown.Options{CacheBytes: 1 << 20, Text: func(lang rugzak.Lang, key string, args ...any) string {
		return catalogue.Printer(string(lang)).T(key, args...)
	}})
	clock := risingClock()
	service := backpack.New(backpack.Deps{
		Store: store, Index: index, Renderer: renderer, Screener: privacy.Screener{}, Hasher: auth.NewHasher(),
		Common: auth.Common{}, Passkeys: auth.NewPasskeys("Rugzak"), Codes: auth.OneTimeCodes{}, SiteName: "Rugzak",
		Differ: worddiff.Differ{}, Clock: clock, Log: log, Media: media.New(media.Outside{}), Blobs: files,
	})
	config := Config{
		Service: service, Renderer: renderer, Catalogue: catalogue, Templates: templates.FS, Static: static.FS, Content: content.FS,
		Throttle: auth.NewThrottle(clock), Limiter: auth.NewLimiter(clock, auth.Rates{Search: 10_000, Write: 10_000}), SiteName: "Rugzak", Log: log, Clock: clock,
	}
	withOwn(&config)
	for _, c := range change {
		c(&config)
	}
	server, err := New(config)
	must(err)
	listener := httptest.NewUnstartedServer(nil)
	listener.Config = NewHTTPServer("", server.Handler(), log)
	listener.Start()

	ctx, stop := context.WithCancel(context.Background())
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		_ = service.Follow(ctx)
	}()
	t.Cleanup(func() {
		listener.Close()
		stop()
		<-followed
		must(index.Close())
		must(store.Close())
		if missing := catalogue.Missing(); len(missing) > 0 {
			t.Errorf("sentences that were asked for in vain: %q", missing)
		}
	})
	return &site{
		TB: t, URL: listener.URL, Service: service, Store: store, Server: server, Catalogue: catalogue, Book: book,
		people: map[string]rugzak.Person{}, orgs: map[string]rugzak.Organisation{},
	}
}

// organisation adds one, with teams.
func (s *site) organisation(key, name string, kind rugzak.OrganisationKind, teams ...string) {
	s.Helper()
	in := backpack.OrganisationInput{Name: name, Kind: kind}
	for _, team := range teams {
		in.Teams = append(in.Teams, rugzak.Team{Name: team})
	}
	o, err := s.Service.SaveOrganisation(s.Context(), backpack.Operator(), "", 0, in)
	if err != nil {
		s.Fatal(err)
	}
	s.orgs[key] = o
}

// person adds one; everybody is a participant besides the roles named.
func (s *site) person(who, organisation, team string, roles ...rugzak.Role) {
	s.Helper()
	o := s.orgs[organisation]
	in := backpack.PersonInput{
		Name: "Test " + who, Email: who + "@voorbeeld.example", Organisation: o.ID, Language: rugzak.Dutch,
		Roles: append([]rugzak.Role{rugzak.RoleParticipant}, roles...),
	}
	for _, t := range o.Teams {
		if t.Name == team {
			in.Team = t.ID
		}
	}
	p, err := s.Service.SavePerson(s.Context(), backpack.Operator(), "", 0, in)
	if err != nil {
		s.Fatal(err)
	}
	s.people[who] = p
}

// as is a browser in which somebody is signed in, without the cost of a
// password.
func (s *site) as(who string) *client {
	s.Helper()
	c := newClient(s)
	if who == nobody {
		return c
	}
	p, ok := s.people[who]
	if !ok {
		s.Fatalf("nobody is called %q", who)
	}
	secret, hash := rugzak.NewSecret()
	now := time.Now().UTC().Truncate(time.Millisecond)
	_, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error {
		fresh, err := w.Person(p.ID)
		if err != nil {
			return err
		}
		return w.SaveSession(rugzak.Session{Hash: hash, ID: rugzak.NewID(now), Person: p.ID, Epoch: fresh.Epoch, How: rugzak.ByPassword, CreatedAt: now, SeenAt: now})
	})
	if err != nil {
		s.Fatal(err)
	}
	c.cookies[cookieSession] = &http.Cookie{Name: cookieSession, Value: secret}
	return c
}

// withPassword gives somebody the test password.
func (s *site) withPassword(who string) {
	s.Helper()
	if err := s.Service.SetPassword(s.Context(), backpack.Operator(), s.people[who].ID, testPassword); err != nil {
		s.Fatal(err)
	}
}

// share shares an experience. Its audience is a level, and the keys of
// organisations it is also for.
func (s *site) share(who, title, body string, level rugzak.Level, also ...string) rugzak.Entry {
	s.Helper()
	in := backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: title, Body: body, Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: level},
	}
	for _, key := range also {
		in.Audience.Also = append(in.Audience.Also, s.orgs[key].ID)
	}
	slices.Sort(in.Audience.Also)
	return s.shareInput(who, in)
}

// newID is an id of nothing.
func newID() rugzak.EntryID { return rugzak.EntryID(rugzak.NewID(testTime)) }

// idFor is the id of a form for somebody.
func (s *site) idFor(who string) rugzak.EntryID {
	s.Helper()
	id, err := s.Service.NewID(s.Context(), s.people[who])
	if err != nil {
		s.Fatal(err)
	}
	return id
}

// shareInput shares what a form holds, and confirms the partners in it.
func (s *site) shareInput(who string, in backpack.Input) rugzak.Entry {
	s.Helper()
	id := s.idFor(who)
	saved, err := s.Service.Share(s.Context(), s.people[who], id, 0, in)
	if u, ask := errors.AsType[*backpack.Unconfirmed](err); ask {
		in.Confirmed = u.IDs()
		saved, err = s.Service.Share(s.Context(), s.people[who], id, 0, in)
	}
	if err != nil {
		s.Fatal(err)
	}
	return saved.Entry
}

// stillClock stands still, for what must not pass by while a slow machine works.
func stillClock() rugzak.Clock {
	now := time.Now()
	return rugzak.ClockFunc(func() time.Time { return now })
}

// risingClock tells the time, but never the same millisecond twice, so that
// what is made in turn stands in turn.
func risingClock() rugzak.Clock {
	var mu sync.Mutex
	var last time.Time
	return rugzak.ClockFunc(func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		if next := last.Add(time.Millisecond); now.Before(next) {
			now = next
		}
		last = now
		return now
	})
}
