// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

func TestReadInvitationTable(t *testing.T) {
	full := rugzak.InvitationRow{Number: 2, Email: "a@b.example", Name: "André Šmit", Organisation: "Jeugd", Team: "Noord", Roles: "participant manager", Language: "nl"}
	for name, test := range map[string]struct {
		text string
		want rugzak.InvitationRow
	}{
		"commas":         {"email,name,organisation,team,roles,language\na@b.example,André Šmit,Jeugd,Noord,participant manager,nl\n", full},
		"semicolons":     {"\ufeffE-mailadres;Naam;Organisatie;Team;Rollen;Taal\r\na@b.example;André Šmit;Jeugd;Noord;participant manager;nl\r\n", full},
		"tabs":           {"Naam\tE-mail\tAfdeling\tTeam\tRol\tTaal\nAndré Šmit\ta@b.example\tJeugd\tNoord\tparticipant manager\tnl", full},
		"quoted":         {"email;name;organisation;team;roles;language\n\"a@b.example\";\"André Šmit\";Jeugd;\"Noord\";participant manager;nl", full},
		"windows-1252":   {"email;name;organisation;team;roles;language\na@b.example;Andr\xe9 \x8amit;Jeugd;Noord;participant manager;nl", full},
		"other order":    {"name;other;email\nX;weg;c@d.example", rugzak.InvitationRow{Number: 2, Email: "c@d.example", Name: "X"}},
		"no names":       {"c@d.example;X;Jeugd", rugzak.InvitationRow{Number: 1, Email: "c@d.example", Name: "X", Organisation: "Jeugd"}},
		"addresses only": {"c@d.example\n\n", rugzak.InvitationRow{Number: 1, Email: "c@d.example"}},
		"empty lines":    {"email\n\n,\n\nc@d.example", rugzak.InvitationRow{Number: 5, Email: "c@d.example"}},
		"lines in cells": {"email;name\n\"c@d.example\";\"X\nY\"", rugzak.InvitationRow{Number: 2, Email: "c@d.example", Name: "X Y"}},
	} {
		rows, err := rugzak.ReadInvitationTable([]byte(test.text))
		if err != nil || len(rows) != 1 || rows[0] != test.want {
			t.Errorf("%s: %+v, %v", name, rows, err)
		}
	}
	for name, test := range map[string]struct{ text, key string }{
		"nothing":        {"", "error.table_empty"},
		"names only":     {"email;name\n", "error.table_empty"},
		"unknown names":  {"wie;waar\nx;y\n", "error.table_columns"},
		"a binary file":  {"PK\x03\x04\x00\x00", "error.table_unreadable"},
		"too large":      {strings.Repeat("a", rugzak.MaxInvitationTable+1), "error.table_too_large"},
		"too many lines": {"email\n" + strings.Repeat("a@b.example\n", rugzak.MaxInvitationRows+1), "error.table_too_long"},
	} {
		_, err := rugzak.ReadInvitationTable([]byte(test.text))
		if e, ok := errors.AsType[*rugzak.Error](err); !ok || len(e.Fields) != 1 || e.Fields[0].Key != test.key || e.Fields[0].Field != "table" {
			t.Errorf("%s: %v, want %s", name, err, test.key)
		}
	}
	if rows, err := rugzak.ReadInvitationTable([]byte("email\n" + strings.Repeat("a@b.example\n", rugzak.MaxInvitationRows))); len(rows) != rugzak.MaxInvitationRows || err != nil {
		t.Errorf("as many lines as may be: %d, %v", len(rows), err)
	}
}

// Whatever file somebody sends, the answer is rows of clean lines or a problem
// with the table.
func FuzzReadInvitationTable(f *testing.F) {
	for _, seed := range []string{
		"", "email;name\na@b.example;X", "\ufeffemail,naam\r\n\"a@b\",\"x\"\"y\"\r\n", "a@b\t\"\n", "email\n\"", "\xff\xfee\x00", "email;email\n;;;\n@", strings.Repeat("\"", 99),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := rugzak.ReadInvitationTable(data)
		if err != nil {
			if rugzak.CodeOf(err) != rugzak.CodeInvalid || rows != nil {
				t.Fatalf("%v with %d rows", err, len(rows))
			}
			return
		}
		if len(rows) == 0 || len(rows) > rugzak.MaxInvitationRows {
			t.Fatalf("%d rows", len(rows))
		}
		last := 0
		for _, r := range rows {
			if text := fmt.Sprint(r); !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r\x00") || r.Number <= last {
				t.Fatalf("row %+v after line %d", r, last)
			}
			last = r.Number
		}
	})
}
