// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "rugzak/pkg/rugzak"

// actorOf is the word for who acts in the audit log: the operator is no person
// of the backpack, and nobody has no id.
func actorOf(by rugzak.Person) string {
	switch by.ID {
	case "":
		return "nobody"
	case Operator().ID:
		return "operator"
	}
	return rugzak.PersonActor(by.ID)
}

// audit writes down a security-relevant act in the transaction that does it.
// For an act of an author on an entry pass e.Actor(by.ID) to w.Audit instead:
// who wrote without name must not stand in the log.
func (s *Service) audit(w rugzak.Writer, by rugzak.Person, verb rugzak.AuditVerb, subject, detail string) error {
	return w.Audit(rugzak.AuditAct{At: s.now(), Verb: verb, By: actorOf(by), Subject: subject, Detail: detail})
}
