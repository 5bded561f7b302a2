// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Command idp is a sign-in provider for the tests: a real OpenID Connect
// provider in a process of its own, with the people of a file. Some of them are
// there to show what a site must refuse: for these the provider signs tokens it
// should not.
//
// It prints "issuer ADDRESS" and serves until it is killed.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "idp:", err)
		os.Exit(1)
	}
}

func run() error {
	listen := flag.String("listen", "127.0.0.1:0", "address and port to listen on")
	client := flag.String("client", "rugzak", "the client that may use the provider")
	secret := flag.String("secret", "", "the secret of the client")
	redirect := flag.String("redirect", "", "addresses to which the provider sends people back, with commas between them")
	people := flag.String("people", "", "JSON file with the people")
	flag.Parse()

	known, err := readPeople(*people)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	issuer := "http://" + l.Addr().String() + "/"
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	s := &keeper{people: known, Storage: storage.NewStorageWithClients(known, map[string]*storage.Client{
		*client: storage.WebClient(*client, *secret, strings.Split(*redirect, ",")...),
	})}
	handler := exampleop.SetupServer(issuer, s, nil, false)
	fmt.Println("issuer", issuer)
	server := &http.Server{Handler: misbehaving(handler, s), ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(l)
}

// readPeople reads who can sign in.
func readPeople(path string) (people, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all people
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	return all, nil
}
