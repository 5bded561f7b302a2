// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

const permissionDoc = "../../docs/security/permissions.md"

// The documentation holds the same tables as the code.
func TestPermissionTableInDocumentation(t *testing.T) {
	want := permissionTables()
	if *update {
		if err := os.WriteFile(permissionDoc, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(permissionDoc)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/security/permissions.md differs from the tables in the code: go test -run TestPermissionTable ./pkg/rugzak -update")
	}
}

func permissionTables() string {
	var b strings.Builder
	b.WriteString(`# Who may do what

Made from the tables in ` + "`pkg/rugzak/permission.go` and `pkg/rugzak/usecase.go`" + `. Tests hold every use case, every route, every role
and every audience to them. Nobody reads more because of a role, with one exception: privacy officers read an entry
that was reported, while it is.

## Roles and permissions

A person has a set of roles. An administrator gains no reading rights.

`)
	fmt.Fprint(&b, "| role |")
	for _, p := range rugzak.Permissions() {
		fmt.Fprintf(&b, " %s |", p)
	}
	fmt.Fprintf(&b, "\n|---|%s\n", strings.Repeat("---|", len(rugzak.Permissions())))
	for _, r := range rugzak.Roles() {
		fmt.Fprintf(&b, "| %s |", r)
		for _, p := range rugzak.Permissions() {
			mark := ""
			if r.Allows(p) {
				mark = "yes"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteByte('\n')
	}
	b.WriteString(`
The permissions curate, steer, shape, room, privacy, audit and administer count for members of departments only. A partner contact
invites people of the own organisation. A manager makes room for the own team, and sees no other team’s needs.

## Use cases

Standing: *anybody* needs no account (who holds a secret, or nobody yet); *person* is signed in; *reader* may read the
entry; *author* wrote it, by name or without; *theme-reader* may see the theme; *program* is the program itself or
whoever holds the data directory. Whoever lacks the standing of a reader gets the answer of an entry that is not there.

| use case | permission | standing |
|---|---|---|
`)
	for _, u := range rugzak.UseCases() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", u.Name, u.Needs, u.Of)
	}
	return b.String()
}
