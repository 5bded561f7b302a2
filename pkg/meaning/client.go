// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// Kind is how an endpoint is spoken to.
type Kind string

// The kinds: POST /v1/embeddings, and POST /api/embed.
const (
	OpenAI Kind = "openai"
	Ollama Kind = "ollama"
)

// Options say where the endpoint is.
type Options struct {
	URL   string // what comes before the path of the kind
	Kind  Kind
	Model string
	Key   string // sent as a bearer token, unless empty
}

const (
	// textsAtOnce is how many texts one request holds.
	textsAtOnce = 16
	// maxAnswer bounds what is read of an answer.
	maxAnswer = 8 << 20
	// maxDimensions bounds the length of a vector.
	maxDimensions = 4096
)

// Client asks one endpoint for vectors. Its errors say what went wrong, and hold
// nothing of the texts nor of what was answered.
type Client struct {
	Options
	address string
	http    *http.Client
}

// New returns a client. It asks nothing yet.
func New(o Options) (*Client, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" || o.Model == "" {
		return nil, errors.New("an endpoint needs an address and a model")
	}
	path := map[Kind]string{OpenAI: "/v1/embeddings", Ollama: "/api/embed"}[o.Kind]
	if path == "" {
		return nil, errors.New("there is no such kind of endpoint")
	}
	before := strings.TrimSuffix(u.Path, "/")
	if o.Kind == OpenAI && strings.HasSuffix(before, "/v1") {
		before = strings.TrimSuffix(before, "/v1")
	}
	u.Path = before + path
	return &Client{Options: o, address: u.String(), http: newHTTP(u.Scheme != "https")}, nil
}

// Name says which model answers.
func (c *Client) Name() string { return string(c.Kind) + " " + c.Model }

// Embed asks for the vectors of texts, some at a time.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for part := range slices.Chunk(texts, textsAtOnce) {
		vectors, err := c.ask(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("endpoint for meaning: %w", err)
		}
		out = append(out, vectors...)
	}
	return out, checkVectors(out)
}

// ask sends one request.
func (c *Client) ask(ctx context.Context, texts []string) ([][]float32, error) {
	body, err := json.Marshal(struct {
		Model string   `json:"model"`
		Input []string `json:"input"`
	}{c.Model, texts})
	if err != nil {
		return nil, errors.New("the texts cannot be sent")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address cannot be used")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if c.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.Key)
	}
	answer, err := c.http.Do(req)
	if err != nil {
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err // without the address
		}
		return nil, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return nil, fmt.Errorf("status %d: %w", answer.StatusCode, rugzak.ErrUnembeddable)
	default:
		return nil, fmt.Errorf("status %d", answer.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxAnswer {
		return nil, errors.New("the answer is too large")
	}
	return c.parse(data, len(texts))
}
