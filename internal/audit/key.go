package audit

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/note"
)

// The key file, beside the database and named like it with ".key" added, holds
// two lines: "sign " and the Ed25519 key in note's form, and "hmac " and 32 bytes
// in base64, with which forgotten identifiers are recognised. A rotated key is one
// more "hmac " line: the last is for new hashes, all are for recognising.
const signPrefix, hmacPrefix = "sign ", "hmac "

// loadKey reads the key file, making it for a database that has none yet. A
// database whose key file is gone can be read but not written.
func (d *DB) loadKey() error {
	var unused bool
	if _, err := d.one("SELECT NOT EXISTS (SELECT 1 FROM meta WHERE name = 'verifier') AND NOT EXISTS (SELECT 1 FROM run)", nil, &unused); err != nil {
		return err
	}
	if unused {
		if err := d.tx(d.makeKey); err != nil {
			return err
		}
	}
	if err := d.nameKey(); err != nil || d.sign != nil {
		return err
	}
	return d.useKey()
}

// nameKey gives the new key file its name, now that the database knows the key.
func (d *DB) nameKey() error {
	if d.dry {
		return nil
	}
	if _, err := os.Lstat(d.keyPath()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(d.newKeyPath(), d.keyPath()); errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was left to do, or another process was faster
	} else if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return syncDir(filepath.Dir(d.path))
}

// useKey takes the key from its file, if it is there, and checks that it is
// this database's.
func (d *DB) useKey() error {
	text, err := d.readKey()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(text)
	if err != nil {
		return d.damagedKey()
	}
	verifier, err := d.PublicKey()
	if err != nil {
		return err
	}
	known, err := note.NewVerifier(verifier)
	if err != nil || known.Name() != signer.Name() || known.KeyHash() != signer.KeyHash() {
		return d.keyFault(contact.T("the key file belongs to another audit database", "файл ключа от другой базы аудита"))
	}
	d.sign = signer
	return nil
}

// makeKey makes the keys of a new database, unless another process was faster.
// They go to a file of another name first, which is taken up when the database is
// on the disk: so a key file under its own name says that there was a database, and
// that its refusals would be lost if a new one took its place.
func (d *DB) makeKey() error {
	if verifier, err := d.PublicKey(); err != nil || verifier != "" {
		return err
	}
	if _, err := os.Lstat(d.keyPath()); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, d.lostDatabase())
	}
	sign, err := d.writeKey()
	if err != nil {
		return err
	}
	if d.sign, err = note.NewSigner(sign); err != nil {
		return d.damagedKey()
	}
	verifier, err := verifierOf(sign)
	if err != nil {
		return err
	}
	return d.exec("INSERT INTO meta VALUES ('verifier', ?)", verifier)
}

func (d *DB) lostDatabase() error {
	return d.newFault(nil, contact.T("the audit database is gone or empty, but its key file is there: the refusals that it remembers would be lost", "базы аудита нет или она пуста, а её файл ключа на месте: запомненные отказы были бы потеряны"),
		contact.T("restore the database from a backup; to begin a new one all the same, move the file with .key at its end away", "восстановите базу из резервной копии; чтобы всё же начать новую, уберите файл с окончанием .key"))
}

func (d *DB) damagedKey() error {
	return d.keyFault(contact.T("the key file of the audit database is damaged", "файл ключа базы аудита повреждён"))
}

// writeKey makes new keys; in a dry run they are nowhere but in memory.
func (d *DB) writeKey() (sign string, err error) {
	var id [4]byte
	var hmac [32]byte
	rand.Read(id[:])
	rand.Read(hmac[:])
	sign, _, err = note.GenerateKey(rand.Reader, "cleanbase-audit-"+hex.EncodeToString(id[:]))
	if err != nil || d.dry {
		return sign, err
	}
	text := signPrefix + sign + "\n" + hmacPrefix + base64.StdEncoding.EncodeToString(hmac[:]) + "\n"
	return sign, writePrivate(d.newKeyPath(), []byte(text))
}

// verifierOf is the public half of a signing key: name and hash are in its
// text, and an Ed25519 key's seed gives the public key.
func verifierOf(sign string) (string, error) {
	parts := strings.SplitN(sign, "+", 5) // PRIVATE+KEY+name+hash+key
	key, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil {
		return "", fmt.Errorf("audit: signing key: %w", err)
	}
	public := ed25519.NewKeyFromSeed(key[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(parts[2], public)
}

func (d *DB) keyPath() string    { return d.path + ".key" }
func (d *DB) newKeyPath() string { return d.path + ".key.new" }

// readKey returns the signing key.
func (d *DB) readKey() (string, error) {
	lines, err := d.keyLines(signPrefix)
	if err != nil {
		return "", err
	}
	if len(lines) == 0 {
		return "", d.damagedKey()
	}
	return lines[0], nil
}

// keyLines returns the lines of the key file that begin so, without that.
func (d *DB) keyLines(prefix string) ([]string, error) {
	info, err := os.Stat(d.keyPath())
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" { // where the mode tells only who may write
		return nil, d.keyFault(contact.T("others may read the key file of the audit database", "файл ключа базы аудита открыт для чтения другим"))
	}
	text, err := os.ReadFile(d.keyPath())
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	var lines []string
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte(prefix)); ok {
			lines = append(lines, string(rest))
		}
	}
	return lines, nil
}

func (d *DB) keyFault(what contact.Text) error {
	return &contact.Fault{File: d.keyPath(), What: what,
		Do: contact.T("restore the file from a backup and give it mode 0600", "восстановите файл из резервной копии и дайте ему права 0600")}
}

// PublicKey is the verifier key of the checkpoints, in the form of
// golang.org/x/mod/sumdb/note.
func (d *DB) PublicKey() (string, error) {
	var verifier string
	_, err := d.one("SELECT value FROM meta WHERE name = 'verifier'", nil, &verifier)
	return verifier, err
}
