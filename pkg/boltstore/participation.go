// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"cmp"
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketParticipations = []byte("participations") // person 0 subject -> participation
	bucketParticipants   = []byte("participants")   // subject 0 person -> where that person belongs
	bucketPromises       = []byte("promises")       // organisation 0 day 0 person 0 subject -> nothing
)

type participationRecord struct {
	Way     string    `json:"w"`
	Step    string    `json:"s,omitempty"`
	When    string    `json:"d,omitempty"`
	Done    time.Time `json:"x,omitzero"`
	Show    bool      `json:"n,omitempty"`
	Meeting string    `json:"m,omitempty"`
	At      time.Time `json:"at"`
}

// participantRecord is what decides what a participant may read, beside the
// participation, so that counting needs no look at each person.
type participantRecord struct {
	Org  string `json:"o"`
	Kind string `json:"k"`
	Team string `json:"t,omitempty"`
	Off  bool   `json:"f,omitempty"`
	participationRecord
}

func (r participationRecord) participation(person, of string) rugzak.Participation {
	return rugzak.Participation{
		Person: rugzak.PersonID(person), Of: rugzak.Subject(of), Way: rugzak.Way(r.Way), Step: r.Step, When: r.When, DoneAt: r.Done,
		ShowName: r.Show, Meeting: r.Meeting, At: r.At,
	}
}

func recordOfParticipation(p rugzak.Participation) participationRecord {
	return participationRecord{Way: string(p.Way), Step: p.Step, When: p.When, Done: p.DoneAt, Show: p.ShowName, Meeting: p.Meeting, At: p.At}
}

// Participation returns how a person joins in.
func (r *reader) Participation(person rugzak.PersonID, of rugzak.Subject) (rugzak.Participation, error) {
	var record participationRecord
	if err := r.get(bucketParticipations, pair(person, of), &record); err != nil {
		return rugzak.Participation{}, err
	}
	return record.participation(string(person), string(of)), nil
}

// Participations lists in what a person takes part.
func (r *reader) Participations(person rugzak.PersonID) ([]rugzak.Participation, error) {
	return collected(listed(r, bucketParticipations, string(person), func(of string) (rugzak.Participation, error) {
		return r.Participation(person, rugzak.Subject(of))
	}))
}

// Participants yields who joins in with a subject.
func (r *reader) Participants(of rugzak.Subject) iter.Seq2[rugzak.Participant, error] {
	return listed(r, bucketParticipants, string(of), func(person string) (rugzak.Participant, error) {
		var record participantRecord
		err := r.get(bucketParticipants, pair(of, person), &record)
		return record.participant(person, string(of)), err
	})
}

func (r participantRecord) participant(person, of string) rugzak.Participant {
	return rugzak.Participant{
		Participation: r.participation(person, of),
		Member: rugzak.Person{
			ID: rugzak.PersonID(person), Organisation: rugzak.OrganisationID(r.Org), Kind: rugzak.OrganisationKind(r.Kind),
			Team: rugzak.TeamID(r.Team), Inactive: r.Off,
		},
	}
}

// PromisesOf yields the promised steps of an organisation's people.
func (r *reader) PromisesOf(o rugzak.OrganisationID) iter.Seq2[rugzak.Participation, error] {
	return func(yield func(rugzak.Participation, error) bool) {
		if o == "" {
			return
		}
		keys, err := r.second(bucketPromises, pair(o, ""))
		if err != nil {
			yield(rugzak.Participation{}, err)
			return
		}
		for _, key := range keys {
			parts := strings.SplitN(key, "\x00", 3)
			if len(parts) != 3 {
				yield(rugzak.Participation{}, r.damaged(bucketPromises, []byte(key), errors.New("odd key")))
				return
			}
			p, err := r.Participation(rugzak.PersonID(parts[1]), rugzak.Subject(parts[2]))
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// AllParticipations yields every participation, by person and subject.
func (r *reader) AllParticipations() iter.Seq2[rugzak.Participation, error] {
	return func(yield func(rugzak.Participation, error) bool) {
		each(r, bucketParticipations, func(key string, record participationRecord, err error) bool {
			person, of, _ := strings.Cut(key, "\x00")
			return yield(record.participation(person, of), err) && err == nil
		})
	}
}

// SaveParticipation stores how a person joins in.
func (w *writer) SaveParticipation(p rugzak.Participation) error {
	if err := errors.Join(validID(p.Person), validID(p.Of)); err != nil {
		return err
	}
	who, err := w.Person(p.Person)
	if err != nil {
		return err
	}
	if err := w.removePromise(p.Person, p.Of); err != nil {
		return err
	}
	if err := w.put(bucketParticipations, pair(p.Person, p.Of), recordOfParticipation(p)); err != nil {
		return err
	}
	return w.saveParticipant(who, p)
}

func (w *writer) saveParticipant(who rugzak.Person, p rugzak.Participation) error {
	if key := promiseKey(who.Organisation, p); key != nil {
		if err := w.store(bucketPromises, key, nil); err != nil {
			return err
		}
	}
	return w.put(bucketParticipants, pair(p.Of, p.Person), participantRecord{
		Org: string(who.Organisation), Kind: string(who.Kind), Team: string(who.Team), Off: who.Inactive,
		participationRecord: recordOfParticipation(p),
	})
}

// promiseKey is the key of a promised step; nil when none is promised.
func promiseKey(o rugzak.OrganisationID, p rugzak.Participation) []byte {
	if !p.Promised() {
		return nil
	}
	return pair(pair(pair(o, cmp.Or(p.When, "9999")), p.Person), p.Of)
}

// removePromise takes away the key of the step as it is stored.
func (w *writer) removePromise(person rugzak.PersonID, of rugzak.Subject) error {
	var record participantRecord
	err := w.get(bucketParticipants, pair(of, person), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	p := record.participant(string(person), string(of))
	if key := promiseKey(p.Member.Organisation, p.Participation); key != nil {
		return w.remove(bucketPromises, key)
	}
	return nil
}

// RemoveParticipation takes a person out of a subject.
func (w *writer) RemoveParticipation(person rugzak.PersonID, of rugzak.Subject) error {
	if _, err := w.Participation(person, of); err != nil {
		return err
	}
	if err := w.removePromise(person, of); err != nil {
		return err
	}
	return errors.Join(w.remove(bucketParticipants, pair(of, person)), w.remove(bucketParticipations, pair(person, of)))
}

// RemoveParticipants takes everybody out of a subject that is gone.
func (w *writer) RemoveParticipants(of rugzak.Subject) error {
	if of == "" {
		return nil
	}
	people, err := w.second(bucketParticipants, pair(of, ""))
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := w.RemoveParticipation(rugzak.PersonID(person), of); err != nil {
			return err
		}
	}
	return nil
}

// forgetParticipations takes a person who goes out of everything.
func (w *writer) forgetParticipations(person rugzak.PersonID) error {
	all, err := w.Participations(person)
	for _, p := range all {
		if err == nil {
			err = w.RemoveParticipation(person, p.Of)
		}
	}
	return err
}

// moveParticipations brings what is kept of a person beside their
// participations in step with where they belong now.
func (w *writer) moveParticipations(before, now rugzak.Person) error {
	if before.Organisation == now.Organisation && before.Kind == now.Kind && before.Team == now.Team && before.Inactive == now.Inactive {
		return nil
	}
	all, err := w.Participations(now.ID)
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := errors.Join(w.removePromise(p.Person, p.Of), w.saveParticipant(now, p)); err != nil {
			return err
		}
	}
	return nil
}

// leaveAgenda takes everybody out of items of the agenda that are gone.
func (w *writer) leaveAgenda(before, now rugzak.Movement) error {
	there := map[string]bool{}
	for _, item := range now.Agenda {
		there[item.ID] = true
	}
	for _, item := range before.Agenda {
		if !there[item.ID] {
			if err := w.RemoveParticipants(rugzak.AgendaSubject(item.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// participations checks who joins in: both halves are there, say the same, and
// lead to people.
func (c *checker) participations() {
	each(&c.reader, bucketParticipations, func(key string, record participationRecord, err error) bool {
		person, of, _ := strings.Cut(key, "\x00")
		if !c.good("a participation", err) {
			return true
		}
		who, err := c.Person(rugzak.PersonID(person))
		if err != nil {
			c.report("a participation of a person who is gone: " + person)
			return true
		}
		c.expect(bucketParticipants, pair(of, person), "")
		if key := promiseKey(who.Organisation, record.participation(person, of)); key != nil {
			c.expect(bucketPromises, key, "")
		}
		if kind, id := rugzak.Subject(of).Split(); kind == rugzak.OfEntry && !c.has(bucketEntries, id) {
			c.report("a participation in an entry that is gone: " + id)
		}
		return true
	})
	each(&c.reader, bucketParticipants, func(key string, record participantRecord, err error) bool {
		of, person, _ := strings.Cut(key, "\x00")
		if !c.good("a participant of "+of, err) {
			return true
		}
		var other participationRecord
		if err := c.get(bucketParticipations, pair(person, of), &other); err == nil && other != record.participationRecord {
			c.report("what is kept of a participant of " + of + " is not the same twice")
		}
		return true
	})
	c.compare(bucketParticipants)
	c.compare(bucketPromises)
}
