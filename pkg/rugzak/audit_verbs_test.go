// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// Every act of the file stands in the list, once.
func TestAuditVerbsAreComplete(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "audit_verbs.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	listed := AuditVerbs()
	declared := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "AuditVerb" {
			return true
		}
		word, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		declared++
		if !slices.Contains(listed, AuditVerb(word)) {
			t.Errorf("%s is not in AuditVerbs: add it, and its sentence audit_act.%s to the catalogues", spec.Names[0].Name, word)
		}
		return true
	})
	if declared != len(listed) {
		t.Errorf("%d acts, %d listed", declared, len(listed))
	}
}
