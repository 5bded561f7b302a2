// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import "strings"

// scan looks at the source once, line by line, and refuses what the parser
// would need quadratic time for. It counts more than the parser would, never
// less: code blocks are counted too.
func scan(source string) error {
	if len(source) > maxSource {
		return refuse(keyTooLarge, maxSource>>10)
	}
	if strings.Count(source, "[^") > maxFootnotes {
		return refuse(keyFootnotes, maxFootnotes/2)
	}
	if strings.Count(source, `\|`) > maxPipes {
		return refuse(keyTable, maxCells)
	}
	definitions := 0
	for line := range strings.Lines(source) {
		markers, rest := containerMarkers(line)
		if markers > maxLineMarkers {
			return refuse(keyTooDeep)
		}
		if strings.HasPrefix(rest, "[") && strings.Contains(rest, "]:") {
			definitions++
		}
	}
	if definitions > maxDefinitions {
		return refuse(keyDefinitions, maxDefinitions)
	}
	return nil
}

// containerMarkers counts the marks of quotes, lists and definitions a line
// starts with and returns what follows them.
func containerMarkers(line string) (int, string) {
	count := 0
	for {
		line = strings.TrimLeft(line, " \t")
		width := markerWidth(line)
		if width == 0 {
			return count, line
		}
		count++
		line = line[width:]
	}
}

func markerWidth(line string) int {
	if line == "" {
		return 0
	}
	digits := 0
	for digits < len(line) && digits < 9 && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	switch c := line[min(digits, len(line)-1)]; {
	case digits == 0 && c == '>':
		return 1
	case digits == 0 && (c == '-' || c == '+' || c == '*' || c == ':'),
		digits > 0 && (c == '.' || c == ')'):
		if digits+1 == len(line) || strings.IndexByte(" \t\n", line[digits+1]) >= 0 {
			return digits + 1
		}
	}
	return 0
}
