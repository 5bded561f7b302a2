// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"rugzak/pkg/rugzak"
)

// Client asks a Server. It is safe for concurrent use.
type Client struct {
	http  *http.Client
	close func() error
}

// newClient asks over connections that dial makes.
func newClient(dial func(ctx context.Context) (net.Conn, error), closing func() error) *Client {
	transport := &http.Transport{
		DialContext:        func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
		DisableCompression: true,
		// A refused import is not sent.
		ExpectContinueTimeout: time.Minute,
	}
	return &Client{
		http: &http.Client{Transport: transport},
		close: func() error {
			transport.CloseIdleConnections()
			return closing()
		},
	}
}

// Close ends the connection.
func (c *Client) Close() error { return c.close() }

// do sends a request and returns the answer; a refusal is an error.
func (c *Client) do(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://rugzak"+path, body)
	if err != nil {
		return nil, fmt.Errorf("ask server: %w", err)
	}
	if req.ContentLength < 0 || body != nil && req.ContentLength == 0 { // a stream
		req.Header.Set("Expect", "100-continue")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, broken(ctx, err)
	}
	if res.StatusCode == http.StatusOK {
		return res, nil
	}
	defer res.Body.Close()
	var f failure
	data, err := io.ReadAll(io.LimitReader(res.Body, maxRequest))
	if err != nil || decode(data, &f) != nil || f.Key == "" {
		return nil, &rugzak.Error{Code: rugzak.CodeInternal, Key: "cli.error.protocol", Err: errors.Join(fmt.Errorf("status %d", res.StatusCode), err)}
	}
	return nil, f.err()
}

// broken says that the connection ended before the answer did.
func broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.error.broken", Err: fmt.Errorf("ask server: %w", err)}
}

// call sends a value and reads one back.
func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("write request: %w", err)
		}
		body = bytes.NewReader(data)
	}
	res, err := c.do(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return broken(ctx, err)
	}
	return nil
}

// stream sends a request whose answer comes in events.
func (c *Client) stream(ctx context.Context, path string, body io.Reader, out any, each func(Event)) error {
	res, err := c.do(ctx, http.MethodPost, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	dec := json.NewDecoder(res.Body)
	dec.UseNumber()
	for {
		var e Event
		if err := dec.Decode(&e); err != nil {
			return broken(ctx, err) // the last event says how it ended
		}
		switch {
		case e.Failure != nil:
			return e.Failure.err()
		case e.Result != nil:
			return decode(e.Result, out)
		}
		if p := e.Problem; p != nil {
			p.Args = plain(p.Args)
		}
		each(e)
	}
}

// download writes the file of an answer. Without an error it is complete.
func (c *Client) download(ctx context.Context, path string, to io.Writer) error {
	return c.downloadWith(ctx, path, nil, to)
}

func (c *Client) downloadWith(ctx context.Context, path string, body io.Reader, to io.Writer) error {
	res, err := c.do(ctx, http.MethodPost, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(to, res.Body); err != nil {
		if res.Trailer.Get(trailerDone) == "" && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return fmt.Errorf("receive file: %w", err)
	}
	if res.Trailer.Get(trailerDone) != "" {
		return nil
	}
	var f failure
	if decode([]byte(res.Trailer.Get(trailerFailure)), &f) != nil {
		return broken(ctx, io.ErrUnexpectedEOF)
	}
	return f.err()
}

// Version asks who answers.
func (c *Client) Version(ctx context.Context) (v Version, err error) {
	return v, c.call(ctx, http.MethodGet, "/version", nil, &v)
}

// Search asks what a person would find.
func (c *Client) Search(ctx context.Context, in SearchRequest) (a SearchAnswer, err error) {
	return a, c.call(ctx, http.MethodPost, "/search", in, &a)
}

// Organisations lists the organisations by name.
func (c *Client) Organisations(ctx context.Context) (all []Organisation, err error) {
	return all, c.call(ctx, http.MethodGet, "/organisations", nil, &all)
}

// AddOrganisation makes an organisation.
func (c *Client) AddOrganisation(ctx context.Context, in OrganisationRequest) (o Organisation, err error) {
	return o, c.call(ctx, http.MethodPost, "/organisations", in, &o)
}

// EditOrganisation changes an organisation.
func (c *Client) EditOrganisation(ctx context.Context, in OrganisationRequest) (o Organisation, err error) {
	return o, c.call(ctx, http.MethodPatch, "/organisations", in, &o)
}

// People lists the people by organisation and name.
func (c *Client) People(ctx context.Context) (all []Person, err error) {
	return all, c.call(ctx, http.MethodGet, "/people", nil, &all)
}

// AddPerson makes a person.
func (c *Client) AddPerson(ctx context.Context, in PersonRequest) (p Person, err error) {
	return p, c.call(ctx, http.MethodPost, "/people", in, &p)
}

// EditPerson changes a person.
func (c *Client) EditPerson(ctx context.Context, in PersonRequest) (p Person, err error) {
	return p, c.call(ctx, http.MethodPatch, "/people", in, &p)
}

// ResetFactors takes the second step of a person away, by address.
func (c *Client) ResetFactors(ctx context.Context, email string) (p Person, err error) {
	return p, c.call(ctx, http.MethodPost, "/people/reset-factors", PersonRequest{Which: email}, &p)
}

// Import sends files and tells what becomes of them.
func (c *Client) Import(ctx context.Context, in ImportRequest, files io.Reader, each func(Event)) (out ImportResult, err error) {
	data, err := json.Marshal(in)
	if err != nil {
		return out, fmt.Errorf("write request: %w", err)
	}
	query := url.Values{"request": {string(data)}}
	return out, c.stream(ctx, "/import?"+query.Encode(), files, &out, each)
}

// Reindex makes the index anew.
func (c *Client) Reindex(ctx context.Context, each func(Event)) error {
	var done struct{}
	return c.stream(ctx, "/reindex", nil, &done, each)
}

// Check looks for what is wrong with store and index.
func (c *Client) Check(ctx context.Context, each func(Event)) (out CheckResult, err error) {
	return out, c.stream(ctx, "/check", nil, &out, each)
}

// Backup writes a copy of the store.
func (c *Client) Backup(ctx context.Context, to io.Writer) error {
	return c.download(ctx, "/backup", to)
}

// Export writes everything as a zip.
func (c *Client) Export(ctx context.Context, to io.Writer, hiddenAuthors bool) error {
	path := "/export"
	if hiddenAuthors {
		path += "?hidden=1"
	}
	return c.download(ctx, path, to)
}

// Audit writes the audit log since a time as JSON Lines of backpack.AuditLine,
// newest first.
func (c *Client) Audit(ctx context.Context, to io.Writer, since time.Time) error {
	return c.download(ctx, "/audit?"+sinceQuery(since), to)
}

// AuditChain writes it as it is stored, as JSON Lines of rugzak.AuditLine,
// oldest first.
func (c *Client) AuditChain(ctx context.Context, to io.Writer, since time.Time) error {
	return c.download(ctx, "/audit/chain?"+sinceQuery(since), to)
}

// AuditState follows the whole chain.
func (c *Client) AuditState(ctx context.Context) (state rugzak.AuditState, err error) {
	return state, c.call(ctx, http.MethodGet, "/audit/state", nil, &state)
}
