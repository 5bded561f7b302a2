// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreIdeas(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	idea := func(n int, state rugzak.IdeaState, invited ...rugzak.OrganisationID) rugzak.Idea {
		return rugzak.Idea{
			ID: ID(n), Title: "Een dag meelopen", Text: "Zo leren we elkaars werk kennen.", Step: "Plan één ochtend.", Organisations: invited,
			Answers: []rugzak.IdeaAnswer{{Organisation: invited[0], Reply: rugzak.IdeaYes, Note: "Graag in mei", At: Noon}},
			State:   state, Became: "agenda:meelopen", Sample: true, At: Noon, UpdatedAt: Noon.Add(time.Hour), Version: 1,
		}
	}
	wantEveryField(t, reflect.ValueOf(idea(1, rugzak.IdeaOpen, Youth)), "Idea")
	first, second, third := idea(1, rugzak.IdeaOpen, Youth, Homes), idea(2, rugzak.IdeaOpen, Youth), idea(3, rugzak.IdeaClosed, Youth)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, i := range []rugzak.Idea{second, first, third} {
			if err := w.SaveIdea(i, 0); err != nil {
				return err
			}
		}
		return nil
	})
	open := func(o rugzak.OrganisationID) (all []rugzak.Idea) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.OpenIdeas(o); return err })
		return all
	}
	Same(t, "open ones of an organisation", open(Youth), []rugzak.Idea{first, second})
	Same(t, "open ones of another", open(Homes), []rugzak.Idea{first})
	Same(t, "open ones of nobody", open(""), nil)
	storeView(t, s, func(r rugzak.Reader) error {
		all, err := r.Ideas()
		Same(t, "all ideas", all, []rugzak.Idea{first, second, third})
		_, missing := r.Idea(ID(4))
		storeMissing(t, "an idea that is not there", missing)
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveIdea(first, 0) })
	first.Organisations, second.State = []rugzak.OrganisationID{Homes}, rugzak.IdeaGrown
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveIdea(first, 1); err != nil {
			return err
		}
		return w.SaveIdea(second, 1)
	})
	first.Version = 2
	Same(t, "not invited any more, or not open", open(Youth), nil)
	Same(t, "invited still", open(Homes), []rugzak.Idea{first})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveIdea(first.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveIdea(first.ID) })
	Same(t, "after it was removed", open(Homes), nil)
}

func testStoreSelfCheck(t *testing.T, s rugzak.Store) {
	read := func() (c rugzak.SelfCheck) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { c, err = r.SelfCheck(); return err })
		return c
	}
	Same(t, "a new backpack", read(), rugzak.SelfCheck{})
	said := rugzak.SelfCheck{Version: 1, Answers: []rugzak.SelfAnswer{{Point: rugzak.SelfThemes, How: rugzak.SelfHelp, Note: "Nog één keer samen", At: Noon}}}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveSelfCheck(said, 0) })
	Same(t, "what was said", read(), said)
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveSelfCheck(said, 0) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveSelfCheck(rugzak.SelfCheck{}, 1) })
	Same(t, "nothing any more", read(), rugzak.SelfCheck{Version: 2})
}
