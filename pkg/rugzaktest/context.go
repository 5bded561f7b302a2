// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import "context"

// EndsLater is a context that ends when it was asked Left times whether it did,
// so that a test can end it in the midst of something.
type EndsLater struct {
	context.Context
	Left int
}

// Err implements context.Context.
func (c *EndsLater) Err() error {
	if c.Left--; c.Left < 0 {
		return context.Canceled
	}
	return nil
}
