// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"fmt"
	"html"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	rhtml "github.com/yuin/goldmark/renderer/html"

	"rugzak/pkg/rugzak"
)

// The oracle must see what it is there to see.
func TestOracleSees(t *testing.T) {
	for _, bad := range []string{
		`<script>x</script>`, `<p onclick="x">`, `<a href="javascript:x">`, `<a href=" java	script:x">`,
		`<a href="data:text/html,x">`, `<a href="blob:x">`, `<img src="https://e.example/x">`, `<img src="//e.example">`,
		`<img src="/\e.example">`, `<form>`, `<p style="x">`, `<h2 id="x">`, `<input type="checkbox">`, `<input disabled>`,
		`<svg><a></a></svg>`, `<iframe>`, `<base href="/">`, `<a href="https://e.example">x</a>`, `<!-- x -->`,
		`<h2 id="user-content-a"></h2><h3 id="user-content-a"></h3>`, "<p>\u202e</p>", `<p class="x">`, `<meta>`, `<style></style>`,
	} {
		if len(judge(bad)) == 0 {
			t.Errorf("the oracle finds nothing wrong in %s", bad)
		}
	}
	if found := judge(`<p>a <a href="/x">b</a><input type="checkbox" disabled=""></p>`); len(found) > 0 {
		t.Errorf("the oracle refuses harmless output: %v", found)
	}
}

// scripts are addresses that a browser must never follow from a text.
func scripts() []string {
	var all []string
	for _, scheme := range []string{
		"javascript", "JavaScript", "vbscript", "data", "blob", "file", "filesystem", "livescript", "mocha", "jar",
		"view-source", "about", "chrome", "x", "intent", "ms-word", "feed", "ftp", "ws", "cid",
	} {
		all = append(all,
			scheme+":alert(1)",
			scheme+"://x/%0aalert(1)",
			" "+scheme+":alert(1)",
			"\x01"+scheme+":alert(1)",
			scheme[:1]+"\t"+scheme[1:]+":alert(1)",
			scheme[:1]+"&#10;"+scheme[1:]+":alert(1)",
			scheme[:1]+"&Tab;"+scheme[1:]+":alert(1)",
			scheme+"&colon;alert(1)",
			scheme+"&#58;alert(1)",
			scheme+"&#x3a;alert(1)",
			scheme+"%3aalert(1)",
			scheme+"\\:alert(1)",
			fmt.Sprintf("&#%d;%s:alert(1)", scheme[0], scheme[1:]),
			fmt.Sprintf("&#x%06x;%s:alert(1)", scheme[0], scheme[1:]),
			scheme+":text/html;base64,PHNjcmlwdD4=",
			"\u202e"+scheme+":x",
			"//"+scheme+":x@e.example",
			"https:"+scheme+":x",
		)
	}
	return all
}

// tags are pieces of HTML that do something.
func tags() []string {
	var all []string
	for _, tag := range []string{
		`script>alert(1)</script`, `script src=//e.example/x`, `img src=x onerror=alert(1)`, `svg onload=alert(1)`,
		`svg><script>alert(1)</script></svg`, `math><mtext><style><img src=x onerror=alert(1)></style></mtext></math`,
		`iframe src=javascript:alert(1)`, `iframe srcdoc="&lt;script>alert(1)&lt;/script>"`, `object data=javascript:alert(1)`,
		`embed src=javascript:alert(1)`, `base href=//e.example/`, `meta http-equiv=refresh content="0;url=//e.example"`,
		`link rel=stylesheet href=//e.example/x`, `style>@import '//e.example/x'</style`, `form action=//e.example><input name=password></form`,
		`button formaction=javascript:alert(1)`, `input autofocus onfocus=alert(1)`, `details open ontoggle=alert(1)`,
		`video src=x onerror=alert(1)`, `audio src=x onerror=alert(1)`, `body onload=alert(1)`, `marquee onstart=alert(1)`,
		`a href=javascript:alert(1)`, `a href="x" onclick="alert(1)"`, `p style="position:fixed;inset:0"`, `div id=csrf`,
		`img name=body src=x`, `template><script>alert(1)</script></template`, `noscript><p title="</noscript><img src=x onerror=alert(1)>"`,
		`textarea></textarea><script>alert(1)</script`, `title></title><script>alert(1)</script`, `xmp><p title="</xmp><script>alert(1)</script>"`,
		`select><option></select><script>alert(1)</script`, `table background=javascript:alert(1)`, `isindex action=javascript:alert(1)`,
		`portal src=//e.example`, `dialog open`, `slot onslotchange=alert(1)`, `br onclick=alert(1)`, `br/onclick=alert(1)`, `br style=x`,
		`?xml-stylesheet href="javascript:alert(1)"?`, `!DOCTYPE html`, `![CDATA[<script>alert(1)</script>]]`, `!--><script>alert(1)</script><!--`,
		`!--- --!><img src=x onerror=alert(1)>`, `/p><script>alert(1)</script`, `%00script>alert(1)</script`, `a"b onclick=alert(1)`,
	} {
		all = append(all, "<"+tag+">", "<"+strings.ToUpper(tag)+">", "< "+tag+">", "<<"+tag+">>", "<"+tag,
			html.EscapeString("<"+tag+">"), "\\<"+tag+">", "<"+strings.ReplaceAll(tag, " ", "/")+">",
			"<"+strings.ReplaceAll(tag, " ", "\n")+">", "<\x00"+tag+">", "<"+tag[:1]+"\x00"+tag[1:]+">")
	}
	return all
}

// breakouts try to leave an attribute.
func breakouts() []string {
	return []string{
		`" onmouseover="alert(1)`, `' onmouseover='alert(1)`, `"><script>alert(1)</script>`, `'><img src=x onerror=alert(1)>`,
		`&quot; onmouseover=&quot;alert(1)`, `&#34;&gt;&lt;script&gt;`, "` onmouseover=`alert(1)", `\" onmouseover=\"x`,
		`x" style="position:fixed`, `x" id="csrf`, `x" class="admin`, "x\nonclick=alert(1)", `</title><script>alert(1)</script>`,
		`--><script>alert(1)</script>`, `]]><script>alert(1)</script>`, `{{.}}`, `{% raw %}`, `${alert(1)}`, "\u202e\" onclick=\"x",
	}
}

func payloads() []string {
	var all []string
	for _, s := range scripts() {
		all = append(all,
			"[a]("+s+")", "[a](<"+s+">)", "![a]("+s+")", "![a](<"+s+">)", "<"+s+">", "[a]\n\n[a]: "+s+"\n", "![a]\n\n[a]: <"+s+">\n",
			"[![a]("+s+")]("+s+")", "| a |\n|---|\n| [b]("+s+") |\n", "> [!TIP]\n> [b]("+s+")\n", "a[^1]\n\n[^1]: ["+s+"]("+s+")\n",
			"# [a]("+s+")\n", s)
	}
	for _, s := range tags() {
		all = append(all, s, "a "+s+" b", "> "+s, "- "+s, "# "+s+"\n\na", "[a]("+s+")", `[a](/b "`+s+`")`, "![a](/b '"+s+"')", "!["+s+"](/b)",
			"["+s+"](/b)", "| "+s+" |\n|---|\n| "+s+" |\n", "```"+s+"\na\n```\n", "`"+s+"`", "a[^"+s+"]\n\n[^"+s+"]: "+s+"\n", s+"\n: "+s+"\n",
			"> [!TIP] "+s+"\n", "- [ ] "+s, "["+s+"]: /b\n\n["+s+"]", "<!-- "+s+" -->", "<!-- a -->"+s)
	}
	for _, s := range breakouts() {
		all = append(all, "[a](/b "+s+")", `[a](/b "`+s+`")`, "[a](/b '"+s+"')", "[a](<"+s+">)", "[a]("+s+")", "![a](/b \""+s+"\")", "!["+s+"](/b)",
			"![a](<"+s+">)", "```go"+s+"\na\n```\n", "~~~"+s+"\na\n~~~\n", "# "+s+"\n", "# a {#"+s+"}\n", "# a {onclick="+s+" .b #c}\n", "<http://a.b/"+s+">",
			"http://a.b/"+s, "www.a.b/?"+s, "<a@b.c"+s+">", "a@b.c"+s, "[a]: /b '"+s+"'\n\n[a]", "[^"+s+"]\n\n[^"+s+"]: a\n", "| a |\n|"+s+"---|\n| b |\n",
			"> [!TIP"+s+"]\n> a\n", "> [!"+s+"]\n> a\n", "- [x"+s+"] a\n", "1"+s+". a\n")
	}
	for _, s := range []string{"//e.example/x.png", "https://e.example/x.png", `/\e.example`, `\/e.example`, `/&#9;/e.example`, "/%09/e.example",
		"/%5ce.example", "/&bsol;e.example", "///e.example", "/ /e.example", "?x", "x.png", "http:/x", "HTTPS://e.example", "/a/../..//e.example",
		"/%2fe.example", "http:\\\\e.example", "https:e.example", "/&sol;e.example", "\t//e.example", "/&NewLine;/e.example"} {
		all = append(all, "![a]("+s+")", "![a](<"+s+">)", "[a](<"+s+">)", "[![a](<"+s+">)](<"+s+">)", "![](<"+s+">)", "[a]\n\n[a]: <"+s+">\n")
	}
	for _, s := range []string{"csrf", "location", "constructor", "__proto__", "body", "user-content-", "a b", "<b>", "a\"b", "é", "\u202e", "fn:1", ""} {
		all = append(all, "# "+s+"\n# "+s+"\na\n", s+"\n---\n"+s+"\n===\na\n", "[a](#"+s+")", "# "+s+" {#"+s+"}\n", "[^"+s+"]\n\n[^"+s+"]: a\n")
	}
	return all
}

// some yields every payload, or a part of them under the race detector.
func some(all []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(all); i += payloadsStep {
			if !yield(all[i]) {
				return
			}
		}
	}
}

func TestNothingActiveComesOut(t *testing.T) {
	all := payloads()
	if len(all) < 2000 {
		t.Fatalf("only %d payloads", len(all))
	}
	r := New(Options{Text: catalogue(t)})
	failures := 0
	for payload := range some(all) {
		for _, source := range []string{payload, "Tekst " + payload + " verder\n\n" + payload + "\n"} {
			rendered, err := r.Render(t.Context(), source, rugzak.Dutch)
			if err != nil {
				t.Errorf("%q: %v", source, err)
				continue
			}
			if found := judge(rendered.HTML); len(found) > 0 {
				if failures++; failures < 20 {
					t.Errorf("%q\ngave %s\nwith %s", source, rendered.HTML, strings.Join(found, "; "))
				}
			}
		}
	}
	t.Logf("%d payloads, each alone and within text", len(all))
}

// What leaves the sanitiser is also what the renderers wrote: neither of the
// two walls leans on the other.
func TestEachWallStandsAlone(t *testing.T) {
	r := New(Options{Text: catalogue(t)})
	e := r.engines[rugzak.Dutch]
	for payload := range some(payloads()) {
		err := stopping(func() error {
			raw, err := e.write(e.parse(t.Context(), []byte(tidy(payload))), maxOutput)
			if err != nil {
				return err
			}
			// Direction is dealt with last, and a class on code is text there.
			found := slices.DeleteFunc(judge(showControls(raw)), func(s string) bool {
				return strings.HasPrefix(s, "<code>: class")
			})
			if len(found) > 0 {
				t.Errorf("before the sanitiser, %q\ngave %s\nwith %s", payload, raw, strings.Join(found, "; "))
			}
			return nil
		})
		if err != nil {
			t.Errorf("%q: %v", payload, err)
		}
		// That links are marked and checkboxes disabled is up to the renderers.
		found := slices.DeleteFunc(judge(showControls(r.policy.Sanitize(payload))), func(s string) bool {
			return strings.Contains(s, "not marked") || strings.Contains(s, "checkbox")
		})
		if len(found) > 0 {
			t.Errorf("the sanitiser alone, %q: %s", payload, strings.Join(found, "; "))
		}
	}
}

// The payloads are alive: the library with its safety off lets them through.
func TestPayloadsAreAlive(t *testing.T) {
	unsafe := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(rhtml.WithUnsafe()),
		goldmark.WithParserOptions(parser.WithAttribute(), parser.WithAutoHeadingID()))
	alive := 0
	for payload := range some(payloads()) {
		var out bytes.Buffer
		if err := unsafe.Convert([]byte(payload), &out); err != nil {
			t.Fatal(err)
		}
		if len(judge(out.String())) > 0 {
			alive++
		}
	}
	t.Logf("%d payloads do harm in an unsafe renderer", alive)
	if alive < 2000/payloadsStep {
		t.Errorf("only %d payloads would do harm anywhere", alive)
	}
}
