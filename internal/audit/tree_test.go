package audit

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// The stored tree is what tlog makes of the same leaves, run after run.
func TestRootEqualsTlog(t *testing.T) {
	for _, n := range []int{1, 2, 255, 256, 257, 1000, 4096, 5001} {
		var records [][]byte
		mine := &tree{}
		for i := range n {
			r := factRecord(sha256.Sum256([]byte(fmt.Sprint(i))))
			salt := saltSeed{byte(i)}
			records = append(records, append(append([]byte{}, salt[:]...), r.data[:r.n]...))
			mine.add(leafHash(salt, &r))
			if i == n/2 { // go on from what is stored
				again, ok := growFrom(mine.size, mine.frontier())
				if !ok {
					t.Fatal("frontier")
				}
				again.nodes, mine = mine.nodes, again
			}
		}
		var stored []tlog.Hash
		read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			var out []tlog.Hash
			for _, i := range at {
				out = append(out, stored[i])
			}
			return out, nil
		})
		for i, data := range records {
			more, err := tlog.StoredHashes(int64(i), data, read)
			if err != nil {
				t.Fatal(err)
			}
			stored = append(stored, more...)
		}
		want, err := tlog.TreeHash(int64(n), read)
		if err != nil || want != mine.root() {
			t.Errorf("%d leaves: root %v, want %v, %v", n, mine.root(), want, err)
		}
		for _, nd := range mine.nodes {
			if stored[tlog.StoredHashIndex(nd.level, nd.idx)] != nd.hash {
				t.Errorf("%d leaves: node %d/%d", n, nd.level, nd.idx)
			}
		}
		if len(mine.nodes) < n/256 {
			t.Errorf("%d leaves: %d nodes", n, len(mine.nodes))
		}
	}
	empty, err := tlog.TreeHash(0, nil)
	if err != nil || (&tree{}).root() != empty {
		t.Error("the empty tree", err)
	}
}

// A salt is the same however it is reached, and no two are alike.
func TestSalts(t *testing.T) {
	root := saltRoot([32]byte{1}, 7)
	walk := &salter{[]saltNode{root}}
	seen := map[saltSeed]bool{}
	for i := range int64(1000) {
		n := root
		for n.level > 0 {
			left, right := n.children()
			if n = left; i>>n.level&1 == 1 {
				n = right
			}
		}
		got := walk.next()
		if got != n.seed || seen[got] || n.idx != i {
			t.Fatalf("salt %d", i)
		}
		seen[got] = true
	}
}
