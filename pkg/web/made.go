// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// Some pages are nothing but what the store holds, for one person, in one
// minute. As long as nothing at all was written since such a page was made, the
// same person gets the same bytes again: going back to it costs no work. Whoever
// asks is recognised first, and any write, whatever it changes, makes everything
// that was made before it go, so that no page is older than the store and no
// right outlives its end.

// mostMade bounds what is kept, in bytes: pages, and the addresses they go by.
const mostMade = 4 << 20

// madePages are the pages that were made of one state of the store, within one
// minute: pages say how long ago something was.
type madePages struct {
	mu     sync.Mutex
	state  string
	minute time.Time
	pages  map[madeKey]madePage
	bytes  int
}

// madeKey is all that a page depends on beside the store and the time.
type madeKey struct {
	state    string
	minute   time.Time
	person   rugzak.PersonID
	session  string
	lang     rugzak.Lang
	address  string // with host: it stands on the page
	secure   bool
	readOnly bool
	wordings int64
	zipped   bool
}

type madePage struct {
	body           []byte
	coding, varies string
}

func newMadePages() *madePages { return &madePages{pages: map[madeKey]madePage{}} }

// at makes room when something was written, or a minute is over. The mutex is
// held.
func (m *madePages) at(k madeKey) {
	if m.state != k.state || !m.minute.Equal(k.minute) {
		m.state, m.minute, m.bytes = k.state, k.minute, 0
		clear(m.pages)
	}
}

func (m *madePages) get(k madeKey) (madePage, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(k)
	p, ok := m.pages[k]
	return p, ok
}

func (m *madePages) put(k madeKey, p madePage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.state != k.state || !m.minute.Equal(k.minute) {
		return // something newer is asked for already
	}
	if _, again := m.pages[k]; again {
		return // somebody asked for it twice at once
	}
	size := len(p.body) + len(k.address)
	if m.bytes += size; m.bytes > mostMade {
		clear(m.pages)
		m.bytes = size
	}
	m.pages[k] = p
}

// keyMade is where a page that may be kept has its key in the request.
const keyMade = "made"

// madeBefore answers with the page that was made before, as long as it holds.
func (s *Server) madeBefore(show echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		state, _ := c.Get(keyState).(string)
		if s.Dev || state == "" || s.cookieValue(c, cookieNotice) != "" {
			return show(c)
		}
		r, here := c.Request(), s.here(c)
		key := madeKey{
			state: state, minute: s.Clock.Now().Truncate(time.Minute), person: here.Person, session: here.Hash, lang: s.lang(c),
			address: r.Host + " " + r.RequestURI, secure: s.secure(c), readOnly: s.Service.ReadOnly(), wordings: s.wordings.Load(), zipped: acceptsGzip(r),
		}
		p, ok := s.made.get(key)
		if !ok {
			c.Set(keyMade, key)
			return show(c)
		}
		h := c.Response().Header()
		h.Set(echo.HeaderContentType, mimePage)
		h.Set(echo.HeaderVary, p.varies)
		if p.coding != "" {
			h.Set(echo.HeaderContentEncoding, p.coding)
		}
		h.Set(echo.HeaderContentLength, strconv.Itoa(len(p.body)))
		c.Response().WriteHeader(http.StatusOK)
		if r.Method == http.MethodHead {
			return nil
		}
		_, err := c.Response().Write(p.body)
		return err
	}
}

// makeAnew says of a page that it hangs on more than the store.
func (s *Server) makeAnew(c echo.Context) { c.Set(keyMade, nil) }

// remember keeps a page for the next time, if it may be kept.
func (s *Server) remember(c echo.Context, status int, body []byte) {
	key, ok := c.Get(keyMade).(madeKey)
	h := c.Response().Header()
	if !ok || status != http.StatusOK || h.Get(echo.HeaderSetCookie) != "" || len(body) > maxPooled {
		return
	}
	s.made.put(key, madePage{body: slices.Clone(body), coding: h.Get(echo.HeaderContentEncoding), varies: h.Get(echo.HeaderVary)})
}
