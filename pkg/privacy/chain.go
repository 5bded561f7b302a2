// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// digit is one digit of a chain and where it stands.
type digit struct {
	value      byte
	start, end int
	before     separator // between it and the digit before it
}

// separator is what stands between two digits of a chain.
type separator byte

const (
	joined     separator = iota // nothing, or nothing one can see
	bySpace                     // one space
	byDot                       // one dot
	byHyphen                    // one hyphen
	bySeveral                   // up to three of these together, as " - "
	maxBetween = 3
)

// chain is a row of digits with at most separators between them, and what
// stands around it.
type chain struct {
	digits []digit
	plus   bool // "+" in front: a country code
	trunk  bool // "(0)" in front: the rest of a telephone number
	zero   bool // "0," in front and no "," behind: a fraction
	cents  bool // ",50" or ",-" behind: an amount
}

// findings reads the text once and judges every chain of digits in it.
func findings(text string, rd reading, words *wordIndex) []rugzak.Finding {
	var found []rugzak.Finding
	var c chain
	var gap []glyphKind // separators since the last digit
	var last [3]rune    // the characters before this one that can be seen
	end := func() {
		if len(c.digits) >= shortLength {
			behind := text[c.digits[len(c.digits)-1].end:]
			c.cents = beginsWithCents(behind)
			c.zero = c.zero && !strings.HasPrefix(behind, ",") && !strings.HasPrefix(behind, ";")
			found = append(found, judge(c, words)...)
		}
		c.digits, gap = c.digits[:0], gap[:0]
	}
	for i := 0; i < len(text); {
		g := rd.glyphAt(text[i:])
		switch g.kind {
		case number:
			if len(gap) > maxBetween {
				end()
			}
			if len(c.digits) == 0 {
				gap = gap[:0]
				_, more := digitValue(last[0])
				c.plus = last[2] == '+'
				c.trunk = last == [3]rune{'(', '0', ')'}
				c.zero = last[1] == '0' && last[2] == ',' && !more
			}
			c.digits = append(c.digits, digit{g.value, i, i + g.width, separatorOf(gap)})
			gap = gap[:0]
		case space, dot, hyphen:
			if gap = append(gap, g.kind); len(gap) > maxBetween {
				end()
			}
		case other:
			end()
		}
		if g.kind != invisible {
			last = [3]rune{last[1], last[2], g.r}
		}
		i += g.width
	}
	end()
	return found
}

func separatorOf(gap []glyphKind) separator {
	switch {
	case len(gap) == 0:
		return joined
	case len(gap) > 1:
		return bySeveral
	case gap[0] == space:
		return bySpace
	case gap[0] == dot:
		return byDot
	}
	return byHyphen
}

// beginsWithCents looks for the end of an amount: a comma with one or two
// digits, or with a dash.
func beginsWithCents(text string) bool {
	if len(text) < 2 || text[0] != ',' {
		return false
	}
	digits := 0
	for digits < 3 && 1+digits < len(text) && text[1+digits] >= '0' && text[1+digits] <= '9' {
		digits++
	}
	return text[1] == '-' || digits == 1 || digits == 2
}
