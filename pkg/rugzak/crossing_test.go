// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"testing"
)

func TestCrossings(t *testing.T) {
	kinds := map[OrganisationID]OrganisationKind{"wmo": Department, "jeugd": Department, "welzijn": Partner, "wonen": Partner}
	kind := func(o OrganisationID) OrganisationKind { return kinds[o] }
	entry := func(own OrganisationID, state State, also ...OrganisationID) Entry {
		return Entry{State: state, Organisation: own, OrganisationKind: kinds[own], Audience: Audience{Level: LevelOrganisation, Also: also}}
	}
	for name, tc := range map[string]struct {
		before, after Entry
		want          []OrganisationID
	}{
		"department to department":        {Entry{}, entry("wmo", StateShared, "jeugd"), nil},
		"department to partner":           {Entry{}, entry("wmo", StateShared, "jeugd", "welzijn"), []OrganisationID{"welzijn"}},
		"the same partner again":          {entry("wmo", StateShared, "welzijn"), entry("wmo", StateShared, "welzijn"), nil},
		"another partner":                 {entry("wmo", StateShared, "welzijn"), entry("wmo", StateShared, "welzijn", "wonen"), []OrganisationID{"wonen"}},
		"an archived entry is read":       {entry("wmo", StateArchived, "welzijn"), entry("wmo", StateShared, "welzijn"), nil},
		"a draft reaches nobody":          {Entry{}, entry("wmo", StateDraft, "welzijn"), nil},
		"put back":                        {entry("wmo", StateWithdrawn, "welzijn"), entry("wmo", StateShared, "welzijn"), []OrganisationID{"welzijn"}},
		"an organisation that is gone":    {Entry{}, entry("wmo", StateShared, "weg"), nil},
		"partner to the municipality":     {Entry{}, entry("welzijn", StateShared, WholeMunicipality), []OrganisationID{WholeMunicipality}},
		"partner to a department":         {Entry{}, entry("welzijn", StateShared, "wmo"), []OrganisationID{"wmo"}},
		"partner to a partner":            {Entry{}, entry("welzijn", StateShared, "wonen"), []OrganisationID{"wonen"}},
		"a department that reads already": {entry("welzijn", StateShared, WholeMunicipality), entry("welzijn", StateShared, WholeMunicipality, "wmo"), nil},
		"a partner beside it does not":    {entry("welzijn", StateShared, WholeMunicipality), entry("welzijn", StateShared, WholeMunicipality, "wonen"), []OrganisationID{"wonen"}},
	} {
		if got := NewCrossings(tc.before, tc.after, kind); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}
