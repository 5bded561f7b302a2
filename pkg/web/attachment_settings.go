// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// FileSettingsPart is the form about how large files may be.
type FileSettingsPart struct{ Form *Form }

const (
	fieldFilesImage    = "files_image"
	fieldFilesDocument = "files_document"
	fieldFilesAudio    = "files_audio"
	fieldFilesEntry    = "files_entry"
)

func (s *Server) fileSettingsPart(c echo.Context, part *FileSettingsPart) error {
	if part.Form != nil {
		return nil
	}
	form, all, err := s.settingsForm(c)
	if err != nil {
		return err
	}
	for name, n := range map[string]int{
		fieldFilesImage: all.Files.Image, fieldFilesDocument: all.Files.Document, fieldFilesAudio: all.Files.Audio, fieldFilesEntry: all.Files.Entry,
	} {
		form.Set(name, strconv.Itoa(n))
	}
	part.Form = form
	return nil
}

func (s *Server) saveFileSettings(c echo.Context) error {
	form, err := s.readForm(c, fieldFilesImage, fieldFilesDocument, fieldFilesAudio, fieldFilesEntry, "base")
	if err != nil {
		return err
	}
	err = s.Service.SaveFileSettings(c.Request().Context(), s.by(c), form.Int("base"), rugzak.FileSettings{
		Image: form.Int(fieldFilesImage), Document: form.Int(fieldFilesDocument), Audio: form.Int(fieldFilesAudio), Entry: form.Int(fieldFilesEntry),
	})
	if status := form.Refuse(err); status != 0 {
		return s.renderSettings(c, status, SettingsPage{Files: FileSettingsPart{Form: form}})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathSettings)
}
