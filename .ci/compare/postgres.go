// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// postgresEngine is full text search of PostgreSQL: Dutch, the title weighing
// more than the text, any of the words, ranked, with a GIN index.
type postgresEngine struct {
	pool *pgxpool.Pool
	// rank is the expression that ranks: see pgRanks.
	rank pgRank
}

// pgRank is one way of asking and ranking.
type pgRank struct{ name, query, order string }

// pgAny makes an OR of the words.
const pgAny = `replace(plainto_tsquery('dutch', $1)::text, '&', '|')::tsquery`

// pgRanks are the ways of which the one that finds best is compared with: any
// of the words with either function, and all of the words, as the query
// language of web sites has it.
func pgRanks() []pgRank {
	return []pgRank{
		{"any word, ts_rank (1)", pgAny, "ts_rank(d.tsv, q.q, 1)"},
		{"any word, ts_rank_cd (1)", pgAny, "ts_rank_cd(d.tsv, q.q, 1)"},
		{"websearch_to_tsquery, ts_rank_cd (1)", `websearch_to_tsquery('dutch', $1)`, "ts_rank_cd(d.tsv, q.q, 1)"},
	}
}

const pgTable = `
DROP TABLE IF EXISTS docs;
CREATE TABLE docs (
	id bigint PRIMARY KEY,
	ext text NOT NULL,
	title text NOT NULL,
	body text NOT NULL,
	reader text[] NOT NULL,
	kind text NOT NULL, organisation text NOT NULL, theme text[] NOT NULL, phase text NOT NULL, year int NOT NULL, lang text NOT NULL,
	listed timestamptz NOT NULL,
	tsv tsvector GENERATED ALWAYS AS (setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', body), 'B')) STORED
)`

// The indexes are made when the texts are in, which is fastest. The GIN indexes
// keep fastupdate, their default.
var pgIndexes = []string{
	`CREATE INDEX docs_text ON docs USING gin (tsv)`,
	`CREATE INDEX docs_reader ON docs USING gin (reader)`,
	`CREATE INDEX docs_title ON docs USING gin (to_tsvector('simple', title))`,
	`CREATE INDEX docs_listed ON docs (listed)`,
}

func openPostgres(ctx context.Context, url string) (*postgresEngine, error) {
	c, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	c.MaxConns = 6
	for name, value := range map[string]string{
		"jit": "off", "work_mem": "64MB", "synchronous_commit": "on",
		// A plan that knows the words: a general one guesses how many rows match.
		"plan_cache_mode": "force_custom_plan",
	} {
		c.ConnConfig.RuntimeParams[name] = value
	}
	pool, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return &postgresEngine{pool: pool, rank: pgRanks()[0]}, nil
}

var pgColumns = []string{"id", "ext", "title", "body", "reader", "kind", "organisation", "theme", "phase", "year", "lang", "listed"}

func pgRow(d document) []any {
	reached := make([]string, len(d.Themes))
	for i, t := range d.Themes {
		reached[i] = string(t)
	}
	return []any{
		int64(d.Number), d.ID, d.Title, d.Body, d.tokens(), string(d.Kind), string(everyGroup[d.Group].Organisation.ID),
		reached, string(d.Phase), d.Year, string(d.Lang), d.Listed,
	}
}

func (e *postgresEngine) build(ctx context.Context, set dataset, done func(int)) error {
	if _, err := e.pool.Exec(ctx, pgTable); err != nil {
		return err
	}
	n := 0
	_, err := e.pool.CopyFrom(ctx, pgx.Identifier{"docs"}, pgColumns, pgx.CopyFromFunc(func() ([]any, error) {
		if n == set.Size {
			return nil, nil
		}
		d := set.At(n)
		if n++; n%500 == 0 {
			done(n)
		}
		return pgRow(d), nil
	}))
	if err != nil {
		return err
	}
	for _, index := range pgIndexes {
		if _, err := e.pool.Exec(ctx, index); err != nil {
			return err
		}
	}
	return e.tidy(ctx)
}

func (e *postgresEngine) tidy(ctx context.Context) error {
	if _, err := e.pool.Exec(ctx, "VACUUM ANALYZE docs"); err != nil {
		return err
	}
	_, err := e.pool.Exec(ctx, "CHECKPOINT")
	return err
}

// rewrite changes every row, and tidies up as autovacuum would in time.
func (e *postgresEngine) rewrite(ctx context.Context, set dataset, done func(int)) error {
	err := texts(set, 500, func(batch []document) error {
		return pgx.BeginFunc(ctx, e.pool, func(tx pgx.Tx) error {
			var b pgx.Batch
			for _, d := range batch {
				b.Queue("UPDATE docs SET title = $2, body = $3 WHERE id = $1", int64(d.Number), d.Title, d.Body)
			}
			return tx.SendBatch(ctx, &b).Close()
		})
	}, done)
	if err != nil {
		return err
	}
	return e.tidy(ctx)
}

// pgPage is the whole page in one statement: the hits with headlines, the total
// and the counts of six facets over the same matches.
const pgPage = `
WITH q AS (SELECT %[1]s AS q),
m AS MATERIALIZED (
	SELECT d.id, d.kind, d.organisation, d.theme, d.phase, d.year, d.lang, %[2]s AS rank
	FROM docs d, q WHERE d.tsv @@ q.q%[3]s),
top AS (SELECT id, rank FROM m ORDER BY rank DESC, id LIMIT 10)
(SELECT 'hit' AS what, d.id::text AS value, t.rank::float8 AS n,
	ts_headline('dutch', d.title, q.q, 'HighlightAll=true') AS title,
	ts_headline('dutch', d.body, q.q, 'MaxFragments=2,MaxWords=30,MinWords=10') AS body
	FROM top t JOIN docs d USING (id), q ORDER BY t.rank DESC, d.id)
UNION ALL
SELECT CASE WHEN grouping(kind) = 0 THEN 'kind' WHEN grouping(organisation) = 0 THEN 'organisation' WHEN grouping(phase) = 0 THEN 'phase'
	WHEN grouping(year) = 0 THEN 'year' WHEN grouping(lang) = 0 THEN 'lang' ELSE 'total' END,
	coalesce(kind, organisation, phase, year::text, lang, ''), count(*), '', ''
	FROM m GROUP BY GROUPING SETS ((kind), (organisation), (phase), (year), (lang), ())
UNION ALL
SELECT 'theme', u.theme, count(*), '', '' FROM m, unnest(m.theme) u(theme) GROUP BY u.theme`

// pgFacets is the page without readers and headlines.
const pgFacets = `
WITH q AS (SELECT %[1]s AS q),
m AS MATERIALIZED (
	SELECT d.id, d.kind, d.organisation, d.theme, d.phase, d.year, d.lang, %[2]s AS rank
	FROM docs d, q WHERE d.tsv @@ q.q),
top AS (SELECT id, rank FROM m ORDER BY rank DESC, id LIMIT 10)
(SELECT 'hit' AS what, id::text AS value, rank::float8 AS n, '' AS title, '' AS body FROM top ORDER BY rank DESC, id)
UNION ALL
SELECT CASE WHEN grouping(kind) = 0 THEN 'kind' WHEN grouping(organisation) = 0 THEN 'organisation' WHEN grouping(phase) = 0 THEN 'phase'
	WHEN grouping(year) = 0 THEN 'year' WHEN grouping(lang) = 0 THEN 'lang' ELSE 'total' END,
	coalesce(kind, organisation, phase, year::text, lang, ''), count(*), '', ''
	FROM m GROUP BY GROUPING SETS ((kind), (organisation), (phase), (year), (lang), ())
UNION ALL
SELECT 'theme', u.theme, count(*), '', '' FROM m, unnest(m.theme) u(theme) GROUP BY u.theme`

// pgList is a page of hits with their total, in the order of an expression. The
// matches are found first: left to itself the planner takes an index in the
// order of time and looks at every row.
const pgList = `
WITH q AS (SELECT %s AS q),
m AS MATERIALIZED (SELECT d.id, %s AS place FROM docs d, q WHERE d.tsv @@ q.q)
SELECT id, (SELECT count(*) FROM m) FROM m ORDER BY place DESC, id LIMIT 10`

const pgSuggest = `SELECT id, 0::bigint FROM docs WHERE to_tsvector('simple', title) @@ to_tsquery('simple', $1) AND reader && $2 LIMIT 8`

func (e *postgresEngine) run(ctx context.Context, t task, q question) (answer, error) {
	switch t {
	case taskRanked:
		return e.list(ctx, fmt.Sprintf(pgList, e.rank.query, e.rank.order), q.Text)
	case taskNewest:
		return e.list(ctx, fmt.Sprintf(pgList, e.rank.query, "d.listed"), q.Text)
	case taskSuggest:
		return e.list(ctx, pgSuggest, "'"+strings.ReplaceAll(q.Begin, "'", "''")+"':*", readerTokens)
	case taskFacets:
		return e.counted(ctx, fmt.Sprintf(pgFacets, e.rank.query, e.rank.order), q.Text)
	case taskPage:
		return e.counted(ctx, fmt.Sprintf(pgPage, e.rank.query, e.rank.order, " AND d.reader && $2"), q.Text, readerTokens)
	}
	return answer{}, errNoTask
}

func (e *postgresEngine) list(ctx context.Context, sql string, args ...any) (answer, error) {
	rows, err := e.pool.Query(ctx, sql, args...)
	if err != nil {
		return answer{}, err
	}
	var a answer
	var id, total int64
	_, err = pgx.ForEachRow(rows, []any{&id, &total}, func() error {
		a.IDs, a.Total = append(a.IDs, fmt.Sprint(id)), int(total)
		return nil
	})
	return a, err
}

func (e *postgresEngine) counted(ctx context.Context, sql string, args ...any) (answer, error) {
	rows, err := e.pool.Query(ctx, sql, args...)
	if err != nil {
		return answer{}, err
	}
	var a answer
	var what, value, title, body string
	var n float64
	_, err = pgx.ForEachRow(rows, []any{&what, &value, &n, &title, &body}, func() error {
		switch what {
		case "hit":
			a.IDs = append(a.IDs, value)
			if strings.Contains(body, "<b>") {
				a.Marked++
			}
		case "total":
			a.Total = int(n)
		default:
			a.Facets++
		}
		return nil
	})
	return a, err
}

func (e *postgresEngine) ranking(ctx context.Context, q question) ([]string, error) {
	return e.rankingBy(ctx, q, e.rank)
}

func (e *postgresEngine) rankingBy(ctx context.Context, q question, by pgRank) ([]string, error) {
	rows, err := e.pool.Query(ctx, fmt.Sprintf(`SELECT d.ext FROM docs d, (SELECT %s AS q) q WHERE d.tsv @@ q.q ORDER BY %s DESC, d.id LIMIT 10`, by.query, by.order), q.Text)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// post inserts a row and commits.
func (e *postgresEngine) post(ctx context.Context, d document) (func(context.Context) (bool, error), error) {
	const insert = `INSERT INTO docs (id, ext, title, body, reader, kind, organisation, theme, phase, year, lang, listed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	if _, err := e.pool.Exec(ctx, insert, pgRow(d)...); err != nil {
		return nil, err
	}
	return func(ctx context.Context) (bool, error) {
		a, err := e.run(ctx, taskRanked, question{Text: d.Title})
		return err == nil && len(a.IDs) > 0 && a.IDs[0] == fmt.Sprint(d.Number), err
	}, nil
}

func (e *postgresEngine) size(ctx context.Context) (index, all int64, err error) {
	err = e.pool.QueryRow(ctx, "SELECT pg_indexes_size('docs'), pg_total_relation_size('docs')").Scan(&index, &all)
	return index, all, err
}

func (e *postgresEngine) close() error {
	e.pool.Close()
	return nil
}
