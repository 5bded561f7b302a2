// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
)

// Theme says where the house style of the organisation stands.
type Theme struct {
	Folder        string // with theme.css, its fonts, a logo and an icon; empty when there is none
	Class         string // of the <html> element; empty when theme.css says it
	Logo, Favicon string // files in Folder; empty takes the usual names
}

// styleFields are the settings of how the site looks.
func styleFields() []Field {
	return []Field{
		{
			Name: "theme-folder", Doc: "folder with the house style: theme.css, its fonts, logo.svg or logo.png, favicon.svg or favicon.png; see docs/operate/theme.md",
			set: func(c *Config, s string) error { return setFile(&c.Theme.Folder, s) },
			get: func(c Config) string { return c.Theme.Folder },
		},
		{
			Name: "theme-class", Doc: "classes for the html element under which theme.css sets its tokens, as utrecht-theme; taken from theme.css by default",
			set: func(c *Config, s string) error { return setClasses(&c.Theme.Class, s) },
			get: func(c Config) string { return c.Theme.Class },
		},
		{
			Name: "theme-logo", Doc: "logo in theme-folder, when it is not called logo.svg, logo.png or logo.webp",
			set: func(c *Config, s string) error { return setInFolder(&c.Theme.Logo, s) },
			get: func(c Config) string { return c.Theme.Logo },
		},
		{
			Name: "theme-favicon", Doc: "icon in theme-folder, when it is not called favicon.svg, favicon.png or favicon.ico",
			set: func(c *Config, s string) error { return setInFolder(&c.Theme.Favicon, s) },
			get: func(c Config) string { return c.Theme.Favicon },
		},
		{
			Name: "development", Default: "false", Doc: "true shows /hulp/stijl, the page with every part of the design, to everybody; for those who build or try out a theme",
			set: func(c *Config, s string) error { return setBool(&c.Development, s) },
			get: func(c Config) string { return strconv.FormatBool(c.Development) },
		},
	}
}

// setClasses accepts names of classes with spaces between them.
func setClasses(to *string, s string) error {
	letter := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
	}
	if strings.ContainsFunc(strings.ReplaceAll(s, " ", ""), func(r rune) bool { return !letter(r) }) {
		return errors.New("give names of classes without dots, as utrecht-theme")
	}
	*to = strings.Join(strings.Fields(s), " ")
	return nil
}

// setInFolder accepts the path of a file inside a folder.
func setInFolder(to *string, s string) error {
	if s != "" && !fs.ValidPath(s) {
		return errors.New("give the name of a file inside theme-folder")
	}
	*to = s
	return nil
}
