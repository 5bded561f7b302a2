// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Need (behoefte) is what an organisation or a team tells others in a few lines:
// what it needs, what it offers, and how to work well with it. Its own people
// write it, for everybody who may know the organisation.
type Need struct {
	Needs, Offers, Ways string // each a line of text; empty when nothing is said
}

// MaxNeedText is how long each of its lines may be, in characters.
const MaxNeedText = 300

// Empty reports whether nothing is said.
func (n Need) Empty() bool { return n == Need{} }

// Tidy makes each text one clean line.
func (n Need) Tidy() Need { return Need{Line(n.Needs), Line(n.Offers), Line(n.Ways)} }

func (n Need) check(p *Problems) {
	checkLine(p, "needs", n.Needs, MaxNeedText)
	checkLine(p, "offers", n.Offers, MaxNeedText)
	checkLine(p, "ways", n.Ways, MaxNeedText)
}
