// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// message is one value of the catalogue: a sentence, or the forms of one that
// counts.
type message struct {
	one, other string // one is empty for a plain sentence
	zero       string // for none; empty where the form of many does
	plural     bool
	verbs      []byte // 's' or 'd' per argument
}

// readLanguage merges the part files of one folder.
func readLanguage(fsys fs.FS, folder string) (map[string]message, error) {
	parts, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil, err
	}
	messages := make(map[string]message)
	origin := make(map[string]string)
	for _, part := range parts {
		if part.IsDir() || path.Ext(part.Name()) != ".json" {
			return nil, fmt.Errorf("%s is not a .json file", part.Name())
		}
		data, err := fs.ReadFile(fsys, path.Join(folder, part.Name()))
		if err != nil {
			return nil, err
		}
		err = eachMember(data, func(key string, value json.RawMessage) error {
			if first, twice := origin[key]; twice {
				return fmt.Errorf("key %q already stands in %s", key, first)
			}
			origin[key] = part.Name()
			m, err := parseMessage(value)
			if err != nil {
				return fmt.Errorf("key %q: %w", key, err)
			}
			messages[key] = m
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.Name(), err)
		}
	}
	return messages, nil
}

// eachMember walks the members of a JSON object one by one, because decoding
// into a map would silently keep the last of two equal keys.
func eachMember(data []byte, visit func(key string, value json.RawMessage) error) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if start, err := dec.Token(); err != nil {
		return err
	} else if start != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return err
		}
		if err := visit(key.(string), value); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return err
	}
	if dec.More() {
		return errors.New("text after the JSON object")
	}
	return nil
}

func parseMessage(value json.RawMessage) (message, error) {
	var m message
	if err := json.Unmarshal(value, &m.other); err == nil {
		m.verbs, err = verbs(m.other)
		return m, err
	}
	var forms struct{ Zero, One, Other string }
	dec := json.NewDecoder(bytes.NewReader(value))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&forms); err != nil {
		return message{}, fmt.Errorf(`neither a text nor {"one", "other"}: %w`, err)
	}
	m = message{zero: forms.Zero, one: forms.One, other: forms.Other, plural: true}
	ones, err := verbs(m.one)
	if err != nil {
		return message{}, err
	}
	if m.verbs, err = verbs(m.other); err != nil {
		return message{}, err
	}
	if !bytes.Equal(ones, m.verbs) {
		return message{}, errors.New("the two forms use different verbs")
	}
	if none, err := verbs(m.zero); err != nil || len(none) > 0 && !bytes.Equal(none, m.verbs) {
		return message{}, errors.New("the form for none uses other verbs than the others; it may use none")
	}
	return m, nil
}

// verbs returns the verb each argument is printed with, in argument order. It
// knows %s, %d, %[n]s, %[n]d and %%, and refuses anything else.
func verbs(text string) ([]byte, error) {
	var found []byte
	next := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			continue
		}
		i++
		if i < len(text) && text[i] == '%' {
			continue
		}
		if i+2 < len(text) && text[i] == '[' && text[i+1] >= '1' && text[i+1] <= '9' && text[i+2] == ']' {
			next = int(text[i+1] - '1')
			i += 3
		}
		if i >= len(text) || text[i] != 's' && text[i] != 'd' {
			return nil, fmt.Errorf("%q has a verb other than %%s and %%d", text)
		}
		for len(found) <= next {
			found = append(found, 0)
		}
		if found[next] != 0 && found[next] != text[i] {
			return nil, fmt.Errorf("%q prints one argument with two verbs", text)
		}
		found[next] = text[i]
		next++
	}
	if bytes.IndexByte(found, 0) >= 0 {
		return nil, fmt.Errorf("%q skips an argument", text)
	}
	return found, nil
}
