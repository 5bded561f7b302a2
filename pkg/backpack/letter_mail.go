// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"rugzak/pkg/rugzak"
)

// themeLetterWords is a theme letter as a mail: what its reader may read of it
// when it is sent, within what a mail may hold. What is written in the thread
// and by who sends the letter goes along only where lessons may.
func (s *Service) themeLetterWords(n *names, p rugzak.Person, l *rugzak.Letter, holds rugzak.MailHolds, id string) error {
	letter, t, err := lookLetter(n.reader, p, id)
	if err != nil {
		return err
	}
	raw, err := n.letter(p, t, letter)
	if err != nil {
		return err
	}
	lang := p.Language.Or(rugzak.Dutch)
	say := func(key string, args ...any) string { return s.Post.Text(lang, key, args...) }
	l.Title = say("letter.mail.title", t.Title)
	l.Action = rugzak.LetterLink{Text: say("letter.mail.action"), To: s.Post.Link(rugzak.LinkLetter, letter.ID)}
	l.Foot[0].Text = say("letter.mail.why")
	if holds == rugzak.MailHoldsLink {
		l.Title, l.Items = say("letter.one"), nil
		return nil
	}
	l.Lead = []string{say("letter.mail.lead")}
	if holds == rugzak.MailHoldsLesson && letter.Lead != "" {
		l.Lead = append(l.Lead, letter.Lead)
	}
	l.Items = nil
	if !raw.view.Thread.Empty() {
		l.Items = append(l.Items, rugzak.LetterItem{Title: say("theme.thread"), Reason: say("letter.thread"), Link: s.Post.Link(rugzak.LinkTheme, string(t.ID))})
	}
	says := func(c rawCard) bool { return holds == rugzak.MailHoldsLesson && mayHoldLesson(c.entry) }
	add := func(reason string, c rawCard) {
		item := rugzak.LetterItem{Reason: reason, Title: c.Title, Lang: c.Lang, Link: s.Post.Link(rugzak.LinkEntry, string(c.ID))}
		if says(c) {
			item.Lesson = c.Lesson
		}
		l.Items = append(l.Items, item)
	}
	for i, c := range raw.entries {
		why := ""
		if says(c) {
			why = raw.whys[i]
		}
		add(why, c)
	}
	for _, c := range raw.question {
		add(say("letter.question"), c)
	}
	for _, c := range raw.method {
		add(say("letter.method"), c)
	}
	switch v := raw.view; {
	case v.Meeting != nil:
		l.Items = append(l.Items, rugzak.LetterItem{
			Reason: say("letter.date.on", s.Post.Day(lang, v.Meeting.Meeting.Day)), Title: v.Meeting.Meeting.Title, Link: s.Post.Link(rugzak.LinkLetter, letter.ID),
		})
	case v.Letter.Day != "" && holds == rugzak.MailHoldsLesson:
		l.Items = append(l.Items, rugzak.LetterItem{Reason: say("letter.date.on", s.Post.Day(lang, v.Letter.Day)), Title: v.Letter.What, Link: s.Post.Link(rugzak.LinkLetter, letter.ID)})
	}
	return nil
}
