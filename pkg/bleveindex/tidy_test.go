// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Tidying takes the room back that replaced texts take, and changes no answer:
// also while texts come in.
func TestTidy(t *testing.T) {
	x := openNew(t)
	r := rand.New(rand.NewPCG(8, 8))
	for i := range 12 {
		if err := x.Apply(t.Context(), many(r, i%3*100, 150)); err != nil {
			t.Fatal(err)
		}
	}
	s := rugzak.Search{Tokens: []string{"internal"}, Size: 30, Facets: rugzak.AllFacets(), Query: rugzak.ParseQuery("molen")}
	before, err := x.Search(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	g, done, err := x.use()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	tidied := false
	for range 6000 { // what is not on the disk yet is merged the next time
		if err := x.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		untidy, err := g.isUntidy()
		if err != nil {
			t.Fatal(err)
		}
		if tidied = !untidy; tidied {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if !tidied {
		t.Error("the index stays untidy")
	}
	after, err := x.Search(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	writing := make(chan error)
	go func() {
		var errs error
		for i := range 10 {
			errs = errors.Join(errs, x.Apply(t.Context(), many(r, 1000+i*20, 20)))
		}
		writing <- errs
	}()
	for range 5 {
		if err := x.Tidy(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if err := <-writing; err != nil {
		t.Error(err)
	}
	if n, err := x.Count(); err != nil || n != before.Total+200 {
		t.Errorf("%d texts, %v; want %d", n, err, before.Total+200)
	}
}
