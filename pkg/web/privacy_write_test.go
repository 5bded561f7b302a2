// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// Numbers that pass the eleven-test.
const (
	oneBSN   = "111222333"
	otherBSN = "123456782"
)

// A number is blocked beside its field, in both forms and for both buttons; the
// text stays; declared, it is accepted.
func TestBlockedNumber(t *testing.T) {
	s := newSite(t)
	type form struct{ path, field, more string }
	for _, x := range []form{
		{pathShare, "answer_learned", "answer_happened"}, {pathAsk, "answer_why_now", "answer_question"},
		{pathEntryNew + "?soort=experience", "body", "title"}, {pathShare, "title", "answer_happened"},
		{pathEntryNew + "?soort=method", "method_steps", "title"}, {pathAsk, "question_next_step", "answer_question"},
		{pathEntryNew + "?soort=experience", "tags", "title"},
	} {
		for _, do := range []string{doShare, doDraft} {
			before := draftsOf(s, participant)
			text := "Het bestelnummer is " + oneBSN + " en meer"
			page := s.as(participant).get(x.path)
			fields := []string{"do", do, x.field, text, x.more, "Iets anders"}
			if strings.Contains(x.path, "soort=") {
				fields = append(fields, "lesson", "De les")
			}
			if strings.Contains(x.path, "method") {
				fields = append(fields, "method_goal", "explore")
			}
			bad := submitWith(page, fields...).want(http.StatusUnprocessableEntity)
			bad.find(`.rz-error-summary a[href="#` + x.field + `"]`)
			if n := bad.find(`.rz-error-summary a`).Length(); n != 1 {
				t.Errorf("%s %s: %d things are wrong: %s", x.path, x.field, n, bad.text(".rz-error-summary"))
			}
			if got := bad.text("#" + x.field + "-error"); !strings.Contains(got, "Op regel 1 staat een getal") {
				t.Errorf("%s %s: beside the field stands %q", x.path, x.field, got)
			}
			if got := bad.text("mark"); got != oneBSN {
				t.Errorf("%s %s: marked is %q", x.path, x.field, got)
			}
			if got := formValues(bad.find(theForm)).Get(x.field); got != text {
				t.Errorf("%s: the text is %q now", x.path, got)
			}
			if n := draftsOf(s, participant); n != before {
				t.Errorf("%s: %d drafts, want %d", x.path, n, before)
			}
			if bad.find(`input[name=not_bsn][value="`+oneBSN+`"]`).Closest("label").Text() == "" {
				t.Error("the box has no label")
			}
			done := submitWith(bad, "do", do, "not_bsn", oneBSN).want(http.StatusSeeOther)
			e := s.stored(participant, done.Header.Get("Location"))
			if len(e.NotBSN) != 1 || e.NotBSN[0] != oneBSN {
				t.Errorf("declared %v", e.NotBSN)
			}
			// The declaration holds in the next edit, and only for this number.
			edit := page.get(at(pathEntryEdit, string(e.ID)))
			again := doSave
			if do == doDraft {
				again = doDraft
			}
			submitWith(edit, "do", again, "lesson", "Nieuwe les").want(http.StatusSeeOther)
			edit = page.get(at(pathEntryEdit, string(e.ID)))
			submitWith(edit, "do", again, "lesson", "Nog een: "+otherBSN).want(http.StatusUnprocessableEntity)
		}
	}
}

// Called a BSN, a number cannot be declared away.
func TestNamedNumber(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathShare)
	bad := submitWith(page, "do", doDraft, "answer_happened", "Eerste regel\r\nHaar BSN is "+oneBSN).want(http.StatusUnprocessableEntity)
	bad.shows("Op regel 2 staat een burgerservicenummer (BSN).")
	if bad.Doc.Find("input[name=not_bsn]").Length() != 0 {
		t.Error("a named number can be declared")
	}
	values := formValues(bad.find(theForm))
	values.Set("not_bsn", oneBSN)
	values.Set("do", doDraft)
	bad.send(http.MethodPost, pathShare, values).want(http.StatusUnprocessableEntity)
	if n := draftsOf(s, participant); n != 0 {
		t.Errorf("%d drafts", n)
	}
}

func TestAutosaveBlocksNumber(t *testing.T) {
	s := newSite(t)
	for path, field := range map[string]string{pathShare: "answer_next", pathEntryNew + "?soort=insight": "body"} {
		page := s.as(participant).get(path)
		values := formValues(page.find(theForm))
		values.Set(field, "a\r\nb "+oneBSN)
		status, told := autosaved(t, page, values)
		if status != http.StatusUnprocessableEntity || told.Errors[0].Field != field || !strings.Contains(told.Message, "Op regel 2") {
			t.Errorf("%s: %d %+v", path, status, told)
		}
		if strings.Contains(told.Message, oneBSN) {
			t.Error("the answer repeats the number")
		}
		if n := draftsOf(s, participant); n != 0 {
			t.Fatalf("%s: %d drafts", path, n)
		}
	}
	page := s.as(participant).get(pathShare)
	values := formValues(page.find(theForm))
	values.Set("answer_next", "b "+oneBSN)
	values.Set("not_bsn", oneBSN)
	if status, told := autosaved(t, page, values); status != http.StatusOK || told.Version != 1 {
		t.Errorf("declared: %d %+v", status, told)
	}
	if e := s.stored(participant, values.Get("id")); e.State != rugzak.StateDraft || !strings.Contains(e.Body, oneBSN) {
		t.Errorf("stored %+v", e)
	}
}

// The log never holds what people type.
func TestLogHoldsNoText(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathShare)
	submitWith(page, "do", doShare, "answer_happened", "geheimwoord "+oneBSN, "title", "titelgeheim")
	submitWith(page, "do", doShare, "answer_happened", "geheimwoord", "title", "titelgeheim").want(http.StatusSeeOther)
	for _, word := range []string{"geheimwoord", "titelgeheim", oneBSN} {
		if strings.Contains(s.Book.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
}
