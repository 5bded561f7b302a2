// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"fmt"
	"math"
)

// pair is what people have to be able to tell apart.
type pair struct {
	key         string // of what it is, in the catalogues
	front, back string // tokens of the site
	tokens      string // what a theme may set for the front, first choice
	least       float64
}

// The least contrast of text, and of lines that show where something is
// (WCAG 2.2, 1.4.3 and 1.4.11).
const (
	leastText = 4.5
	leastLine = 3
)

// pairs are the combinations of colours in which the site shows its words.
func pairs() []pair {
	return []pair{
		{"text", "--rz-ink", "--rz-paper", "--utrecht-document-color", leastText},
		{"text_panel", "--rz-ink", "--rz-surface", "--utrecht-document-color", leastText},
		{"small", "--rz-muted", "--rz-paper", "--utrecht-paragraph-small-color", leastText},
		{"small_panel", "--rz-muted", "--rz-surface", "--utrecht-paragraph-small-color", leastText},
		{"heading", "--rz-heading", "--rz-paper", "--utrecht-heading-color", leastText},
		{"link", "--rz-link", "--rz-paper", "--utrecht-link-color", leastText},
		{"link_panel", "--rz-link", "--rz-surface", "--utrecht-link-color", leastText},
		{"link_hover", "--rz-link-hover", "--rz-paper", "--utrecht-link-hover-color", leastText},
		{"link_soft", "--rz-link", "--rz-tint", "--utrecht-link-color", leastText},
		{"button", "--rz-on-accent", "--rz-accent", "--utrecht-button-primary-action-color", leastText},
		{"button_hover", "--rz-on-accent-hover", "--rz-accent-hover", "--utrecht-button-primary-action-hover-color", leastText},
		{"second", "--rz-on-second", "--rz-second", "--utrecht-button-secondary-action-color", leastText},
		{"accent", "--rz-accent", "--rz-surface", "--utrecht-button-primary-action-background-color", leastLine},
		{"header", "--rz-on-header", "--rz-header", "--utrecht-page-header-color", leastText},
		{"header_link", "--rz-header-link", "--rz-header", "--utrecht-page-header-color", leastText},
		{"header_button", "--rz-on-header-button", "--rz-header-button", "--utrecht-page-header-background-color", leastText},
		{"footer", "--rz-on-footer", "--rz-footer", "--utrecht-page-footer-color", leastText},
		{"skip", "--rz-on-skip", "--rz-skip", "--utrecht-skip-link-color", leastText},
		{"field", "--rz-on-field", "--rz-field", "--utrecht-form-control-color", leastText},
		{"edge", "--rz-edge", "--rz-field", "--utrecht-form-control-border-color", leastLine},
		{"error", "--rz-error", "--rz-paper", "--utrecht-form-field-error-message-color", leastText},
		{"error_panel", "--rz-error", "--rz-surface", "--utrecht-form-field-error-message-color", leastText},
		{"focus", "--rz-focus", "--rz-paper", "--utrecht-focus-outline-color", leastLine},
		{"focus_panel", "--rz-focus", "--rz-surface", "--utrecht-focus-outline-color", leastLine},
	}
}

// judge looks at every pair in one colour mode. Of pairs with one cause it
// tells the one that is hardest to read.
func (t tokens) judge(dark bool) []Problem {
	mode := "light"
	if dark {
		mode = "dark"
	}
	var out []Problem
	worst := map[string]int{} // place in out, by cause
	paper := t.look("var(--rz-paper)", dark)
	for _, p := range pairs() {
		front, back := t.look("var("+p.front+")", dark), t.look("var("+p.back+")", dark)
		if front.source == "" && back.source == "" {
			continue // ours, held by a test
		}
		if !front.known || !back.known {
			unknown := front
			if front.known {
				unknown = back
			}
			out = append(out, Problem{Key: "housestyle.unknown", Args: []any{unknown.source, unknown.text}, Line: unknown.line, Kind: Unknown})
			continue
		}
		ground := back.colour
		if ground.a < 1 && paper.known {
			ground = ground.over(paper.colour)
		}
		seen := front.colour.over(ground)
		ratio := contrast(seen, ground)
		if ratio >= p.least {
			continue
		}
		set, line, cause := front.source, front.line, front.source
		if set == "" {
			set, line, cause = p.tokens, back.line, seen.hex()+ground.hex()
		}
		problem := Problem{
			Key: "housestyle.contrast", Kind: Contrast, Line: line, Pair: p.key, Mode: mode,
			Args: []any{figure(ratio), p.least, seen.hex(), ground.hex(), set, enough(seen, ground, p.least).hex()},
		}
		if at, ok := worst[cause]; !ok {
			worst[cause] = len(out)
			out = append(out, problem)
		} else if figure(ratio)/p.least < out[at].Args[0].(float64)/out[at].Args[1].(float64) {
			out[at] = problem
		}
	}
	return out
}

// figure is a ratio of contrast with one decimal, never rounded up.
func figure(ratio float64) float64 { return math.Floor(ratio*10) / 10 }

// unique leaves out what was said before.
func unique(in []Problem) []Problem {
	var out []Problem
	said := map[string]bool{}
	for _, p := range in {
		if k := fmt.Sprint(p.Key, p.Line, p.Pair, p.Args); !said[k] {
			said[k] = true
			out = append(out, p)
		}
	}
	return out
}
