// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// shortTexts looks for personal data in lines that stand beside entries, where
// nothing is declared: a citizen service number is refused at once, the rest is
// for refuseAcross.
func (s *Service) shortTexts(ctx context.Context, texts ...field) ([]Found, error) {
	found, err := s.inspect(ctx, texts, nil)
	if err != nil {
		return nil, err
	}
	_, err = block(found)
	return found, err
}

// refuseAcross refuses what identifies a person beside an entry that another
// organisation reads; without an entry, where others may read along in any case.
func refuseAcross(r rugzak.Reader, e rugzak.Entry, found []Found) error {
	if len(found) == 0 {
		return nil
	}
	if e.ID == "" {
		return refusePartners(found)
	}
	if out, err := crosses(r, e); err != nil || !out {
		return err
	}
	return refusePartners(found)
}
