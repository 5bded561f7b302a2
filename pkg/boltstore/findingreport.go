// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"fmt"
	"strings"

	"rugzak/pkg/rugzak"
)

// falseAlarmRecord is how often a false alarm was reported; its key is class,
// language and length.
type falseAlarmRecord struct {
	Count int `json:"count"`
}

func falseAlarmKey(f rugzak.FalseAlarm) []byte {
	return []byte(string(f.Class) + "/" + string(f.Lang) + "/" + string(f.Length))
}

// FalseAlarms returns the counts in order of their keys.
func (r *reader) FalseAlarms() ([]rugzak.FalseAlarmCount, error) {
	var out []rugzak.FalseAlarmCount
	var failed error
	each(r, bucketFalseAlarms, func(key string, record falseAlarmRecord, err error) bool {
		parts := strings.Split(key, "/")
		if err == nil && len(parts) != 3 {
			err = fmt.Errorf("false alarm %q: not a key", key)
		}
		if failed = err; failed != nil {
			return false
		}
		out = append(out, rugzak.FalseAlarmCount{
			FalseAlarm: rugzak.FalseAlarm{
				Class: rugzak.FindingClass(parts[0]), Lang: rugzak.Lang(parts[1]), Length: rugzak.TextLength(parts[2]),
			},
			Count: record.Count,
		})
		return true
	})
	return out, failed
}

// CountFalseAlarm adds one.
func (w *writer) CountFalseAlarm(f rugzak.FalseAlarm) error {
	var record falseAlarmRecord
	if err := w.get(bucketFalseAlarms, falseAlarmKey(f), &record); err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return err
	}
	record.Count++
	return w.put(bucketFalseAlarms, falseAlarmKey(f), record)
}
