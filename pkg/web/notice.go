// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// Notice tells on the next page what was just done. Its keys begin with
// "notice.".
type Notice struct {
	Key   string
	Entry rugzak.EntryID // what it is about; may be empty
	Undo  string         // where a POST takes it back; may be empty
	Tips  string         // where the writer finds what may read easier; may be empty
}

const noticeLasts = time.Minute

// notify says something on the next page of this browser. The key begins with
// "notice."; the entry, when there is one, is linked.
func (s *Server) notify(c echo.Context, key string, entry rugzak.EntryID) {
	s.setCookie(c, cookieNotice, key+":"+string(entry), noticeLasts)
}

// takeNotice reads the notice and takes it away. A cookie is only what a
// browser says: it can choose among our sentences, nothing more.
func (s *Server) takeNotice(c echo.Context) *Notice {
	value := s.cookieValue(c, cookieNotice)
	if value == "" || c.Request().Method != http.MethodGet {
		return nil
	}
	s.setCookie(c, cookieNotice, "", -1)
	key, id, _ := strings.Cut(value, ":")
	if !strings.HasPrefix(key, "notice.") || !s.Catalogue.Has(string(s.lang(c)), key) {
		return nil
	}
	n := &Notice{Key: key}
	if rugzak.ValidID(id) {
		n.Entry = rugzak.EntryID(id)
		switch {
		case key == "notice.withdrawn":
			n.Undo = at(pathEntryPutBack, id)
		case strings.HasPrefix(key, "notice.shared"), key == "notice.saved", key == "notice.applied":
			n.Entry, n.Tips = "", at(pathEntryEdit, id)+"#"+idTips
		}
	}
	return n
}
