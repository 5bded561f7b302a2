// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// screen is what somebody looks at.
type screen struct {
	width, height int64
	scale         float64
	phone         bool
}

func phone() screen     { return screen{390, 844, 2, true} }
func oldPhone() screen  { return screen{320, 640, 2, true} }
func desktop() screen   { return screen{1280, 900, 1, false} }
func screens() []screen { return []screen{phone(), oldPhone(), desktop()} }

// startChromium starts a browser. Without one the test is skipped, or fails
// where skipping is not allowed.
func startChromium(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		const message = "no Chromium on this machine: the site is not tested in a browser (Debian: apt-get install chromium)"
		if os.Getenv("RUGZAK_CI") == "1" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	flags := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.WSURLReadTimeout(patience),
	}
	for _, name := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
		"disable-default-apps", "disable-dev-shm-usage", "disable-breakpad", "mute-audio", "hide-scrollbars",
		"disable-background-timer-throttling", "disable-renderer-backgrounding", "disable-backgrounding-occluded-windows",
		"disable-popup-blocking", "disable-hang-monitor",
		"force-prefers-reduced-motion", // pages do not roll while somebody touches them
	} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	flags = append(flags, chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("accept-lang", "nl"))
	parent, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(func() { cancel(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	return ctx
}

// tab is one tab of a browser. What a page of ours never does, such as breaking
// its own security policy, fails the test.
type tab struct {
	testing.TB
	ctx context.Context
	at  string // scheme and host of the site
	// also are other sites a test goes to, with a slash at the end; what their
	// pages do is not ours.
	also []string

	mu    sync.Mutex
	wrong []string
	// pages that came so far, how many of them are loaded, and the status of the
	// last one
	loads, loaded, status int

	presses int
}

// newBrowser opens a tab that shares nothing with others: somebody's own phone.
func newBrowser(t testing.TB, chromium context.Context, at string, s screen) *tab {
	t.Helper()
	return openTab(t, chromium, at, s, chromedp.WithNewBrowserContext())
}

// another opens a second tab beside this one, with the same cookies.
func (b *tab) another(s screen) *tab {
	b.Helper()
	return openTab(b.TB, b.ctx, b.at, s)
}

func openTab(t testing.TB, parent context.Context, at string, s screen, options ...chromedp.ContextOption) *tab {
	t.Helper()
	b := &tab{TB: t, at: at}
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(b.watch))...)
	b.ctx = ctx
	t.Cleanup(func() {
		for _, w := range b.takeWrong() {
			t.Errorf("in the browser: %s", w)
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatalf("watch the network: %v", err)
	}
	b.look(s)
	return b
}

// look gives the tab the size of a screen.
func (b *tab) look(s screen) {
	b.Helper()
	options := []chromedp.EmulateViewportOption{chromedp.EmulateScale(s.scale)}
	if s.phone {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	b.do("set the screen", chromedp.EmulateViewport(s.width, s.height, options...))
}

// withoutScripts makes the tab one of a browser that runs no scripts.
func (b *tab) withoutScripts() {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.Fatalf("switch scripts off: %v", err)
	}
}

// watch notes what no page of ours may do. It runs beside the test.
func (b *tab) watch(ev any) {
	if b.elsewhere(ev) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var wrong string
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		e := ev.Entry
		// What the network says, the answers below say better.
		if e.Source != log.EntrySourceNetwork && (e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning) {
			wrong = "console: " + e.Text + " " + e.URL
		}
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeWarning || ev.Type == runtime.ConsoleAPICalledTypeAssert {
			wrong = "a script complains:"
			for _, a := range ev.Args {
				wrong += " " + string(a.Value) + a.Description
			}
		}
	case *runtime.EventExceptionThrown:
		wrong = "a script fails: " + ev.ExceptionDetails.Text
		if e := ev.ExceptionDetails.Exception; e != nil {
			wrong += " " + e.Description
		}
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(ev.Request.URL)
		if err != nil || u.Scheme != "about" && u.Scheme != "data" && u.Scheme+"://"+u.Host != b.at {
			wrong = "asks another host: " + ev.Request.URL
		}
	case *network.EventResponseReceived:
		// A page may refuse; what a page asks for itself may not fail, apart
		// from a form that a script sends.
		status := int(ev.Response.Status)
		if ev.Type == network.ResourceTypeDocument {
			b.loads++
			b.status = status
		}
		asked := ev.Type == network.ResourceTypeDocument || ev.Type == network.ResourceTypeFetch
		if status >= http.StatusInternalServerError || status >= http.StatusBadRequest && !asked {
			wrong = http.StatusText(status) + ": " + ev.Response.URL
		}
	case *page.EventLoadEventFired:
		b.loaded = b.loads
	}
	if wrong != "" {
		b.wrong = append(b.wrong, wrong)
	}
}

// elsewhere reports whether something happens on a site that is not ours.
func (b *tab) elsewhere(ev any) bool {
	at := ""
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		at = ev.Entry.URL
	case *network.EventRequestWillBeSent:
		at = ev.Request.URL
	case *network.EventResponseReceived:
		at = ev.Response.URL
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.also, func(site string) bool { return strings.HasPrefix(at, site) })
}

// visits lets the tab go to another site as well.
func (b *tab) visits(sites ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.also = append(b.also, sites...)
}

func (b *tab) takeWrong() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	wrong := b.wrong
	b.wrong = nil
	return wrong
}

// do runs steps in the tab.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatalf("%s on %s: %v\n%s", what, b.path(), err, b.text("main"))
	}
}

// goes runs steps that lead to a page, and returns the status of its answer.
func (b *tab) goes(what string, steps ...chromedp.Action[chromedp.Void]) int {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	before, _ := b.came()
	answer, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		b.Fatalf("%s on %s: %v\n%s", what, b.path(), err, b.text("main"))
	}
	defer b.focuses()
	if answer != nil {
		return int(answer.Status)
	}
	// A draft that was saved on the way gave this page the address of the draft,
	// which is no answer yet: the page that was asked for comes after it.
	if !eventually(func() bool { loaded, _ := b.came(); return loaded > before }) {
		b.Fatalf("%s on %s leads nowhere:\n%s", what, b.path(), b.text("main"))
	}
	_, status := b.came()
	return status
}

// focuses waits until what a page says it gives the focus to has it: a browser does
// that some time after the page is loaded.
func (b *tab) focuses() {
	b.Helper()
	const done = `!document.querySelector("main [autofocus]") || location.hash !== "" || document.activeElement !== document.body`
	b.waits("the focus to come", done)
}

// came is how many pages were loaded, and the status of the last one.
func (b *tab) came() (loaded, status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.loaded, b.status
}

// open asks for a page and returns its status.
func (b *tab) open(path string) int {
	b.Helper()
	return b.goes("open "+path, chromedp.Navigate(b.at+path))
}

// press touches or clicks what leads to another page, and returns its status.
func (b *tab) press(selector string) int {
	b.Helper()
	b.presses++
	return b.goes("press "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// tap touches what stays on this page.
func (b *tab) tap(selector string) {
	b.Helper()
	b.presses++
	b.do("tap "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// unfolds touches a summary until what is below it is open: a touch can get lost
// while the page still moves.
func (b *tab) unfolds(summary string) {
	b.Helper()
	b.presses++
	open := `document.querySelector(` + quoted(summary) + `)?.parentElement.open === true`
	if !eventually(func() bool {
		if !js[bool](b, open) {
			b.do("unfold "+summary, chromedp.Click(chromedp.CSS(summary), chromedp.NodeVisible))
		}
		return js[bool](b, open)
	}) {
		b.Fatalf("%s: %s does not open:\n%s", b.path(), summary, b.text("main"))
	}
}

// types types in the field of this name, after what stands in it.
func (b *tab) types(name, text string) {
	b.Helper()
	b.do("type in "+name, chromedp.SendKeys(chromedp.CSS(field(name)), text, chromedp.NodeVisible))
}

// inserts puts text in the field of this name, after what stands in it, all at
// once. What a script does a moment after the last key, it then does once: where
// keys come slowly, it would begin in the middle.
func (b *tab) inserts(name, text string) {
	b.Helper()
	b.do("go to "+name, chromedp.Focus(chromedp.CSS(field(name)), chromedp.NodeVisible))
	if _, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.Fatalf("insert in %s: %v", name, err)
	}
}

// sets gives the field of this name a value from outside the keyboard: that of
// a list, or a day.
func (b *tab) sets(name, value string) {
	b.Helper()
	b.do("choose "+value+" in "+name, chromedp.SetValue(chromedp.CSS(field(name)), value, chromedp.NodeVisible))
	if got := js[string](b, `document.querySelector(`+quoted(field(name))+`).value`); got != value {
		b.Fatalf("%s: %s is %q, not %q", b.path(), name, got, value)
	}
}

// replaces empties the field of this name and types in it.
func (b *tab) replaces(name, text string) {
	b.Helper()
	b.empties(name)
	b.types(name, text)
}

// pastes empties the field of this name and puts text in it all at once.
func (b *tab) pastes(name, text string) {
	b.Helper()
	b.empties(name)
	b.inserts(name, text)
}

func (b *tab) empties(name string) {
	b.Helper()
	b.do("empty "+name, chromedp.Focus(chromedp.CSS(field(name)), chromedp.NodeVisible))
	js[bool](b, `document.activeElement.select() || true`)
	b.do("type over "+name, chromedp.KeyEvent("\b"))
}

func field(name string) string { return `main [name="` + name + `"]` }

// js is the value of an expression in the page.
func js[T any](b *tab, expression string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", cmp.Or(strings.TrimSpace(expression), "nothing"), err)
	}
	return v
}

// waits until an expression in the page is true.
func (b *tab) waits(what, expression string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		done, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`Boolean(`+expression+`)`))
		if err == nil && done {
			return
		}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			b.Fatalf("waited in vain for %s on %s: %v\n%s", what, b.path(), err, b.text("main"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}
