// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	_ "modernc.org/sqlite"
)

// sqliteEngine is FTS5 of SQLite: words as they stand, without accents, any of
// them, bm25 with a title that weighs three times.
type sqliteEngine struct {
	db   *sql.DB
	file string
}

const sqliteSchema = `
CREATE TABLE IF NOT EXISTS docs (
	id INTEGER PRIMARY KEY, ext TEXT NOT NULL, kind TEXT NOT NULL, organisation TEXT NOT NULL, phase TEXT NOT NULL, year INTEGER NOT NULL,
	lang TEXT NOT NULL, listed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reader (doc INTEGER NOT NULL, token TEXT NOT NULL, PRIMARY KEY (doc, token)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS theme (doc INTEGER NOT NULL, theme TEXT NOT NULL, PRIMARY KEY (doc, theme)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS fts USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '3 4');`

func openSQLite(ctx context.Context, dir string) (*sqliteEngine, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "docs.sqlite")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-262144)&_pragma=busy_timeout(10000)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(6)
	if _, err := db.ExecContext(ctx, sqliteSchema); err != nil {
		_ = db.Close() // the first error says more
		return nil, err
	}
	return &sqliteEngine{db, file}, nil
}

func (e *sqliteEngine) build(ctx context.Context, set dataset, done func(int)) error {
	if err := texts(set, 500, func(batch []document) error { return e.insert(ctx, batch...) }, done); err != nil {
		return err
	}
	return e.tidy(ctx)
}

func (e *sqliteEngine) tidy(ctx context.Context) error {
	_, err := e.db.ExecContext(ctx, "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

func (e *sqliteEngine) insert(ctx context.Context, batch ...document) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing is left to roll back after a commit
	for _, d := range batch {
		if _, err := tx.ExecContext(ctx, "INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", d.Number, d.ID, string(d.Kind),
			string(everyGroup[d.Group].Organisation.ID), string(d.Phase), d.Year, string(d.Lang), d.Listed.Unix()); err != nil {
			return err
		}
		for _, token := range d.tokens() {
			if _, err := tx.ExecContext(ctx, "INSERT INTO reader VALUES (?, ?)", d.Number, token); err != nil {
				return err
			}
		}
		for _, t := range d.Themes {
			if _, err := tx.ExecContext(ctx, "INSERT INTO theme VALUES (?, ?)", d.Number, string(t)); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO fts (rowid, title, body) VALUES (?, ?, ?)", d.Number, d.Title, d.Body); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (e *sqliteEngine) rewrite(ctx context.Context, set dataset, done func(int)) error {
	err := texts(set, 500, func(batch []document) error {
		tx, err := e.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		for _, d := range batch {
			if _, err := tx.ExecContext(ctx, "UPDATE fts SET title = ?, body = ? WHERE rowid = ?", d.Title, d.Body, d.Number); err != nil {
				return err
			}
		}
		return tx.Commit()
	}, done)
	if err != nil {
		return err
	}
	return e.tidy(ctx)
}

const (
	sqliteReader  = ` AND EXISTS (SELECT 1 FROM reader r WHERE r.doc = fts.rowid AND r.token IN (%s))`
	sqliteMatches = `WITH m AS MATERIALIZED (
	SELECT fts.rowid AS id, bm25(fts, 3.0, 1.0) AS rank, d.kind, d.organisation, d.phase, d.year, d.lang
	FROM fts CROSS JOIN docs d ON d.id = fts.rowid WHERE fts MATCH ?%s)
SELECT * FROM (SELECT 'hit', CAST(id AS TEXT), 0 FROM m ORDER BY rank LIMIT 10)
UNION ALL SELECT 'total', '', count(*) FROM m
UNION ALL SELECT 'kind', kind, count(*) FROM m GROUP BY kind
UNION ALL SELECT 'organisation', organisation, count(*) FROM m GROUP BY organisation
UNION ALL SELECT 'phase', phase, count(*) FROM m GROUP BY phase
UNION ALL SELECT 'year', year, count(*) FROM m GROUP BY year
UNION ALL SELECT 'lang', lang, count(*) FROM m GROUP BY lang
UNION ALL SELECT 'theme', t.theme, count(*) FROM m CROSS JOIN theme t ON t.doc = m.id GROUP BY t.theme`
	sqliteRanked = `WITH m AS MATERIALIZED (SELECT rowid AS id, bm25(fts, 3.0, 1.0) AS rank FROM fts WHERE fts MATCH ?)
SELECT id, (SELECT count(*) FROM m) FROM m ORDER BY rank LIMIT 10`
	sqliteNewest = `WITH m AS MATERIALIZED (SELECT d.id, d.listed FROM fts CROSS JOIN docs d ON d.id = fts.rowid WHERE fts MATCH ?)
SELECT id, (SELECT count(*) FROM m) FROM m ORDER BY listed DESC, id LIMIT 10`
	sqliteSuggest = `SELECT rowid, 0 FROM fts WHERE fts MATCH ?%s LIMIT 8`
	sqliteMarks   = `SELECT highlight(fts, 0, '<b>', '</b>'), snippet(fts, 1, '<b>', '</b>', '', 30) FROM fts WHERE fts MATCH ? AND rowid IN (%s)`
)

func (e *sqliteEngine) run(ctx context.Context, t task, q question) (answer, error) {
	match := sqliteAny(q.Text)
	args := []any{match}
	var filter []string
	for _, token := range readerTokens {
		filter, args = append(filter, "?"), append(args, token)
	}
	may := fmt.Sprintf(sqliteReader, strings.Join(filter, ", "))
	switch t {
	case taskRanked:
		return e.list(ctx, sqliteRanked, match)
	case taskNewest:
		return e.list(ctx, sqliteNewest, match)
	case taskSuggest:
		args[0] = `title : "` + strings.ReplaceAll(q.Begin, `"`, `""`) + `" *`
		return e.list(ctx, fmt.Sprintf(sqliteSuggest, may), args...)
	case taskFacets:
		return e.counted(ctx, fmt.Sprintf(sqliteMatches, ""), match)
	case taskPage:
		a, err := e.counted(ctx, fmt.Sprintf(sqliteMatches, may), args...)
		if err != nil || len(a.IDs) == 0 {
			return a, err
		}
		a.Marked, err = e.marks(ctx, match, a.IDs)
		return a, err
	}
	return answer{}, errNoTask
}

// sqliteAny asks for any of the words.
func sqliteAny(text string) string {
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		words = append(words, `"`+w+`"`)
	}
	return strings.Join(words, " OR ")
}

func (e *sqliteEngine) list(ctx context.Context, query string, args ...any) (answer, error) {
	var a answer
	err := e.each(ctx, query, args, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id, &a.Total); err != nil {
			return err
		}
		a.IDs = append(a.IDs, id)
		return nil
	})
	return a, err
}

func (e *sqliteEngine) counted(ctx context.Context, query string, args ...any) (answer, error) {
	var a answer
	err := e.each(ctx, query, args, func(rows *sql.Rows) error {
		var what, value string
		var n int
		if err := rows.Scan(&what, &value, &n); err != nil {
			return err
		}
		switch what {
		case "hit":
			a.IDs = append(a.IDs, value)
		case "total":
			a.Total = n
		default:
			a.Facets++
		}
		return nil
	})
	return a, err
}

func (e *sqliteEngine) marks(ctx context.Context, match string, ids []string) (marked int, err error) {
	args := []any{match}
	for _, id := range ids {
		args = append(args, id)
	}
	places := strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ")
	err = e.each(ctx, fmt.Sprintf(sqliteMarks, places), args, func(rows *sql.Rows) error {
		var title, body string
		if err := rows.Scan(&title, &body); err != nil {
			return err
		}
		if strings.Contains(body, "<b>") {
			marked++
		}
		return nil
	})
	return marked, err
}

func (e *sqliteEngine) each(ctx context.Context, query string, args []any, use func(*sql.Rows) error) error {
	rows, err := e.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := use(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (e *sqliteEngine) ranking(ctx context.Context, q question) ([]string, error) {
	var ids []string
	err := e.each(ctx, `SELECT docs.ext FROM fts JOIN docs ON docs.id = fts.rowid WHERE fts MATCH ? ORDER BY bm25(fts, 3.0, 1.0) LIMIT 10`, []any{sqliteAny(q.Text)}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// post inserts a text and commits.
func (e *sqliteEngine) post(ctx context.Context, d document) (func(context.Context) (bool, error), error) {
	if err := e.insert(ctx, d); err != nil {
		return nil, err
	}
	return func(ctx context.Context) (bool, error) {
		a, err := e.run(ctx, taskRanked, question{Text: d.Title})
		return err == nil && len(a.IDs) > 0 && a.IDs[0] == fmt.Sprint(d.Number), err
	}, nil
}

// size counts the whole file as the index: FTS5 keeps the texts inside.
func (e *sqliteEngine) size(context.Context) (index, all int64, err error) {
	all, err = roomOf(filepath.Dir(e.file))
	return all, all, err
}

func (e *sqliteEngine) close() error { return e.db.Close() }
