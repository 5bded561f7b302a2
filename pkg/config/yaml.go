// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// part is a setting of the YAML file that is more than a value.
type part struct {
	path string
	node *yaml.Node // nil when it is not there
}

func (p part) source() string {
	if p.node == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d", p.path, p.node.Line)
}

// readYAML returns the settings written in the YAML file, each with its line,
// and the part that is about providers. A setting without a value ("theme:")
// counts as not written.
func readYAML(path string, data []byte, fields []Field, problems *Problems) (written map[string]value, providers part) {
	written, providers.path = make(map[string]value), path
	note := func(field string, line int, wrong, remedy string) {
		*problems = append(*problems, Problem{field, fmt.Sprintf("%s:%d", path, line), wrong, remedy})
	}
	root, err := readDocument(data)
	if err != nil {
		*problems = append(*problems, Problem{"", path, "is not valid YAML: " + oneLine(err.Error()), "write one name: value per line"})
		return written, providers
	}
	if root == nil {
		return written, providers
	}
	if root.Kind != yaml.MappingNode {
		note("", root.Line, "is not a list of settings", "write one name: value per line")
		return written, providers
	}
	seen := make(map[string]int)
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, node := root.Content[i], root.Content[i+1]
		at := slices.IndexFunc(fields, func(f Field) bool { return f.Name == key.Value })
		if at < 0 && key.Value != ProvidersName {
			note("", key.Line, fmt.Sprintf("there is no setting %.60q", key.Value), "choose one of "+names(fields))
			continue
		}
		if first, twice := seen[key.Value]; twice {
			note(key.Value, key.Line, fmt.Sprintf("stands on line %d already", first), "remove one of the two")
			continue
		}
		seen[key.Value] = key.Line
		if at < 0 {
			if node.Tag != "!!null" {
				providers.node = node
			}
			continue
		}
		text, set, err := scalar(node, fields[at].List)
		if err != nil {
			note(key.Value, node.Line, "has the wrong form", err.Error())
		} else if set {
			written[key.Value] = value{text, fmt.Sprintf("%s:%d", path, node.Line)}
		}
	}
	return written, providers
}

// readDocument returns the only document of a file, and nil when the file is
// empty or has comments only.
func readDocument(data []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var document yaml.Node
	switch err := loader.Load(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, err
	}
	if err := loader.Load(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more than one document in it")
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}

// scalar returns the text of a value, or of a list of values with commas.
func scalar(node *yaml.Node, list bool) (text string, set bool, err error) {
	switch {
	case node.Kind == yaml.ScalarNode:
		return node.Value, node.Tag != "!!null", nil
	case node.Kind == yaml.SequenceNode && list:
		parts := make([]string, len(node.Content))
		for i, item := range node.Content {
			if item.Kind != yaml.ScalarNode || strings.Contains(item.Value, ",") {
				return "", false, errors.New("give a list of plain values")
			}
			parts[i] = item.Value
		}
		return strings.Join(parts, ","), true, nil
	case list:
		return "", false, errors.New("give a plain value or a list of them")
	}
	return "", false, errors.New("give a single plain value")
}

func names(fields []Field) string {
	all := make([]string, len(fields), len(fields)+1)
	for i, f := range fields {
		all[i] = f.Name
	}
	return strings.Join(append(all, ProvidersName), ", ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
