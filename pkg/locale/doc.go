// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package locale holds every sentence the product shows, in Dutch and English,
// and prints dates and numbers the way its readers write them.
//
// The sentences live in translations/<language>/<part>.json, one part per
// feature, so that several people can add keys side by side. All parts of a
// language together are one flat catalogue: a key may stand in one part only.
// A value is a sentence with the verbs %s and %d (or %[1]s where the languages
// differ in order; %% is a percent sign), or an object with the two forms
// "one" and "other" for a counted thing, and perhaps "zero" for none of it.
package locale
