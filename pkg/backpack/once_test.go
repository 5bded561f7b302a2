// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// themesTitled counts the themes whose title begins so.
func (h *house) themesTitled(t testing.TB, title string) int {
	t.Helper()
	count := 0
	err := h.store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Themes()
		for _, th := range all {
			if strings.HasPrefix(th.Title, title) {
				count++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// A form that is sent twice, at once or after a restart, makes one entry and
// one theme, and both answers lead to it.
func TestFormsMakeThingsOnce(t *testing.T) {
	dir := t.TempDir()
	h := openHouse(t, dir)
	h.starter(t)
	writer, curator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	theme := backpack.ThemeInput{Title: "Eenmalig", Summary: "Kort", Key: string(h.NewID())}
	forms := map[string]func(h *house) (string, error){
		"theme": func(h *house) (string, error) {
			th, err := h.SaveTheme(t.Context(), curator, "", 0, theme)
			return string(th.ID), err
		},
	}
	for _, mode := range rugzak.AuthorModes() {
		in, id := simple("Eenmalig "+string(mode), "Tekst", rugzak.LevelInternal), h.idFor(writer)
		in.Mode = mode
		forms["entry, "+string(mode)] = func(h *house) (string, error) {
			saved, err := h.Share(t.Context(), writer, id, 0, in)
			return string(saved.Entry.ID), err
		}
	}
	for name, send := range forms {
		ids := make([]string, 8)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				var err error
				if ids[i], err = send(h); err != nil {
					t.Errorf("%s, sent for the %dth time: %v", name, i+1, err)
				}
			})
		}
		all.Wait()
		for _, id := range ids[1:] {
			if id != ids[0] || id == "" {
				t.Errorf("%s: answers lead to %q", name, ids)
				break
			}
		}
		first := send
		forms[name] = func(h *house) (string, error) {
			id, err := first(h)
			if id != ids[0] {
				t.Errorf("%s: after a restart it leads to %s, before to %s", name, id, ids[0])
			}
			return id, err
		}
	}
	h.close()
	again := openHouse(t, dir)
	for name, send := range forms {
		if _, err := send(again); err != nil {
			t.Errorf("%s, sent after a restart: %v", name, err)
		}
	}
	if n := again.themesTitled(t, "Eenmalig"); n != 1 {
		t.Errorf("%d themes were made", n)
	}
	for _, mode := range rugzak.AuthorModes() {
		if _, total := again.find(t, writer, strconv.Quote("Eenmalig "+string(mode))); total != 1 && mode != rugzak.Anonymous {
			t.Errorf("%d entries %q were made", total, mode)
		}
	}

	// The same key with other words is a conflict; by somebody else it is new.
	theme.Summary = "Anders"
	if th, err := again.SaveTheme(t.Context(), curator, "", 0, theme); rugzak.CodeOf(err) != rugzak.CodeConflict || th.ID == "" {
		t.Errorf("the same form with other words: %v, %v", th.ID, err)
	}
	other := again.join(t, writer.Organisation, "", rugzak.RoleFacilitator)
	if _, err := again.SaveTheme(t.Context(), other, "", 0, theme); err != nil {
		t.Errorf("the key of somebody else: %v", err)
	}
	if n := again.themesTitled(t, "Eenmalig"); n != 2 {
		t.Errorf("%d themes were made, want 2", n)
	}
}
