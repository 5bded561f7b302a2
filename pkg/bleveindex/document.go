// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/dutch"
	"rugzak/pkg/rugzak"
)

// mappingVersion changes with everything documentOf writes.
const mappingVersion = 9

// version names how an index was made; another one is not used.
func version() string {
	return fmt.Sprintf("mapping %d, analysis %d, dutch %d", mappingVersion, analysisVersion, dutch.Version)
}

// The fields. Those of facets have the facet's name.
const (
	fieldReader = "reader" // who may find it: rugzak.EntryTokens
	fieldFrom   = "from"   // author and organisation, as in rugzak.Clause.IDs
	fieldState  = "state"
	fieldListed = "listed" // sortable time
	fieldUseful = "useful" // how often the lesson helped, up to maxUseful; absent for never
)

// textField holds everything one may search in: one field, because the scores
// of a title field and a body field cannot be added without favouring whatever
// has one word in its title.
func textField(lang rugzak.Lang) string { return "text_" + string(lang.Or(rugzak.Dutch)) }

func titleField(lang rugzak.Lang) string { return "title_" + string(lang.Or(rugzak.Dutch)) }

// titleWeight is how many times a title counts in the text.
const titleWeight = 3

const (
	tokenOptions = index.IndexField | index.SkipFreqNorm
	facetOptions = tokenOptions | index.DocValues
	// A value that hardly any two texts share takes less room with a frequency.
	uniqueOptions = index.IndexField | index.DocValues
)

// emptyMapping maps nothing: documents are made by documentOf, field by field.
func emptyMapping() *mapping.IndexMappingImpl {
	m := mapping.NewIndexMapping()
	m.DefaultMapping = mapping.NewDocumentDisabledMapping()
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// documentOf turns a document into fields. No text is stored in the index.
func documentOf(d rugzak.Document, a analysers) *document.Document {
	doc := document.NewDocument(string(d.ID))
	// The text comes first: what comes after it has higher places, which take more room.
	all := &words{name: textField(d.Lang), analyser: a.of(d.Lang), pieces: []piece{{d.Text, 1}, {d.Title, titleWeight}, {d.Lesson, 1}}}
	for _, tag := range d.Tags {
		all.pieces = append(all.pieces, piece{tag, 1})
	}
	if d.Attached != "" {
		all.pieces = append(all.pieces, piece{d.Attached, 1})
	}
	doc.AddField(all)
	if d.Lang != rugzak.English {
		doc.AddField(&parts{of: all, analysers: a})
	}
	doc.AddField(&words{name: titleField(d.Lang), analyser: a.of(d.Lang), pieces: []piece{{d.Title, 1}}})

	tokens := func(field string, options index.FieldIndexingOptions, values ...string) {
		slices.Sort(values)
		for i, v := range slices.Compact(values) {
			if v != "" {
				doc.AddField(document.NewTextFieldCustom(field, []uint64{uint64(i)}, []byte(v), options, nil))
			}
		}
	}
	tokens(fieldReader, tokenOptions, slices.Clone(d.Tokens)...)
	tokens(fieldState, tokenOptions, string(d.State))
	tokens(fieldFrom, tokenOptions, from(d)...)
	tokens(fieldTitleWords, tokenOptions, titleTerms(d)...)
	tokens(fieldListed, uniqueOptions, sortable(d.ListedAt))
	if d.Useful > 0 {
		tokens(fieldUseful, facetOptions, strconv.Itoa(min(d.Useful, maxUseful)))
	}
	tokens(string(rugzak.FacetKind), facetOptions, string(d.Kind))
	tokens(string(rugzak.FacetOrganisation), facetOptions, string(d.Organisation))
	tokens(string(rugzak.FacetTheme), facetOptions, texts(d.Themes)...)
	tokens(string(rugzak.FacetDrive), facetOptions, texts(d.Drives)...)
	tokens(string(rugzak.FacetPhase), facetOptions, string(d.Phase))
	tokens(string(rugzak.FacetLang), facetOptions, string(d.Lang))
	for _, f := range append(rugzak.MethodFacets(), rugzak.FacetCard) {
		tokens(string(f), facetOptions, slices.Clone(d.Choices[f])...)
	}
	if d.Year != 0 {
		tokens(string(rugzak.FacetYear), facetOptions, strconv.Itoa(d.Year))
	}
	return doc
}

// from lists the tokens by which "van:" finds a document.
func from(d rugzak.Document) []string {
	var tokens []string
	if d.Organisation != "" {
		tokens = append(tokens, rugzak.OrganisationToken(d.Organisation))
	}
	for _, a := range d.Authors {
		tokens = append(tokens, rugzak.PersonToken(a))
	}
	return tokens
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// sortable writes a time, to the microsecond, so that texts sort as times do.
func sortable(t time.Time) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], sortableNumber(t))
	return hex.EncodeToString(b[:])
}

// sortableNumber gives a later time a higher number.
func sortableNumber(t time.Time) uint64 { return uint64(t.UnixMicro()) ^ 1<<63 }
