// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// colour is a colour of a screen, each part from 0 to 1.
type colour struct{ r, g, b, a float64 }

// hex writes a colour the way people write it.
func (c colour) hex() string {
	part := func(v float64) int { return int(math.Round(v * 255)) }
	return fmt.Sprintf("#%02x%02x%02x", part(c.r), part(c.g), part(c.b))
}

// over is what is seen of c on top of a ground.
func (c colour) over(ground colour) colour {
	return mix(colour{c.r, c.g, c.b, 1}, ground, c.a)
}

// mix takes share of a, and the rest of b.
func mix(a, b colour, share float64) colour {
	part := func(x, y float64) float64 { return x*share + y*(1-share) }
	return colour{part(a.r, b.r), part(a.g, b.g), part(a.b, b.b), part(a.a, b.a)}
}

// luminance is how light a colour is (WCAG 2.2).
func (c colour) luminance() float64 {
	part := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.r) + 0.7152*part(c.g) + 0.0722*part(c.b)
}

// contrast is the ratio of two colours, 1 to 21 (WCAG 2.2).
func contrast(a, b colour) float64 {
	high, low := a.luminance(), b.luminance()
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

// enough gives the colour nearest to c that reaches a ratio on a ground:
// darker on a light ground, lighter on a dark one.
func enough(c, ground colour, ratio float64) colour {
	black, white := colour{0, 0, 0, 1}, colour{1, 1, 1, 1}
	aim := black
	if contrast(white, ground) > contrast(black, ground) {
		aim = white
	}
	for step := range 101 {
		if got := mix(aim, c, float64(step)/100); contrast(got, ground) >= ratio {
			return got
		}
	}
	return aim
}

// parseColour reads a colour. What it does not know, such as the name of a
// system colour, is not ok.
func parseColour(text string) (colour, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if c, ok := named[text]; ok {
		return hexColour(c)
	}
	if strings.HasPrefix(text, "#") {
		return hexColour(text[1:])
	}
	name, args, ok := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	if !ok {
		return colour{}, false
	}
	parts := strings.FieldsFunc(args, func(r rune) bool { return r == ',' || r == '/' || r == ' ' || r == '\t' || r == '\n' })
	if len(parts) != 3 && len(parts) != 4 {
		return colour{}, false
	}
	alpha := 1.0
	if len(parts) == 4 {
		if alpha, ok = amount(parts[3], 1); !ok {
			return colour{}, false
		}
	}
	switch name {
	case "rgb", "rgba":
		r, ok1 := amount(parts[0], 255)
		g, ok2 := amount(parts[1], 255)
		b, ok3 := amount(parts[2], 255)
		return colour{r, g, b, alpha}, ok1 && ok2 && ok3
	case "hsl", "hsla":
		h, err := strconv.ParseFloat(strings.TrimSuffix(parts[0], "deg"), 64)
		s, ok1 := amount(parts[1], 100)
		l, ok2 := amount(parts[2], 100)
		return fromHSL(h, s, l, alpha), err == nil && ok1 && ok2
	}
	return colour{}, false
}

func hexColour(digits string) (colour, bool) {
	if len(digits) == 3 || len(digits) == 4 {
		var long strings.Builder
		for i := range len(digits) {
			long.WriteString(strings.Repeat(digits[i:i+1], 2))
		}
		digits = long.String()
	}
	if len(digits) == 6 {
		digits += "ff"
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 8 {
		return colour{}, false
	}
	part := func(shift uint) float64 { return float64(v>>shift&255) / 255 }
	return colour{part(24), part(16), part(8), part(0)}, true
}

// amount reads a number of at most whole, or a percentage, as a share of 1.
func amount(text string, whole float64) (float64, bool) {
	digits, percent := strings.CutSuffix(text, "%")
	if percent {
		whole = 100
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsNaN(v) {
		return 0, false
	}
	return min(max(v/whole, 0), 1), true
}

func fromHSL(h, s, l, alpha float64) colour {
	h = math.Mod(math.Mod(h, 360)+360, 360) / 30
	part := func(n float64) float64 {
		k := math.Mod(n+h, 12)
		return l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
	}
	return colour{part(0), part(8), part(4), alpha}
}

// named are the colours with a name that stylesheets use most.
var named = map[string]string{
	"black": "000000", "white": "ffffff", "transparent": "00000000", "red": "ff0000", "green": "008000", "blue": "0000ff",
	"yellow": "ffff00", "orange": "ffa500", "purple": "800080", "navy": "000080", "teal": "008080", "maroon": "800000",
	"olive": "808000", "lime": "00ff00", "aqua": "00ffff", "cyan": "00ffff", "fuchsia": "ff00ff", "magenta": "ff00ff",
	"silver": "c0c0c0", "gray": "808080", "grey": "808080", "darkgray": "a9a9a9", "darkgrey": "a9a9a9", "lightgray": "d3d3d3",
	"lightgrey": "d3d3d3", "dimgray": "696969", "dimgrey": "696969", "darkred": "8b0000", "darkgreen": "006400", "darkblue": "00008b",
	"midnightblue": "191970", "whitesmoke": "f5f5f5", "ivory": "fffff0", "beige": "f5f5dc", "crimson": "dc143c", "gold": "ffd700",
	"rebeccapurple": "663399", "indigo": "4b0082", "steelblue": "4682b4", "slategray": "708090", "darkslategray": "2f4f4f",
}
