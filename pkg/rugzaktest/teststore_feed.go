// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreFeedTokens(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	token := func(n int, p rugzak.PersonID) rugzak.FeedToken {
		return rugzak.FeedToken{
			Person: p, ID: ID(n), Hash: rugzak.HashSecret(ID(n)), Name: "Telefoon",
			Feed: rugzak.Feed{Kind: rugzak.FeedTheme, About: "bal"}, Epoch: 3, At: Noon, UsedAt: rugzak.FeedDay(Noon),
		}
	}
	wantEveryField(t, reflect.ValueOf(token(1, me)), "FeedToken")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, f := range []rugzak.FeedToken{token(3, me), token(2, other), token(1, me)} {
			if err := w.SaveFeedToken(f); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(p rugzak.PersonID) (all []rugzak.FeedToken) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.FeedTokens(p); return err })
		return all
	}
	Same(t, "addresses", list(me), []rugzak.FeedToken{token(1, me), token(3, me)})
	Same(t, "addresses of nobody", list(""), nil)
	again := token(3, me)
	again.UsedAt = again.UsedAt.Add(24 * time.Hour)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveFeedToken(again) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.FeedToken(again.Hash)
		Same(t, "an address that was used", got, again)
		_, gone := r.FeedToken(rugzak.HashSecret("made up"))
		storeMissing(t, "an address nobody made", gone)
		return err
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveFeedToken(rugzak.HashSecret("made up")) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveFeedToken(again.Hash) })
	Same(t, "after one was revoked", list(me), []rugzak.FeedToken{token(1, me)})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	Same(t, "after the person went", list(me), nil)
	storeView(t, s, func(r rugzak.Reader) error {
		_, gone := r.FeedToken(token(1, me).Hash)
		storeMissing(t, "an address of a person who is gone", gone)
		got, err := r.FeedToken(token(2, other).Hash)
		Same(t, "somebody else's", got, token(2, other))
		return err
	})
}
