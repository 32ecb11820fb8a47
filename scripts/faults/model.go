//go:build linux

package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// node is a file, folder or link of the modelled disk: as the program sees it,
// and as it would be found after the power came back.
type node struct {
	link          string
	data, lasting []byte
	names, named  map[string]*node // of a folder; nil for others
}

func newFolder() *node { return &node{names: map[string]*node{}, named: map[string]*node{}} }

// disk is a file system that forgets what was not synced: a file's bytes last
// after fsync of the file, names after fsync of their folder.
type disk struct {
	root   *node
	prefix string // the real path of root
	open   map[int]*opened
}

type opened struct {
	*node
	at int64
}

func newDisk(prefix string) *disk {
	return &disk{root: newFolder(), prefix: prefix, open: map[int]*opened{}}
}

// load takes over what is on the real disk, as lasting.
func (d *disk) load() error {
	return filepath.WalkDir(d.prefix, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == d.prefix {
			return err
		}
		n := &node{}
		switch {
		case e.IsDir():
			n = newFolder()
		case e.Type() == fs.ModeSymlink:
			n.link, err = os.Readlink(path)
		default:
			n.data, err = os.ReadFile(path)
			n.lasting = n.data
		}
		dir, name := d.find(path)
		dir.names[name], dir.named[name] = n, n
		return err
	})
}

// find gives the folder that a path's last name is in; nil when it is none of
// ours.
func (d *disk) find(path string) (dir *node, name string) {
	rest, ours := strings.CutPrefix(filepath.Clean(path), d.prefix+"/")
	if !ours {
		return nil, ""
	}
	dir = d.root
	parts := strings.Split(rest, "/")
	for _, p := range parts[:len(parts)-1] {
		if dir = dir.names[p]; dir == nil || dir.names == nil {
			return nil, ""
		}
	}
	return dir, parts[len(parts)-1]
}

// apply does one call; it is an error when the model does not know it.
func (d *disk) apply(c call) error {
	if slices.Contains(strangers, c.name) {
		return fmt.Errorf("the model of a disk does not know %s", c.name)
	}
	if len(c.args) == 0 {
		return nil
	}
	switch c.name {
	case "openat":
		d.opened(at(c.args[0], c.args[1]), c.args[2], c.ret)
	case "open":
		d.opened(at("", c.args[0]), c.args[1], c.ret)
	case "mkdirat":
		d.put(at(c.args[0], c.args[1]), newFolder())
	case "mkdir":
		d.put(c.args[0], newFolder())
	case "symlinkat":
		d.put(at(c.args[1], c.args[2]), &node{link: c.args[0]})
	case "unlink", "rmdir":
		d.put(c.args[0], nil)
	case "unlinkat":
		d.put(at(c.args[0], c.args[1]), nil)
	case "rename":
		d.move(c.args[0], c.args[1])
	case "renameat":
		d.move(at(c.args[0], c.args[1]), at(c.args[2], c.args[3]))
	default:
		d.byNumber(c)
	}
	return nil
}

// byNumber does a call on an open file.
func (d *disk) byNumber(c call) {
	f := d.open[number(c.args[0])]
	if f == nil {
		return
	}
	n, _ := strconv.ParseInt(c.ret, 10, 64)
	switch c.name {
	case "close":
		delete(d.open, number(c.args[0]))
	case "lseek":
		f.at = n
	case "write":
		f.write([]byte(c.args[1])[:n], f.at)
		f.at += n
	case "pwrite64":
		to, _ := strconv.ParseInt(c.args[3], 10, 64)
		f.write([]byte(c.args[1])[:n], to)
	case "ftruncate":
		size, _ := strconv.ParseInt(c.args[1], 10, 64)
		f.data = append(slices.Clone(f.data[:min(size, int64(len(f.data)))]), make([]byte, max(0, size-int64(len(f.data))))...)
	case "fsync", "fdatasync":
		f.lasting = f.data
		f.named = maps.Clone(f.names)
	}
}

// write puts p in a copy of the data: states that were noted share the old.
func (f *opened) write(p []byte, at int64) {
	end := at + int64(len(p))
	data := slices.Clone(f.data)
	if grow := end - int64(len(data)); grow > 0 {
		data = append(data, make([]byte, grow)...)
	}
	copy(data[at:end], p)
	f.data = data
}

func (d *disk) opened(path, flags, ret string) {
	delete(d.open, number(ret))
	if filepath.Clean(path) == d.prefix {
		d.open[number(ret)] = &opened{node: d.root}
		return
	}
	dir, name := d.find(path)
	if dir == nil {
		return
	}
	n := dir.names[name]
	if n == nil {
		if !strings.Contains(flags, "O_CREAT") {
			return
		}
		n = &node{}
		dir.names[name] = n
	}
	if strings.Contains(flags, "O_TRUNC") {
		n.data = nil
	}
	d.open[number(ret)] = &opened{node: n}
}

func (d *disk) put(path string, n *node) {
	dir, name := d.find(path)
	switch {
	case dir == nil:
	case n == nil:
		delete(dir.names, name)
	default:
		dir.names[name] = n
	}
}

func (d *disk) move(from, to string) {
	dir, name := d.find(from)
	if dir == nil {
		return
	}
	n := dir.names[name]
	delete(dir.names, name)
	d.put(to, n)
}

// loss says what a power loss takes away. What was synced is always there;
// the rest may be there or not.
type loss struct{ names, bytes bool }

var losses = []loss{{names: true, bytes: true}, {bytes: true}, {names: true}}

// remnant is one thing found: "folder", "link" or "file", and what it holds.
type remnant struct {
	kind string
	data []byte
}

// remains lists what would be found after the power came back, by path below
// the root.
func (d *disk) remains(l loss) map[string]remnant {
	all := map[string]remnant{}
	d.walk(d.root, "", l, all)
	return all
}

func (d *disk) walk(dir *node, path string, l loss, all map[string]remnant) {
	names := dir.names
	if l.names {
		names = dir.named
	}
	for name, n := range names {
		p := path + "/" + name
		switch {
		case n.names != nil:
			all[p] = remnant{kind: "folder"}
			d.walk(n, p, l, all)
		case n.link != "":
			all[p] = remnant{"link", []byte(n.link)}
		case l.bytes:
			all[p] = remnant{"file", n.lasting}
		default:
			all[p] = remnant{"file", n.data}
		}
	}
}

// hashOf tells states apart.
func hashOf(state map[string]remnant) [32]byte {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(state)) {
		r := state[path]
		fmt.Fprintf(h, "%d %s %s %d ", len(path), path, r.kind, len(r.data))
		h.Write(r.data)
	}
	return [32]byte(h.Sum(nil))
}

// restore writes a state into a real folder.
func restore(state map[string]remnant, dir string) error {
	for _, path := range slices.Sorted(maps.Keys(state)) { // folders come before what is in them
		r := state[path]
		var err error
		switch r.kind {
		case "folder":
			err = os.Mkdir(dir+path, 0o700)
		case "link":
			err = os.Symlink(string(r.data), dir+path)
		default:
			err = os.WriteFile(dir+path, r.data, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
