// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"slices"

	"github.com/spf13/cobra"

	"rugzak/pkg/config"
)

// settingMark tells the flag of a setting from one of the command itself that
// has the same name.
const settingMark = "setting"

// addSettings gives a command the flags of settings: all, or those named.
func addSettings(cmd *cobra.Command, names ...string) {
	flags := cmd.Flags()
	for _, f := range config.Fields() {
		if len(names) == 0 || slices.Contains(names, f.Name) {
			flags.String(f.Name, f.Default, f.Doc)
			_ = flags.SetAnnotation(f.Name, settingMark, nil) // fails for an unknown flag only
		}
	}
	flags.String(config.FileFlag, "", "YAML file with settings")
}

// settings reads the settings: flags over environment over file over default.
func (a *app) settings(cmd *cobra.Command) (config.Config, error) {
	return config.Load(config.Input{Flags: givenSettings(cmd), Env: a.env, ReadFile: os.ReadFile})
}

// givenSettings are the flags that were typed.
func givenSettings(cmd *cobra.Command) map[string]string {
	given := map[string]string{}
	take := func(name string) {
		f := cmd.Flags().Lookup(name)
		if f == nil || !f.Changed {
			return
		}
		if _, setting := f.Annotations[settingMark]; setting || name == config.FileFlag {
			given[name] = f.Value.String()
		}
	}
	take(config.FileFlag)
	for _, f := range config.Fields() {
		take(f.Name)
	}
	return given
}
