package audit

import (
	_ "embed"
	"errors"
	"strconv"

	"cleanbase/internal/contact"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed schema.sql
var schema1 string

//go:embed schema2.sql
var schema2 string

//go:embed schema3.sql
var schema3 string

//go:embed schema4.sql
var schema4 string

// migrations is the append-only list of scripts that make a database; the
// number of those done is its user_version.
func migrations() []string { return []string{schema1, schema2, schema3, schema4} }

// migrate brings the database up to date. Whatever was seen before is looked at
// again inside the transaction, since another process may have been faster.
func (d *DB) migrate(scripts []string) error {
	if done, err := d.version(len(scripts)); err != nil || done == len(scripts) {
		return err
	}
	return d.tx(func() error {
		done, err := d.version(len(scripts))
		if err != nil {
			return err
		}
		for _, script := range scripts[done:] {
			if err := d.exec(script); err != nil {
				return d.misnumbered(err)
			}
		}
		if err := d.exec("PRAGMA application_id = " + strconv.Itoa(applicationID)); err != nil {
			return err
		}
		return d.exec("PRAGMA user_version = " + strconv.Itoa(len(scripts)))
	})
}

// version is how many migrations were done. A database that is not ours, or
// knows more migrations than this program, is a fault.
func (d *DB) version(known int) (int, error) {
	var app, version, tables int
	_, err := d.one(`SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id AS a, pragma_user_version AS v`, nil, &app, &version, &tables)
	switch {
	case err != nil:
		return 0, err
	case app != applicationID && (app != 0 || version != 0 || tables != 0):
		return 0, d.foreign()
	case version < 0 || version == 0 && tables != 0:
		return 0, d.misnumbered(nil)
	case version > known:
		return 0, d.newFault(nil, contact.T("the audit database was made by a newer version of cleanbase", "база аудита создана более новой версией cleanbase"),
			contact.T("update cleanbase", "обновите cleanbase"))
	}
	return version, nil
}

// misnumbered is a database whose user_version is not that of its tables; another
// error, of the disk or a lock, stays what it is.
func (d *DB) misnumbered(err error) error {
	var known *sqlite.Error
	if err != nil && (!errors.As(err, &known) || known.Code()&0xff != sqlite3.SQLITE_ERROR) {
		return err
	}
	return d.newFault(err, contact.T("the tables of the audit database are not those of its version number", "таблицы базы аудита не соответствуют номеру её версии"),
		contact.T("the record was changed behind our back: restore it from a backup", "запись изменили в обход программы: восстановите её из резервной копии"))
}
