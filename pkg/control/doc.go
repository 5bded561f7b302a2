// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package control lets the commands work on a backpack, whether or not a
// server has it open: each command is an HTTP request to one handler over the
// use cases. A running server answers on a Unix socket in its data directory;
// without a server the command serves the handler to itself.
//
// Whoever can reach the handler holds the data directory, and acts as
// backpack.Operator. Requests and answers are JSON; long work answers with one
// Event per line, and a backup or export with its bytes, whose HTTP trailer
// says that they are complete.
package control
