// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"strings"

	"rugzak/pkg/rugzak"
)

// noticeLetter tells somebody of one thing that is addressed to them, as they
// may know it at this moment. What they saw in the site, or no longer want, is
// not sent.
func (s *Service) noticeLetter(ctx context.Context, m rugzak.Mail) (l letter, err error) {
	err = s.view(ctx, "notice to mail", func(r rugzak.Reader) error {
		l = letter{}
		p, err := r.Person(m.To)
		if err != nil || p.Inactive {
			return err
		}
		n, err := r.Notice(m.To, m.Notice)
		if err != nil {
			return err
		}
		rule, _ := n.Kind.Rule()
		if now, err := mailedNow(r, n); err != nil || !now {
			return err
		}
		line, ok, err := noticeLine(r, p, n)
		if err != nil || !ok {
			return err
		}
		all, err := r.Settings()
		if err != nil {
			return err
		}
		full := s.noticeWords(p, rule, line, all.Mail.Holds)
		if all.Mail.Holds == rugzak.MailHoldsLesson && n.Entry != "" {
			e, err := r.Entry(n.Entry)
			if err != nil {
				return err
			}
			if mayHoldLesson(e) {
				full.Items[0].Lesson = e.Lesson
			}
		}
		l = letterTo(p)
		l.subject = s.Post.Text(l.lang, "mail.notice.subject", full.Title, s.SiteName)
		if n.Kind == rugzak.NoticeThemeLetter {
			names, err := readNames(r, p)
			if err == nil {
				err = s.themeLetterWords(names, p, &full, all.Mail.Holds, n.About)
			}
			if err != nil {
				return err
			}
		}
		l.says = full
		if !rule.Fixed {
			l.stop = rugzak.StreamInstant
		}
		return nil
	})
	return l, err
}

// noticeWords says what somebody is told. Where mail may hold nothing but a
// link it says only what kind of thing it is about.
func (s *Service) noticeWords(p rugzak.Person, rule rugzak.NoticeRule, line NoticeLine, holds rugzak.MailHolds) rugzak.Letter {
	lang := p.Language.Or(rugzak.Dutch)
	say := func(key string, args ...any) string { return s.Post.Text(lang, key, args...) }
	l := rugzak.Letter{
		Lang: lang, Site: s.SiteName, Title: say("notice_group." + string(rule.Group)),
		Action: rugzak.LetterLink{Text: say("mail.notice.action"), To: s.Post.Link(rugzak.LinkNotices, "")},
		Foot: []rugzak.LetterLink{
			{Text: say("mail.notice.why")}, {Text: say("mail.choose"), To: s.Post.Link(rugzak.LinkMessages, "")},
		},
	}
	if rule.Fixed {
		l.Foot = []rugzak.LetterLink{{Text: say("mail.notice.fixed")}}
	}
	if holds == rugzak.MailHoldsLink {
		l.Lead = []string{say("mail.notice.bare")}
		return l
	}
	l.Lead = []string{say(line.Key(), line.Args...)}
	switch n, title := line.Notice, line.outside(); {
	case title == "":
	case n.Entry != "":
		l.Items = []rugzak.LetterItem{{Title: title, Lang: line.Lang, Link: s.Post.Link(rugzak.LinkEntry, string(n.Entry))}}
	case n.Theme != "":
		l.Items = []rugzak.LetterItem{{Title: title, Link: s.Post.Link(rugzak.LinkTheme, string(n.Theme))}}
	default:
		l.Items = []rugzak.LetterItem{{Title: title, Link: s.Post.Link(rugzak.LinkNotices, "")}}
	}
	return l
}

// digestLetter is the message of the week, made for its reader when it is sent.
// One with nothing in it is not sent.
func (s *Service) digestLetter(ctx context.Context, m rugzak.Mail) (l letter, err error) {
	err = s.view(ctx, "message of the week to mail", func(r rugzak.Reader) error {
		l = letter{}
		p, err := r.Person(m.To)
		if err != nil || p.Inactive {
			return err
		}
		wants, err := r.NoticeSettings(p.ID)
		if err != nil || !wants.Digest {
			return err
		}
		all, err := r.Settings()
		if err != nil {
			return err
		}
		items, err := s.digestFor(r, p, m.Week, s.lastDigest(all.Mail, s.now()))
		if err != nil || len(items) == 0 {
			return err
		}
		l = letterTo(p)
		l.says, l.stop = s.digestWords(l.lang, m.Week, items, all.Mail.Holds), rugzak.StreamDigest
		l.subject = s.Post.Text(l.lang, "mail.digest.subject", m.Week.Number(), s.SiteName)
		return nil
	})
	return l, err
}

func (s *Service) digestWords(lang rugzak.Lang, week rugzak.Week, items []DigestItem, holds rugzak.MailHolds) rugzak.Letter {
	say := func(key string, args ...any) string { return s.Post.Text(lang, key, args...) }
	l := rugzak.Letter{
		Lang: lang, Site: s.SiteName, Title: say("mail.digest.title", week.Number()),
		Lead:   []string{s.Post.Count(lang, "mail.digest.lead", len(items))},
		Action: rugzak.LetterLink{Text: say("mail.digest.action"), To: s.Post.Link(rugzak.LinkDigest, "")},
		Foot: []rugzak.LetterLink{
			{Text: say("mail.digest.why")}, {Text: say("mail.choose"), To: s.Post.Link(rugzak.LinkMessages, "")},
		},
	}
	if holds == rugzak.MailHoldsLink {
		return l
	}
	for _, item := range items {
		out := rugzak.LetterItem{Reason: s.reasonIn(lang, item), Title: item.Title, Lang: item.Lang, Link: s.Post.Link(rugzak.LinkNotices, "")}
		switch {
		case item.Entry != "":
			out.Link = s.Post.Link(rugzak.LinkEntry, string(item.Entry))
		case item.Theme != "":
			out.Link = s.Post.Link(rugzak.LinkTheme, string(item.Theme))
		}
		if holds == rugzak.MailHoldsLesson {
			out.Lesson = item.Lesson
		}
		l.Items = append(l.Items, out)
	}
	return l
}

// reasonIn says why something is in the message of the week.
func (s *Service) reasonIn(lang rugzak.Lang, item DigestItem) string {
	switch {
	case item.Chosen:
		return s.Post.Text(lang, "digest.reason.chosen", item.Reason)
	case item.Times > 0:
		return s.Post.Count(lang, item.Key, item.Times, item.Args...)
	}
	return s.Post.Text(lang, item.Key, item.Args...)
}

// finishLetter makes the message of a letter, with the way to stop more of them.
func (s *Service) finishLetter(ctx context.Context, m rugzak.Mail, l letter) (rugzak.Message, error) {
	message := rugzak.Message{ID: m.ID, To: l.to, From: s.SiteName, Composed: s.now(), Subject: l.subject}
	full := l.says
	if l.stop != "" {
		secret, err := s.stopSecret(ctx, l.person, l.stop)
		if err != nil {
			return rugzak.Message{}, err
		}
		message.Unsubscribe = s.Post.Link(rugzak.LinkStopMail, secret)
		full.Foot = append(full.Foot, rugzak.LetterLink{Text: s.Post.Text(l.lang, "mail.stop"), To: message.Unsubscribe})
	}
	message.Text = plainLetter(full)
	var err error
	message.HTML, err = s.Post.HTML(full)
	return message, err
}

// plainLetter is a letter as text.
func plainLetter(l rugzak.Letter) string {
	var b strings.Builder
	add := func(lines ...string) {
		for _, line := range lines {
			if line != "" {
				b.WriteString(line + "\n")
			}
		}
		b.WriteString("\n")
	}
	add(l.Title)
	for _, p := range l.Lead {
		add(p)
	}
	for i, item := range l.Items {
		number := ""
		if len(l.Items) > 1 {
			number = fmt.Sprint(i+1, ". ")
		}
		if item.Title != "" {
			add(number+item.Title, item.Lesson, item.Reason, item.Link)
		} else {
			add(number+item.Reason, item.Link)
		}
	}
	add(l.Action.Text, l.Action.To)
	b.WriteString("-- \n")
	for _, f := range l.Foot {
		add(f.Text, f.To)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
