// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"fmt"
	"hash"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// HouseStyle is how an organisation wants the site to look. Its files are
// served by the site itself, under an address with a hash of all of them.
type HouseStyle struct {
	Files                map[string][]byte // by name, as its stylesheet refers to them
	Sheet, Logo, Favicon string            // names in Files; empty when there is none
	LogoWidth            int               // at a height of LogoHeight
	LogoHeight           int
	Classes              []string // of the <html> element
	LightOnly            bool     // it has no dark side
	IconSizes            string   // of Favicon, as a manifest says it; empty when nobody knows
	Paper, Accent        string   // #rrggbb in light mode; empty when nobody knows
}

// houseFolder is where the files of a house style are among the assets.
const houseFolder = "huisstijl/"

// siteSheet is the stylesheet of every page.
const siteSheet = "css/rugzak.css"

// wholeSheet is the name of the stylesheet of every page with that of a house
// style behind it: one request instead of two. It stands beside the latter, as
// that may name files of its own; ours names none.
func (h *HouseStyle) wholeSheet() string {
	return houseFolder + path.Join(path.Dir(h.Sheet), "rugzak+"+path.Base(h.Sheet))
}

// takeIn puts the files of a house style beside those of the site.
func (a *assets) takeIn(house *HouseStyle, sum hash.Hash) error {
	if house == nil {
		return nil
	}
	types := mimes()
	for _, name := range slices.Sorted(maps.Keys(house.Files)) {
		body, mime := house.Files[name], types[path.Ext(name)]
		if mime == "" {
			return fmt.Errorf("the house style has a file of an unknown type: %s", name)
		}
		if path.Ext(name) == ".css" {
			body = slim(".css", body)
		}
		fmt.Fprintf(sum, "%s%s %d\n", houseFolder, name, len(body))
		sum.Write(body)
		a.files[houseFolder+name] = asset{body: body, zipped: zipped(body), mime: mime}
	}
	if house.Sheet != "" {
		sheet, found := a.files[houseFolder+house.Sheet]
		site := a.files[siteSheet]
		if !found || bytes.Contains(site.body, []byte("url(")) {
			return fmt.Errorf("the house style has no file %s, or %s names files", house.Sheet, siteSheet)
		}
		body := slices.Concat(site.body, sheet.body)
		a.files[house.wholeSheet()] = asset{body: body, zipped: zipped(body), mime: sheet.mime}
	}
	_, err := io.WriteString(sum, strings.Join(house.Classes, " "))
	return err
}

// House is the house style as the layout shows it; without one, empty fields.
type House struct {
	Class, Sheet, Logo string // addresses, but for Class
	Whole              string // Sheet behind the stylesheet of every page
	Icon, IconType     string
	Width, Height      int // of the logo
	LightOnly          bool
}

// house is the house style for the layout.
func (s *Server) house() (House, error) {
	out := House{IconType: mimes()[".svg"]}
	h := s.House
	if h == nil {
		return out, nil
	}
	out.Class, out.LightOnly, out.Width, out.Height = strings.Join(h.Classes, " "), h.LightOnly, h.LogoWidth, h.LogoHeight
	for _, file := range []struct {
		name string
		to   *string
	}{{h.Sheet, &out.Sheet}, {h.Logo, &out.Logo}, {h.Favicon, &out.Icon}} {
		if file.name == "" {
			continue
		}
		var err error
		if *file.to, err = s.assets.path(houseFolder + file.name); err != nil {
			return House{}, err
		}
	}
	if h.Sheet != "" && !s.Dev { // there stylesheets are read anew
		var err error
		if out.Whole, err = s.assets.path(h.wholeSheet()); err != nil {
			return House{}, err
		}
	}
	if h.Favicon != "" {
		out.IconType = mimes()[path.Ext(h.Favicon)]
	}
	return out, nil
}
