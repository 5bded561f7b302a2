// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// visitor is somebody with a browser without scripts. Its methods return
// errors, because some servers in these tests are killed half-way.
type visitor struct {
	at     string // the site; changes when a server starts anew
	client *http.Client
}

// sheet is a page as a visitor got it.
type sheet struct {
	status int
	path   string // where the redirects ended, or where this one leads
	body   []byte
}

func newVisitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic("a jar without options is always made: " + err.Error())
	}
	return &visitor{client: &http.Client{
		Jar: jar, Timeout: patience,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true}, // bytes as they are measured
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// signedIn is somebody who is signed in at a site.
func signedIn(t testing.TB, at, email, password string) *visitor {
	t.Helper()
	v := newVisitor()
	v.at = at
	p, err := v.post("/inloggen", url.Values{"email": {email}, "password": {password}})
	if err != nil || p.status != http.StatusSeeOther {
		t.Fatalf("%s cannot sign in: %d %v", email, p.status, err)
	}
	return v
}

func (v *visitor) get(path string) (sheet, error) {
	return v.send(http.MethodGet, path, nil)
}

func (v *visitor) post(path string, form url.Values) (sheet, error) {
	return v.send(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (v *visitor) send(method, path string, body io.Reader) (sheet, error) {
	r, err := http.NewRequest(method, v.at+path, body)
	if err != nil {
		return sheet{}, err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := v.client.Do(r)
	if err != nil {
		return sheet{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return sheet{}, err
	}
	p := sheet{status: resp.StatusCode, path: path, body: data}
	if to := resp.Header.Get("Location"); to != "" {
		p.path = to
	}
	return p, nil
}

// must is a page that has to be there.
func (v *visitor) must(t testing.TB, path string) *goquery.Document {
	t.Helper()
	p, err := v.get(path)
	if err != nil || p.status != http.StatusOK {
		t.Fatalf("%s answers %d: %v", path, p.status, err)
	}
	doc, err := p.doc()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func (p sheet) doc() (*goquery.Document, error) {
	return goquery.NewDocumentFromReader(bytes.NewReader(p.body))
}

// pageForm is what the first form with a text area on a page would send, and
// where to.
func (p sheet) pageForm() (action string, values url.Values, err error) {
	doc, err := p.doc()
	if err != nil {
		return "", nil, err
	}
	form := doc.Find("main form[method=post]").Has("textarea").First()
	if form.Length() == 0 {
		return "", nil, fmt.Errorf("%s has no form: %d %s", p.path, p.status, strings.TrimSpace(doc.Find("main").Text()))
	}
	values = url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		name, kind := f.AttrOr("name", ""), f.AttrOr("type", "")
		_, checked := f.Attr("checked")
		switch {
		case name == "" || kind == "submit" || (kind == "radio" || kind == "checkbox") && !checked:
		case f.Is("textarea"):
			values.Add(name, strings.TrimPrefix(f.Text(), "\n"))
		case f.Is("select"):
			chosen := f.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = f.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
		default:
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	return form.AttrOr("action", p.path), values, nil
}
