// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

const twoProviders = `base-url: https://rugzak.example.nl
oidc-providers:
  - id: gemeente
    name: Gemeente Voorbeeld
    name-en: Municipality
    issuer: https://login.example.nl/tenant/v2.0
    client-id: rugzak
    client-secret-file: geheim
    scopes: [openid, email, groups]
    organisation-claim: department
    organisation-map: {Wmo: wmo, JZ: jeugd}
    team-claim: team
    team-map: {T: toegang}
    roles-claim: groups
    roles-map:
      fac: facilitator
      beheer: [administrator, privacyofficer]
    email-domains: [Voorbeeld.nl]
    create: true
    trust-email: true
  - id: welzijn
    name: Stichting Welzijn
    issuer: http://127.0.0.1:9999/
    client-id: rugzak
    client-secret: plain-secret-value
    organisation: welzijn
`

func TestProviders(t *testing.T) {
	c, err := Load(input(m{"config": "r.yaml"}, nil, m{"r.yaml": twoProviders, "geheim": "file-secret-value\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Providers) != 2 {
		t.Fatalf("%d providers", len(c.Providers))
	}
	own, partner := c.Providers[0], c.Providers[1]
	if own.ID != "gemeente" || own.Name(rugzak.Dutch) != "Gemeente Voorbeeld" || own.Name(rugzak.English) != "Municipality" ||
		own.Issuer != "https://login.example.nl/tenant/v2.0" || own.ClientID != "rugzak" || own.ClientSecret != "file-secret-value" ||
		!slices.Equal(own.Scopes, []string{"openid", "email", "groups"}) || !slices.Equal(own.EmailDomains, []string{"voorbeeld.nl"}) ||
		!own.Create || !own.TrustEmail || own.Organisation != "" {
		t.Errorf("read %+v", own)
	}
	if own.Organisations.Claim != "department" || own.Organisations.To["JZ"][0] != "jeugd" || own.Teams.To["T"][0] != "toegang" ||
		!slices.Equal(own.Roles.To["beheer"], []rugzak.Role{rugzak.RoleAdministrator, rugzak.RolePrivacyOfficer}) {
		t.Errorf("mapped %+v", own)
	}
	if partner.ClientSecret != "plain-secret-value" || partner.Organisation != "welzijn" || partner.Create || partner.TrustEmail ||
		!slices.Equal(partner.DefaultRoles, []rugzak.Role{rugzak.RoleParticipant}) || !slices.Equal(partner.Scopes, []string{"openid", "profile", "email"}) ||
		partner.Name(rugzak.English) != "Stichting Welzijn" {
		t.Errorf("read %+v", partner)
	}
	if own.VouchesFor("welzijn") || !own.VouchesFor("jeugd") || partner.VouchesFor("jeugd") || !partner.VouchesFor("welzijn") {
		t.Error("a provider vouches for an organisation of another")
	}
	all := c.Describe()
	if last := all[len(all)-1]; last.Name != ProvidersName || last.Source != "r.yaml:3" || last.Value != "gemeente (https://login.example.nl/tenant/v2.0), welzijn (http://127.0.0.1:9999/)" {
		t.Errorf("described as %+v", last)
	}
	if strings.Contains(fmt.Sprint(all), "secret-value") {
		t.Error("a secret is described")
	}
}

// Every mistake is told with its line, all at once, and without secrets.
func TestProviderProblems(t *testing.T) {
	fine := "base-url: https://a.nl\noidc-providers:\n  - id: a\n    name: A\n    issuer: https://i.nl\n    client-id: c\n    client-secret: plain-secret-value\n    organisation: wmo\n"
	if _, err := Load(input(m{"config": "r.yaml"}, nil, m{"r.yaml": fine})); err != nil {
		t.Fatal(err)
	}
	without := func(line string) string {
		out := strings.Replace(fine, "    "+line+"\n", "", 1)
		if out == fine {
			t.Fatalf("there is no line %q", line)
		}
		return out
	}
	for _, test := range []struct{ file, want string }{
		{strings.Replace(fine, "base-url: https://a.nl\n", "", 1), "r.yaml:2: oidc-providers: needs base-url"},
		{"oidc-providers: ja\n", "r.yaml:1: oidc-providers: is not a list of providers"},
		{"oidc-providers: []\n", "r.yaml:1: oidc-providers: is not a list of providers"},
		{"oidc-providers: [a]\n", "r.yaml:1: oidc-providers: is not a list of name: value"},
		{"oidc-providers: [{id: a}]\noidc-providers: []\n", "r.yaml:2: oidc-providers: stands on line 1 already"},
		{without("name: A"), "r.yaml:3: oidc-providers.name: is missing"},
		{strings.Replace(fine, "name: A", "name:", 1), "r.yaml:4: oidc-providers.name: is missing"},
		{without("issuer: https://i.nl"), "oidc-providers.issuer: is missing"},
		{without("client-id: c"), "oidc-providers.client-id: is missing"},
		{without("client-secret: plain-secret-value"), "oidc-providers.client-secret: is missing"},
		{without("organisation: wmo"), "oidc-providers.organisation: is missing"},
		{fine + "    client-secret-file: f\n", "r.yaml:7: oidc-providers.client-secret: stands beside"},
		{strings.Replace(fine, "client-secret: plain-secret-value", "client-secret-file: weg", 1), "r.yaml:7: oidc-providers.client-secret-file: cannot be read"},
		{strings.Replace(fine, "https://i.nl", "http://i.nl", 1), "r.yaml:5: oidc-providers.issuer: cannot be used"},
		{strings.Replace(fine, "https://i.nl", "https://i.nl?a", 1), "oidc-providers.issuer: cannot be used"},
		{strings.Replace(fine, "https://i.nl", "https://u:p@i.nl", 1), "oidc-providers.issuer: cannot be used"},
		{strings.Replace(fine, "id: a", "id: A b", 1), "r.yaml:3: oidc-providers.id: cannot stand in an address"},
		{strings.Replace(fine, "name: A", "name: [A]", 1), "oidc-providers.name: has the wrong form"},
		{strings.Replace(fine, "organisation: wmo", "organisation: gemeente breed", 1), "r.yaml:8: oidc-providers.organisation: names something"},
		{strings.Replace(fine, "organisation: wmo", "organisation: internal", 1), "oidc-providers.organisation: names something"},
		{fine + "    naam: B\n", `r.yaml:9: oidc-providers: there is no setting "naam"`},
		{fine + "    name: B\n", "r.yaml:9: oidc-providers.name: stands on line 4 already"},
		{fine + "    create: ja\n", "r.yaml:9: oidc-providers.create: has the wrong form"},
		{fine + "    default-roles: [participant, administrator]\n", "r.yaml:9: oidc-providers.default-roles: would make everybody"},
		{fine + "    default-roles: baas\n", "oidc-providers.default-roles: names a role that does not exist"},
		{fine + "    roles-claim: g\n", "r.yaml:9: oidc-providers.roles-claim: stands without roles-map"},
		{fine + "    roles-map: {a: participant}\n", "oidc-providers.roles-map: stands without roles-claim"},
		{fine + "    roles-claim: g\n    roles-map: [a]\n", "r.yaml:10: oidc-providers.roles-map: has the wrong form"},
		{fine + "    roles-claim: g\n    roles-map: {a: baas}\n", "r.yaml:10: oidc-providers.roles-map: names a role"},
		{fine + "    organisation-claim: g\n    organisation-map: {a: [wmo, jeugd]}\n", "r.yaml:10: oidc-providers.organisation-map: gives one value several"},
		{fine + "    team-claim: g\n    team-map: {a: Team A}\n", "r.yaml:10: oidc-providers.team-map: names something"},
		{fine + "    email-domains: ['@a.nl']\n", "oidc-providers.email-domains: holds what is no domain"},
		{fine + "    scopes: ['a b']\n", "oidc-providers.scopes: holds a scope"},
		{fine + strings.TrimPrefix(fine, "base-url: https://a.nl\noidc-providers:\n"), "r.yaml:9: oidc-providers.id: is that of another provider"},
	} {
		_, err := Load(input(m{"config": "r.yaml"}, nil, m{"r.yaml": test.file}))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %q in\n%s", err, test.want, test.file)
		}
		if err != nil && strings.Contains(err.Error(), "secret-value") {
			t.Errorf("the error tells a secret: %v", err)
		}
		if ps, ok := errors.AsType[Problems](err); ok {
			for _, p := range ps {
				if p.Remedy == "" || p.Source == "" {
					t.Errorf("no remedy or place: %+v", p)
				}
			}
		}
	}
}

// Nobody is locked out by settings, and no header is believed from everybody.
func TestWaysIn(t *testing.T) {
	c, err := Load(input(m{"proxy-auth-header": "remote-user", "proxy-auth-from": "10.0.0.5", "local-accounts": "false"}, nil, nil))
	if err != nil || !c.NoLocalAccounts || c.ProxyAuthHeader != "Remote-User" || len(c.ProxyAuthFrom) != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	if c, err := Load(input(nil, nil, nil)); err != nil || c.NoLocalAccounts || c.ProxyAuthHeader != "" {
		t.Errorf("by default: %+v, %v", c, err)
	}
	for _, test := range []struct {
		flags m
		want  string
	}{
		{m{"proxy-auth-header": "Remote-User"}, "flag --proxy-auth-header: proxy-auth-header: stands without proxy-auth-from"},
		{m{"proxy-auth-from": "10.0.0.5"}, "proxy-auth-from: stands without proxy-auth-header"},
		{m{"proxy-auth-from": "0.0.0.0/0", "proxy-auth-header": "Remote-User"}, "believe everybody"},
		{m{"proxy-auth-from": "10.0.0.5", "proxy-auth-header": "Remote_User"}, "give the name of a header"},
		{m{"proxy-auth-from": "10.0.0.5", "proxy-auth-header": "cookie"}, "browsers send that header"},
		{m{"local-accounts": "false"}, "flag --local-accounts: local-accounts: is false while there is no other way"},
		{m{"local-accounts": "nee"}, "choose true or false"},
	} {
		_, err := Load(input(test.flags, nil, nil))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v, want %q", test.flags, err, test.want)
		}
	}
}
