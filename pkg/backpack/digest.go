// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// DigestItem is one thing in the message of the week, as its reader may see it
// now, with the reason why it is there: a sentence of the catalogue (Key, and
// Times for one about a number of things) or what somebody wrote (Reason).
type DigestItem struct {
	Entry  rugzak.EntryID
	Theme  rugzak.ThemeID
	Title  string
	Lang   rugzak.Lang
	Lesson string // only of what every department may read
	Reason string
	Key    string
	Times  int // 0 for a sentence that counts nothing
	Args   []any
	Chosen bool // by a facilitator or the core team
}

// DigestView is the message of the week of one reader.
type DigestView struct {
	Week  rugzak.Week
	Sent  time.Time // when the mail of this week went out, or would have
	Items []DigestItem
	// Wanted: the reader has it mailed; Mail: mail is set up.
	Wanted, Mail bool
	Settings     rugzak.MailSettings
}

// digestSpan is how far the message of the week looks back.
const digestSpan = 7 * 24 * time.Hour

// digestWalk is how many entries are looked at for one reader at most, so that
// what a message costs does not grow with the backpack.
const digestWalk = 200

// lastDigest is when the last message of the week went out before a moment.
func (s *Service) lastDigest(m rugzak.MailSettings, now time.Time) time.Time {
	at := m.Sends(now.In(s.Zone))
	if now.Before(at) {
		at = m.Sends(at.AddDate(0, 0, -7))
	}
	return at
}

// WeekMessage is the message of the week as the person may see it now: the same
// as in the mail, also for who does not have it mailed.
func (s *Service) WeekMessage(ctx context.Context, by rugzak.Person) (DigestView, error) {
	if by.ID == "" {
		return DigestView{}, mustSignIn()
	}
	v := DigestView{Mail: s.MailOn()}
	err := s.view(ctx, "message of the week", func(r rugzak.Reader) error {
		all, err := r.Settings()
		if err != nil {
			return err
		}
		wants, err := r.NoticeSettings(by.ID)
		if err != nil {
			return err
		}
		v.Settings, v.Wanted = all.Mail, wants.Digest
		v.Sent = s.lastDigest(all.Mail, s.now())
		v.Week = rugzak.WeekIn(v.Sent)
		v.Items, err = s.digestFor(r, by, v.Week, v.Sent)
		return err
	})
	return v, err
}

// digestFor makes the message of a week for one reader. One place is for what
// is theirs, if there is anything; then comes what was chosen for everybody, and
// what is left is filled from the sources in turn.
func (s *Service) digestFor(r rugzak.Reader, by rugzak.Person, week rugzak.Week, sent time.Time) ([]DigestItem, error) {
	d := digestMaker{r: r, by: by, from: sent.Add(-digestSpan), now: s.now()}
	due, err := s.DueKeeps(r, by)
	if err != nil {
		return nil, err
	}
	own, err := d.own(due)
	if err != nil {
		return nil, err
	}
	chosen, err := d.chosen(week)
	if err != nil {
		return nil, err
	}
	sources := [][]DigestItem{own[min(1, len(own)):]}
	for _, source := range []func() ([]DigestItem, error){d.balls, d.followed, d.used, d.fresh} {
		items, err := source()
		if err != nil {
			return nil, err
		}
		sources = append(sources, items)
	}
	out := slices.Concat(own[:min(1, len(own))], chosen)
	for turn := 0; turn < rugzak.MaxDigestItems; turn++ {
		for _, items := range sources {
			if turn < len(items) {
				out = append(out, items[turn])
			}
		}
	}
	return withoutDoubles(out), nil
}

// withoutDoubles keeps each entry once, and no more than a message holds.
func withoutDoubles(items []DigestItem) (out []DigestItem) {
	for _, item := range items {
		double := item.Entry != "" && slices.ContainsFunc(out, func(o DigestItem) bool { return o.Entry == item.Entry })
		if !double && len(out) < rugzak.MaxDigestItems {
			out = append(out, item)
		}
	}
	return out
}

// digestMaker looks for what goes into the message of one reader.
type digestMaker struct {
	r         rugzak.Reader
	by        rugzak.Person
	from, now time.Time
	recent    []rugzak.Entry // what the reader may read and came since from
	walked    bool
}

func about(e rugzak.Entry) DigestItem {
	item := DigestItem{Entry: e.ID, Title: e.Title, Lang: e.Lang}
	if mayHoldLesson(e) {
		item.Lesson = e.Lesson
	}
	return item
}

// mayHoldLesson reports whether an entry is for every department, so that its
// lesson may stand in a mail where the administrator allows that.
func mayHoldLesson(e rugzak.Entry) bool {
	return e.State.Public() && e.Audience.Level == rugzak.LevelInternal && e.OrganisationKind == rugzak.Department
}

// own is what the reader was told this week and wants to read in it, and what
// they took along and are asked about, also when they saw the notice: first what
// was asked this week, last what was asked before.
func (d *digestMaker) own(due []DueKeep) ([]DigestItem, error) {
	settings, err := d.r.NoticeSettings(d.by.ID)
	if err != nil {
		return nil, err
	}
	page, err := readNotices(d.r, d.by, func(n rugzak.Notice) bool {
		rule, known := n.Kind.Rule()
		return known && n.Kind != rugzak.NoticeKeepDue && !n.Read && !n.At.Before(d.from) && settings.Of(rule).Mail == rugzak.MailWeekly
	})
	if err != nil {
		return nil, err
	}
	var out, asked, before []DigestItem
	if rule, known := rugzak.NoticeKeepDue.Rule(); known && settings.Of(rule).Mail == rugzak.MailWeekly {
		for _, k := range due {
			item := DigestItem{Entry: k.Keep.Entry, Title: k.Title, Lang: k.Lang, Key: "digest.reason.kept"}
			item.Times = max(1, int(d.now.Sub(k.Keep.At)/(7*24*time.Hour)))
			if k.Keep.AskedAt.Before(d.from) {
				before = append(before, item)
			} else {
				asked = append(asked, item)
			}
		}
	}
	for _, line := range page.Lines {
		item := DigestItem{Entry: line.Notice.Entry, Theme: line.Notice.Theme, Title: line.outside(), Lang: line.Lang, Key: line.Key(), Args: line.Args}
		if line.Saved != nil {
			item.Title = line.Saved.Name
		}
		out = append(out, item)
	}
	return slices.Concat(asked, out, before), nil
}

// chosen is what somebody chose for everybody, as far as the reader may see it.
func (d *digestMaker) chosen(week rugzak.Week) ([]DigestItem, error) {
	digest, err := d.r.Digest(week)
	if err != nil {
		return nil, err
	}
	var out []DigestItem
	for _, pick := range digest.Picks {
		e, err := d.r.Entry(pick.Entry)
		if isMissing(err) || err == nil && !d.shows(e) {
			continue
		}
		if err != nil {
			return nil, err
		}
		item := about(e)
		item.Reason, item.Chosen = pick.Reason, true
		out = append(out, item)
	}
	return out, nil
}

func (d *digestMaker) shows(e rugzak.Entry) bool {
	return e.State.Public() && e.State != rugzak.StateArchived && rugzak.CanRead(d.by, e)
}

// balls are the questions whose ball is with the reader's organisation, or which
// it is asked to take, the oldest first; one of them is enough to remember.
func (d *digestMaker) balls() ([]DigestItem, error) {
	var oldest rugzak.Entry
	seen := 0
	for e, err := range waitingFor(d.r, d.by, d.by.Organisation, "") {
		if err != nil {
			return nil, err
		}
		if seen++; seen > digestWalk {
			break
		}
		if d.shows(e) && e.Question != nil && e.Question.State.Open() && (oldest.ID == "" || e.Question.Since < oldest.Question.Since) {
			oldest = e
		}
	}
	if oldest.ID == "" {
		return nil, nil
	}
	item := about(oldest)
	if item.Key = "digest.reason.ball"; oldest.Question.BallWith != d.by.Organisation {
		item.Key = "digest.reason.asked"
	}
	return []DigestItem{item}, nil
}

// followed is what is new in the themes the reader joins in with.
func (d *digestMaker) followed() ([]DigestItem, error) {
	all, err := d.r.Participations(d.by.ID)
	if err != nil {
		return nil, err
	}
	var out []DigestItem
	for _, p := range all {
		kind, id := p.Of.Split()
		if kind != rugzak.OfTheme || len(out) == rugzak.MaxDigestItems {
			continue
		}
		t, err := d.r.Theme(rugzak.ThemeID(id))
		if isMissing(err) || err == nil && !rugzak.CanReadTheme(d.by, t) {
			continue
		}
		if err != nil {
			return nil, err
		}
		e, ok, err := d.newIn(t.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			item := about(e)
			item.Key, item.Args = "digest.reason.theme", []any{t.Title}
			out = append(out, item)
		}
	}
	return out, nil
}

// newIn is the newest entry of a theme that came this week.
func (d *digestMaker) newIn(id rugzak.ThemeID) (rugzak.Entry, bool, error) {
	recent, err := d.walk()
	for _, e := range recent {
		if slices.Contains(e.Themes, id) && !e.IsAuthor(d.by.ID) {
			return e, true, err
		}
	}
	return rugzak.Entry{}, false, err
}

// walk reads what came this week, newest first.
func (d *digestMaker) walk() ([]rugzak.Entry, error) {
	if d.walked {
		return d.recent, nil
	}
	for e, err := range readable(d.r, d.by, "") {
		if err != nil {
			return nil, err
		}
		if e.ListedAt().Before(d.from) || len(d.recent) == digestWalk {
			break
		}
		if d.shows(e) {
			d.recent = append(d.recent, e)
		}
	}
	d.walked = true
	return d.recent, nil
}

// used are lessons of other organisations that were applied this week, with how
// many organisations applied them, as far as the reader may read of it.
func (d *digestMaker) used() ([]DigestItem, error) {
	recent, err := d.walk()
	if err != nil {
		return nil, err
	}
	var out []DigestItem
	for _, e := range recent {
		if e.Application == nil || len(out) == rugzak.MaxDigestItems {
			continue
		}
		lesson, err := d.r.Entry(e.Application.Lesson)
		if isMissing(err) || err == nil && (!d.shows(lesson) || lesson.Organisation == d.by.Organisation) {
			continue
		}
		if err != nil {
			return nil, err
		}
		item := about(lesson)
		if item.Key = "digest.reason.used"; slices.ContainsFunc(out, func(o DigestItem) bool { return o.Entry == item.Entry }) {
			continue
		}
		if item.Times, err = d.appliers(lesson.ID); err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}

// appliers counts the organisations that applied a lesson.
func (d *digestMaker) appliers(lesson rugzak.EntryID) (int, error) {
	organisations := map[rugzak.OrganisationID]bool{}
	seen := 0
	for e, err := range d.r.RelatedTo(lesson) {
		if err != nil {
			return 0, err
		}
		if e.Application == nil || e.Application.Lesson != lesson || !d.shows(e) {
			continue
		}
		if seen++; seen > digestWalk { // of what the reader may see
			break
		}
		organisations[e.Organisation] = true
	}
	return len(organisations), nil
}

// fresh is what other organisations shared this week, one of each.
func (d *digestMaker) fresh() ([]DigestItem, error) {
	recent, err := d.walk()
	if err != nil {
		return nil, err
	}
	had := map[rugzak.OrganisationID]bool{d.by.Organisation: true}
	var out []DigestItem
	for _, e := range recent {
		if had[e.Organisation] || e.Application != nil || len(out) == rugzak.MaxDigestItems {
			continue
		}
		o, err := d.r.Organisation(e.Organisation)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		had[e.Organisation] = true
		item := about(e)
		item.Key, item.Args = "digest.reason.fresh", []any{o.Name}
		out = append(out, item)
	}
	return out, nil
}

// PreviewDigest is the text of the mail as it would go to the person now; empty
// when there is nothing to tell. Where mail is not set up there is none to show.
func (s *Service) PreviewDigest(ctx context.Context, by rugzak.Person) (string, error) {
	v, err := s.WeekMessage(ctx, by)
	if err != nil || len(v.Items) == 0 || !s.MailOn() {
		return "", err
	}
	return plainLetter(s.digestWords(by.Language.Or(rugzak.Dutch), v.Week, v.Items, v.Settings.Holds)), nil
}
