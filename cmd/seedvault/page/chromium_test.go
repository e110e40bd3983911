package page

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// chromium speaks the DevTools protocol over the debugging pipe: JSON texts that end
// in a NUL, to file 3 and from file 4 of the process.
type chromium struct {
	cmd     *exec.Cmd
	profile string
	to      *os.File

	mu      sync.Mutex
	last    int
	waiting map[int]chan reply
	asked   []string
	ids     map[string]string // of requests
	session string
}

type reply struct {
	ID     int
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *struct{ Message string }
}

func startChromium() (browser, error) {
	profile, err := os.MkdirTemp("", "page-chromium-")
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
	c := &chromium{profile: profile, to: to, waiting: map[int]chan reply{}, ids: map[string]string{}}
	c.cmd = exec.Command("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	c.cmd.ExtraFiles = []*os.File{theirs, theirOut}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	theirs.Close()
	theirOut.Close()
	go c.listen(bufio.NewReaderSize(from, 1<<20))
	var target struct{ TargetID string }
	if err := c.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return nil, err
	}
	var attached struct{ SessionID string }
	if err := c.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached); err != nil {
		return nil, err
	}
	c.session = attached.SessionID
	for _, domain := range []string{"Page", "Network", "Runtime", "DOM"} {
		if err := c.call(domain+".enable", nil, nil); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *chromium) listen(from *bufio.Reader) {
	for {
		text, err := from.ReadBytes(0)
		if err != nil {
			return
		}
		var r reply
		if json.Unmarshal(text[:len(text)-1], &r) != nil {
			continue
		}
		c.mu.Lock()
		c.note(r)
		if waiting, ok := c.waiting[r.ID]; ok && r.ID > 0 {
			delete(c.waiting, r.ID)
			waiting <- r
		}
		c.mu.Unlock()
	}
}

// note keeps the log of what was asked for. What the page's policy refuses is announced
// too, and then taken back: it never leaves the browser.
func (c *chromium) note(r reply) {
	var p struct {
		RequestID, BlockedReason string
		Request                  struct{ URL string }
	}
	switch {
	case !strings.HasPrefix(r.Method, "Network.") || json.Unmarshal(r.Params, &p) != nil:
	case r.Method == "Network.requestWillBeSent":
		c.asked = append(c.asked, p.Request.URL)
		c.ids[p.RequestID] = p.Request.URL
	case r.Method == "Network.loadingFailed" && p.BlockedReason == "csp":
		c.asked = slices.DeleteFunc(c.asked, func(url string) bool { return url == c.ids[p.RequestID] })
	}
}

func (c *chromium) call(method string, params any, result any) error {
	c.mu.Lock()
	c.last++
	message := map[string]any{"id": c.last, "method": method}
	if params != nil {
		message["params"] = params
	}
	if c.session != "" {
		message["sessionId"] = c.session
	}
	answer := make(chan reply, 1)
	c.waiting[c.last] = answer
	text, err := json.Marshal(message)
	if err == nil {
		_, err = c.to.Write(append(text, 0))
	}
	c.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case r := <-answer:
		if r.Error != nil {
			return fmt.Errorf("%s: %s", method, r.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(r.Result, result)
	case <-time.After(2 * patience):
		return errors.New(method + ": no answer")
	}
}

func (c *chromium) must(t *testing.T, method string, params any, result any) {
	t.Helper()
	if err := c.call(method, params, result); err != nil {
		t.Fatal(err)
	}
}

func (c *chromium) name() string { return "chromium" }

func (c *chromium) visit(t *testing.T, file, language string, width, height int) {
	t.Helper()
	c.must(t, "Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	c.must(t, "Emulation.setUserAgentOverride", map[string]any{"userAgent": "test", "acceptLanguage": language}, nil)
	c.must(t, "Page.navigate", map[string]any{"url": "about:blank"}, nil)
	c.mu.Lock()
	c.asked = nil
	c.mu.Unlock()
	c.must(t, "Page.navigate", map[string]any{"url": address(file)}, nil)
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		var ready bool
		c.eval(t, `return location.protocol === "file:" && document.readyState === "complete";`, &ready)
		if ready {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the page does not load")
		}
	}
}

func (c *chromium) eval(t *testing.T, body string, result any) {
	t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	params := map[string]any{"expression": "(async () => {" + body + "})()", "awaitPromise": true, "returnByValue": true}
	err := c.call("Runtime.evaluate", params, &answer)
	for end := time.Now().Add(patience); err != nil && wasLeft(err) && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		err = c.call("Runtime.evaluate", params, &answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	if e := answer.ExceptionDetails; e != nil {
		t.Fatalf("%s %s in %s", e.Text, e.Exception.Description, body)
	}
	if result == nil {
		return
	}
	if err := json.Unmarshal(answer.Result.Value, result); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
}

// wasLeft reports whether an error says that the page was just left for another one.
func wasLeft(err error) bool {
	return strings.Contains(err.Error(), "context") || strings.Contains(err.Error(), "navigated or closed")
}

func (c *chromium) choose(t *testing.T, selector string, paths ...string) {
	t.Helper()
	var object struct{ Result struct{ ObjectID string } }
	c.must(t, "Runtime.evaluate", map[string]any{"expression": "document.querySelector(" + string(jsonOf(selector)) + ")"}, &object)
	if object.Result.ObjectID == "" {
		t.Fatal("no field " + selector)
	}
	c.must(t, "DOM.setFileInputFiles", map[string]any{"files": paths, "objectId": object.Result.ObjectID}, nil)
}

func (c *chromium) chooseFolder(t *testing.T, selector, folder string) {
	t.Helper()
	c.choose(t, selector, folder)
}

func (c *chromium) picture(t *testing.T, whole bool) []byte {
	t.Helper()
	var shot struct{ Data string }
	c.must(t, "Page.captureScreenshot", map[string]any{"captureBeyondViewport": whole}, &shot)
	return decoded(t, shot.Data)
}

// paper returns the page as it is printed.
func (c *chromium) paper(t *testing.T) []byte {
	t.Helper()
	var pdf struct{ Data string }
	c.must(t, "Page.printToPDF", map[string]any{"preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69}, &pdf)
	return decoded(t, pdf.Data)
}

func (c *chromium) requests(*testing.T) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.asked...)
}

func (c *chromium) stop() {
	c.session = ""
	c.call("Browser.close", nil, nil)
	c.cmd.Wait()
	os.RemoveAll(c.profile)
}

func decoded(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func jsonOf(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}
