//go:build browser

package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// tab is one page of a browser, spoken to by the DevTools protocol over a pipe:
// no port is open and no library is needed.
type tab struct {
	t, all  testing.TB // who is told of faults: the test at hand, the whole
	to      *os.File
	from    *bufio.Reader
	session string
	last    int
	loaded  bool
	heard   []string // what the page said or asked for, of itself
	address string   // the only thing that it may ask for
}

// chromium is the browser's command, which must be there: a check that quietly
// did not happen is worse than none.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium here, so no page was checked: scripts/packages.sh installs it on Debian")
	return ""
}

// open starts a browser with a profile of its own and one empty page. Any name
// that it would look up is not found.
func open(t testing.TB) *tab {
	t.Helper()
	cmd := exec.Command(chromium(t), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "about:blank")
	in, to, err := os.Pipe()
	check(t, err)
	from, out, err := os.Pipe()
	check(t, err)
	cmd.ExtraFiles = []*os.File{in, out} // its descriptors 3 and 4
	check(t, cmd.Start())
	check(t, in.Close())
	check(t, out.Close())
	check(t, from.SetReadDeadline(time.Now().Add(10*time.Minute)))
	b := &tab{t: t, all: t, to: to, from: bufio.NewReaderSize(from, 1<<20)}
	t.Cleanup(func() {
		b.session = ""
		b.ask("Browser.close", nil)
		_ = cmd.Wait()
	})
	var target struct{ TargetID, SessionID string }
	b.into(&target, "Target.createTarget", map[string]any{"url": "about:blank"})
	b.into(&target, "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true})
	b.session = target.SessionID
	for _, domain := range []string{"Page", "Network", "Log", "Runtime", "Accessibility"} {
		b.ask(domain+".enable", nil)
	}
	return b
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type message struct {
	ID     int
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  json.RawMessage
}

// ask sends a command and waits for its answer; what else comes is kept.
func (b *tab) ask(method string, params map[string]any) json.RawMessage {
	b.t.Helper()
	b.last++
	command := map[string]any{"id": b.last, "method": method}
	if params != nil {
		command["params"] = params
	}
	if b.session != "" {
		command["sessionId"] = b.session
	}
	data, err := json.Marshal(command)
	check(b.t, err)
	_, err = b.to.Write(append(data, 0))
	check(b.t, err)
	for {
		m := b.next()
		if m.ID != b.last {
			b.hear(m)
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error)
		}
		return m.Result
	}
}

func (b *tab) next() message {
	b.t.Helper()
	data, err := b.from.ReadBytes(0)
	check(b.t, err)
	var m message
	check(b.t, json.Unmarshal(data[:len(data)-1], &m))
	return m
}

func (b *tab) into(to any, method string, params map[string]any) {
	b.t.Helper()
	check(b.t, json.Unmarshal(b.ask(method, params), to))
}

// hear notes what a page must not do: speak on the console, or ask for
// anything but itself.
func (b *tab) hear(m message) {
	switch m.Method {
	case "Page.loadEventFired":
		b.loaded = true
	case "Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown":
		b.heard = append(b.heard, fmt.Sprintf("the console says: %.300s", m.Params))
	case "Network.requestWillBeSent":
		var p struct{ Request struct{ URL string } }
		check(b.t, json.Unmarshal(m.Params, &p))
		if p.Request.URL != b.address {
			b.heard = append(b.heard, fmt.Sprintf("the page asks for %.200s", p.Request.URL))
		}
	}
}

// load opens an address and waits until all of it is there.
func (b *tab) load(address string) {
	b.t.Helper()
	b.address, b.loaded, b.heard = address, false, nil
	b.ask("Page.navigate", map[string]any{"url": address})
	for !b.loaded {
		b.hear(b.next())
	}
}

// screen sets how wide the window is, and the colours or paper that the reader
// asks for.
func (b *tab) screen(width int, scheme, media string) {
	b.t.Helper()
	b.ask("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false})
	b.ask("Emulation.setEmulatedMedia", map[string]any{"media": media, "features": []any{map[string]string{"name": "prefers-color-scheme", "value": scheme}}})
}

// eval is the value of a script's last expression. The page's policy forbids
// it scripts; the debugger may all the same.
func (b *tab) eval(to any, script string) {
	b.t.Helper()
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	b.into(&r, "Runtime.evaluate", map[string]any{"expression": script, "returnByValue": true, "awaitPromise": true})
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%.80s: %s", strings.TrimSpace(script), r.ExceptionDetails)
	}
	check(b.t, json.Unmarshal(r.Result.Value, to))
}

// press is one key going down and up.
func (b *tab) press(key string) {
	b.t.Helper()
	for _, kind := range []string{"rawKeyDown", "keyUp"} {
		b.ask("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": 9})
	}
}
