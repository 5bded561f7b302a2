// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// maxNesting is how deep values may stand inside each other.
const maxNesting = 8

// parseYAML reads one document of plain YAML: no anchors, aliases or tags, and
// not deep. It returns nil when the text is empty or wrong.
func parseYAML(text []byte, p *problems) *yaml.Node {
	var document yaml.Node
	if err := loadYAML(text, &document); err != nil {
		line := 0
		if e, ok := errors.AsType[*yaml.LoadError](err); ok {
			line = max(e.Mark.Line, 1)
		}
		p.breaks(line, "exchange.yaml")
		return nil
	}
	if len(document.Content) == 0 {
		return nil
	}
	root := document.Content[0]
	if !plain(root, 0, p) {
		return nil
	}
	return root
}

// loadYAML is yaml.Load without its error for a text that holds no document.
func loadYAML(text []byte, into *yaml.Node) error {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			return yaml.Load(text, into)
		}
	}
	return nil
}

// plain refuses the parts of YAML by which a small file can grow large or make
// values of other types.
func plain(n *yaml.Node, depth int, p *problems) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		p.breaks(n.Line, "exchange.anchor")
		return false
	case n.Style&yaml.TaggedStyle != 0:
		p.breaks(n.Line, "exchange.tag")
		return false
	case depth > maxNesting:
		p.breaks(n.Line, "exchange.nesting")
		return false
	}
	for _, c := range n.Content {
		if !plain(c, depth+1, p) {
			return false
		}
	}
	return true
}

// mapping reads the keys of a YAML mapping. The known keys are those that are
// asked for; done reports the others.
type mapping struct {
	p      *problems
	at     int // line
	path   string
	keys   []*yaml.Node
	values map[string]*yaml.Node
	asked  map[string]bool
}

// newMapping accepts a mapping, or nothing at all.
func newMapping(n *yaml.Node, path string, p *problems) *mapping {
	m := &mapping{p: p, at: 1, path: path, values: map[string]*yaml.Node{}, asked: map[string]bool{}}
	if isNull(n) {
		return m
	}
	m.at = n.Line
	if n.Kind != yaml.MappingNode {
		p.add(n.Line, strings.TrimSuffix(path, "."), "exchange.want_mapping")
		return m
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			p.add(key.Line, "", "exchange.want_key")
			continue
		}
		if first, twice := lines[key.Value]; twice {
			p.add(key.Line, path+shown(key.Value), "exchange.twice", shown(key.Value), first+p.offset)
			continue
		}
		lines[key.Value] = key.Line
		m.keys = append(m.keys, key)
		m.values[key.Value] = value
	}
	return m
}

func isNull(n *yaml.Node) bool {
	return n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

func (m *mapping) value(key string) *yaml.Node {
	m.asked[key] = true
	return m.values[key]
}

// has reports whether the key stands in the file, with or without a value.
func (m *mapping) has(key string) bool { return m.value(key) != nil }

// line is the line of a value, or of the mapping when the key is absent.
func (m *mapping) line(key string) int {
	if n := m.values[key]; n != nil {
		return n.Line
	}
	return m.at
}

func (m *mapping) problem(key, message string, args ...any) {
	m.p.add(m.line(key), m.path+key, message, args...)
}

func (m *mapping) text(key string) string {
	n := m.value(key)
	if isNull(n) {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		m.problem(key, "exchange.want_text")
		return ""
	}
	return n.Value
}

// choice reads one of the given words.
func choice[T ~string](m *mapping, key string, of ...T) T {
	s := m.text(key)
	if s == "" {
		return ""
	}
	words := make([]string, len(of))
	for i, w := range of {
		if s == string(w) {
			return w
		}
		words[i] = string(w)
	}
	m.problem(key, "exchange.choose", strings.Join(words, ", "))
	return ""
}

// list reads a list of words.
func list[T ~string](m *mapping, key string) []T {
	n := m.value(key)
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		m.problem(key, "exchange.want_list")
		return nil
	}
	var out []T
	for _, c := range n.Content {
		if c.Kind != yaml.ScalarNode || isNull(c) {
			m.p.add(c.Line, m.path+key, "exchange.want_list")
			return nil
		}
		out = append(out, T(c.Value))
	}
	return out
}

func (m *mapping) number(key string) int {
	s := m.text(key)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		m.problem(key, "exchange.want_number")
	}
	return int(n)
}

func (m *mapping) flag(key string) bool {
	switch m.text(key) {
	case "true":
		return true
	case "", "false":
	default:
		m.problem(key, "exchange.want_flag")
	}
	return false
}

func (m *mapping) time(key string) time.Time {
	s := m.text(key)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		m.problem(key, "exchange.want_time")
		return time.Time{}
	}
	return t.UTC()
}

// mapping reads a mapping inside this one; ok is false when there is none.
func (m *mapping) mapping(key string) (inner *mapping, ok bool) {
	n := m.value(key)
	if isNull(n) {
		return nil, false
	}
	return newMapping(n, m.path+key+".", m.p), true
}

// mappings reads a list of mappings.
func (m *mapping) mappings(key string) []*mapping {
	return mappings(m.value(key), m.path+key, m.p)
}

func mappings(n *yaml.Node, path string, p *problems) []*mapping {
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		p.add(n.Line, path, "exchange.want_list")
		return nil
	}
	out := make([]*mapping, len(n.Content))
	for i, c := range n.Content {
		out[i] = newMapping(c, strings.TrimPrefix(path+".", "."), p)
	}
	return out
}

// done reports the keys nobody asked for.
func (m *mapping) done() {
	for _, key := range m.keys {
		if !m.asked[key.Value] {
			m.p.add(key.Line, m.path+shown(key.Value), "exchange.unknown_key", shown(key.Value))
		}
	}
}
