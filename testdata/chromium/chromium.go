// Package chromium drives a headless Chromium for tests, with a profile of its own.
//
// It speaks the DevTools protocol over the debugging pipe: JSON texts that end in a NUL,
// to file 3 and from file 4 of the process
// (https://chromedevtools.github.io/devtools-protocol/).
package chromium

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// Patience is how long a page may take to load, and half of what an answer may take.
const Patience = 60 * time.Second

// A Browser is a running Chromium with one page.
type Browser struct {
	cmd     *exec.Cmd
	profile string
	to      *os.File

	mu      sync.Mutex
	last    int
	waiting map[int]chan message
	asked   []string
	ids     map[string]string // addresses of requests, by the request's id
	session string
}

// message is what Chromium sends: the answer to a call, or an event.
type message struct {
	ID     int
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *struct{ Message string }
}

// Start starts Chromium. Whoever starts it stops it.
func Start() (*Browser, error) {
	profile, err := os.MkdirTemp("", "chromium-")
	if err != nil {
		return nil, err
	}
	theirs, to, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	from, theirOut, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	b := &Browser{profile: profile, to: to, waiting: map[int]chan message{}, ids: map[string]string{}}
	b.cmd = exec.Command("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	b.cmd.ExtraFiles = []*os.File{theirs, theirOut}
	if err := b.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(profile))
	}
	theirs.Close()
	theirOut.Close()
	go b.listen(bufio.NewReaderSize(from, 1<<20))
	if err := b.attach(); err != nil {
		b.Stop()
		return nil, err
	}
	return b, nil
}

// attach makes the page that all calls from then on are about.
func (b *Browser) attach() error {
	var target struct{ TargetID string }
	if err := b.Call("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return err
	}
	var attached struct{ SessionID string }
	if err := b.Call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached); err != nil {
		return err
	}
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Network", "Runtime", "DOM"} {
		if err := b.Call(domain+".enable", nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// listen hands each answer to the call that waits for it, until Chromium ends.
func (b *Browser) listen(from *bufio.Reader) {
	for {
		text, err := from.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		b.note(m)
		if waiting, ok := b.waiting[m.ID]; ok && m.ID > 0 {
			delete(b.waiting, m.ID)
			waiting <- m
		}
		b.mu.Unlock()
	}
}

// note keeps the log of what was asked for. What a page's policy refuses is announced
// too, and then taken back: it never leaves the browser.
func (b *Browser) note(m message) {
	var p struct {
		RequestID, BlockedReason string
		Request                  struct{ URL string }
	}
	switch {
	case !strings.HasPrefix(m.Method, "Network.") || json.Unmarshal(m.Params, &p) != nil:
	case m.Method == "Network.requestWillBeSent":
		b.asked = append(b.asked, p.Request.URL)
		b.ids[p.RequestID] = p.Request.URL
	case m.Method == "Network.loadingFailed" && p.BlockedReason == "csp":
		b.asked = slices.DeleteFunc(b.asked, func(url string) bool { return url == b.ids[p.RequestID] })
	}
}

// Call calls a method of the protocol and decodes its result, unless that is nil.
func (b *Browser) Call(method string, params, result any) error {
	answer, err := b.send(method, params)
	if err != nil {
		return err
	}
	select {
	case m := <-answer:
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-time.After(2 * Patience):
		return errors.New(method + ": no answer")
	}
}

// send sends a call, and returns where its answer will come.
func (b *Browser) send(method string, params any) (<-chan message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	call := map[string]any{"id": b.last, "method": method}
	if params != nil {
		call["params"] = params
	}
	if b.session != "" {
		call["sessionId"] = b.session
	}
	text, err := json.Marshal(call)
	if err != nil {
		return nil, err
	}
	answer := make(chan message, 1)
	b.waiting[b.last] = answer
	_, err = b.to.Write(append(text, 0))
	return answer, err
}

// Visit opens a file in a language, in a window of that size in pixels, and returns when
// it is loaded. The log of requests begins anew.
func (b *Browser) Visit(file, language string, width, height int) error {
	steps := []struct {
		method string
		params map[string]any
	}{
		{"Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}},
		{"Emulation.setUserAgentOverride", map[string]any{"userAgent": "test", "acceptLanguage": language}},
		{"Page.navigate", map[string]any{"url": "about:blank"}},
	}
	for _, s := range steps {
		if err := b.Call(s.method, s.params, nil); err != nil {
			return err
		}
	}
	b.mu.Lock()
	b.asked = nil
	b.mu.Unlock()
	if err := b.Call("Page.navigate", map[string]any{"url": Address(file)}, nil); err != nil {
		return err
	}
	for end := time.Now().Add(Patience); ; time.Sleep(20 * time.Millisecond) {
		var ready bool
		if err := b.Eval(`return location.protocol === "file:" && document.readyState === "complete";`, &ready); err != nil || ready {
			return err
		}
		if time.Now().After(end) {
			return errors.New("the page does not load")
		}
	}
}

// Address returns the address of a file.
func Address(file string) string { return (&url.URL{Scheme: "file", Path: file}).String() }

// Eval runs the body of an async function in the page and decodes what it returns, unless
// result is nil. A page that is just left for another one is waited for.
func (b *Browser) Eval(body string, result any) error {
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	params := map[string]any{"expression": "(async () => {" + body + "})()", "awaitPromise": true, "returnByValue": true}
	err := b.Call("Runtime.evaluate", params, &answer)
	for end := time.Now().Add(Patience); err != nil && wasLeft(err) && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		err = b.Call("Runtime.evaluate", params, &answer)
	}
	if err != nil {
		return err
	}
	if e := answer.ExceptionDetails; e != nil {
		return fmt.Errorf("%s %s in %s", e.Text, e.Exception.Description, body)
	}
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(answer.Result.Value, result); err != nil {
		return fmt.Errorf("%w in %s", err, body)
	}
	return nil
}

// wasLeft reports whether an error says that the page was just left for another one.
func wasLeft(err error) bool {
	return strings.Contains(err.Error(), "context") || strings.Contains(err.Error(), "navigated or closed")
}

// Picture returns the page as PNG: all of it, or what the window shows.
func (b *Browser) Picture(whole bool) ([]byte, error) {
	var shot struct{ Data []byte }
	err := b.Call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": whole}, &shot)
	return shot.Data, err
}

// PDF returns the page as it is printed, on A4 where it names no other size.
func (b *Browser) PDF() ([]byte, error) {
	var printed struct{ Data []byte }
	err := b.Call("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69}, &printed)
	return printed.Data, err
}

// Requests returns every address that the page has asked for since it was visited.
func (b *Browser) Requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.asked)
}

// Stop ends Chromium and removes its profile.
func (b *Browser) Stop() {
	b.session = ""
	b.Call("Browser.close", nil, nil)
	b.cmd.Wait()
	os.RemoveAll(b.profile)
}
