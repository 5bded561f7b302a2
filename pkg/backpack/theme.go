// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strconv"

	"rugzak/pkg/rugzak"
)

// ThemeCard is a theme in a list. Count is the number of its entries the
// reader may see, -1 while the index cannot tell.
type ThemeCard struct {
	Theme rugzak.Theme
	Count int
}

// Themes lists the themes a reader may see, open ones first, by title.
func (s *Service) Themes(ctx context.Context, by rugzak.Person) ([]ThemeCard, error) {
	var themes []rugzak.Theme
	err := s.view(ctx, "themes", func(r rugzak.Reader) error {
		all, err := r.Themes()
		for _, t := range all {
			if rugzak.CanReadTheme(by, t) {
				themes = append(themes, shownTheme(by, t))
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sortThemes(themes)
	slices.SortStableFunc(themes, func(a, b rugzak.Theme) int {
		switch {
		case a.Closed == b.Closed:
			return 0
		case b.Closed:
			return -1
		}
		return 1
	})
	counts, known, err := s.counts(ctx, by, rugzak.FacetTheme)
	if err != nil {
		return nil, err
	}
	cards := make([]ThemeCard, len(themes))
	for i, t := range themes {
		cards[i] = ThemeCard{Theme: t, Count: -1}
		if known {
			cards[i].Count = counts[string(t.ID)]
		}
	}
	return cards, nil
}

// counts asks the index how many entries the reader may see per value of a
// facet. known is false while the index is behind on what may be seen.
func (s *Service) counts(ctx context.Context, by rugzak.Person, facet rugzak.Facet) (counts map[string]int, known bool, err error) {
	if known, err = s.indexKnows(ctx); err != nil || !known {
		return nil, false, err
	}
	found, err := s.Index.Search(ctx, rugzak.Search{
		Tokens: rugzak.ReaderTokens(by), Sort: rugzak.ByNewest, Size: 1, Facets: []rugzak.Facet{facet},
	})
	if err != nil {
		return nil, false, err
	}
	counts = map[string]int{}
	for _, c := range found.Facets[facet] {
		counts[c.Value] = c.Count
	}
	return counts, true, nil
}

// ThemeView is the page of a theme.
type ThemeView struct {
	Theme     rugzak.Theme
	HTML      string // the common thread
	Headings  []rugzak.Heading
	Pins      []Card
	Entries   []Card
	Next      rugzak.Mark
	Count     int // entries the reader may see, -1 while the index cannot tell
	Curators  []string
	Also      []rugzak.Organisation // partners who see the theme
	CanCurate bool
	// ThreadHidden: a curator does not see the thread, for not all it quotes is
	// for them. Narrow are the sources fewer may read than the theme; curators
	// are told.
	ThreadHidden bool
	Narrow       []NarrowSource
}

const pageOfTheme = 20

// Theme returns the page of a theme with the entries the reader may see.
func (s *Service) Theme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, after rugzak.Mark) (ThemeView, error) {
	var v ThemeView
	var pins, entries []rawCard
	err := s.view(ctx, "theme", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Theme, v.CanCurate = shownTheme(by, t), rugzak.CanCurate(by)
		if err := threadFor(r, by, t, &v); err != nil {
			return err
		}
		for _, c := range t.Curators {
			if name := n.person(c); name != "" && rugzak.CanKnowPerson(by, c, false) {
				v.Curators = append(v.Curators, name)
			}
		}
		for _, o := range t.Audience.Also {
			if by.IsMember() || o == by.Organisation {
				v.Also = append(v.Also, n.organisation(o))
			}
		}
		for _, pin := range t.Pins {
			e, mine, err := look(r, by, pin)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			pins = append(pins, n.card(by, e, mine))
		}
		list := r.Entries(rugzak.ThemeList(id), after)
		if !by.IsMember() { // what is hidden from a partner must not cost time
			list = readable(r, by, after)
		}
		entries, v.Next, err = n.cardsIn(by, list, pageOfTheme, func(e rugzak.Entry) bool {
			return e.State.Public() && slices.Contains(e.Themes, id) && (after != "" || !slices.Contains(t.Pins, e.ID))
		})
		return err
	})
	if err != nil {
		return v, err
	}
	v.Pins, v.Entries = s.finish(ctx, pins), s.finish(ctx, entries)
	v.Count = -1
	counts, known, err := s.counts(ctx, by, rugzak.FacetTheme)
	if err != nil {
		return v, err
	}
	if known {
		v.Count = counts[string(id)]
	}
	rendered, err := s.rendered(ctx, v.Theme.Thread, rugzak.Dutch)
	v.HTML, v.Headings = rendered.HTML, rendered.Headings
	return v, err
}

// shownTheme leaves out of a theme what this reader may not know: its thread,
// which depends on what it quotes, its pins, which are shown as cards, what was
// reported, and for a partner the curators and other partners.
func shownTheme(by rugzak.Person, t rugzak.Theme) rugzak.Theme {
	t.Thread, t.Pins = "", nil
	if !rugzak.CanReadThread(by, t) { // nor that it was reported
		t.Summary, t.OpenQuestions, t.NotBSN, t.Reported = "", nil, nil, false
	}
	if !by.IsMember() {
		t.Curators, t.NotBSN = nil, nil
		t.Audience.Also = []rugzak.OrganisationID{by.Organisation}
	}
	return t
}

// lookTheme fetches a theme for a reader; absent and hidden are alike.
func lookTheme(r rugzak.Reader, by rugzak.Person, id rugzak.ThemeID) (rugzak.Theme, error) {
	t, err := r.Theme(id)
	if err != nil {
		return t, err
	}
	if !rugzak.CanReadTheme(by, t) {
		return rugzak.Theme{}, rugzak.NotFound()
	}
	return t, nil
}

// ThemeInput is what the form of a theme holds.
type ThemeInput struct {
	Title, Summary, Thread  string
	Synonyms, OpenQuestions []string
	Also                    []rugzak.OrganisationID // partners who see the theme
	// Confirmed are the partners who newly see it, as the curator confirmed them.
	Confirmed []rugzak.OrganisationID
	NotBSN    []string
	Closed    bool
	// Reviewed: the writer looked at what the screener found and leaves it so.
	Reviewed bool
	// Key stands in the form of a new theme, so that sending it twice makes one.
	Key string
}

// asEntry is a theme as the rule about partners sees it: its title, summary and
// thread go where its audience goes.
func asEntry(t rugzak.Theme) rugzak.Entry {
	return rugzak.Entry{State: rugzak.StateShared, OrganisationKind: rugzak.Department, Audience: t.Audience}
}

func (in ThemeInput) clean() ThemeInput {
	in.Title, in.Summary = rugzak.Line(in.Title), rugzak.Line(in.Summary)
	in.Thread = rugzak.Newlines(in.Thread)
	in.Synonyms, in.OpenQuestions = lines(in.Synonyms), lines(in.OpenQuestions)
	return in
}

// lines cleans a list of single lines and drops empty ones and doubles.
func lines(in []string) []string {
	out := make([]string, 0, len(in))
	for _, l := range in {
		out = append(out, rugzak.Line(l))
	}
	return unique(out)
}

func (in ThemeInput) texts() []field {
	out := append(name("title", in.Title), field{"summary", in.Summary}, field{"thread", in.Thread})
	for _, l := range in.Synonyms {
		out = append(out, field{"synonyms", l})
	}
	for _, l := range in.OpenQuestions {
		out = append(out, field{"open_questions", l})
	}
	return out
}

func themeTexts(t rugzak.Theme) []field {
	in := ThemeInput{Title: t.Title, Summary: t.Summary, Thread: t.Thread, Synonyms: t.Synonyms, OpenQuestions: t.OpenQuestions}
	return in.texts()
}

// ThemeFindings lists what the screener found in the form of a theme.
func (s *Service) ThemeFindings(ctx context.Context, in ThemeInput) ([]Found, error) {
	found, err := s.inspect(ctx, in.clean().texts(), in.NotBSN)
	return shownFindings(found), err
}

// SaveTheme makes a theme (empty id) or changes one. base is the version the
// form was made from.
func (s *Service) SaveTheme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, base int, in ThemeInput) (rugzak.Theme, error) {
	if !rugzak.CanCurate(by) {
		return rugzak.Theme{}, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	declared, err := block(s.screen(in.texts(), in.NotBSN))
	if err != nil {
		return rugzak.Theme{}, err
	}
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	if err != nil {
		return rugzak.Theme{}, err
	}
	if len(in.Thread) <= rugzak.MaxThread {
		if _, err := s.Renderer.Render(ctx, in.Thread, rugzak.Dutch); err != nil {
			return rugzak.Theme{}, asThreadProblem(err)
		}
	}
	var t rugzak.Theme
	_, err = s.update(ctx, "save theme", func(w rugzak.Writer) error {
		t = rugzak.Theme{Curators: []rugzak.PersonID{by.ID}}
		if id == "" {
			if made, err := madeBefore(w, by, in); err != nil || made.ID != "" {
				t = made
				return err
			}
		}
		if id != "" {
			var err error
			if t, err = lookTheme(w, by, id); err != nil {
				return err
			}
			if !rugzak.CanReadThread(by, t) { // they would write over what they cannot see
				return rugzak.Forbidden("error.thread_reported")
			}
			if t.Version != base {
				return rugzak.Conflict()
			}
		} else if t.ID, err = freeThemeID(w, in.Title); err != nil {
			return err
		}
		unchanged := id != "" && slices.Equal(in.texts(), themeTexts(t))
		before := t
		if t.Thread, err = keptThread(w, by, before, in.Thread); err != nil {
			return err
		}
		t.Title, t.Summary, t.Synonyms, t.OpenQuestions = in.Title, in.Summary, in.Synonyms, in.OpenQuestions
		t.NotBSN, t.Closed, t.UpdatedAt = declared, in.Closed, s.now()
		t.Audience = rugzak.Audience{Level: rugzak.LevelInternal, Also: in.Also}.Clean("")
		if err := checkPartners(w, t.Audience.Also); err != nil {
			return err
		}
		if err := t.Validate(); err != nil {
			return err
		}
		if err := checkThread(w, by, before, t); err != nil {
			return err
		}
		if len(t.Audience.Also) > 0 {
			if err := refusePartners(found); err != nil {
				return err
			}
		}
		if !in.Reviewed && !unchanged {
			if err := wantReview(found); err != nil {
				return err
			}
		}
		gained, err := confirmed(w, asEntry(before), asEntry(t), in.Confirmed)
		if err != nil {
			return err
		}
		if err := w.SaveTheme(t, base); err != nil {
			return err
		}
		if len(gained) > 0 {
			if err := s.audit(w, by, rugzak.AuditAudiencePartner, rugzak.ThemeSubject(t.ID), t.Audience.String()); err != nil {
				return err
			}
		}
		t.Version = base + 1
		if id == "" && rugzak.ValidID(in.Key) {
			if err := w.SaveMade(rugzak.Made{Person: by.ID, Key: in.Key, ID: string(t.ID), At: s.now()}); err != nil {
				return err
			}
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbThemeSaved, Subject: "theme:" + string(t.ID)})
	})
	return t, err
}

// asThreadProblem puts a refusal of the renderer next to the thread.
func asThreadProblem(err error) error {
	return renameField(asBodyProblem(err), "thread")
}

// freeThemeID makes a slug of a title that no theme has. A number is added
// when one has it, whether or not the writer may see that one.
func freeThemeID(r rugzak.Reader, title string) (rugzak.ThemeID, error) {
	slug := rugzak.ThemeID(rugzak.Slug(title))
	if slug == "" {
		slug = "thema"
	}
	return freeSlug(slug, func(id string) (bool, error) {
		_, err := r.Theme(rugzak.ThemeID(id))
		if isMissing(err) {
			return true, nil
		}
		return false, err
	})
}

// newWord stands where the address of a page has an id, for the form of a new
// one: nothing may have it as its id.
const newWord = "nieuw"

// freeSlug tries slug, slug-2, slug-3 and so on.
func freeSlug[ID ~string](slug ID, free func(string) (bool, error)) (ID, error) {
	slug = slug[:min(len(slug), rugzak.MaxSlug-6)]
	for i := 1; ; i++ {
		id := string(slug)
		if i > 1 {
			id += "-" + strconv.Itoa(i)
		}
		if id == newWord {
			continue
		}
		if ok, err := free(id); ok || err != nil {
			return ID(id), err
		}
	}
}

// checkPartners wants every organisation to be a partner that is there.
func checkPartners(r rugzak.Reader, ids []rugzak.OrganisationID) error {
	var p rugzak.Problems
	for _, id := range ids {
		if o, err := r.Organisation(id); isMissing(err) || err == nil && o.Kind != rugzak.Partner {
			p.Add("audience", "error.audience.choice")
		} else if err != nil {
			return err
		}
	}
	return p.Err()
}

// ThemePartners lists the partners a theme can be shown to.
func (s *Service) ThemePartners(ctx context.Context, by rugzak.Person) ([]rugzak.Organisation, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var out []rugzak.Organisation
	err := s.view(ctx, "theme partners", func(r rugzak.Reader) error {
		all, err := r.Organisations()
		for _, o := range all {
			if o.Kind == rugzak.Partner && !o.Closed {
				out = append(out, o)
			}
		}
		return err
	})
	return out, err
}
