// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// Pager is what the partial "pager" shows: the addresses of the pages before
// and after this one, empty at the ends.
type Pager struct{ Previous, Next string }

// Empty is what the partial "empty" shows where there is nothing yet: a
// picture, two sentences, and what to do about it (ActionKey may be empty).
type Empty struct{ Icon, TitleKey, TextKey, ActionKey, ActionPath string }
