// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// ProvidersName is the setting of the YAML file that lists sign-in providers.
// It is no Field: it has no flag and no variable.
const ProvidersName = "oidc-providers"

// Provider is a sign-in provider that speaks OpenID Connect.
type Provider struct {
	rugzak.Provider
	Issuer, ClientID, ClientSecret string
	Scopes                         []string // openid is always among them
}

// maxProviders bounds the buttons of the sign-in page.
const maxProviders = 20

// readProviders reads the list of providers, and notes all that is wrong.
func readProviders(in Input, p part, problems *Problems) []Provider {
	if p.node == nil {
		return nil
	}
	items, ok := listOf(p.node)
	if !ok || len(items) == 0 || len(items) > maxProviders {
		*problems = append(*problems, Problem{ProvidersName, p.source(), "is not a list of providers", "begin each with a dash, as - id: gemeente"})
		return nil
	}
	var out []Provider
	seen := map[rugzak.ProviderID]bool{}
	for _, item := range items {
		s := newSection(ProvidersName, p.path, item, problems)
		provider := readProvider(in, s)
		if provider.ID != "" && seen[provider.ID] {
			s.wrong("id", "is that of another provider", "give each its own")
		}
		seen[provider.ID] = true
		s.rest()
		out = append(out, provider)
	}
	return out
}

func readProvider(in Input, s *section) Provider {
	var p Provider
	p.ID = rugzak.ProviderID(s.must("id"))
	if p.ID != "" && (!rugzak.ValidSlug(string(p.ID)) || len(p.ID) > 40) {
		s.wrong("id", "cannot stand in an address", "use small letters, digits and hyphens")
	}
	p.NameNL, p.NameEN = s.must("name"), s.text("name-en")
	for _, name := range []string{"name", "name-en"} {
		if v := s.text(name); v != "" && setName(new(string), v) != nil {
			s.wrong(name, "cannot stand on a button", "give a name of at most 60 characters on one line")
		}
	}
	p.Issuer = s.must("issuer")
	if p.Issuer != "" && !validIssuer(p.Issuer) {
		s.wrong("issuer", "cannot be used", "give the https address exactly as the provider names itself, without ? or #; http only on this machine")
	}
	p.ClientID = s.must("client-id")
	p.ClientSecret = readSecret(in, s)
	p.Scopes = []string{"openid"}
	for _, scope := range s.list("scopes", "profile", "email") {
		if strings.ContainsAny(scope, " \t\n\"\\") {
			s.wrong("scopes", "holds a scope with a space in it", "write one scope per item")
		} else if scope != "openid" {
			p.Scopes = append(p.Scopes, scope)
		}
	}
	readMappings(s, &p)
	for _, domain := range s.list("email-domains") {
		if !validHost(domain) {
			s.wrong("email-domains", "holds what is no domain", "write them as voorbeeld.nl, without @ or star")
		}
		p.EmailDomains = append(p.EmailDomains, strings.ToLower(domain))
	}
	p.Create, p.TrustEmail = s.flag("create"), s.flag("trust-email")
	return p
}

// readMappings reads how claims become organisation, team and roles.
func readMappings(s *section, p *Provider) {
	organisation := func(name, id string) rugzak.OrganisationID {
		if id != "" && (!rugzak.ValidSlug(id) || id == string(rugzak.WholeMunicipality)) {
			s.wrong(name, "names something that is not the id of an organisation", "take the ids that 'rugzak organisation list' shows")
		}
		return rugzak.OrganisationID(id)
	}
	p.Organisation = organisation("organisation", s.text("organisation"))
	p.Organisations = claimMap(s, "organisation", func(name, v string) rugzak.OrganisationID { return organisation(name, v) })
	for _, to := range p.Organisations.To {
		if len(to) > 1 {
			s.wrong("organisation-map", "gives one value several organisations", "give each value one")
		}
	}
	if p.Organisation == "" && !p.Organisations.Has() {
		s.wrong("organisation", "is missing", "name the organisation of everybody who signs in here, or map a claim to organisations")
	}
	p.Teams = claimMap(s, "team", func(name, v string) rugzak.TeamID {
		if !rugzak.ValidSlug(v) {
			s.wrong(name, "names something that is not the id of a team", "take the ids that 'rugzak organisation list --json' shows")
		}
		return rugzak.TeamID(v)
	})
	role := func(name, v string) rugzak.Role {
		for _, r := range rugzak.Roles() {
			if v == string(r) {
				return r
			}
		}
		s.wrong(name, "names a role that does not exist", "choose from "+roleNames())
		return ""
	}
	p.Roles = claimMap(s, "roles", role)
	for _, v := range s.list("default-roles", string(rugzak.RoleParticipant)) {
		r := role("default-roles", v)
		if r == rugzak.RoleAdministrator {
			s.wrong("default-roles", "would make everybody an administrator", "give that role by roles-map")
		}
		p.DefaultRoles = append(p.DefaultRoles, r)
	}
}

// claimMap reads NAME-claim and NAME-map, which need each other.
func claimMap[T ~string](s *section, name string, read func(setting, v string) T) rugzak.ClaimMap[T] {
	m := rugzak.ClaimMap[T]{Claim: s.text(name + "-claim")}
	values := s.table(name + "-map")
	switch {
	case m.Claim == "" && len(values) > 0:
		s.wrong(name+"-map", "stands without "+name+"-claim", "name the claim whose values are mapped")
	case m.Claim != "" && len(values) == 0:
		s.wrong(name+"-claim", "stands without "+name+"-map", "say what the values of the claim mean")
	}
	for _, value := range slices.Sorted(maps.Keys(values)) {
		for _, v := range values[value] {
			if m.To == nil {
				m.To = map[string][]T{}
			}
			m.To[value] = append(m.To[value], read(name+"-map", v))
		}
	}
	return m
}

func roleNames() string {
	var names []string
	for _, r := range rugzak.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// readSecret takes the secret from the file or from beside it, never both.
func readSecret(in Input, s *section) string {
	secret, path := s.text("client-secret"), s.text("client-secret-file")
	switch {
	case secret != "" && path != "":
		s.wrong("client-secret", "stands beside client-secret-file", "keep one of the two")
	case path != "":
		data, err := readBounded(in, path)
		if secret = strings.TrimRight(string(data), "\r\n"); err != nil || secret == "" {
			s.wrong("client-secret-file", "cannot be read, or holds nothing", "name a file that Rugzak may read, with the secret in it")
		}
	case secret == "":
		s.wrong("client-secret", "is missing", "give client-secret-file, the name of a file that holds it")
	}
	return secret
}

// validIssuer accepts https addresses, and http ones on this machine.
func validIssuer(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Hostname() == "" || strings.ContainsAny(s, "?# ") {
		return false
	}
	addr, err := netip.ParseAddr(u.Hostname())
	local := u.Hostname() == "localhost" || err == nil && addr.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && local
}

// describeProviders names them, without secrets.
func describeProviders(all []Provider) string {
	var parts []string
	for _, p := range all {
		parts = append(parts, string(p.ID)+" ("+p.Issuer+")")
	}
	return strings.Join(parts, ", ")
}

// checkWaysIn finds settings that do not go together.
func checkWaysIn(c Config, fields []Field) Problems {
	var ps Problems
	add := func(name, wrong, remedy string) {
		ps = append(ps, Problem{name, originOf(c, fields, name), wrong, remedy})
	}
	if len(c.Providers) > 0 && c.BaseURL == "" {
		ps = append(ps, Problem{ProvidersName, c.providers, "needs base-url", "set base-url to the address people use: providers send them back there"})
	}
	if c.ProxyAuthHeader != "" && len(c.ProxyAuthFrom) == 0 {
		add("proxy-auth-header", "stands without proxy-auth-from", "name the proxy whose header is believed")
	}
	if c.ProxyAuthHeader == "" && len(c.ProxyAuthFrom) > 0 {
		add("proxy-auth-from", "stands without proxy-auth-header", "name the header, or leave both out")
	}
	if c.NoLocalAccounts && len(c.Providers) == 0 && c.ProxyAuthHeader == "" {
		add("local-accounts", "is false while there is no other way to sign in", "set oidc-providers or proxy-auth-header first")
	}
	return ps
}
