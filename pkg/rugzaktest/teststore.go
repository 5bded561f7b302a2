// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"errors"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rugzak/pkg/rugzak"
)

// TestStore checks that an implementation of rugzak.Store keeps every promise
// of the interface. open gives a new, empty store; the suite closes it.
func TestStore(t *testing.T, open func(t *testing.T) rugzak.Store) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, s rugzak.Store)
	}{
		{"empty", testStoreEmpty},
		{"not found", testStoreNotFound},
		{"entry comes back whole", testStoreEntryWhole},
		{"entry versions", testStoreEntryVersions},
		{"entry removal", testStoreEntryRemoval},
		{"external", testStoreExternal},
		{"relations", testStoreRelations},
		{"odd ids", testStoreOddIDs},
		{"lists", testStoreLists},
		{"lists of open questions and applications", testStoreOpenQuestions},
		{"list order", testStoreListOrder},
		{"paging while writing", testStorePagingWhileWriting},
		{"writing while listing", testStoreWritingWhileListing},
		{"iterators end early", testStoreIteratorsEndEarly},
		{"revisions", testStoreRevisions},
		{"revision of a whole import", testStoreRevisionImport},
		{"hidden authors", testStoreHidden},
		{"organisations", testStoreOrganisations},
		{"people", testStorePeople},
		{"e-mail addresses", testStoreEmails},
		{"person removal", testStorePersonRemoval},
		{"themes", testStoreThemes},
		{"movement", testStoreMovement},
		{"compass", testStoreCompass},
		{"terms", testStoreTerms},
		{"keeps", testStoreKeeps},
		{"keeps due", testStoreKeepsDue},
		{"sessions", testStoreSessions},
		{"tokens and credentials", testStoreTokens},
		{"audit log", testStoreAudit},
		{"notices and mail", testStoreNotices},
		{"notices in the change log", testStoreNoticeLog},
		{"notices since", testStoreNoticesSince},
		{"how people are told", testStoreNoticeSettings},
		{"messages of the week", testStoreDigests},
		{"settings", testStoreSettings},
		{"false alarms", testStoreFalseAlarms},
		{"legal checklist", testStoreChecklist},
		{"requests", testStoreRequests},
		{"what is regular and what was announced", testStoreRetention},
		{"factors", testStoreFactors},
		{"challenges", testStoreChallenges},
		{"incidents", testStoreIncidents},
		{"reported texts", testStoreReportedTexts},
		{"purge", testStorePurge},
		{"compacting", testStoreCompact},
		{"requests for a wider audience", testStoreWidenings},
		{"other requests to authors", testStoreAsked},
		{"themes that went into others", testStoreThemeMerges},
		{"entries that went into others", testStoreEntryMerges},
		{"what forms made", testStoreMade},
		{"identities", testStoreIdentities},
		{"used once", testStoreUseOnce},
		{"invitations", testStoreInvitations},
		{"saved searches", testStoreSavedSearches},
		{"searches without result", testStoreSearchGaps},
		{"attachments", testStoreAttachments},
		{"responses", testStoreResponses},
		{"signals", testStoreSignals},
		{"private addresses of feeds", testStoreFeedTokens},
		{"needs for room", testStoreRoom},
		{"meetings", testStoreMeetings},
		{"threads", testStoreThreads},
		{"the past that threads quote", testStoreThreadPast},
		{"theme letters", testStoreLetters},
		{"celebrations", testStoreCelebrations},
		{"reflection rounds", testStoreRounds},
		{"ideas", testStoreIdeas},
		{"can we do this ourselves", testStoreSelfCheck},
		{"inquiries", testStoreInquiries},
		{"lists of questions and balls", testStoreBalls},
		{"overlaps", testStoreOverlaps},
		{"participations", testStoreParticipations},
		{"counts of results", testStoreTally},
		{"interim results", testStoreInterims},
		{"refusals", testStoreRefusals},
		{"leases", testStoreLeases},
		{"log order", testStoreLog},
		{"log while writing", testStoreLogWhileWriting},
		{"head", testStoreHead},
		{"state", testStoreState},
		{"rollback", testStoreRollback},
		{"panic", testStorePanic},
		{"context", testStoreContext},
		{"isolation", testStoreIsolation},
		{"values are copies", testStoreCopies},
		{"concurrent writers", testStoreConcurrentWriters},
		{"backup and check", testStoreBackup},
	} {
		t.Run(part.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if t.Failed() {
					_ = s.Close()
					return
				}
				storeSound(t, s)
				if err := s.Close(); err != nil {
					t.Errorf("closing: %v", err)
				}
			})
			part.test(t, s)
		})
	}
}

// storeSound fails when the store finds something wrong with itself.
func storeSound(t testing.TB, s rugzak.Store) {
	t.Helper()
	// The context of the test has ended when this runs as a clean-up.
	if err := s.Check(contextWithoutEnd(t), func(problem string) { t.Errorf("check: %s", problem) }); err != nil {
		t.Errorf("check: %v", err)
	}
}

func storeUpdate(t testing.TB, s rugzak.Store, fn func(rugzak.Writer) error) rugzak.Position {
	t.Helper()
	pos, err := s.Update(t.Context(), fn)
	if err != nil {
		t.Fatalf("Update: %v", err)
	}
	return pos
}

// storeRefuses runs an update that must give this code and keep nothing.
func storeRefuses(t testing.TB, s rugzak.Store, want rugzak.Code, fn func(rugzak.Writer) error) {
	t.Helper()
	if _, err := s.Update(t.Context(), fn); rugzak.CodeOf(err) != want {
		t.Fatalf("Update gave code %q (%v), want %q", rugzak.CodeOf(err), err, want)
	}
}

func storeView(t testing.TB, s rugzak.Store, fn func(rugzak.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// storePut saves new entries as shared by their note.
func storePut(t testing.TB, s rugzak.Store, entries ...rugzak.Entry) {
	t.Helper()
	storeUpdate(t, s, func(w rugzak.Writer) error { return PutEntries(w, entries...) })
}

// PutEntries saves new entries, with a note where they were shared.
func PutEntries(w rugzak.Writer, entries ...rugzak.Entry) error {
	for _, e := range entries {
		var note *rugzak.RevisionNote
		if e.Revision > 0 {
			note = &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonShared}
		}
		if err := w.SaveEntry(e, 0, note); err != nil {
			return err
		}
		if err := w.Log(rugzak.Change{At: e.UpdatedAt, Actor: "system", Verb: rugzak.VerbEntryShared, Subject: rugzak.EntrySubject(e.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// PutHouse saves Organisations and People.
func PutHouse(w rugzak.Writer) error {
	for _, o := range Organisations() {
		if err := w.SaveOrganisation(o, 0); err != nil {
			return err
		}
	}
	for _, p := range People() {
		if err := w.SavePerson(p, 0); err != nil {
			return err
		}
	}
	return nil
}

// storeHouse makes the organisations and people.
func storeHouse(t testing.TB, s rugzak.Store) {
	t.Helper()
	storeUpdate(t, s, PutHouse)
}

// Same fails when two values differ. Times are the same when they are the same
// moment; empty and absent lists are the same.
func Same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// storeMissing wants the code of a missing record.
func storeMissing(t testing.TB, what string, err error) {
	t.Helper()
	if rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("%s: code %q (%v), want not found", what, rugzak.CodeOf(err), err)
	}
}

// storeCollect reads an iterator to its end.
func storeCollect[T any](t testing.TB, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for v, err := range seq {
		if err != nil {
			t.Fatalf("iterator: %v", err)
		}
		out = append(out, v)
	}
	return out
}

// storeList returns the ids of a list after a mark.
func storeList(t testing.TB, s rugzak.Store, list rugzak.List, after rugzak.Mark) []rugzak.EntryID {
	t.Helper()
	var ids []rugzak.EntryID
	storeView(t, s, func(r rugzak.Reader) error {
		ids = entryIDs(storeCollect(t, r.Entries(list, after)))
		return nil
	})
	return ids
}

func entryIDs(entries []rugzak.Entry) []rugzak.EntryID {
	ids := make([]rugzak.EntryID, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	return ids
}

var errStop = errors.New("stop here")
