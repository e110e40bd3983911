package page

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// before has a script run in every page before the page's own, until the test ends.
func (c *aChromium) before(t *testing.T, script string) {
	t.Helper()
	var added struct {
		Identifier string `json:"identifier"`
	}
	c.must(t, "Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": script}, &added)
	t.Cleanup(func() { c.must(t, "Page.removeScriptToEvaluateOnNewDocument", added, nil) })
}

// forgotten fails if anything of the vault is left in the page.
func (p *person) forgotten() {
	p.Helper()
	p.heads("Everything is forgotten")
	left := p.get(`return document.documentElement.outerHTML.replace(/<script>[^]*?<\/script>/, "");`)
	for _, secret := range []string{"JBSWY3DP", "otpauth:", "hanako", "anna@", "first line", madePaperKey[20:40]} {
		if strings.Contains(left, secret) {
			p.Errorf("%q is still there", secret)
		}
	}
}

// until waits until a text holds what is wanted, in whatever page is there by then, and
// where pages run no scripts.
func (p *person) until(text, want string) {
	p.Helper()
	var shown string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if shown = p.get("return " + text + ";"); strings.Contains(shown, want) {
			return
		}
	}
	p.Fatalf("waited in vain for %q in\n%s", want, shown)
}

// TestForgets ends everything at one key, at the button, after ten idle minutes, and
// when the page is left.
func TestForgets(t *testing.T) {
	t.Parallel()
	c := useChromium(t).(*aChromium)
	c.before(t, `const now = Date.now; globalThis.later = 0; Date.now = () => now() + globalThis.later;`)
	m := small(t)
	press := func(key string) {
		for _, kind := range []string{"keyDown", "keyUp"} {
			c.must(t, "Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key}, nil)
		}
	}
	for name, end := range map[string]func(p *person){
		"Esc":    func(*person) { press("Escape") },
		"button": func(p *person) { p.press("#forget") },
		"left":   func(p *person) { p.do(`dispatchEvent(new PageTransitionEvent("pagehide"));`) },
		"idle":   func(p *person) { p.do(`later += 10 * 60 * 1000 + 1000;`) },
	} {
		p := m.fromKit(c)
		p.heads("3 accounts")
		p.press("work")
		end(p)
		p.forgotten()
		if idle := strings.Contains(p.text(), "ten minutes"); idle != (name == "idle") {
			t.Errorf("%s: it says that nobody was there: %v", name, idle)
		}
	}

	p := m.fromKit(c)
	p.heads("3 accounts")
	p.do(`later += 9 * 60 * 1000 + 30000;`)
	p.wait(`!document.querySelector("#warning").hidden`)
	press("Shift") // somebody is there
	p.do(`later += 5 * 60 * 1000;`)
	time.Sleep(1200 * time.Millisecond) // two looks at the clock
	p.heads("3 accounts")

	// While a passphrase is tried, one key ends that too.
	m.words("slow", "a passphrase that takes long", 18)
	m.seal()
	p = visitor(t, c, m.kit(), "en")
	p.press("#open-kit")
	p.press("#with-passphrase")
	p.do(`document.querySelector("#whose").value = "slow";`)
	p.types("#passphrase", "not that")
	p.submits("#passphrase")
	p.sees("seconds left")
	p.keep("en-opening")
	press("Escape")
	p.forgotten()
	p.do(`globalThis.before = true;`)
	c.Call("Runtime.evaluate", map[string]any{"expression": `document.querySelector("main button").click()`}, nil) // "Start again" leaves the page, and may take the answer along
	p.until(`String(!globalThis.before && !!document.querySelector("#open-kit"))`, "true")
}

// TestRequestsAreSeen is the control of those that look for requests: the log has one that a
// page makes.
func TestRequestsAreSeen(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	file := writeFile(t, "other.html", []byte(`<!doctype html><title>x</title><img src="`+server.URL+`/seen.png">`))
	inEach(t, func(t *testing.T, b browser) {
		if asked := visitor(t, b, file, "en").requests(t); !slices.Contains(asked, server.URL+"/seen.png") {
			t.Errorf("the log has %v", asked)
		}
	})
}

// TestPolicy has the page's own policy refuse what a planted script would try.
func TestPolicy(t *testing.T) {
	t.Parallel()
	b := useChromium(t)
	m := small(t)
	p := m.fromKit(b)
	p.heads("3 accounts")
	refused := p.get(`const refused = [];
		addEventListener("securitypolicyviolation", (e) => refused.push(e.effectiveDirective));
		await fetch("https://example.com/").catch(() => {});
		const image = new Image(); image.src = "https://example.com/x.png"; document.body.append(image);
		const script = document.createElement("script"); script.textContent = "globalThis.planted = true"; document.body.append(script);
		const style = document.createElement("style"); style.textContent = "body { display: none }"; document.body.append(style);
		const button = document.createElement("button"); button.setAttribute("onclick", "globalThis.planted = true"); document.body.append(button); button.click();
		const form = document.createElement("form"); form.action = "https://example.com/"; document.body.append(form); form.submit();
		await new Promise((ok) => setTimeout(ok, 300));
		return [...new Set(refused)].sort().join() + (globalThis.planted ? " planted" : "");`)
	if refused != "connect-src,form-action,img-src,script-src-attr,script-src-elem,style-src-elem" {
		t.Errorf("refused: %s", refused)
	}
	for _, url := range p.requests(t) {
		if strings.HasPrefix(url, "http") {
			t.Errorf("a request for %s was made", url)
		}
	}
}
