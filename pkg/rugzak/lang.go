// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Lang is the language of an entry or of the interface.
type Lang string

// The languages of the product.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// Languages lists the languages in the order in which they are offered.
func Languages() []Lang { return []Lang{Dutch, English} }

// Valid reports whether the product speaks this language.
func (l Lang) Valid() bool { return l == Dutch || l == English }

// Or returns l when it is valid and other otherwise.
func (l Lang) Or(other Lang) Lang {
	if l.Valid() {
		return l
	}
	return other
}
