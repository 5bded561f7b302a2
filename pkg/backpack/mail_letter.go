// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// letter is what a kind of mail makes of the ids in the queue, with the rights
// of the moment. One without an address is not sent, and nobody is told.
type letter struct {
	to      string
	lang    rugzak.Lang
	subject string
	says    rugzak.Letter
	// stop is what its receiver can stop, or nothing.
	person rugzak.PersonID
	stop   rugzak.MailStream
}

// letters is how each kind of mail is made. A kind that is not here is logged
// and dropped.
var letters = map[rugzak.MailKind]func(*Service, context.Context, rugzak.Mail) (letter, error){
	MailInvitation: (*Service).invitationLetter,
	MailReset:      (*Service).resetLetter,
	MailNotice:     (*Service).noticeLetter,
	MailDigest:     (*Service).digestLetter,
}

// compose makes the message of what waits; one without an address is dropped.
func (s *Service) compose(ctx context.Context, m rugzak.Mail) (rugzak.Message, error) {
	write, ok := letters[m.Kind]
	if !ok {
		s.Log.WarnContext(ctx, "mail of an unknown kind dropped", "mail", m.ID, "kind", string(m.Kind))
		return rugzak.Message{}, nil
	}
	l, err := write(s, ctx, m)
	if isMissing(err) {
		err = nil // who or what it is about is gone
		l.to = ""
	}
	if err != nil || l.to == "" {
		return rugzak.Message{}, err
	}
	return s.finishLetter(ctx, m, l)
}

// invitationLetter makes a link of its own for the mail: the one the inviter
// was shown is stored as a hash and known to nobody. Whoever has an account
// already, anywhere, is told that and nothing of who asked.
func (s *Service) invitationLetter(ctx context.Context, m rugzak.Mail) (l letter, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		l = letter{}
		i, err := w.Invitation(m.Invitation)
		if err != nil {
			return err
		}
		if works, err := s.invitationWorks(w, i); err != nil || !works {
			return err
		}
		known, err := w.PersonByEmail(i.Email)
		if err == nil {
			l = letterTo(known)
			s.linkLetter(&l, MailInvitationKnown, s.Post.Link(rugzak.LinkSignIn, ""))
			return nil
		}
		if !isMissing(err) {
			return err
		}
		o, err := w.Organisation(i.Organisation)
		if err != nil {
			return err
		}
		secret := ""
		secret, i.Mailed = rugzak.NewSecret()
		days := int(rugzak.InvitationLasts.Hours() / 24)
		l = letter{to: i.Email, lang: i.Language.Or(rugzak.Dutch)}
		s.linkLetter(&l, MailInvitation, s.Post.Link(rugzak.LinkInvitation, secret), s.Post.Text(l.lang, "mail.invitation.unexpected"))
		l.says.Lead = append(l.says.Lead, s.Post.Text(l.lang, "mail.invitation.of", o.Name), s.Post.Text(l.lang, "mail.invitation.works", days))
		return w.SaveInvitation(i)
	})
	return l, err
}

// resetLetter holds the link by which somebody chooses a new password.
func (s *Service) resetLetter(ctx context.Context, m rugzak.Mail) (letter, error) {
	p, err := s.addressee(ctx, m)
	if err != nil {
		return letter{}, err
	}
	secret, err := s.ResetLink(ctx, p.ID)
	if err != nil {
		return letter{}, err
	}
	l := letterTo(p)
	s.linkLetter(&l, m.Kind, s.Post.Link(rugzak.LinkPassword, secret), s.Post.Text(l.lang, "mail.reset.unexpected"))
	l.says.Lead = append(l.says.Lead, s.Post.Text(l.lang, "mail.reset.works")) // not at the end: mail programs fold that away
	return l, nil
}

// addressee is who a message is for; CodeNotFound when they may no longer sign
// in.
func (s *Service) addressee(ctx context.Context, m rugzak.Mail) (p rugzak.Person, err error) {
	err = s.view(ctx, "who mail is for", func(r rugzak.Reader) error {
		if p, err = r.Person(m.To); err == nil && p.Inactive {
			err = rugzak.NotFound()
		}
		return err
	})
	return p, err
}

// letterTo is a letter to a person; without an address when they may no longer
// sign in.
func letterTo(p rugzak.Person) letter {
	if p.Inactive {
		return letter{}
	}
	return letter{to: p.Email, lang: p.Language.Or(rugzak.Dutch), person: p.ID}
}

// linkLetter fills in what a letter says that is there for the link in it, with
// what goes with that link in small. The address itself is shown too: it must
// also work where a button does not, and who gets it can see where it leads.
func (s *Service) linkLetter(l *letter, kind rugzak.MailKind, link string, foot ...string) {
	key := "mail." + string(kind)
	say := func(part string) string { return s.Post.Text(l.lang, key+part, s.SiteName) }
	l.subject = say(".subject")
	l.says = rugzak.Letter{
		Lang: l.lang, Site: s.SiteName, Title: say(".title"), Lead: []string{say(".text")},
		Action: rugzak.LetterLink{Text: s.Post.Text(l.lang, key+".action"), To: link}, Spare: s.Post.Text(l.lang, "mail.spare"),
	}
	for _, line := range foot {
		l.says.Foot = append(l.says.Foot, rugzak.LetterLink{Text: line})
	}
}
