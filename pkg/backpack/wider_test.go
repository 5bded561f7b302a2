// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// mender is an index that knows one typing error.
type mender struct {
	rugzak.Index
	wrong, right string
}

func (x mender) Search(ctx context.Context, s rugzak.Search) (rugzak.Results, error) {
	found, err := x.Index.Search(ctx, s)
	typed := s.Query.String()
	if err != nil || !strings.Contains(typed, x.wrong) {
		return found, err
	}
	meant := strings.ReplaceAll(typed, x.wrong, x.right)
	if found.Total == 0 && !s.Literal {
		s.Query = rugzak.ParseQuery(meant)
		if found, err = x.Index.Search(ctx, s); err != nil || found.Total == 0 {
			return found, err
		}
		found.Corrected = true
	}
	found.Meant = meant
	return found, nil
}

// What is offered is what there is to find, counted to the letter.
func TestWiderSearches(t *testing.T) {
	t.Parallel()
	h := openHouse(t, t.TempDir(), func(x rugzak.Index) rugzak.Index { return mender{x, "overdragt", "overdracht"} })
	o, err := h.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, backpack.OrganisationInput{Name: "Wmo", Kind: rugzak.Department})
	if err != nil {
		t.Fatal(err)
	}
	writer, curator := h.join(t, o.ID, "", rugzak.RoleParticipant), h.join(t, o.ID, "", rugzak.RoleFacilitator)
	theme, err := h.SaveTheme(t.Context(), curator, "", 0, backpack.ThemeInput{Title: "Kiezelgrond en klei", Synonyms: []string{"Leemlaag"}})
	if err != nil {
		t.Fatal(err)
	}
	h.share(t, writer, simple("Rozemarijn", "Warme zandloper in de leemlaag.", rugzak.LevelInternal))
	h.share(t, writer, simple("Rozemarijn en tijm", "De zandloper was warm, dat hielp de overdracht.", rugzak.LevelInternal))
	old := h.share(t, writer, simple("Salie", "Een kruid uit een oude kast.", rugzak.LevelInternal))
	h.setArchived(t, old.ID)
	h.caughtUp(t)
	kind := func(k rugzak.Kind) rugzak.Filter { return rugzak.Filter{rugzak.FacetKind: {string(k)}} }
	for name, c := range map[string]struct {
		asked backpack.Asked
		meant string
		want  backpack.WiderView
	}{
		"nothing helps": {asked: backpack.Asked{Query: "kraanvogel"}},
		"without its filter": {
			asked: backpack.Asked{Query: "rozemarijn", Filter: kind(rugzak.KindMethod)},
			want:  backpack.WiderView{NoFilter: 2},
		},
		"in the archive": {
			asked: backpack.Asked{Query: "salie"},
			want:  backpack.WiderView{Archived: 1},
		},
		"the archive was asked": {asked: backpack.Asked{Query: "kraanvogel", Archived: true}},
		"the words of a phrase, and fewer": {
			asked: backpack.Asked{Query: `"rozemarijn warme" tijm`},
			want: backpack.WiderView{Fewer: []backpack.WiderQuery{
				{Query: "rozemarijn warme tijm", Count: 2}, {Query: "tijm", Count: 1},
			}},
		},
		"without what was excluded": {
			asked: backpack.Asked{Query: "rozemarijn -zandloper"},
			want:  backpack.WiderView{Fewer: []backpack.WiderQuery{{Query: "rozemarijn", Count: 2}}},
		},
		"fewer words, without the filter": {
			asked: backpack.Asked{Query: `tijm "niet samen"`, Filter: kind(rugzak.KindMethod)},
			want:  backpack.WiderView{Fewer: []backpack.WiderQuery{{Query: "tijm niet samen", Count: 1}, {Query: "tijm", Count: 1}}, Unfiltered: true},
		},
		"as it was meant": {
			asked: backpack.Asked{Query: "overdragt", Literal: true},
			meant: "rozemarijn overdracht",
			want:  backpack.WiderView{Meant: backpack.WiderQuery{Query: "rozemarijn overdracht", Count: 2}},
		},
		"meant is not there either": {asked: backpack.Asked{Query: "kraanvogel"}, meant: "kraanvogels"},
		"a theme": {
			asked: backpack.Asked{Query: "klei kraanvogel"},
			want:  backpack.WiderView{Themes: []backpack.WiderTheme{{ID: theme.ID, Title: theme.Title}}},
		},
	} {
		got, err := h.Wider(t.Context(), writer, c.asked, c.meant)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, c.want)
		}
		if v, err := h.Search(t.Context(), writer, c.asked); err != nil || v.Total > 0 {
			t.Errorf("%s: the test asks what finds something: %d, %v", name, v.Total, err)
		}
	}
	// The marks of a mended search are those of what it found.
	v, err := h.Search(t.Context(), writer, backpack.Asked{Query: "overdragt"})
	if err != nil || !v.Corrected || v.Meant != "overdracht" || v.Total == 0 {
		t.Fatalf("a typing error finds %d: %+v, %v", v.Total, v.Meant, err)
	}
	for _, hit := range v.Hits {
		marked := ""
		for _, f := range hit.Fragments {
			for _, m := range f.Marks {
				marked += f.Text[m.Start:m.End] + " "
			}
		}
		for _, m := range hit.TitleMarks {
			marked += hit.Title[m.Start:m.End]
		}
		if !strings.Contains(strings.ToLower(marked), "overdracht") && !strings.Contains(strings.ToLower(marked), "overgedragen") {
			t.Errorf("%q has %q marked", hit.Title, marked)
		}
	}
	if v, err := h.Search(t.Context(), writer, backpack.Asked{Query: "overdragt", Literal: true}); err != nil || v.Total > 0 || v.Corrected {
		t.Errorf("to the letter a typing error finds %d, %v", v.Total, err)
	}
}

// setArchived puts an entry in the archive.
func (h *house) setArchived(t testing.TB, id rugzak.EntryID) {
	t.Helper()
	_, err := h.store.Update(t.Context(), func(w rugzak.Writer) error {
		e, err := w.Entry(id)
		if err != nil {
			return err
		}
		e.State = rugzak.StateArchived
		if err := w.SaveEntry(e, e.Version, nil); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: h.clock.Now(), Actor: "system", Verb: rugzak.VerbEntryToReview, Subject: rugzak.EntrySubject(id)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// tired is an index that answers some searches, and then takes longer than
// anybody waits.
type tired struct {
	rugzak.Index
	t     *testing.T
	after int
}

func (x *tired) Search(ctx context.Context, s rugzak.Search) (rugzak.Results, error) {
	if x.after--; x.after >= 0 {
		return x.Index.Search(ctx, s)
	}
	if at, ok := ctx.Deadline(); !ok || time.Until(at) > 10*time.Second {
		x.t.Error("looking around has no end")
	}
	return rugzak.Results{}, context.DeadlineExceeded
}

// What was found in time is offered, however long the rest would take.
func TestWiderIsBounded(t *testing.T) {
	t.Parallel()
	slow := &tired{t: t, after: 100}
	h := openHouse(t, t.TempDir(), func(x rugzak.Index) rugzak.Index { slow.Index = x; return slow })
	h.starter(t)
	by := h.person(t, "deelnemer@voorbeeld.test")
	h.share(t, by, simple("Rozemarijn", "Warme zandloper.", rugzak.LevelInternal))
	h.caughtUp(t)
	method := rugzak.Filter{rugzak.FacetKind: {string(rugzak.KindMethod)}}
	asked := backpack.Asked{Query: "rozemarijn -zandloper", Filter: method}
	whole, err := h.Wider(t.Context(), by, asked, "")
	if err != nil || !whole.Unfiltered || len(whole.Fewer) == 0 {
		t.Fatalf("control: %+v, %v", whole, err)
	}
	for n := range 100 {
		slow.after = n
		v, err := h.Wider(t.Context(), by, asked, "")
		if err != nil {
			t.Fatalf("after %d searches: %v", n, err)
		}
		if reflect.DeepEqual(v, whole) {
			if n < 3 {
				t.Errorf("%d searches are enough: the test sees too little", n)
			}
			return
		}
	}
	t.Error("it never gets to its end")
}
