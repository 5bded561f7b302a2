// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package meaning finds texts by what they mean: it asks an endpoint of the
// organisation for vectors and keeps those of entries in a file beside the
// search index.
package meaning
