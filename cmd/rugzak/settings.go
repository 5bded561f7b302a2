// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rugzak/pkg/config"
)

// addSettings gives a command the flags of settings: all, or those named.
func addSettings(cmd *cobra.Command, names ...string) {
	flags := cmd.Flags()
	for _, f := range config.Fields() {
		if wanted(names, f.Name) {
			flags.String(f.Name, f.Default, f.Doc)
		}
	}
	flags.String(config.FileFlag, "", "YAML file with settings")
}

func wanted(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return len(names) == 0
}

// settings reads the settings: flags over environment over file over default.
func (a *app) settings(cmd *cobra.Command) (config.Config, error) {
	return config.Load(config.Input{Flags: givenSettings(cmd), Env: a.env, ReadFile: os.ReadFile})
}

// givenSettings are the flags that were typed.
func givenSettings(cmd *cobra.Command) map[string]string {
	given := map[string]string{}
	known := map[string]bool{config.FileFlag: true}
	for _, f := range config.Fields() {
		known[f.Name] = true
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if known[f.Name] {
			given[f.Name] = f.Value.String()
		}
	})
	return given
}
