// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"time"

	"rugzak/pkg/rugzak"
)

// sampleResponseGap lies between what people of the demonstration say.
const sampleResponseGap = 40 * time.Minute

// responses adds what the people of the demonstration say about entries that
// were added with them, by who may read those. They go when their entry goes.
func (l *starterLoader) responses(all []rugzak.Response) error {
	ids, said := map[string]string{}, map[rugzak.EntryID]int{}
	for _, x := range all {
		name := x.ID
		if !l.made[string(x.Entry)] {
			continue // there already, or not part of this demonstration
		}
		e, err := l.w.Entry(l.ids[string(x.Entry)])
		if err != nil {
			return fmt.Errorf("sample response %s: %w", name, err)
		}
		by, err := l.w.Person(x.Author)
		if err != nil {
			return fmt.Errorf("sample response %s: %w", name, err)
		}
		if !rugzak.CanRead(by, e) {
			return fmt.Errorf("sample response %s: %w", name, rugzak.NotFound())
		}
		said[e.ID]++
		x.At = e.SharedAt.Add(time.Duration(said[e.ID]) * sampleResponseGap)
		if now := l.now(); x.At.After(now) {
			x.At = now
		}
		x.ID, x.Entry, x.To, x.Organisation, x.Version = rugzak.NewID(x.At), e.ID, ids[x.To], by.Organisation, 1
		ids[name] = x.ID
		if err := x.Validate(); err != nil {
			return fmt.Errorf("sample response %s: %w", name, err)
		}
		if err := l.w.SaveResponse(x, 0); err != nil {
			return fmt.Errorf("sample response %s: %w", name, err)
		}
		if err := settleWaiting(l.w, e, x.Thread()); err != nil {
			return err
		}
	}
	return nil
}
