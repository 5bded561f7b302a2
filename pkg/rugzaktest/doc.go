// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package rugzaktest holds what tests of several packages share: made-up
// people, organisations and entries, and the contract suites every
// implementation of rugzak.Store and rugzak.Index must pass. Only tests import
// it.
package rugzaktest
