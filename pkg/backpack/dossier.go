// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// DossierSink takes the dossier: first which texts have a page, so that all can
// lead to each other, then each page, then the parts.
type DossierSink interface {
	Begin(head rugzak.DossierHead) error
	// Entry writes a page; nil says that the text of the next ref is out of sight
	// by now.
	Entry(ref rugzak.DossierRef, e *rugzak.DossierEntry) error
	Parts(d rugzak.Dossier) error
}

// DossierWish is what whoever makes a dossier asks for.
type DossierWish struct {
	// Narrow also takes what not all departments may read, as far as the maker
	// may: a file is soon handed on.
	Narrow   bool
	Playbook string // Markdown
	Lang     rugzak.Lang
	Progress func(done, total int) // may be nil
}

// dossierStep is how many entries are looked at in one reading.
const dossierStep = 500

// Dossier passes on what is needed to carry on the movement: the texts of
// themes, insights, working agreements, open questions and methods, and the
// parts beside them. Everything is read with the rights of the maker at the
// moment it is read, nothing says who wrote what, and it is written down that
// the dossier was made.
func (s *Service) Dossier(ctx context.Context, by rugzak.Person, wish DossierWish, to DossierSink) error {
	if !rugzak.CanSteer(by) {
		return rugzak.Forbidden("error.core_team_only")
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if err := s.mayTake(w, by, rugzak.ExportDossier); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditExported, "", rugzak.ExportDossier)
	})
	if err != nil {
		return err
	}
	refs, err := s.dossierRefs(ctx, by, wish)
	if err != nil {
		return err
	}
	themes, err := s.dossierTitles(ctx, by)
	if err != nil {
		return err
	}
	if err := to.Begin(rugzak.DossierHead{Maker: by.Name, At: s.now(), Refs: refs, Themes: themes}); err != nil {
		return err
	}
	for i, ref := range refs {
		e, err := s.dossierEntry(ctx, by, wish, ref.Entry)
		if err != nil {
			return err
		}
		if err := to.Entry(ref, e); err != nil {
			return err
		}
		if wish.Progress != nil {
			wish.Progress(i+1, len(refs))
		}
	}
	d, err := s.dossierParts(ctx, by, wish, refs, themes)
	if err != nil {
		return err
	}
	return to.Parts(d)
}

// dossierTitles are the themes that get a page.
func (s *Service) dossierTitles(ctx context.Context, by rugzak.Person) ([]rugzak.Theme, error) {
	var out []rugzak.Theme
	err := s.view(ctx, "themes of a dossier", func(r rugzak.Reader) error {
		out = nil
		all, err := r.Themes()
		for _, t := range all {
			if rugzak.CanReadTheme(by, t) {
				out = append(out, rugzak.Theme{ID: t.ID, Title: t.Title})
			}
		}
		return err
	})
	return out, err
}

// dossierRefs lists the texts that get a page, the newest first: what stands in
// a theme or is quoted there, insights, working agreements, open questions and
// methods.
func (s *Service) dossierRefs(ctx context.Context, by rugzak.Person, wish DossierWish) ([]rugzak.DossierRef, error) {
	var refs []rugzak.DossierRef
	have := map[rugzak.EntryID]bool{}
	after, more := rugzak.Mark(""), true
	for more {
		var page []rugzak.DossierRef
		next := after
		err := s.view(ctx, "texts of a dossier", func(r rugzak.Reader) error {
			page, next, more = nil, after, false
			n, err := readNames(r, by)
			if err != nil {
				return err
			}
			looked := 0
			for e, err := range readable(r, by, after) {
				if err != nil {
					return err
				}
				if looked++; looked > dossierStep {
					more = true
					return nil
				}
				next = e.Mark()
				if inDossier(by, wish, e) && (len(n.themesOf(e)) > 0 || carriesOn(e)) {
					page = append(page, n.dossierRef(e))
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, ref := range page {
			if !have[ref.Entry] {
				have[ref.Entry] = true
				refs = append(refs, ref)
			}
		}
		after = next
	}
	return s.quotedRefs(ctx, by, wish, refs, have)
}

// quotedRefs adds what the common threads the maker reads quote.
func (s *Service) quotedRefs(ctx context.Context, by rugzak.Person, wish DossierWish, refs []rugzak.DossierRef, have map[rugzak.EntryID]bool) ([]rugzak.DossierRef, error) {
	var quoted []rugzak.DossierRef
	err := s.view(ctx, "quotes of a dossier", func(r rugzak.Reader) error {
		quoted = nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		themes, err := r.Themes()
		if err != nil {
			return err
		}
		seen := map[rugzak.EntryID]bool{}
		for _, t := range themes {
			if t.Reported || !rugzak.CanReadTheme(by, t) {
				continue
			}
			x, err := newestThread(r, t)
			if err != nil {
				return err
			}
			if reads, err := readsThread(r, by, t, x); err != nil || !reads {
				if err != nil {
					return err
				}
				continue
			}
			for _, id := range slices.Concat(t.Pins, x.Sources()) {
				if have[id] || seen[id] {
					continue
				}
				e, _, err := look(r, by, id)
				if isMissing(err) {
					continue
				}
				if err != nil {
					return err
				}
				if inDossier(by, wish, e) {
					seen[id] = true
					quoted = append(quoted, n.dossierRef(e))
				}
			}
		}
		return nil
	})
	return slices.Concat(refs, quoted), err
}

// inDossier reports whether a text may stand in a dossier of this maker.
func inDossier(by rugzak.Person, wish DossierWish, e rugzak.Entry) bool {
	if e.State != rugzak.StateShared && e.State != rugzak.StateToReview || !rugzak.CanRead(by, e) {
		return false
	}
	return wish.Narrow || slices.Contains(rugzak.AudienceTokens(e), rugzak.InternalToken)
}

// inDossier reports whether a text that is quoted may stand in a dossier of this
// maker at this moment.
func (n *names) inDossier(by rugzak.Person, wish DossierWish, id rugzak.EntryID) bool {
	e, _, err := look(n.reader, by, id)
	return err == nil && inDossier(by, wish, e)
}

// carriesOn reports whether a text is needed to carry on, whatever theme it
// stands in.
func carriesOn(e rugzak.Entry) bool {
	return e.Kind == rugzak.KindInsight || e.Kind == rugzak.KindMethod || e.Agreed != "" || e.IsOpenQuestion()
}

func (n *names) dossierRef(e rugzak.Entry) rugzak.DossierRef {
	return rugzak.DossierRef{Entry: e.ID, Kind: e.Kind, Title: e.Title, Lang: e.Lang, About: n.organisation(e.Organisation).Name, Lesson: e.Lesson}
}

// dossierEntry reads one text with the rights of this moment; nil when it is out
// of sight by now.
func (s *Service) dossierEntry(ctx context.Context, by rugzak.Person, wish DossierWish, id rugzak.EntryID) (*rugzak.DossierEntry, error) {
	var out *rugzak.DossierEntry
	err := s.view(ctx, "text of a dossier", func(r rugzak.Reader) error {
		out = nil
		e, _, err := look(r, by, id)
		if isMissing(err) || err == nil && !inDossier(by, wish, e) {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		// As any reader sees it, also when the maker wrote it.
		v := n.entry(by, e, false)
		out = &rugzak.DossierEntry{
			Entry: v.Entry, Organisation: v.Organisation.Name, Team: v.Team.Name, BallWith: v.BallWith.Name, MonthOnly: v.MonthOnly,
		}
		out.Entry.Authors = nil
		for _, o := range v.With {
			out.With = append(out.With, o.Name)
		}
		out.Municipality, out.Readers = n.wooReaders(e)
		return nil
	})
	if err != nil || out == nil {
		return nil, err
	}
	rendered, err := s.rendered(ctx, out.Entry.Body, out.Entry.Lang)
	out.HTML = rendered.HTML
	return out, err
}
