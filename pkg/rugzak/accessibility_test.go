// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"testing"
)

func TestAccessibilitySettings(t *testing.T) {
	t.Parallel()
	whole := AccessibilitySettings{
		Organisation: " Gemeente  Voorbeeldstad ", Email: "Toegankelijk@Voorbeeld.test ", Status: AccessiblePartly, Examined: "2026-11-02",
		Report: "https://voorbeeld.test/rapport", Exceptions: "\r\n Een oude foto zonder tekst. \r\n\r\nEen pdf.\n", Complaint: "https://www.voorbeeld.test/klacht?over=site",
	}.Trim()
	if whole.Organisation != "Gemeente Voorbeeldstad" || whole.Email != "toegankelijk@voorbeeld.test" || whole.Exceptions != "Een oude foto zonder tekst.\nEen pdf." || len(whole.List()) != 2 {
		t.Errorf("kept as %+v", whole)
	}
	for name, test := range map[string]struct {
		change func(*AccessibilitySettings)
		field  string
	}{
		"whole":             {func(*AccessibilitySettings) {}, ""},
		"nothing":           {func(s *AccessibilitySettings) { *s = AccessibilitySettings{} }, ""},
		"only a telephone":  {func(s *AccessibilitySettings) { s.Email, s.Phone = "", "14 012" }, ""},
		"no status":         {func(s *AccessibilitySettings) { s.Status, s.Organisation, s.Examined = "", "", "" }, ""},
		"another status":    {func(s *AccessibilitySettings) { s.Status = "best" }, "statement_status"},
		"nobody's":          {func(s *AccessibilitySettings) { s.Organisation = "" }, "statement_organisation"},
		"long name":         {func(s *AccessibilitySettings) { s.Organisation = strings.Repeat("a", MaxStatementLine+1) }, "statement_organisation"},
		"nobody to tell":    {func(s *AccessibilitySettings) { s.Email = "" }, "statement_email"},
		"no e-mail address": {func(s *AccessibilitySettings) { s.Email = "iemand" }, "statement_email"},
		"no day":            {func(s *AccessibilitySettings) { s.Examined = "" }, "statement_examined"},
		"no such day":       {func(s *AccessibilitySettings) { s.Examined = "2026-02-30" }, "statement_examined"},
		"a script":          {func(s *AccessibilitySettings) { s.Report = "javascript:alert(1)" }, "statement_report"},
		"not secured":       {func(s *AccessibilitySettings) { s.Report = "http://voorbeeld.test" }, "statement_report"},
		"with a password":   {func(s *AccessibilitySettings) { s.Complaint = "https://a:b@voorbeeld.test" }, "statement_complaint"},
		"half an address":   {func(s *AccessibilitySettings) { s.Complaint = "https://klacht" }, "statement_complaint"},
		"all but":           {func(s *AccessibilitySettings) { s.Status = AccessibleFully }, "statement_exceptions"},
		"in part, but all":  {func(s *AccessibilitySettings) { s.Exceptions = "" }, "statement_exceptions"},
	} {
		s := whole
		test.change(&s)
		var p Problems
		s.check(&p)
		var got []string
		for _, f := range p {
			got = append(got, f.Field)
		}
		if strings.Join(got, " ") != test.field {
			t.Errorf("%s: wrong are %q, not %q", name, got, test.field)
		}
	}
}
