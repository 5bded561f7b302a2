// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// AttachmentsPage is where an author attaches files, and says what they are.
type AttachmentsPage struct {
	Page
	Form  *Form
	Entry rugzak.Entry
	Part  AttachmentsPart
	// Upload asks what must be said of a file at once: of an entry that others
	// read already.
	Upload UploadFields
}

// AttachmentsPart is what is attached, in a form.
type AttachmentsPart struct {
	Entry  rugzak.EntryID
	Stored bool // there is something to attach to
	Shared bool
	// Short: in the short form, which has not much room.
	Short bool
	Rows  []AttachmentRow
	// Largest is how large any file may be, in bytes; Limits says it in words.
	Largest int64
	Limits  rugzak.FileSettings
}

// AttachmentRow is one attachment with the fields to describe it.
type AttachmentRow struct {
	File                AttachmentShown
	Alt, Spoken, People Field
	// Numbers are those in what is said of it that it was refused for.
	Numbers Findings
}

// UploadFields are those of a file that is about to come.
type UploadFields struct {
	File, Alt, Spoken, People Field
	// Numbers are those that a file was refused for.
	Numbers Findings
}

// AttachmentShown is an attachment as a page shows it.
type AttachmentShown struct {
	rugzak.Attachment
	Title string // its name, or one made up
	Kind  string // in words, with its size
}

// AttachmentConfirmPage asks whether to take an attachment away.
type AttachmentConfirmPage struct {
	Page
	Entry rugzak.Entry
	File  AttachmentShown
}

func attachmentPages() []pageDef {
	return []pageDef{{"attachment/list", AttachmentsPage{}}, {"attachment/remove", AttachmentConfirmPage{}}}
}

func (s *Server) attachmentRoutes() []route {
	return []route{
		{http.MethodGet, pathAttachments, person, s.showAttachments},
		{http.MethodPost, pathAttachments, person, s.attach},
		{http.MethodPost, pathAttachmentsSay, person, s.describeAttachments},
		{http.MethodGet, pathAttachment, person, s.showAttachment},
		{http.MethodGet, pathAttachmentSmall, person, s.showAttachment},
		{http.MethodGet, pathAttachmentRemoving, person, s.confirmRemoveAttachment},
		{http.MethodPost, pathAttachmentRemoving, person, s.removeAttachment},
	}
}

// attachmentTitle is what an attachment is called: who shared without name has
// no names of files either.
func attachmentTitle(p *locale.Printer, a rugzak.Attachment) string {
	return cmp.Or(a.Name, p.T("attachment.kind."+string(a.Kind)))
}

func attachmentShown(p *locale.Printer, a rugzak.Attachment) AttachmentShown {
	return AttachmentShown{a, attachmentTitle(p, a), p.T("attachment.kind_size", p.T("attachment.kind."+string(a.Kind)), sizeWords(p, a.Size))}
}

// sizeWords says how large a file is.
func sizeWords(p *locale.Printer, size int64) string {
	if size < 1_000_000 {
		return p.T("attachment.kilobytes", int(max(1, (size+500)/1000)))
	}
	return p.T("attachment.megabytes", int(size/1_000_000), int(size%1_000_000/100_000))
}

func peopleOptions(p *locale.Printer) []Option {
	var out []Option
	for _, answer := range []rugzak.AboutPeople{rugzak.ShowsNobody, rugzak.ShowsAgreed} {
		out = append(out, Option{Value: string(answer), Label: p.T("attachment.people." + string(answer)), Hint: p.T("attachment.people." + string(answer) + ".hint")})
	}
	return out
}

// attachmentRow has the fields of an attachment, with what was typed in them.
func attachmentRow(p *locale.Printer, f *Form, a rugzak.Attachment, lang rugzak.Lang) AttachmentRow {
	name := func(of string) string { return backpack.AttachmentField(a.ID, of) }
	row := AttachmentRow{File: attachmentShown(p, a)}
	if a.Kind == rugzak.AttachedImage {
		row.Alt = f.Field(name("alt"), p.T("attachment.alt")).WithHint(p.T("attachment.alt.hint")).In(string(lang))
	}
	if a.Kind == rugzak.AttachedAudio {
		row.Spoken = f.Field(name("spoken"), p.T("attachment.spoken")).WithHint(p.T("attachment.spoken.hint")).Lines(4).In(string(lang))
	}
	row.Numbers = slices.Concat(f.numbers.Of(name("file")), f.numbers.Of(name("alt")), f.numbers.Of(name("spoken")))
	row.People = f.Choices(name("people"), p.T("attachment.people"), "radio", peopleOptions(p))
	return row
}

// setAttachments fills the fields of what is attached, but for those that were
// sent.
func setAttachments(f *Form, all []rugzak.Attachment) {
	for _, a := range all {
		for of, value := range map[string]string{"alt": a.Alt, "spoken": a.Spoken, "people": string(a.People)} {
			if name := backpack.AttachmentField(a.ID, of); f.values[name] == nil {
				f.Set(name, value)
			}
		}
	}
}

// attachmentsPart is what is attached to an entry of the reader, for a form.
func (s *Server) attachmentsPart(c echo.Context, f *Form, id rugzak.EntryID, lang rugzak.Lang) (AttachmentsPart, error) {
	part := AttachmentsPart{Entry: id}
	edit, err := s.Service.AttachmentsToEdit(c.Request().Context(), s.by(c), id)
	switch code := rugzak.CodeOf(err); {
	case err == nil:
	case code == rugzak.CodeNotFound || code == rugzak.CodeForbidden: // nothing is stored yet
		part.Limits, err = s.Service.FileLimits(c.Request().Context())
		part.Largest = part.Limits.Largest()
		return part, err
	default:
		return part, err
	}
	part.Stored, part.Shared, part.Limits, part.Largest = true, edit.Entry.State != rugzak.StateDraft, edit.Limits, edit.Limits.Largest()
	setAttachments(f, edit.All)
	for _, a := range edit.All {
		part.Rows = append(part.Rows, attachmentRow(s.printer(c), f, a, lang))
	}
	return part, nil
}

func (s *Server) showAttachments(c echo.Context) error {
	return s.renderAttachments(c, http.StatusOK, s.newForm(c))
}

// renderAttachments shows the page of an entry of the reader's own.
func (s *Server) renderAttachments(c echo.Context, status int, f *Form) error {
	edit, err := s.Service.AttachmentsToEdit(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := AttachmentsPage{Page: s.page(c, "attachment.title"), Form: f, Entry: edit.Entry}
	if page.Part, err = s.attachmentsPart(c, f, edit.Entry.ID, edit.Entry.Lang); err != nil {
		return err
	}
	page.Upload = UploadFields{
		File: f.Field("file", p.T("attachment.file")).As("file").WithHint(p.T("attachment.file.hint", edit.Limits.Image, edit.Limits.Document, edit.Limits.Audio)),
	}
	if page.Part.Shared {
		page.Upload.Alt = f.Field("alt", p.T("attachment.alt")).WithHint(p.T("attachment.alt.only")).In(string(edit.Entry.Lang))
		page.Upload.Spoken = f.Field("spoken", p.T("attachment.spoken")).WithHint(p.T("attachment.spoken.only")).Lines(3).In(string(edit.Entry.Lang))
		page.Upload.People = f.Choices("people", p.T("attachment.people"), "radio", peopleOptions(p))
	}
	page.Upload.Numbers = slices.Concat(f.numbers.Of("file"), f.numbers.Of("alt"), f.numbers.Of("spoken"))
	page.Crumbs = []Crumb{{entryPath(edit.Entry.ID), entryWords(p, edit.Entry)}}
	return s.render(c, status, page)
}

// attachmentFields are the names under which attachments are described.
const attachmentFields = "attachment_*"

// attachmentWords reads what a form says of attachments.
func (s *Server) attachmentWords(c echo.Context, f *Form, id rugzak.EntryID, draftsOnly bool) (map[rugzak.AttachmentID]backpack.AttachmentWords, error) {
	edit, err := s.Service.AttachmentsToEdit(c.Request().Context(), s.by(c), id)
	if code := rugzak.CodeOf(err); code == rugzak.CodeNotFound || code == rugzak.CodeForbidden || draftsOnly && edit.Entry.State != rugzak.StateDraft {
		return nil, nil // nothing is stored: what is sent tells why
	}
	out := map[rugzak.AttachmentID]backpack.AttachmentWords{}
	for _, a := range edit.All {
		said, any := backpack.AttachmentWords{Alt: a.Alt, Spoken: a.Spoken, People: a.People, NotBSN: f.All("not_bsn")}, false
		for of, put := range map[string]func(string){
			"alt": func(v string) { said.Alt = v }, "spoken": func(v string) { said.Spoken = v }, "people": func(v string) { said.People = rugzak.AboutPeople(v) },
		} {
			if values := f.All(backpack.AttachmentField(a.ID, of)); len(values) > 0 {
				put(values[0])
				any = true
			}
		}
		if any {
			out[a.ID] = said
		}
	}
	return out, err
}

// sayOfAttachments stores what a form says of attachments; drafts only says that
// the writer did not ask for it.
func (s *Server) sayOfAttachments(c echo.Context, f *Form, id rugzak.EntryID, draftsOnly bool) error {
	said, err := s.attachmentWords(c, f, id, draftsOnly)
	if err != nil || len(said) == 0 {
		return err
	}
	pos, err := s.Service.DescribeAttachments(c.Request().Context(), s.by(c), id, said)
	if err == nil {
		s.wrote(c, pos)
	}
	return err
}

func (s *Server) describeAttachments(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	if _, err := s.Service.AttachmentsToEdit(c.Request().Context(), s.by(c), id); err != nil {
		return err
	}
	form, err := s.readForm(c, attachmentFields, "not_bsn")
	if err != nil {
		return err
	}
	err = s.sayOfAttachments(c, form, id, false)
	if status := form.Refuse(err); status != 0 {
		return s.renderAttachments(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.attachments_said", "")
	return s.redirect(c, LocalPath(at(pathAttachments, string(id))))
}

// myAttachment is the attachment of the address, for who wrote its entry.
func (s *Server) myAttachment(c echo.Context) (rugzak.Attachment, rugzak.Entry, error) {
	ctx, by := c.Request().Context(), s.by(c)
	f, err := s.Service.OpenAttachment(ctx, by, rugzak.AttachmentID(c.Param("id")), false)
	if err != nil {
		return rugzak.Attachment{}, rugzak.Entry{}, err
	}
	edit, err := s.Service.AttachmentsToEdit(ctx, by, f.Entry)
	return f.Attachment, edit.Entry, errors.Join(err, f.Close())
}

func (s *Server) confirmRemoveAttachment(c echo.Context) error {
	a, e, err := s.myAttachment(c)
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := AttachmentConfirmPage{Page: s.page(c, "attachment.remove.title"), Entry: e, File: attachmentShown(p, a)}
	page.Crumbs = []Crumb{{entryPath(e.ID), entryWords(p, e)}, {at(pathAttachments, string(e.ID)), p.T("attachment.title")}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) removeAttachment(c echo.Context) error {
	a, _, err := s.myAttachment(c)
	if err != nil {
		return err
	}
	pos, err := s.Service.RemoveAttachment(c.Request().Context(), s.by(c), a.ID)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.attachment_removed", "")
	return s.redirect(c, LocalPath(at(pathAttachments, string(a.Entry))))
}
