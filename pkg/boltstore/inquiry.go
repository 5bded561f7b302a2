// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketInquiries   = []byte("inquiries")   // entry -> what grows beside a question
	bucketInvolved    = []byte("involved")    // person 0 entry -> nothing: whom an inquiry names now
	bucketExperiments = []byte("experiments") // organisation 0 day 0 entry -> nothing: of experiments that run
)

type inquiryRecord struct {
	Moves       []moveRecord       `json:"m,omitempty"`
	Passes      []passRecord       `json:"p,omitempty"`
	Asks        []askRecord        `json:"a,omitempty"`
	Lead        string             `json:"l,omitempty"`
	Leads       []turnRecord       `json:"ls,omitempty"`
	Offer       *offerRecord       `json:"of,omitempty"`
	Experiments []experimentRecord `json:"x,omitempty"`
	Gain        string             `json:"g,omitempty"`
	Answer      string             `json:"an,omitempty"`
	Numbers     int                `json:"n,omitempty"`
	Version     int                `json:"v"`
}

type moveRecord struct {
	At      time.Time `json:"at"`
	From    string    `json:"f"`
	To      string    `json:"t"`
	Org     string    `json:"o"`
	Learned string    `json:"l,omitempty"`
}

type passRecord struct {
	Org   string    `json:"o"`
	Since time.Time `json:"s"`
	Until time.Time `json:"u,omitzero"`
}

type askRecord struct {
	From     string    `json:"f"`
	To       string    `json:"t"`
	Asker    string    `json:"p,omitempty"`
	Note     string    `json:"n,omitempty"`
	At       time.Time `json:"at"`
	Outcome  string    `json:"o"`
	Reason   string    `json:"r,omitempty"`
	Answered time.Time `json:"an,omitzero"`
}

type turnRecord struct {
	Person string    `json:"p"`
	Org    string    `json:"o"`
	From   time.Time `json:"f"`
	Until  time.Time `json:"u,omitzero"`
}

type offerRecord struct {
	To string    `json:"t,omitempty"`
	At time.Time `json:"at"`
}

type experimentRecord struct {
	Number  int       `json:"n"`
	Step    string    `json:"s"`
	Org     string    `json:"o,omitempty"`
	Person  string    `json:"p,omitempty"`
	Until   string    `json:"u,omitempty"`
	Outcome string    `json:"oc,omitempty"`
	Learned string    `json:"l,omitempty"`
	At      time.Time `json:"at"`
	Done    time.Time `json:"d,omitzero"`
}

func recordOfInquiry(i rugzak.Inquiry) inquiryRecord {
	r := inquiryRecord{Lead: string(i.Lead), Gain: i.Gain, Answer: string(i.Answer), Numbers: i.Numbers, Version: i.Version}
	for _, m := range i.Moves {
		r.Moves = append(r.Moves, moveRecord{m.At, string(m.From), string(m.To), string(m.Organisation), m.Learned})
	}
	for _, p := range i.Passes {
		r.Passes = append(r.Passes, passRecord{string(p.Organisation), p.Since, p.Until})
	}
	for _, a := range i.Asks {
		r.Asks = append(r.Asks, askRecord{string(a.From), string(a.To), string(a.Asker), a.Note, a.At, string(a.Outcome), a.Reason, a.AnsweredAt})
	}
	for _, l := range i.Leads {
		r.Leads = append(r.Leads, turnRecord{string(l.Person), string(l.Organisation), l.From, l.Until})
	}
	if i.Offer != nil {
		r.Offer = &offerRecord{string(i.Offer.To), i.Offer.At}
	}
	for _, x := range i.Experiments {
		r.Experiments = append(r.Experiments, experimentRecord{
			x.Number, x.Step, string(x.Organisation), string(x.Person), x.Until, string(x.Outcome), x.Learned, x.At, x.DoneAt,
		})
	}
	return r
}

func (r inquiryRecord) inquiry(id rugzak.EntryID) rugzak.Inquiry {
	i := rugzak.Inquiry{
		Entry: id, Lead: rugzak.PersonID(r.Lead), Gain: r.Gain, Answer: rugzak.EntryID(r.Answer), Numbers: r.Numbers, Version: r.Version,
	}
	for _, m := range r.Moves {
		i.Moves = append(i.Moves, rugzak.QuestionMove{
			At: m.At, From: rugzak.QuestionState(m.From), To: rugzak.QuestionState(m.To), Organisation: rugzak.OrganisationID(m.Org), Learned: m.Learned,
		})
	}
	for _, p := range r.Passes {
		i.Passes = append(i.Passes, rugzak.BallPass{Organisation: rugzak.OrganisationID(p.Org), Since: p.Since, Until: p.Until})
	}
	for _, a := range r.Asks {
		i.Asks = append(i.Asks, rugzak.BallAsk{
			From: rugzak.OrganisationID(a.From), To: rugzak.OrganisationID(a.To), Asker: rugzak.PersonID(a.Asker), Note: a.Note, At: a.At,
			Outcome: rugzak.AskOutcome(a.Outcome), Reason: a.Reason, AnsweredAt: a.Answered,
		})
	}
	for _, l := range r.Leads {
		i.Leads = append(i.Leads, rugzak.LeadTurn{
			Person: rugzak.PersonID(l.Person), Organisation: rugzak.OrganisationID(l.Org), From: l.From, Until: l.Until,
		})
	}
	if r.Offer != nil {
		i.Offer = &rugzak.LeadOffer{To: rugzak.PersonID(r.Offer.To), At: r.Offer.At}
	}
	for _, x := range r.Experiments {
		i.Experiments = append(i.Experiments, rugzak.Experiment{
			Number: x.Number, Step: x.Step, Organisation: rugzak.OrganisationID(x.Org), Person: rugzak.PersonID(x.Person), Until: x.Until,
			Outcome: rugzak.Outcome(x.Outcome), Learned: x.Learned, At: x.At, DoneAt: x.Done,
		})
	}
	return i
}

// Inquiry returns what grows beside a question.
func (r *reader) Inquiry(id rugzak.EntryID) (rugzak.Inquiry, error) {
	var record inquiryRecord
	if err := r.get(bucketInquiries, []byte(id), &record); err != nil {
		return rugzak.Inquiry{}, err
	}
	return record.inquiry(id), nil
}

// Inquiries yields all, by entry.
func (r *reader) Inquiries() iter.Seq2[rugzak.Inquiry, error] {
	return func(yield func(rugzak.Inquiry, error) bool) {
		each(r, bucketInquiries, func(id string, record inquiryRecord, err error) bool {
			return yield(record.inquiry(rugzak.EntryID(id)), err) && err == nil
		})
	}
}

// InvolvedIn lists the questions in whose inquiry a person is named now.
func (r *reader) InvolvedIn(person rugzak.PersonID) ([]rugzak.EntryID, error) {
	if person == "" {
		return nil, nil
	}
	ids, err := r.second(bucketInvolved, pair(person, ""))
	return words[string, rugzak.EntryID](ids), err
}

// ExperimentsOf lists the questions in which an organisation tries something.
func (r *reader) ExperimentsOf(o rugzak.OrganisationID) ([]rugzak.EntryID, error) {
	if o == "" {
		return nil, nil
	}
	keys, err := r.second(bucketExperiments, pair(o, ""))
	var out []rugzak.EntryID
	for _, key := range keys {
		_, id, _ := strings.Cut(key, "\x00")
		if !slices.Contains(out, rugzak.EntryID(id)) {
			out = append(out, rugzak.EntryID(id))
		}
	}
	return out, err
}

// SaveInquiry stores what grows beside a question, with its keys.
func (w *writer) SaveInquiry(i rugzak.Inquiry, base int) error {
	if err := validID(i.Entry); err != nil {
		return err
	}
	before, err := w.Inquiry(i.Entry)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	if err := w.removeInquiryKeys(before); err != nil {
		return err
	}
	i.Version = base + 1
	for _, key := range involvedKeys(i) {
		if err := w.store(bucketInvolved, key, nil); err != nil {
			return err
		}
	}
	for _, key := range experimentKeys(i) {
		if err := w.store(bucketExperiments, key, nil); err != nil {
			return err
		}
	}
	return w.put(bucketInquiries, []byte(i.Entry), recordOfInquiry(i))
}

func (w *writer) removeInquiryKeys(i rugzak.Inquiry) error {
	for _, key := range involvedKeys(i) {
		if err := w.remove(bucketInvolved, key); err != nil {
			return err
		}
	}
	for _, key := range experimentKeys(i) {
		if err := w.remove(bucketExperiments, key); err != nil {
			return err
		}
	}
	return nil
}

func involvedKeys(i rugzak.Inquiry) (keys [][]byte) {
	for _, p := range i.Involved() {
		keys = append(keys, pair(p, i.Entry))
	}
	return keys
}

// experimentKeys are those of experiments that run; those without a day last.
func experimentKeys(i rugzak.Inquiry) (keys [][]byte) {
	for _, x := range i.Experiments {
		if key := pair(pair(x.Organisation, cmp.Or(x.Until, "9999")), i.Entry); x.Organisation != "" && !x.Done() && !contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// removeInquiry takes away what grew beside an entry that goes.
func (w *writer) removeInquiry(id rugzak.EntryID) error {
	i, err := w.Inquiry(id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.removeInquiryKeys(i); err != nil {
		return err
	}
	return w.remove(bucketInquiries, []byte(id))
}

// forgetInvolved takes a person who goes out of what runs: as the lead, in an
// offer, and in experiments. The past keeps the id, as entries do.
func (w *writer) forgetInvolved(person rugzak.PersonID) error {
	ids, err := w.InvolvedIn(person)
	if err != nil {
		return err
	}
	for _, id := range ids {
		i, err := w.Inquiry(id)
		if err != nil {
			return err
		}
		if i.Lead == person {
			i.Lead, i.Offer = "", nil
			if n := len(i.Leads); n > 0 && i.Leads[n-1].Until.IsZero() {
				i.Leads[n-1].Until = i.Leads[n-1].From // when they left is not known here
			}
		}
		if i.Offer != nil && i.Offer.To == person {
			i.Offer = nil
		}
		for n := range i.Experiments {
			if x := &i.Experiments[n]; x.Person == person && !x.Done() {
				x.Person = ""
			}
		}
		if err := w.SaveInquiry(i, i.Version); err != nil {
			return err
		}
	}
	return nil
}

// inquiries checks what grows beside questions: it can be read, leads to
// entries, and has its keys.
func (c *checker) inquiries() {
	each(&c.reader, bucketInquiries, func(id string, record inquiryRecord, err error) bool {
		if !c.good("the inquiry of "+id, err) {
			return true
		}
		if !c.has(bucketEntries, id) {
			c.report("an inquiry of an entry that is gone: " + id)
		}
		i := record.inquiry(rugzak.EntryID(id))
		for _, p := range i.Involved() {
			if !c.has(bucketPeople, string(p)) {
				c.report(fmt.Sprintf("the inquiry of %s names a person who is gone: %s", id, p))
			}
		}
		for _, key := range involvedKeys(i) {
			c.expect(bucketInvolved, key, "")
		}
		for _, key := range experimentKeys(i) {
			c.expect(bucketExperiments, key, "")
		}
		return true
	})
	c.compare(bucketInvolved)
	c.compare(bucketExperiments)
}
