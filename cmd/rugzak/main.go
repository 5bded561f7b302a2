// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Command rugzak is the backpack for learning experiences: the site, and the
// commands for whoever runs it. It is the only place where the parts are put
// together.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	syscall.Umask(0o077) // what is written is for the owner alone
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends at once
	}()
	a := newApp(os.LookupEnv, os.Stdin, os.Stdout, os.Stderr)
	a.program, _ = os.Executable() // where it cannot be told, what needs it is done here
	os.Exit(a.run(ctx, os.Args[1:]))
}

// run is the whole program as tests start it: arguments in, exit code out.
func run(ctx context.Context, args []string, env func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) int {
	return newApp(env, stdin, stdout, stderr).run(ctx, args)
}

func (a *app) run(ctx context.Context, args []string) int {
	root := a.rootCommand()
	root.SetArgs(args)
	a.chooseLanguage(args)
	return a.exitCode(root.ExecuteContext(ctx))
}
