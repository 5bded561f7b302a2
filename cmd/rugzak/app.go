// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// app is one run of the program.
type app struct {
	env            func(string) (string, bool)
	stdin          io.Reader
	stdout, stderr io.Writer
	catalogue      *locale.Catalogue
	say            *locale.Printer // sentences in the language of whoever types
	// clock is that of the machine: no setting changes it, only tests do.
	clock rugzak.Clock

	// program is where this program is, to start it once more; empty where that
	// is another one, as in tests.
	program string

	lang           string // --lang
	quiet, verbose bool
	// acting is set when a command begins its work: an error before that is
	// one of use.
	acting bool
}

func newApp(env func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) *app {
	catalogue, err := locale.Load()
	if err != nil {
		panic("rugzak: the embedded catalogue must load: " + err.Error())
	}
	return &app{env: env, stdin: stdin, stdout: stdout, stderr: stderr, catalogue: catalogue, say: catalogue.Printer(locale.English), clock: machineClock()}
}

// chooseLanguage looks for --lang before anything can go wrong, else at the
// environment. English is the default of the command line.
func (a *app) chooseLanguage(args []string) {
	lang := ""
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v, _ := a.env(name); v != "" {
			lang = v
			break
		}
	}
	for i, arg := range args {
		if v, ok := strings.CutPrefix(arg, "--lang="); ok {
			lang = v
		} else if arg == "--lang" && i+1 < len(args) {
			lang = args[i+1]
		}
	}
	if strings.HasPrefix(lang, locale.Dutch) {
		a.say = a.catalogue.Printer(locale.Dutch)
	}
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "rugzak",
		Short: "The backpack for learning experiences",
		Long: `Rugzak keeps what colleagues and partners learn in practice, and makes it findable.

Try it:            rugzak demo
Run it:            rugzak serve --data DIR
While it runs, the other commands work on the same data directory.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          a.help,
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	flags := root.PersistentFlags()
	flags.StringVar(&a.lang, "lang", "", "language of messages, nl or en (default: that of LANG)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "tell only what went wrong")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "tell the details of errors")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if a.lang != "" && !rugzak.Lang(a.lang).Valid() {
			return fmt.Errorf("--lang %.20q: nl or en", a.lang)
		}
		return nil
	}
	root.AddCommand(
		a.serveCommand(), a.demoCommand(), a.searchCommand(), a.importCommand(), a.exportCommand(), a.handoverCommand(),
		a.backupCommand(), a.restoreCommand(), a.checkCommand(), a.reindexCommand(), a.evalCommand(), a.purgeCommand(), a.auditCommand(),
		a.organisationCommand(), a.personCommand(), a.versionCommand(), a.healthCommand(), a.documentCommand(), a.makeDemoCommand(),
	)
	return root
}

// help is what a command does that is only there for those below it.
func (a *app) help(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// action marks the moment from which errors are no longer errors of use.
func (a *app) action(fn func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.acting = true
		return fn(cmd, args)
	}
}

// tell prints a line of result, unless --quiet.
func (a *app) tell(line string) {
	if !a.quiet {
		_, _ = fmt.Fprintln(a.stdout, line)
	}
}

// warn prints a line about something that is wrong.
func (a *app) warn(line string) { _, _ = fmt.Fprintln(a.stderr, line) }
