// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// otherAnswers is what the surfaces tell a reader that show no entries of
// others, or hardly any: that they stay like that is what is tested.
func (w *world) otherAnswers(t *testing.T, p rugzak.Person) (all []surfaceAnswer) {
	t.Helper()
	ctx := t.Context()
	add := func(surface string, v any, err error) {
		all = append(all, surfaceAnswer{surface, []any{v, fmt.Sprint(err)}})
	}
	own, err := w.OwnData(ctx, p)
	own.Audit = nil // holds that these answers were asked for
	add("own data", own, err)
	organisation, err := w.OwnOrganisation(ctx, p)
	add("own organisation", organisation, err)
	need, err := w.OwnNeed(ctx, p)
	add("own need", need, err)
	org, team, err := w.OwnTeamNeed(ctx, p)
	add("own need of a team", []any{org, team}, err)
	phases, err := w.Phases(ctx, p)
	add("phases", phases, err)
	_, wordings, err := w.Wordings(ctx, p, -1)
	add("wordings", wordings, err)
	needs, err := w.Needs(ctx, p)
	add("needs", needs, err)
	versions, err := w.CompassVersions(ctx, p)
	add("versions of the compass", versions, err)
	version, err := w.CompassVersion(ctx, p, 0)
	add("a version of the compass", version, err)
	leads, err := w.AgendaOrganisations(ctx, p)
	add("who can lead", leads, err)
	agenda, err := w.Agenda(ctx, p)
	add("agenda", agenda, err)
	for _, line := range agenda {
		item, err := w.AgendaItem(ctx, p, line.Item.ID)
		add("agenda item", item, err)
		for _, kind := range []rugzak.Kind{rugzak.KindQuestion, rugzak.KindSuccess} {
			candidates, err := w.AgendaCandidates(ctx, p, line.Item.ID, kind, "")
			add("candidates of an agenda item", candidates, err)
		}
	}
	feeds, err := w.FeedTokens(ctx, p)
	add("feeds", feeds, err)
	terms, err := w.Terms(ctx, p)
	add("terms", terms, err)
	partners, err := w.ThemePartners(ctx, p)
	add("partners of themes", partners, err)
	why, err := w.WhyChoices(ctx, p)
	add("levels of a line", why, err)
	rising, behind, err := w.RisingThemes(ctx, p)
	add("rising themes", []any{rising, behind}, err)
	twins, err := w.TwinThemes(ctx, p)
	add("themes that look alike", twins, err)
	inbox, err := w.Inbox(ctx, p, "")
	add("entries without theme", inbox, err)
	incidents, err := w.Incidents(ctx, p)
	add("reports", incidents, err)
	preview, err := w.Preview(ctx, p, "Zie [dit](/ervaringen/"+string(w.entries[0])+").", rugzak.Dutch)
	add("preview", preview, err)
	for _, o := range w.people {
		profile, err := w.Profile(ctx, p, o.ID)
		add("profile", profile, err)
		colleagues, err := w.Colleagues(ctx, p, o.ID)
		add("colleagues", colleagues, err)
	}
	celebrated, err := w.Celebrations(ctx, p, "")
	add("what is celebrated", celebrated, err)
	celebrations, err := w.CelebrationDesk(ctx, p)
	add("what to celebrate", celebrations, err)
	for _, id := range w.themes {
		narrow, err := w.NarrowSources(ctx, p, id, backpack.ThreadInput{Intro: "Zie [dit](/ervaringen/" + string(w.entries[0]) + ")."})
		add("sources of a theme", narrow, err)
		thread, err := w.Service.Thread(ctx, p, id)
		add("thread", thread, err)
		write, err := w.ThreadToWrite(ctx, p, id)
		add("thread to write", write, err)
		letters, err := w.ThemeLetters(ctx, p, id)
		add("letters of a theme", letters, err)
		for _, line := range letters.Lines {
			letter, err := w.ThemeLetter(ctx, p, line.Letter.ID)
			add("theme letter", letter, err)
		}
		letterForm, err := w.LetterToWrite(ctx, p, id, "")
		add("letter to write", letterForm, err)
		preview, err := w.PreviewThread(ctx, p, id, backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Quotes: []rugzak.Quote{{Entry: w.entries[0], Text: "x"}}}}})
		add("thread as it will look", preview, err)
		versions, err := w.ThreadHistory(ctx, p, id, 0)
		add("versions of a thread", versions, err)
		for _, line := range versions.Lines {
			version, err := w.ThreadVersion(ctx, p, id, line.Number)
			add("version of a thread", version, err)
		}
		candidates, err := w.ThemeCandidates(ctx, p, id, common, "")
		add("candidates of a theme", candidates, err)
		proposals, err := w.Proposals(ctx, p, id, "")
		add("proposals for a theme", proposals, err)
		report, err := w.ThemeToReport(ctx, p, id)
		add("theme to report", report, err)
		choices, err := w.Service.MeetingChoices(ctx, p, "", id)
		add("meeting about a theme", choices, err)
	}
	for _, id := range w.entries {
		report, err := w.EntryToReport(ctx, p, id)
		add("entry to report", report, err)
		on, err := w.AgendaOfEntry(ctx, p, id)
		add("where on the agenda", on, err)
		choices, err := w.Service.MeetingChoices(ctx, p, id, "")
		add("meeting about an entry", choices, err)
	}
	return append(all, w.careAnswers(t, p)...)
}

// unasked are reading use cases that no test of leaks asks, and why not.
var unasked = map[string]string{
	"Check": "about the text that is sent", "Advise": "about the text that is sent", "CheckLine": "about the text that is sent", "CheckResponse": "about the text that is sent",
	"AgendaFindings": "about the text that is sent", "CompassFindings": "about the text that is sent",
	"Factors": "of an account", "Sessions": "of an account", "ShowCodeApp": "of an account", "NoticeSettings": "of an account",
	"CodeAppPicture": "of an account", "AskNewPasskey": "of an account", "RememberDevice": "of an account", "DueKeeps": "MyDueKeeps asks it",
	"AccountSettings": "of the site", "Settings": "of the site", "FileLimits": "of the site", "AccessibilityStatement": "of the site", "AttachmentsToEdit": "Attachments shows the same, to more", "Term": "of the site", "MailState": "of the site",
	"AuditLog": "holds ids only, for those who audit", "VerifyAudit": "holds ids only, for those who audit", "PrivacyDesk": "counts everything, for those who audit",
	"IdeaChoices": "of organisations, for the core team", "IdeaToEdit": "Idea shows the same", "SelfCheck": "of the site, for the core team",
	"Checklist": "counts everything, for those who audit", "PreviewRetention": "counts everything, for administrators",
	"PersonRequests": "of people, for administrators", "Left": "of people, for administrators", "Person": "of people, for administrators",
	"PersonByEmail": "of people, for administrators", "Organisation": "of organisations, for administrators",
	"OrganisationNamed": "of organisations, for administrators", "ThemeNamed": "of themes, for administrators", "Samples": "counts the samples, for administrators",
	"Invitations": "of people, for those who invite", "InviteChoices": "of organisations, for those who invite", "PreviewInvitations": "of people, for those who invite",
	"Incident": "what is reported, for those who settle it", "Purges": "holds ids only, for those who settle reports",
	"WooPreview": "counts everything, for those who answer requests", "PreviewDigest": "the text of WeekMessage and Notices",
	"ResponseToReport": "Responses shows the same",
}

// changes are use cases that give back what they changed.
var changes = []string{
	"AddCodeApp", "Attach", "AddPasskey", "AskRoom", "BeginCodeApp", "BeginTheme", "ChangePassword", "ContinueSession", "Triage", "EditResponse", "Invite", "InviteAll", "KeepFor",
	"LoadStarter", "MakeRecoveryCodes", "PasswordLink", "Press", "RemoveFactor", "RemoveSamples", "RenewInvitation", "Respond", "SaveMeeting",
	"SaveOrganisation", "SavePerson", "SaveTheme", "SaveThread", "PutBackThread", "SaveLetter", "RemoveLetter", "SaveCelebration", "SplitTheme", "Unlink",
	"SaveHarvest", "SaveRound", "SaveQuestionSet", "SaveOutcome", "Decide",
	"SaveOrganisation", "SavePerson", "SaveTheme", "Unlink", "AddAgendaItem", "SaveAgendaItem", "SaveCompass",
	"SaveIdea", "IdeaToAgenda", "FreezeInterim",
}

// Every use case that shows something is asked in a test of leaks, or is said
// not to be. Who adds one, adds it to answers, grownAnswers or otherAnswers.
func TestTestsOfLeaksAskEveryReadingUseCase(t *testing.T) {
	t.Parallel()
	asked := calledIn(t, "leak*_test.go", "model_test.go")
	service := reflect.TypeFor[*backpack.Service]()
	unread := []reflect.Type{reflect.TypeFor[error](), reflect.TypeFor[rugzak.Position](), reflect.TypeFor[backpack.Saved]()}
	reading := 0
	for _, u := range rugzak.UseCases() {
		m, ok := service.MethodByName(u.Name)
		if !ok || u.Of == rugzak.AsProgram || u.Of == rugzak.AsAnybody || slices.Contains(changes, u.Name) {
			continue
		}
		shows := false
		for out := range m.Type.Outs() {
			shows = shows || !slices.Contains(unread, out)
		}
		why := unasked[u.Name]
		switch {
		case !shows && why != "":
			t.Errorf("%s shows nothing, and need not be named", u.Name)
		case asked[u.Name] && why != "":
			t.Errorf("%s is asked, and said not to be: %s", u.Name, why)
		case shows && !asked[u.Name] && why == "":
			t.Errorf("no test of leaks asks %s", u.Name)
		}
		if shows && asked[u.Name] {
			reading++
		}
	}
	if reading < 50 {
		t.Errorf("only %d use cases read: the test sees nothing", reading)
	}
}

// calledIn are the names of the methods that some files call.
func calledIn(t *testing.T, patterns ...string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if f, ok := call.Fun.(*ast.SelectorExpr); ok && !strings.HasPrefix(f.Sel.Name, "Test") {
					out[f.Sel.Name] = true
				}
				return true
			})
		}
	}
	return out
}
