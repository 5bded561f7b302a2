// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// build says what was built.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Time     string `json:"time,omitempty"` // of the commit
	Modified bool   `json:"modified"`       // built from changed files
	Go       string `json:"go"`
}

// version is set by the linker for a release: -X main.version=v1.2.3.
var version string

// built reads what compiler and linker wrote into the program.
func built() build {
	b := build{Version: version}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.Version, b.Go = cmp.Or(version, info.Main.Version), info.GoVersion
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Show the version of this program",
		Args:  cobra.NoArgs,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "answer in JSON")
	cmd.RunE = a.action(func(*cobra.Command, []string) error {
		b := built()
		if asJSON {
			return a.printJSON(b)
		}
		commit := ""
		if b.Commit != "" {
			commit = fmt.Sprintf(" (%.12s, %s)", b.Commit, b.Time)
		}
		_, err := fmt.Fprintf(a.stdout, "rugzak %s%s %s\n", b.Version, commit, b.Go)
		return err
	})
	return cmd
}
