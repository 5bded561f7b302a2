// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// Reasons say why an entry is proposed for a theme.
type Reasons struct {
	Words []string // what it shares with the entries of the theme
	// Question is one that it belongs with, as do so many entries of the theme.
	Question      *Titled
	QuestionShare int
	// Lesson is one of the theme that it is about using, UsedIn an entry of the
	// theme that is about using it.
	Lesson, UsedIn *Titled
	// Linked is an entry of the theme it leads to, or that leads to it otherwise.
	Linked *Titled
	// Occasion is how many entries of the theme came of the same meeting or round.
	Occasion int
	// Few: the theme holds few entries of its organisation, or none.
	Few, None bool
}

// Titled names an entry.
type Titled struct {
	ID    rugzak.EntryID
	Title string
	Lang  rugzak.Lang
}

// links reports whether there is more than words.
func (w Reasons) links() bool {
	return w.Question != nil || w.Lesson != nil || w.UsedIn != nil || w.Linked != nil || w.Occasion > 0
}

// lift is what the reasons beside words are worth.
func (w Reasons) lift() (sum float64) {
	if w.Question != nil {
		sum += questionBoost
	}
	if w.Lesson != nil || w.UsedIn != nil {
		sum += applicationBoost
	}
	if w.Occasion > 0 {
		sum += occasionBoost
	}
	if w.Few || w.None {
		sum += underBoost
	}
	return sum
}

// signals are what links others to the entries of a theme, of those one reader
// may see.
type signals struct {
	entries       []rugzak.Entry // pins first, then newest first
	linked        []rugzak.EntryID
	questions     map[rugzak.EntryID]int    // how many of the entries belong with a question
	lessons       map[rugzak.EntryID]Titled // the entries themselves
	appliers      map[rugzak.EntryID]Titled // lesson outside the theme, to the application in it
	occasions     map[rugzak.Subject]int
	organisations map[rugzak.OrganisationID]int
}

// fewEntries is from how many entries the share of organisations in a theme
// says something.
const fewEntries = 3

func signalsOf(r rugzak.Reader, by rugzak.Person, t rugzak.Theme) (signals, error) {
	of := signals{
		questions: map[rugzak.EntryID]int{}, lessons: map[rugzak.EntryID]Titled{}, appliers: map[rugzak.EntryID]Titled{},
		occasions: map[rugzak.Subject]int{}, organisations: map[rugzak.OrganisationID]int{},
	}
	for _, pin := range t.Pins {
		e, _, err := look(r, by, pin)
		if isMissing(err) || err == nil && !e.State.Public() {
			continue
		}
		if err != nil {
			return of, err
		}
		of.entries = append(of.entries, e)
	}
	pinned := len(of.entries)
	for e, err := range r.Entries(rugzak.ThemeList(t.ID), "") {
		if err != nil {
			return of, err
		}
		if !e.State.Public() || !slices.Contains(e.Themes, t.ID) || slices.ContainsFunc(of.entries[:pinned], func(p rugzak.Entry) bool { return p.ID == e.ID }) {
			continue
		}
		mine, err := isMine(r, by, e)
		if err != nil {
			return of, err
		}
		if !mine && !rugzak.CanRead(by, e) {
			continue
		}
		if of.entries = append(of.entries, e); len(of.entries) == signalEntries {
			break
		}
	}
	return of, of.link(r, by)
}

// link looks at what the entries are linked to.
func (of *signals) link(r rugzak.Reader, by rugzak.Person) error {
	in := map[rugzak.EntryID]bool{}
	for _, e := range of.entries {
		in[e.ID] = true
		of.organisations[e.Organisation]++
		of.lessons[e.ID] = titled(e)
		if e.Occasion != "" {
			of.occasions[e.Occasion]++
		}
	}
	for _, e := range of.entries {
		near, err := neighbours(r, by, e)
		if err != nil {
			return err
		}
		for _, q := range questionsAmong(e, near) {
			of.questions[q.ID]++
		}
		if e.Application != nil && !in[e.Application.Lesson] {
			of.appliers[e.Application.Lesson] = titled(e)
		}
		for _, other := range near {
			if !in[other.ID] && !slices.Contains(of.linked, other.ID) {
				of.linked = append(of.linked, other.ID)
			}
		}
	}
	return nil
}

func titled(e rugzak.Entry) Titled { return Titled{ID: e.ID, Title: e.Title, Lang: e.Lang} }

// neighbours are the entries a reader may see that an entry leads to, or that
// lead to it.
func neighbours(r rugzak.Reader, by rugzak.Person, e rugzak.Entry) ([]rugzak.Entry, error) {
	var out []rugzak.Entry
	relations := slices.Clone(e.Relations)
	if e.Application != nil {
		relations = append(relations, rugzak.Relation{Type: rugzak.Applies, To: e.Application.Lesson})
	}
	for _, rel := range unique(relations) {
		other, _, err := look(r, by, rel.To)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, other)
	}
	for other, err := range r.NewestRelatedTo(e.ID) {
		if err != nil {
			return nil, err
		}
		mine, err := isMine(r, by, other)
		if err != nil {
			return nil, err
		}
		if !mine && !rugzak.CanRead(by, other) {
			continue
		}
		if out = append(out, other); len(out) >= maxRelated {
			break
		}
	}
	return slices.DeleteFunc(out, func(o rugzak.Entry) bool { return !o.State.Public() }), nil
}

// questionsAmong are the questions an entry belongs with, itself too.
func questionsAmong(e rugzak.Entry, near []rugzak.Entry) []rugzak.Entry {
	return slices.DeleteFunc(append([]rugzak.Entry{e}, near...), func(o rugzak.Entry) bool { return o.Kind != rugzak.KindQuestion })
}

// reasons says what links an entry to the theme.
func (of *signals) reasons(n *names, by rugzak.Person, e rugzak.Entry) (w Reasons, err error) {
	near, err := neighbours(n.reader, by, e)
	if err != nil {
		return w, err
	}
	for _, q := range questionsAmong(e, near) {
		if share := of.questions[q.ID]; share > w.QuestionShare {
			name := titled(q)
			w.Question, w.QuestionShare = &name, share
		}
	}
	if e.Application != nil {
		if lesson, ok := of.lessons[e.Application.Lesson]; ok {
			w.Lesson = &lesson
		}
	}
	if application, ok := of.appliers[e.ID]; ok {
		w.UsedIn = &application
	}
	for _, other := range near {
		if in, ok := of.lessons[other.ID]; ok && w.Lesson == nil && w.UsedIn == nil && w.Question == nil && w.Linked == nil {
			w.Linked = &in
		}
	}
	if w.Occasion, err = of.fromSame(n.reader, by, e.Occasion); err != nil {
		return w, err
	}
	if len(of.entries) >= fewEntries {
		count := of.organisations[e.Organisation]
		w.None = count == 0
		w.Few = count > 0 && 2*count*len(of.organisations) < len(of.entries)
	}
	return w, nil
}

// fromSame counts the entries that came of the same occasion, when the reader may
// know of it.
func (of *signals) fromSame(r rugzak.Reader, by rugzak.Person, o rugzak.Subject) (int, error) {
	count := of.occasions[o]
	kind, id := o.Occasion()
	if count == 0 || kind == "" {
		return 0, nil
	}
	if kind != rugzak.OfMeeting {
		return count, nil
	}
	if _, err := lookMeeting(r, by, id); isMissing(err) {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	return count, nil
}
