// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreFalseAlarms(t *testing.T, s rugzak.Store) {
	phone := rugzak.FalseAlarm{Class: rugzak.FindingPhone, Lang: rugzak.Dutch, Length: rugzak.TextShort}
	name := rugzak.FalseAlarm{Class: rugzak.FindingName, Lang: rugzak.English, Length: rugzak.TextMedium}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.CountFalseAlarm(phone) })
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.CountFalseAlarm(name); err != nil {
			return err
		}
		return w.CountFalseAlarm(phone)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.FalseAlarms()
		Same(t, "false alarms", got, []rugzak.FalseAlarmCount{{FalseAlarm: name, Count: 1}, {FalseAlarm: phone, Count: 2}})
		return err
	})
}
