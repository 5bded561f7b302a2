// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"rugzak/pkg/rugzak"
)

// seesResponse reports whether who may read an entry may read this response to
// it. Their own they always may; what was withdrawn nobody else; what was
// reported privacy officers; and what must stay inside, with all that answers
// it, only the side of who wrote it.
func seesResponse(r rugzak.Reader, by rugzak.Person, x rugzak.Response, all []rugzak.Response) (bool, error) {
	if x.Author == "" {
		return false, nil
	}
	if x.Author == by.ID {
		return true, nil
	}
	if x.Withdrawn || x.Reported && !rugzak.CanHandlePrivacy(by) {
		return false, nil
	}
	return seesSide(r, by, x, all)
}

// seesSide reports whether a person is on the right side for a response and the
// thread it is in.
func seesSide(r rugzak.Reader, by rugzak.Person, x rugzak.Response, all []rugzak.Response) (bool, error) {
	if x.To != "" {
		for _, begin := range all {
			if begin.ID != x.To {
				continue
			}
			if same, err := sameSide(r, by, begin); err != nil || !same {
				return false, err
			}
		}
	}
	return sameSide(r, by, x)
}

func sameSide(r rugzak.Reader, by rugzak.Person, x rugzak.Response) (bool, error) {
	if !x.Inside || by.Organisation == x.Organisation {
		return true, nil
	}
	o, err := r.Organisation(x.Organisation)
	if isMissing(err) {
		return false, nil
	}
	return o.Kind == rugzak.Department && by.IsMember(), err
}

// lookResponse fetches a response for a reader, with its entry and everything
// said about that. Absent and hidden give the same answer.
func lookResponse(r rugzak.Reader, by rugzak.Person, entry rugzak.EntryID, id string) (e rugzak.Entry, x rugzak.Response, all []rugzak.Response, err error) {
	if e, _, err = look(r, by, entry); err != nil {
		return e, x, nil, err
	}
	if !rugzak.ValidID(id) {
		return e, x, nil, rugzak.NotFound()
	}
	if x, err = r.Response(entry, id); err != nil {
		return e, x, nil, err
	}
	if all, err = r.Responses(entry); err != nil {
		return e, x, nil, err
	}
	sees, err := seesResponse(r, by, x, all)
	if err == nil && !sees {
		err = rugzak.NotFound()
	}
	return e, x, all, err
}

// lookOwnResponse fetches a response of the person: 403 for another's.
func lookOwnResponse(r rugzak.Reader, by rugzak.Person, entry rugzak.EntryID, id string) (rugzak.Entry, rugzak.Response, []rugzak.Response, error) {
	e, x, all, err := lookResponse(r, by, entry, id)
	if err == nil && (x.Author != by.ID || !rugzak.CanPost(by)) {
		err = rugzak.Forbidden("error.response_author_only")
	}
	return e, x, all, err
}

// reachOwnResponse fetches a response of the person also when they may not read
// the entry any more: what somebody said stays theirs to take away. Of the entry
// nothing may be told then.
func reachOwnResponse(r rugzak.Reader, by rugzak.Person, entry rugzak.EntryID, id string) (rugzak.Entry, rugzak.Response, error) {
	e, x, _, err := lookOwnResponse(r, by, entry, id)
	if !isMissing(err) || by.ID == "" || !rugzak.ValidID(string(entry)) || !rugzak.ValidID(id) {
		return e, x, err
	}
	if x, err = r.Response(entry, id); err != nil {
		return e, x, err
	}
	if x.Author != by.ID {
		return e, rugzak.Response{}, rugzak.NotFound()
	}
	e, err = r.Entry(entry)
	return e, x, err
}
