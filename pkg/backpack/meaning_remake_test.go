// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/meaning"
	"rugzak/pkg/rugzak"
)

// Who goes through all entries while the vectors are thrown away does not say
// that everything is there: what they had passed before that is not.
func TestMeaningRemadeWhileFilling(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.Ollama)
	x.stop() // each step is taken by hand
	for i := range 70 {
		x.share(t, x.w, simple(fmt.Sprintf("Knaspoet %d", i), "Knaspoet knaspoet.", rugzak.LevelInternal))
	}
	x.caughtUp(t)
	if err := x.vectors.Reset(); err != nil {
		t.Fatal(err)
	}
	var second sync.WaitGroup
	thrown, first := make(chan struct{}), make(chan struct{})
	throw := sync.OnceFunc(func() { close(thrown) })
	begin := sync.OnceFunc(func() {
		second.Go(func() {
			err := x.RemakeMeaning(t.Context(), func(int, int) { throw(); <-first })
			if throw(); err != nil {
				t.Error(err)
			}
		})
		<-thrown // and some of them are made again
	})
	err := x.CatchUpMeaning(t.Context(), func(done, _ int) {
		if done > 40 {
			begin()
		}
	})
	close(first)
	second.Wait()
	if err != nil {
		t.Fatal(err)
	}
	x.allHaveVectors(t)
}

// Questions that were asked before are asked anew when everything is made anew:
// the endpoint may have another model by now.
func TestMeaningRemadeForgetsQuestions(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.Ollama)
	x.stop()
	x.share(t, x.w, simple("Knaspoet", "Knaspoet knaspoet.", rugzak.LevelInternal))
	x.followed(t)
	sent := func() bool {
		t.Helper()
		x.server.Received()
		if got, _ := x.asks(t, x.r, backpack.Asked{Query: "zwirbel"}); !slices.Contains(got, "Knaspoet*") {
			t.Errorf("found %q", got)
		}
		return slices.Contains(x.server.Received(), "zwirbel")
	}
	if !sent() || sent() {
		t.Error("control: a question is not sent, or twice")
	}
	x.server.SetLength(48)
	if err := x.RemakeMeaning(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if !sent() {
		t.Error("a question of before is not asked anew")
	}
}
