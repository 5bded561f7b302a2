// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale_test

import (
	"testing"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// Every word of the domain that a page can show has a sentence.
func TestVocabularyIsTranslated(t *testing.T) {
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	add := func(key string, suffixes ...string) {
		keys = append(keys, key)
		for _, s := range suffixes {
			keys = append(keys, key+s)
		}
	}
	for _, k := range rugzak.Kinds() {
		add("kind."+string(k), ".plural", ".purpose")
	}
	for _, r := range rugzak.Roles() {
		add("role."+string(r), ".hint")
	}
	for _, l := range rugzak.Languages() {
		add("language."+string(l), ".own")
	}
	for _, l := range []rugzak.Level{rugzak.LevelDraft, rugzak.LevelTeam, rugzak.LevelOrganisation, rugzak.LevelInternal} {
		add("audience."+string(l), ".hint")
	}
	for _, s := range []rugzak.State{rugzak.StateDraft, rugzak.StateShared, rugzak.StateToReview, rugzak.StateArchived, rugzak.StateWithdrawn} {
		add("state."+string(s), ".hint")
	}
	for _, m := range []rugzak.AuthorMode{rugzak.ByName, rugzak.ByTeam, rugzak.Anonymous} {
		add("authormode."+string(m), ".hint")
	}
	for _, r := range []rugzak.RelationType{rugzak.BuildsOn, rugzak.Answers, rugzak.Applies, rugzak.SeeAlso, rugzak.TranslationOf} {
		add("relation."+string(r), ".inverse")
	}
	for _, o := range []rugzak.Outcome{rugzak.OutcomeWorked, rugzak.OutcomePartly, rugzak.OutcomeNot, rugzak.OutcomeUnknown} {
		add("outcome." + string(o))
	}
	for _, h := range []rugzak.Horizon{rugzak.HorizonNow, rugzak.HorizonThisYear, rugzak.HorizonLater} {
		add("horizon." + string(h))
	}
	for _, s := range []rugzak.QuestionState{
		rugzak.QuestionOpen, rugzak.QuestionExploring, rugzak.QuestionTrying, rugzak.QuestionAnswered, rugzak.QuestionLetGo,
	} {
		add("questionstate." + string(s))
	}
	for _, s := range []rugzak.QuestionSize{rugzak.SizeLearning, rugzak.SizeJoint} {
		add("questionsize."+string(s), ".hint")
	}
	for _, k := range []rugzak.OrganisationKind{rugzak.Department, rugzak.Partner} {
		add("organisationkind." + string(k))
	}
	for prefix, words := range map[string][]string{
		"methodgoal.": rugzak.MethodGoals(), "methodguidance.": rugzak.MethodGuidances(), "methodtrust.": rugzak.MethodTrusts(),
	} {
		for _, word := range words {
			add(prefix + word)
		}
	}
	for _, key := range keys {
		for _, lang := range locale.Languages() {
			if !c.Has(lang, key) {
				t.Errorf("%s: no %s", lang, key)
			}
		}
	}
}
