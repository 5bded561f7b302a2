// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import "strings"

// Problem is one thing that is wrong with the settings.
type Problem struct {
	Field  string // name of the setting; empty when the YAML file as a whole is meant
	Source string // where the wrong value stands
	Wrong  string // what is wrong
	Remedy string // what to do about it
}

// String is one line for a terminal or a log.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Source)
	b.WriteString(": ")
	if p.Field != "" {
		b.WriteString(p.Field)
		b.WriteString(": ")
	}
	b.WriteString(p.Wrong)
	if p.Remedy != "" {
		b.WriteString("; ")
		b.WriteString(p.Remedy)
	}
	return b.String()
}

// Problems is everything that is wrong, so that one start shows it all.
type Problems []Problem

// Error has one problem per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return "configuration: " + strings.Join(lines, "\nconfiguration: ")
}
