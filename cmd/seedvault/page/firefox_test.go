package page

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"seedvault/testdata/chromium"
)

// firefox speaks Marionette, Firefox's own protocol for tests: JSON arrays behind
// their length, over a local connection. Firefox has no debugging pipe.
type firefox struct {
	cmd     *exec.Cmd
	profile string
	conn    net.Conn
	from    *bufio.Reader
	last    int
}

// firefoxSettings keep the browser from asking for anything by itself, so that what is
// asked for is the page's.
const firefoxSettings = `user_pref("marionette.port", 0);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.startup.page", 0);
user_pref("security.dialog_enable_delay", 0);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.safebrowsing.downloads.enabled", false);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("security.allow_eval_with_system_principal", true);
`

func startFirefox() (browser, error) {
	profile, err := os.MkdirTemp("", "page-firefox-")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(firefoxSettings), 0o600); err != nil {
		return nil, err
	}
	f := &firefox{profile: profile}
	f.cmd = exec.Command("firefox-esr", "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile, "about:blank")
	f.cmd.Env = append(os.Environ(), "MOZ_DISABLE_CONTENT_SANDBOX=1", "HOME="+profile, "MOZ_HEADLESS_WIDTH=1600", "MOZ_HEADLESS_HEIGHT=1400")
	if err := f.cmd.Start(); err != nil {
		return nil, err
	}
	if err := f.connect(); err != nil {
		return nil, err
	}
	if _, err := f.call("WebDriver:NewSession", map[string]any{"unhandledPromptBehavior": "accept"}); err != nil {
		return nil, err
	}
	if _, err := f.call("WebDriver:SetTimeouts", map[string]any{"script": 2 * patience.Milliseconds()}); err != nil {
		return nil, err
	}
	return f, f.inChrome(`const asked = (Services.wm.getMostRecentWindow("navigator:browser").asked = []);
		Services.obs.addObserver((subject) => {
			const channel = subject.QueryInterface(Ci.nsIHttpChannel);
			if (channel.loadInfo?.browsingContextID) asked.push(channel.URI.spec);
		}, "http-on-modify-request");`, nil)
}

// connect waits for the port that Firefox has chosen.
func (f *firefox) connect() error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		port, err := os.ReadFile(filepath.Join(f.profile, "MarionetteActivePort"))
		if err != nil {
			continue
		}
		if f.conn, err = net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port))); err != nil {
			continue
		}
		f.from = bufio.NewReaderSize(f.conn, 1<<20)
		_, err = f.receive()
		return err
	}
	return errors.New("firefox does not start")
}

func (f *firefox) receive() (json.RawMessage, error) {
	length, err := f.from.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	text := make([]byte, n)
	_, err = io.ReadFull(f.from, text)
	return text, err
}

func (f *firefox) call(method string, params any) (json.RawMessage, error) {
	f.last++
	text := jsonOf([]any{0, f.last, method, params})
	f.conn.SetDeadline(time.Now().Add(3 * patience))
	if _, err := fmt.Fprintf(f.conn, "%d:%s", len(text), text); err != nil {
		return nil, err
	}
	answer, err := f.receive()
	if err != nil {
		return nil, err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(answer, &parts); err != nil || len(parts) != 4 {
		return nil, fmt.Errorf("%s: %s", method, answer)
	}
	if string(parts[2]) != "null" {
		var e struct{ Error, Message string }
		json.Unmarshal(parts[2], &e)
		return nil, fmt.Errorf("%s: %s: %s", method, e.Error, e.Message)
	}
	return parts[3], nil
}

func (f *firefox) script(body, sandbox string, result any) error {
	params := map[string]any{"script": "return (async () => {" + body + "})()", "args": []any{}, "newSandbox": false}
	if sandbox != "" {
		params["sandbox"] = sandbox
	}
	answer, err := f.call("WebDriver:ExecuteScript", params)
	if err != nil || result == nil {
		return err
	}
	var value struct{ Value json.RawMessage }
	if err := json.Unmarshal(answer, &value); err != nil {
		return err
	}
	return json.Unmarshal(value.Value, result)
}

// inChrome runs a function's body in the browser itself.
func (f *firefox) inChrome(body string, result any) error {
	if _, err := f.call("Marionette:SetContext", map[string]any{"value": "chrome"}); err != nil {
		return err
	}
	err := f.script(body, "", result)
	if _, err2 := f.call("Marionette:SetContext", map[string]any{"value": "content"}); err == nil {
		err = err2
	}
	return err
}

func (f *firefox) name() string { return "firefox" }

func (f *firefox) visit(t *testing.T, file, language string, width, height int) {
	t.Helper()
	if err := f.inChrome(fmt.Sprintf(`Services.prefs.setStringPref("intl.accept_languages", %q); Services.wm.getMostRecentWindow("navigator:browser").asked.length = 0;`, language), nil); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		method string
		params map[string]any
	}{
		{"WebDriver:Navigate", map[string]any{"url": "about:blank"}},
		{"WebDriver:SetWindowRect", map[string]any{"width": max(width, 500), "height": height + 90}},
		{"WebDriver:Navigate", map[string]any{"url": chromium.Address(file)}},
	} {
		if _, err := f.call(step.method, step.params); err != nil {
			t.Fatal(err)
		}
	}
}

func (f *firefox) eval(t *testing.T, body string, result any) {
	t.Helper()
	if err := f.script(body, "", result); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
}

// choose hands the page files as picking them does. The page's own principal may not
// make files of paths; the test's may.
func (f *firefox) choose(t *testing.T, selector string, paths ...string) {
	t.Helper()
	f.system(t, `const field = document.querySelector(%s);
		const files = await Promise.all(%s.map((path) => File.createFromFileName(path)));
		field.mozSetFileArray(files);
		field.dispatchEvent(new Event("change", { bubbles: true }));`, selector, paths)
}

// chooseFolder presses the button that opens the window for folders, in whose place
// there is one that has chosen already: the walk through the folder, and what the page
// gets of it, are Firefox's own.
func (f *firefox) chooseFolder(t *testing.T, selector, folder string) {
	t.Helper()
	if err := f.inChrome(quoted(pickFolder, folder), nil); err != nil {
		t.Fatal(err)
	}
	f.press(t, `document.querySelector(%s).closest("p").querySelector("button")`, selector)
	time.Sleep(time.Second) // a call that a dialog interrupts is never answered
}

const pickFolder = `const folder = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
	folder.initWithPath(%s);
	const window = Services.wm.getMostRecentWindow("navigator:browser");
	window.pageFolder = folder;
	if (window.pagePicker) return;
	window.pagePicker = {
		QueryInterface: ChromeUtils.generateQI(["nsIFilePicker"]),
		init() {}, appendFilters() {}, appendFilter() {}, appendRawFilter() {},
		isModeSupported: async () => true,
		open: (callback) => Services.tm.dispatchToMainThread(() => callback.done(Ci.nsIFilePicker.returnOK)),
		get file() { return window.pageFolder; },
		get files() { return [window.pageFolder][Symbol.iterator](); },
	};
	// "Are you sure you want to upload all files?"
	Services.obs.addObserver((dialog) => dialog.Dialog.ui.button0.click(), "common-dialog-loaded");
	const factory = { createInstance: (iid) => window.pagePicker.QueryInterface(iid), QueryInterface: ChromeUtils.generateQI(["nsIFactory"]) };
	Components.manager.QueryInterface(Ci.nsIComponentRegistrar)
		.registerFactory(Services.uuid.generateUUID(), "", "@mozilla.org/filepicker;1", factory);`

// press clicks an element as a hand does, which is what opens windows.
func (f *firefox) press(t *testing.T, element string, values ...any) {
	t.Helper()
	answer, err := f.call("WebDriver:ExecuteScript", map[string]any{"script": "return " + quoted(element, values...), "args": []any{}})
	if err != nil {
		t.Fatal(err)
	}
	var found struct{ Value map[string]string }
	if err := json.Unmarshal(answer, &found); err != nil {
		t.Fatal(err)
	}
	for _, id := range found.Value {
		if _, err := f.call("WebDriver:ElementClick", map[string]any{"id": id}); err != nil {
			t.Fatal(err)
		}
	}
}

// system runs a function's body in the page with the browser's own rights.
func (f *firefox) system(t *testing.T, body string, values ...any) {
	t.Helper()
	if err := f.script(quoted(body, values...), "system", nil); err != nil {
		t.Fatal(err)
	}
}

func (f *firefox) picture(t *testing.T, whole bool) []byte {
	t.Helper()
	answer, err := f.call("WebDriver:TakeScreenshot", map[string]any{"full": whole, "hash": false})
	if err != nil {
		t.Fatal(err)
	}
	var shot struct{ Value []byte }
	if err := json.Unmarshal(answer, &shot); err != nil {
		t.Fatal(err)
	}
	return shot.Value
}

func (f *firefox) requests(t *testing.T) []string {
	t.Helper()
	var asked []string
	if err := f.inChrome(`return [...Services.wm.getMostRecentWindow("navigator:browser").asked];`, &asked); err != nil {
		t.Fatal(err)
	}
	return asked
}

func (f *firefox) stop() {
	f.call("Marionette:Quit", map[string]any{"flags": []string{"eForceQuit"}})
	f.cmd.Wait()
	os.RemoveAll(f.profile)
}
