// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"encoding/json"
	"fmt"
	"io"

	"rugzak/pkg/rugzak"
)

// Own writes what the backpack holds about one person as a zip: their data in
// JSON, and each of their texts as Markdown with front matter, with its past.
type Own struct{ target target }

// NewOwn begins the file. It is no whole zip before Close.
func NewOwn(to io.Writer) *Own { return &Own{target: newZipTarget(to)} }

// Data writes what is no text of theirs.
func (o *Own) Data(d rugzak.OwnData) error {
	data, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("own data: %w", err)
	}
	return o.put("gegevens.json", append(data, '\n'))
}

// Entry writes an entry with its past, oldest first.
func (o *Own) Entry(e rugzak.Entry, revisions []rugzak.Revision) error {
	var newest *rugzak.Revision
	if n := len(revisions); n > 0 && revisions[n-1].Entry.Revision == e.Revision {
		newest, revisions = &revisions[n-1], revisions[:n-1]
	}
	if err := o.put("bijdragen/"+string(e.ID)+".md", entryFile(e, newest)); err != nil {
		return err
	}
	for _, r := range revisions {
		if err := o.put(fmt.Sprintf("versies/%s/%d.md", e.ID, r.Entry.Revision), entryFile(r.Entry, &r)); err != nil {
			return err
		}
	}
	return nil
}

// Attachment writes what is attached to an entry, with what was said of it.
func (o *Own) Attachment(f rugzak.AttachedFile) error {
	if err := putAttached(o.target, "bijlagen/", f); err != nil {
		return fmt.Errorf("own data: %w", err)
	}
	return nil
}

// Close ends the file.
func (o *Own) Close() error { return o.target.commit() }

func (o *Own) put(name string, data []byte) error {
	if err := o.target.put(name, data); err != nil {
		return fmt.Errorf("own data: %w", err)
	}
	return nil
}
