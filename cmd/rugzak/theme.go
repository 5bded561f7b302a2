// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"rugzak/pkg/config"
	"rugzak/pkg/housestyle"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/web"
	"rugzak/static"
)

// ownTokens is the stylesheet with the colours of the site itself.
const ownTokens = "css/rugzak/10-tokens.css"

// readTheme reads the house style that is set, with what is wrong with it. No
// file outside its folder is opened, not even through a link.
func readTheme(c config.Config) (housestyle.Style, []housestyle.Problem, error) {
	if c.Theme.Folder == "" {
		return housestyle.Style{}, nil, nil
	}
	own, err := fs.ReadFile(static.FS, ownTokens)
	if err != nil {
		return housestyle.Style{}, nil, err
	}
	root, err := os.OpenRoot(c.Theme.Folder)
	if err != nil {
		return housestyle.Style{}, []housestyle.Problem{{Kind: housestyle.Refused, File: c.Theme.Folder, Key: "housestyle.folder", Args: []any{c.Theme.Folder}}}, nil
	}
	defer func() { _ = root.Close() }() // it was only read
	style, problems := housestyle.Load(housestyle.Options{
		Files: root.FS(), Class: c.Theme.Class, Logo: c.Theme.Logo, Favicon: c.Theme.Favicon, Tokens: own,
	})
	return style, problems, nil
}

// house is the house style for the site; nil is the site's own. What is wrong
// with it is logged: with something refused the site starts in its own style.
func house(c config.Config, say *locale.Printer, log *slog.Logger) (*web.HouseStyle, error) {
	style, problems, err := readTheme(c)
	if err != nil {
		return nil, err
	}
	for _, p := range problems {
		f := themeFinding(say, p)
		log.Warn("the house style", "where", p.Where(), "wrong", f.Wrong, "do", f.Do)
	}
	if len(style.Files) == 0 {
		return nil, nil
	}
	return &web.HouseStyle{
		Files: style.Files, Sheet: style.Sheet, Logo: style.Logo, LogoWidth: style.Width, LogoHeight: style.Height,
		Favicon: style.Favicon, Classes: style.Classes(), LightOnly: style.LightOnly,
		IconSizes: style.IconSizes, Paper: style.Paper, Accent: style.Accent,
	}, nil
}

// themeFinding says in words what is wrong with a house style.
func themeFinding(say *locale.Printer, p housestyle.Problem) finding {
	args := p.Args
	do := say.T(p.Key + ".do")
	if p.Kind == housestyle.Contrast {
		args = []any{say.T("housestyle.pair." + p.Pair), say.T("housestyle.mode." + p.Mode), decimal(say, args[0]), decimal(say, args[1]), args[2], args[3]}
		do = say.T(p.Key+".do", p.Args[4], p.Args[5])
	}
	return finding{Wrong: p.Where() + ": " + say.T(p.Key, args...), Do: do}
}

// decimal writes a figure with the decimal mark of a language.
func decimal(say *locale.Printer, figure any) string {
	text := fmt.Sprint(figure)
	if say.Lang() == string(rugzak.Dutch) {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}
