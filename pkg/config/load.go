// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// FileFlag is the flag, and with RUGZAK_ before it the environment variable,
// that names the YAML file. It is no Field: it cannot stand in that file.
const FileFlag = "config"

const sourceDefault = "default"

// maxFile bounds the files that are read.
const maxFile = 1 << 20

// Input is where settings come from.
type Input struct {
	Flags    map[string]string                 // the flags that were given, by name
	Env      func(name string) (string, bool)  // os.LookupEnv
	ReadFile func(path string) ([]byte, error) // os.ReadFile
}

// Load reads the settings. The error is Problems, and holds all there are.
func Load(in Input) (Config, error) { return load(in, Fields()) }

// value is what a source says about a setting.
type value struct{ text, source string }

func load(in Input, fields []Field) (Config, error) {
	var problems Problems
	for _, name := range slices.Sorted(maps.Keys(in.Flags)) {
		if name != FileFlag && !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name }) {
			problems = append(problems, Problem{name, "flag --" + name, "there is no such setting", ""})
		}
	}
	written, providers := map[string]value{}, part{}
	if path, source := configFile(in); path != "" {
		data, err := readBounded(in, path)
		if err != nil {
			problems = append(problems, Problem{FileFlag, source, err.Error(), "name a YAML file that Rugzak may read"})
		} else {
			written, providers = readYAML(path, data, fields, &problems)
		}
	}
	c := Config{origins: make([]string, len(fields))}
	for i, f := range fields {
		v, err := lookUp(in, f, written)
		if err == nil {
			err = f.set(&c, v.text)
		}
		if err != nil {
			wrong := "cannot be used"
			if !f.Secret && v.text != "" {
				wrong = fmt.Sprintf("%.100q cannot be used", v.text)
			}
			problems = append(problems, Problem{f.Name, v.source, wrong, err.Error()})
		}
		c.origins[i] = v.source
	}
	if len(problems) == 0 && c.SessionAbsolute < c.SessionIdle {
		problems = append(problems, Problem{
			"session-absolute", originOf(c, fields, "session-absolute"),
			"is shorter than session-idle", "make it at least " + formatDuration(c.SessionIdle),
		})
	}
	if len(problems) == 0 && (c.TLSCert == "") != (c.TLSKey == "") {
		problems = append(problems, Problem{
			"tls-cert", originOf(c, fields, "tls-cert"), "goes with tls-key", "give both or neither",
		})
	}
	c.Providers = readProviders(in, providers, &problems)
	c.providers = providers.source()
	if len(problems) == 0 {
		problems = slices.Concat(checkWaysIn(c, fields), checkMail(c, fields), checkMeaning(c, fields))
	}
	if len(problems) > 0 {
		return Config{}, problems
	}
	return c, nil
}

// configFile returns the path of the YAML file and who named it.
func configFile(in Input) (path, source string) {
	if path, ok := in.Flags[FileFlag]; ok {
		return path, "flag --" + FileFlag
	}
	env := envPrefix + strings.ToUpper(FileFlag)
	path, _ = in.Env(env)
	return path, "environment " + env
}

// lookUp finds the value of a setting: flag, environment, file named in the
// environment, YAML file, default. An empty environment variable counts as
// not set, because container and unit files cannot always leave one out.
func lookUp(in Input, f Field, written map[string]value) (value, error) {
	if text, ok := in.Flags[f.Name]; ok {
		return value{text, "flag --" + f.Name}, nil
	}
	if text, ok := in.Env(f.Env()); ok && text != "" {
		return value{text, "environment " + f.Env()}, nil
	}
	if path, ok := in.Env(f.Env() + FileSuffix); ok && path != "" {
		v := value{source: "file named by " + f.Env() + FileSuffix}
		data, err := readBounded(in, path)
		if err != nil {
			return v, err
		}
		v.text = strings.TrimRight(string(data), "\r\n")
		return v, nil
	}
	if v, ok := written[f.Name]; ok {
		return v, nil
	}
	return value{f.Default, sourceDefault}, nil
}

func readBounded(in Input, path string) ([]byte, error) {
	data, err := in.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%s is larger than %s", path, formatSize(maxFile))
	}
	return data, nil
}

func originOf(c Config, fields []Field, name string) string {
	return c.origins[slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })]
}
