// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The bounds of an upload.
const (
	maxUpload      = rugzak.MaxEntrySize*1_000_000 + maxUploadRest // bytes of the request, before its settings are known
	maxUploadRest  = 1 << 20                                       // of all that is no file
	maxUploadField = 256 << 10                                     // of one field that is no file
	maxUploadParts = 60
	maxDrained     = 250 << 20 // of a body that is refused
	// slowestUpload is how many bytes must come in a second; less than that for
	// as long as the whole would take is broken off.
	slowestUpload = 40_000
)

// isUpload reports whether a request brings files where they may come.
func isUpload(r *http.Request) bool {
	before, after, _ := strings.Cut(pathAttachments, ":id")
	id, begins := strings.CutPrefix(r.URL.Path, before)
	id, ends := strings.CutSuffix(id, after)
	kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	return r.Method == http.MethodPost && begins && ends && id != "" && !strings.Contains(id, "/") && err == nil && kind == echo.MIMEMultipartForm
}

// allowBytes gives an upload, or a download, of a size the time it takes on a slow
// line. A server that knows no deadlines keeps its own.
func (s *Server) allowBytes(c echo.Context, size int64) {
	until := s.Clock.Now().Add(time.Minute + time.Duration(size/slowestUpload)*time.Second)
	control := http.NewResponseController(c.Response())
	_ = control.SetReadDeadline(until)
	_ = control.SetWriteDeadline(until.Add(time.Minute))
}

// upload is what came in one request.
type upload struct {
	form  *Form
	saved []rugzak.Attachment
	last  rugzak.Position
	tried bool // there was a file
}

// attach takes the files of a form, each kept as it comes in: what was kept
// before one is refused stays. Scripts are answered in JSON.
func (s *Server) attach(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	edit, err := s.Service.AttachmentsToEdit(c.Request().Context(), s.by(c), id)
	if err != nil {
		return s.refuseUpload(c, nil, err)
	}
	up := &upload{form: s.newForm(c)}
	err = s.readUpload(c, up, id, edit.Limits)
	if err == nil && !up.tried {
		var p rugzak.Problems
		p.Add("file", "error.attachment.none")
		err = p.Err()
	}
	if up.last != "" {
		s.wrote(c, up.last)
	}
	if err != nil {
		return s.refuseUpload(c, up.form, err)
	}
	if wantsJSON(c) {
		return s.tellUpload(c, up, edit.Entry)
	}
	s.notify(c, "notice.attached", "")
	return s.redirect(c, LocalPath(at(pathAttachments, string(id))))
}

func (s *Server) readUpload(c echo.Context, up *upload, id rugzak.EntryID, limits rugzak.FileSettings) error {
	r := c.Request()
	most := int64(limits.Entry)*1_000_000 + maxUploadRest
	if !isUpload(r) {
		if r.ContentLength == 0 {
			return nil
		}
		return malformed(nil)
	}
	whole := r.Body
	if r.ContentLength > most {
		s.allowBytes(c, min(r.ContentLength, maxDrained))
		drain(c, whole)
		return &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "error.attachment.full", Args: []any{limits.Entry}}
	}
	s.allowBytes(c, most)
	r.Body = http.MaxBytesReader(c.Response().Writer, r.Body, most)
	parts, err := r.MultipartReader()
	if err != nil {
		return malformed(err)
	}
	for n := 0; ; n++ {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && n < maxUploadParts {
			err = s.takePart(c, up, id, part)
		} else {
			err = broken(err)
		}
		if err != nil {
			drain(c, whole)
			return err
		}
	}
}

// drain reads what is left: a browser shows the answer once it has sent
// everything. Of very much it is not worth it.
func drain(c echo.Context, body io.Reader) {
	if n, err := io.CopyN(io.Discard, body, maxDrained); n == maxDrained || !errors.Is(err, io.EOF) {
		c.Response().Header().Set("Connection", "close")
	}
}

// broken tells a body that is too large from one that is no form.
func broken(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return err
	}
	return malformed(err)
}

// takePart reads one field, or attaches one file with what was said before it.
func (s *Server) takePart(c echo.Context, up *upload, id rugzak.EntryID, part *multipart.Part) error {
	name := part.FormName()
	if name != "file" {
		text, err := io.ReadAll(io.LimitReader(part, maxUploadField+1))
		switch {
		case err != nil:
			return broken(err)
		case len(text) > maxUploadField || !utf8.Valid(text):
			return malformed(nil)
		case name == "alt" || name == "spoken" || name == "people":
			up.form.Set(name, rugzak.Newlines(string(text)))
		case name == "not_bsn":
			up.form.Set(name, append(up.form.All(name), string(text))...)
		}
		return nil
	}
	called := part.FileName()
	if called == "" || !utf8.ValidString(called) {
		rest, err := io.Copy(io.Discard, part)
		if err != nil {
			return broken(err)
		}
		if called == "" && rest == 0 { // no file was chosen
			return nil
		}
		var p rugzak.Problems
		p.Add("file", "error.attachment.name")
		return p.Err()
	}
	up.tried = true
	f := up.form
	a, pos, err := s.Service.Attach(c.Request().Context(), s.by(c), id, backpack.NewAttachment{
		Name: called, File: part, NotBSN: f.All("not_bsn"),
		Said: backpack.AttachmentWords{Alt: f.Value("alt"), Spoken: f.Value("spoken"), People: rugzak.AboutPeople(f.Value("people"))},
	})
	if err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.ErrClosedPipe) {
			return malformed(err)
		}
		return err
	}
	up.saved, up.last = append(up.saved, a), pos
	return nil
}

// wantsJSON reports whether a script asks.
func wantsJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderAccept), echo.MIMEApplicationJSON)
}

// uploadAnswer tells a script what became of a file it brought.
type uploadAnswer struct {
	ID       rugzak.AttachmentID   `json:"id,omitempty"`
	Address  string                `json:"address,omitempty"`
	Small    string                `json:"small,omitempty"`
	Kind     rugzak.AttachmentKind `json:"kind,omitempty"`
	Name     string                `json:"name,omitempty"`
	Alt      string                `json:"alt"`
	Width    int                   `json:"width,omitempty"`
	Height   int                   `json:"height,omitempty"`
	Markdown string                `json:"markdown,omitempty"`
	Row      string                `json:"row,omitempty"` // HTML, for the list in the form
	Message  string                `json:"message"`
	Declare  string                `json:"declare,omitempty"` // HTML: boxes to say that a number is none
	Errors   []draftProblem        `json:"errors,omitempty"`
}

// tellUpload tells of the last file: scripts bring one at a time.
func (s *Server) tellUpload(c echo.Context, up *upload, e rugzak.Entry) error {
	a, p := up.saved[len(up.saved)-1], s.printer(c)
	answer := uploadAnswer{
		ID: a.ID, Address: a.Address(), Small: at(pathAttachmentSmall, string(a.ID)), Kind: a.Kind, Name: attachmentTitle(p, a), Alt: a.Alt,
		Width: a.Width, Height: a.Height, Markdown: a.Markdown(), Message: p.T("notice.attached"),
	}
	form := s.newForm(c)
	setAttachments(form, []rugzak.Attachment{a})
	var err error
	if answer.Row, err = s.partial(c, "write/form", "attachmentrow", attachmentRow(p, form, a, e.Lang)); err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, answer)
}

// refuseUpload shows the page again, or tells the script.
func (s *Server) refuseUpload(c echo.Context, form *Form, err error) error {
	e, p := asError(err), s.printer(c)
	if !wantsJSON(c) {
		if form != nil && e.Code == rugzak.CodeTooLarge { // beside the field, where it can be mended
			var problems rugzak.Problems
			problems.Add("file", e.Key, e.Args...)
			if form.Refuse(problems.Err()) != 0 {
				return s.renderAttachments(c, http.StatusRequestEntityTooLarge, form)
			}
		}
		if form != nil {
			if status := form.Refuse(err); status != 0 {
				return s.renderAttachments(c, status, form)
			}
		}
		return err
	}
	if e.Code == rugzak.CodeSignIn || e.Code == rugzak.CodeInternal {
		return err
	}
	answer := uploadAnswer{Message: p.T(e.Key, e.Args...)}
	for _, f := range e.Fields {
		answer.Errors = append(answer.Errors, draftProblem{f.Field, p.T(f.Key, f.Args...)})
	}
	if len(answer.Errors) > 0 {
		answer.Message = answer.Errors[0].Text
	}
	if numbers := numbersIn(err); numbers.Declarable() {
		if answer.Declare, err = s.partial(c, "write/form", "writefound", numbers); err != nil {
			return err
		}
	}
	if e.Code == rugzak.CodeUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	return c.JSON(status(e.Code), answer)
}
