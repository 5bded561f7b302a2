// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"rugzak/pkg/rugzak"
)

// ordinary is an entry of about n bytes as people write them.
func ordinary(n int) string {
	const part = `## Wat ging er goed?

We belden **iedere week** met het wijkteam en spraken af wie wat deed. Dat scheelde
veel mailen, en iedereen wist [waar de lijst stond](https://example.org/lijst). In het
begin was dat wennen. Niet iedereen had tijd, en soms zaten we met drie mensen aan de
telefoon over iets dat al lang geregeld bleek. Na een paar weken liep het vanzelf: wie
iets wist, zette het op de lijst, en wie belde, keek daar eerst.

Het gezin merkte dat ook. Ze hoefden hun verhaal niet nog een keer te vertellen, en als
er iets veranderde, hoorden ze dat van één persoon. Dat klinkt klein, maar het was het
eerste wat ze noemden toen we vroegen wat er beter ging dan de vorige keer.

- eerst luisteren, dan pas schrijven
- één aanspreekpunt per gezin
  - ook in de vakantie

> [!TIP]
> Begin met een kleine groep.

| Stap | Wie | Minuten |
|------|-----|--------:|
| Start | iedereen | 10 |
| Ronde | twee aan twee | 20 |

`
	return strings.Repeat(part, n/len(part)+1)[:n]
}

// BenchmarkRender shows what limits, own nodes, sanitising and cache cost and
// bring, beside the bare library on the same text.
func BenchmarkRender(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"2KB", 2 << 10}, {"8KB", 8 << 10}} {
		source := ordinary(size.bytes)
		b.Run(size.name+"/bare", func(b *testing.B) {
			bare := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
			b.SetBytes(int64(size.bytes))
			for b.Loop() {
				var out bytes.Buffer
				if err := bare.Convert([]byte(source), &out); err != nil {
					b.Fatal(err)
				}
			}
		})
		for name, cacheBytes := range map[string]int64{"uncached": 0, "cached": 1 << 20} {
			b.Run(size.name+"/"+name, func(b *testing.B) {
				r := New(Options{Text: catalogue(b), CacheBytes: cacheBytes})
				b.SetBytes(int64(size.bytes))
				for b.Loop() {
					if _, err := r.Render(b.Context(), source, rugzak.Dutch); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(size.name+"/plain", func(b *testing.B) {
			r := New(Options{})
			b.SetBytes(int64(size.bytes))
			for b.Loop() {
				if _, err := r.Plain(b.Context(), source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHostile shows how long the hostile texts take one by one.
func BenchmarkHostile(b *testing.B) {
	r := New(Options{})
	for name, source := range hostile(hostileSize) {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				_, _ = r.Render(b.Context(), source, rugzak.Dutch) // a refusal is as good as an answer
			}
		})
	}
}
