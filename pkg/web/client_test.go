// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// client is a browser without scripts: it keeps cookies and follows a redirect
// only when told to.
type client struct {
	*site
	cookies map[string]*http.Cookie
	header  http.Header // sent with every request
	http    *http.Client
}

func newClient(s *site) *client {
	return &client{
		site: s, cookies: map[string]*http.Cookie{}, header: http.Header{},
		http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
}

// answer is what came back. Doc is nil when it is no page.
type answer struct {
	*client
	Path   string // that was asked
	Status int
	Header http.Header
	Body   string
	Doc    *goquery.Document
}

// get asks for a page.
func (c *client) get(path string) *answer {
	c.Helper()
	return c.send(http.MethodGet, path, nil)
}

// post sends a form of names and values in turn.
func (c *client) post(path string, namesAndValues ...string) *answer {
	c.Helper()
	return c.send(http.MethodPost, path, pairs(c, namesAndValues))
}

func pairs(t testing.TB, namesAndValues []string) url.Values {
	t.Helper()
	if len(namesAndValues)%2 != 0 {
		t.Fatal("a name without a value")
	}
	form := url.Values{}
	for i := 0; i < len(namesAndValues); i += 2 {
		form.Add(namesAndValues[i], namesAndValues[i+1])
	}
	return form
}

func (c *client) send(method, path string, form url.Values) *answer {
	c.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(c.Context(), method, c.URL+path, body)
	if err != nil {
		c.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return c.do(r)
}

// do sends a request as this browser.
func (c *client) do(r *http.Request) *answer {
	c.Helper()
	for name, values := range c.header {
		r.Header[name] = values
	}
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.Fatal(err)
	}
	for _, cookie := range resp.Cookies() {
		if cookie.MaxAge < 0 {
			delete(c.cookies, cookie.Name)
		} else {
			c.cookies[cookie.Name] = cookie
		}
	}
	a := &answer{client: c, Path: r.URL.Path, Status: resp.StatusCode, Header: resp.Header, Body: string(body)}
	part := r.URL.Path == pathEntryPreview && resp.StatusCode == http.StatusOK // of a page
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && !part {
		if a.Doc, err = goquery.NewDocumentFromReader(bytes.NewReader(body)); err != nil {
			c.Fatal(err)
		}
		checkPage(c, a)
	}
	return a
}

// want fails the test when the status is another.
func (a *answer) want(status int) *answer {
	a.Helper()
	if a.Status != status {
		a.Fatalf("%s answered %d, want %d\n%s", a.Path, a.Status, status, a.text("main"))
	}
	return a
}

// follow wants a redirect and goes there.
func (a *answer) follow() *answer {
	a.Helper()
	a.want(http.StatusSeeOther)
	return a.get(a.Header.Get("Location"))
}

// text is the text of what a selector finds, with spaces as on the screen.
func (a *answer) text(selector string) string {
	if a.Doc == nil {
		return a.Body
	}
	return strings.Join(strings.Fields(a.Doc.Find(selector).Text()), " ")
}

// shows fails the test unless the page says this to somebody who reads it.
func (a *answer) shows(text string) *answer {
	a.Helper()
	if !strings.Contains(a.text("body"), text) {
		a.Errorf("%s does not say %q:\n%s", a.Path, text, a.text("main"))
	}
	return a
}

// hides fails the test when the answer holds this anywhere, headers included.
func (a *answer) hides(text string) *answer {
	a.Helper()
	if strings.Contains(a.Body, text) {
		a.Errorf("%s holds %q", a.Path, text)
	}
	for name, values := range a.Header {
		if strings.Contains(strings.Join(values, "\n"), text) {
			a.Errorf("%s holds %q in its header %s", a.Path, text, name)
		}
	}
	return a
}

// find is the elements of a selector; there must be some.
func (a *answer) find(selector string) *goquery.Selection {
	a.Helper()
	if a.Doc == nil || a.Doc.Find(selector).Length() == 0 {
		a.Fatalf("%s has no %s", a.Path, selector)
	}
	return a.Doc.Find(selector)
}

// submit sends a form of the page as a browser would, with the values of names
// and values in turn in place of what stands in it. The name of the button that
// is pressed goes among them.
func (a *answer) submit(selector string, namesAndValues ...string) *answer {
	a.Helper()
	form := a.find(selector).First()
	values := formValues(form)
	changes := pairs(a, namesAndValues)
	for name, v := range changes {
		if form.Find(`[name="`+name+`"]`).Length() == 0 {
			a.Fatalf("%s: the form %s has no field %s", a.Path, selector, name)
		}
		values[name] = v
	}
	action, _ := form.Attr("action")
	if method, _ := form.Attr("method"); strings.EqualFold(method, "post") {
		return a.send(http.MethodPost, action, values)
	}
	return a.get(action + "?" + values.Encode())
}

// formValues is what a browser would send for an untouched form.
func formValues(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input,textarea").Each(func(_ int, f *goquery.Selection) {
		name, _ := f.Attr("name")
		kind, _ := f.Attr("type")
		_, checked := f.Attr("checked")
		switch {
		case name == "" || kind == "submit" || (kind == "radio" || kind == "checkbox") && !checked:
		case f.Is("textarea"):
			values.Add(name, strings.ReplaceAll(strings.TrimPrefix(f.Text(), "\n"), "\n", "\r\n"))
		default:
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	form.Find("select[name]").Each(func(_ int, f *goquery.Selection) {
		chosen := f.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = f.Find("option").First()
		}
		chosen.Each(func(_ int, o *goquery.Selection) { values.Add(f.AttrOr("name", ""), o.AttrOr("value", o.Text())) })
	})
	return values
}

// logBook keeps what the site logged.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
