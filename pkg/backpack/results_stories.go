// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// maxStories bounds how many entries are looked at for stories: the newest.
const maxStories = 60

// storiesOf picks an entry for each rung, among the newest everybody in the
// scope may read: first of those of the period, that begins with month from, and
// only where that has none of those before it. No entry tells two.
func storiesOf(r rugzak.Reader, scope rugzak.Scope, from string) (map[rugzak.Rung]rugzak.Entry, error) {
	newest, err := newestOf(r, scope)
	if err != nil {
		return nil, err
	}
	out := map[rugzak.Rung]rugzak.Entry{}
	for _, inside := range []bool{true, false} {
		for _, rung := range []rugzak.Rung{rugzak.RungApplied, rugzak.RungRealised, rugzak.RungChanged, rugzak.RungUseful, rugzak.RungTogether, rugzak.StoryDrives} {
			if _, told := out[rung]; told {
				continue
			}
			best, at := 0, -1
			for i, e := range newest {
				if fits := rung.Fits(e); fits > best && inPeriod(e, from) == inside {
					best, at = fits, i
				}
			}
			if at >= 0 {
				out[rung] = newest[at]
				newest = slices.Delete(newest, at, at+1)
			}
		}
	}
	return out, nil
}

// newestOf lists the newest entries everybody in a scope may read.
func newestOf(r rugzak.Reader, scope rugzak.Scope) (newest []rugzak.Entry, err error) {
	for e, err := range r.Entries(rugzak.TokenList(string(scope)), "") {
		if err != nil {
			return nil, err
		}
		if newest = append(newest, e); len(newest) == maxStories {
			break
		}
	}
	return newest, nil
}

// inPeriod reports whether an entry was shared in the period that begins with
// month from; all were when it is empty.
func inPeriod(e rugzak.Entry, from string) bool { return e.ListedAt().UTC().Format("2006-01") >= from }
