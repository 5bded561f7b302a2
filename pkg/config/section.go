// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"
)

// section reads one item of a list of settings, and notes what is wrong with
// the line on which it stands.
type section struct {
	setting, path string
	node          *yaml.Node
	fields        map[string]*yaml.Node
	keys          map[string]*yaml.Node
	known         map[string]bool
	problems      *Problems
}

func newSection(setting, path string, node *yaml.Node, problems *Problems) *section {
	s := &section{
		setting: setting, path: path, node: node, problems: problems,
		fields: map[string]*yaml.Node{}, keys: map[string]*yaml.Node{}, known: map[string]bool{},
	}
	if node.Kind != yaml.MappingNode {
		s.note(node, "", "is not a list of name: value", "write each setting of it on a line of its own")
		return s
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if first, twice := s.keys[key.Value]; twice {
			s.note(key, key.Value, fmt.Sprintf("stands on line %d already", first.Line), "remove one of the two")
			continue
		}
		s.keys[key.Value] = key
		if value.Tag != "!!null" {
			s.fields[key.Value] = value
		}
	}
	return s
}

func (s *section) note(node *yaml.Node, name, wrong, remedy string) {
	field := s.setting
	if name != "" {
		field += "." + name
	}
	*s.problems = append(*s.problems, Problem{field, fmt.Sprintf("%s:%d", s.path, node.Line), wrong, remedy})
}

// wrong notes what is wrong with a value; it never repeats it.
func (s *section) wrong(name, wrong, remedy string) {
	node := s.node
	if key, ok := s.keys[name]; ok {
		node = key
	}
	s.note(node, name, wrong, remedy)
}

// text is a plain value; empty when it is not there.
func (s *section) text(name string) string {
	s.known[name] = true
	node, ok := s.fields[name]
	if !ok {
		return ""
	}
	if node.Kind != yaml.ScalarNode {
		s.wrong(name, "has the wrong form", "give a single plain value")
		delete(s.fields, name) // said once
		return ""
	}
	return node.Value
}

// must is a plain value that has to be there.
func (s *section) must(name string) string {
	before := len(*s.problems)
	text := s.text(name)
	if text == "" && len(*s.problems) == before && s.node.Kind == yaml.MappingNode {
		s.wrong(name, "is missing", "give a value")
	}
	return text
}

// flag is true or false; false when it is not there.
func (s *section) flag(name string) bool {
	var b bool
	if text := s.text(name); text != "" && setBool(&b, text) != nil {
		s.wrong(name, "has the wrong form", "choose true or false")
	}
	return b
}

// list is a value or a list of them, or the values of other when it is not
// there.
func (s *section) list(name string, other ...string) []string {
	s.known[name] = true
	node, ok := s.fields[name]
	if !ok {
		return other
	}
	values, ok := plainList(node)
	if !ok {
		s.wrong(name, "has the wrong form", "give a plain value or a list of them")
		delete(s.fields, name)
	}
	return values
}

// table is what each of several names means: a value or a list of them.
func (s *section) table(name string) map[string][]string {
	s.known[name] = true
	node, ok := s.fields[name]
	if !ok {
		return nil
	}
	out := map[string][]string{}
	ok = node.Kind == yaml.MappingNode
	for i := 0; ok && i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		_, twice := out[key.Value]
		if out[key.Value], ok = plainList(node.Content[i+1]); twice {
			ok = false
		}
	}
	if !ok {
		s.wrong(name, "has the wrong form", "give each value of the claim once, with what it means behind it")
	}
	return out
}

// rest notes what nobody asked for.
func (s *section) rest() {
	for _, name := range slices.Sorted(maps.Keys(s.keys)) {
		if !s.known[name] {
			s.note(s.keys[name], "", fmt.Sprintf("there is no setting %.60q", name), "see docs/operate/configuration.md for the settings of a provider")
		}
	}
}

// plainList is a plain value, or a list of them.
func plainList(node *yaml.Node) ([]string, bool) {
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}, node.Tag != "!!null" && node.Value != ""
	}
	items, ok := listOf(node)
	var out []string
	for _, item := range items {
		if item.Kind != yaml.ScalarNode || item.Value == "" {
			return nil, false
		}
		out = append(out, item.Value)
	}
	return out, ok
}

func listOf(node *yaml.Node) ([]*yaml.Node, bool) {
	return node.Content, node.Kind == yaml.SequenceNode
}
