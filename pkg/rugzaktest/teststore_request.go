// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreRequests(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	request := func(n int, p rugzak.PersonID) rugzak.PersonRequest {
		return rugzak.PersonRequest{ID: ID(n), Person: p, Kind: rugzak.RequestCorrection, Text: "Mijn team klopt niet", At: Noon}
	}
	wantEveryField(t, reflect.ValueOf(request(1, me)), "PersonRequest")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, r := range []rugzak.PersonRequest{request(2, me), request(1, other), request(3, me)} {
			if err := w.SavePersonRequest(r); err != nil {
				return err
			}
		}
		return nil
	})
	list := func() (all []rugzak.PersonRequest) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.PersonRequests(); return err })
		return all
	}
	Same(t, "requests", list(), []rugzak.PersonRequest{request(1, other), request(2, me), request(3, me)})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.PersonRequest(ID(2))
		Same(t, "request", got, request(2, me))
		return err
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemovePersonRequest(ID(9)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePersonRequest(ID(3)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	Same(t, "requests after a person went", list(), []rugzak.PersonRequest{request(1, other)})
}
