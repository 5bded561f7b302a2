// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"

	"rugzak/pkg/rugzak"
)

// readTheme reads a theme: front matter, and the common thread as the body.
func readTheme(data []byte, p *problems) rugzak.Theme {
	d := split(data, maxWholeFrontMatter, p)
	if d == nil {
		return rugzak.Theme{}
	}
	m := d.fields
	t := rugzak.Theme{
		ID:            rugzak.ThemeID(m.text("id")),
		Title:         m.text("title"),
		Summary:       m.text("summary"),
		Thread:        d.body,
		Synonyms:      list[string](m, "synonyms"),
		OpenQuestions: list[string](m, "open_questions"),
		Pins:          list[rugzak.EntryID](m, "pins"),
		Curators:      list[rugzak.PersonID](m, "curators"),
		Audience:      rugzak.Audience{Level: rugzak.LevelInternal},
		Closed:        m.flag("closed"),
		Sample:        m.flag("sample"),
		Reported:      m.flag("reported"),
		NotBSN:        list[string](m, "not_bsn"),
		UpdatedAt:     m.time("updated_at"),
	}
	if s := m.text("audience"); s != "" {
		t.Audience = exactAudience(s)
	}
	m.done()
	m.check(t.Validate())
	return t
}

func themeFile(t rugzak.Theme) []byte {
	var out bytes.Buffer
	out.WriteString(fence + "\n")
	y := newEmitter(&out)
	emitText(y, "id", t.ID)
	emitText(y, "title", t.Title)
	emitText(y, "summary", t.Summary)
	emitList(y, "synonyms", t.Synonyms)
	emitList(y, "open_questions", t.OpenQuestions)
	emitList(y, "pins", t.Pins)
	emitList(y, "curators", t.Curators)
	emitText(y, "audience", t.Audience.String())
	y.flag("closed", t.Closed)
	y.flag("sample", t.Sample)
	y.flag("reported", t.Reported)
	emitList(y, "not_bsn", t.NotBSN)
	y.time("updated_at", t.UpdatedAt)
	out.WriteString(fence + "\n")
	out.WriteString(t.Thread)
	return out.Bytes()
}
