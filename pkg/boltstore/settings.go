// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import "rugzak/pkg/rugzak"

// settingsRecord is stored by the names of its fields: those a file does not
// have keep their default.
type settingsRecord rugzak.Settings

var settingsKey = []byte("settings")

// Settings returns the settings; those of a new backpack are the default.
func (r *reader) Settings() (rugzak.Settings, error) {
	record := settingsRecord(rugzak.DefaultSettings())
	err := r.get(bucketSettings, settingsKey, &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return rugzak.Settings(record), err
}

// SaveSettings stores the settings.
func (w *writer) SaveSettings(s rugzak.Settings, base int) error {
	before, err := w.Settings()
	if err != nil {
		return err
	}
	if before.Version != base {
		return rugzak.Conflict()
	}
	s.Version = base + 1
	return w.put(bucketSettings, settingsKey, settingsRecord(s))
}
