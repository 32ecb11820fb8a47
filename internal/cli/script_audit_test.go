package cli_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// auditCommands are what the scripts audit-*.txtar need besides.
func auditCommands(all map[string]func(*testscript.TestScript, bool, []string)) map[string]func(*testscript.TestScript, bool, []string) {
	all["publickey"], all["runid"], all["replace"], all["lacks"], all["wavefile"] = publicKey, runID, replace, lacks, waveFile
	return all
}

// publickey FROM.json TO: the public key that verify --json shows.
func publicKey(ts *testscript.TestScript, neg bool, args []string) {
	var said struct {
		Key string `json:"public_key"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &said))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(said.Key+"\n"), 0o600))
}

// runid FROM.json [N]: RUN is the newest run (or the N-th) that history --json shows.
func runID(ts *testscript.TestScript, neg bool, args []string) {
	var runs []struct {
		ID string `json:"run_id"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &runs))
	name, at := "RUN", 0 // RUN, or RUN0, RUN1, …
	if len(args) > 1 {
		at, _ = strconv.Atoi(args[1])
		name += args[1]
	}
	ts.Setenv(name, runs[at].ID)
}

// wavefile NAME FROM.json: NAME is the file that plan --json handed out.
func waveFile(ts *testscript.TestScript, neg bool, args []string) {
	var said struct {
		HandedOut struct {
			File string `json:"file"`
		} `json:"handed_out"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &said))
	if said.HandedOut.File == "" {
		ts.Fatalf("%s hands out nothing", args[1])
	}
	ts.Setenv(args[0], said.HandedOut.File)
}

// replace OLD NEW FILE.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[2])
	changed := strings.ReplaceAll(text, args[0], args[1])
	if changed == text {
		ts.Fatalf("%s does not hold %s", args[2], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(changed), 0o600))
}

// lacks FILE TEXT...: no byte of the file holds the texts, nor their numbers.
func lacks(ts *testscript.TestScript, neg bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, text := range args[1:] {
		forms := [][]byte{[]byte(text)}
		if n, err := strconv.ParseUint(text, 10, 64); err == nil {
			var b [8]byte
			binary.BigEndian.PutUint64(b[:], n)
			forms = append(forms, bytes.TrimLeft(b[:], "\x00"), binary.AppendUvarint(nil, n))
		}
		for _, form := range forms {
			if bytes.Contains(data, form) {
				ts.Fatalf("%s holds %s as %x", args[0], text, form)
			}
		}
	}
}
