package page

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/testdata/chromium"
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

// TestWithoutHelp opens a vault where the browser has no worker from a blob, and where
// it has no crypto.subtle.
func TestWithoutHelp(t *testing.T) {
	t.Parallel()
	c := useChromium(t).(*aChromium)
	m := small(t)
	for what, script := range map[string]string{
		"worker": `globalThis.Worker = class { constructor() { throw new Error("none here"); } };`,
		"subtle": `Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined, configurable: true });
			const NoWorker = (globalThis.Worker = class { constructor() { throw new Error("none here"); } });`,
	} {
		t.Run(what, func(t *testing.T) {
			c.before(t, script)
			p := visitor(t, c, m.kit(), "en")
			p.press("#open-kit")
			p.typesPassphrase(madePassphrase)
			p.heads("3 accounts")
			if subtle := p.get(`return String(crypto.subtle?.digest);`); what == "subtle" && subtle != "undefined" {
				t.Error("crypto.subtle was there")
			}
		})
	}
}

// TestWithoutScripts shows the text for previews that run no script, in both languages.
func TestWithoutScripts(t *testing.T) {
	t.Parallel()
	c := useChromium(t).(*aChromium)
	c.must(t, "Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
	defer c.must(t, "Emulation.setScriptExecutionDisabled", map[string]any{"value": false}, nil)
	p := &person{t, c}
	c.must(t, "Page.navigate", map[string]any{"url": chromium.Address(pageFile(t))}, nil)
	for _, want := range []string{"This page needs a browser that runs scripts", "スクリプトの動くブラウザーで開いてください"} {
		p.until(`document.body?.innerText ?? ""`, want)
	}
	p.keep("noscript")
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

// TestCompare compares the codes of the new phone.
func TestCompare(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	m.paper()
	m.seed("otpauth://totp/ACME:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ACME")
	m.seal()
	p := m.fromKit(useChromium(t))
	p.press("ACME")
	secret := []byte("12345678901234567890")
	for _, c := range []struct {
		algorithm string
		off       time.Duration
		want      string
	}{
		{"SHA1", 0, "The same. This account works on the new phone."},
		{"SHA1", -10 * time.Minute, "The code is right, but the phone's clock is 600 seconds behind this device's."},
		{"SHA1", 9 * time.Hour, "The code is right, but the phone's clock is 32400 seconds ahead of this device's."},
		{"SHA256", 0, "The secret is right, but the phone makes its codes in another way (SHA256, 6, 30 s)"},
	} {
		code, _, _ := strings.Cut(oathtool(t, secret, c.algorithm, 6, 30, time.Now().Add(c.off)), ",")
		p.types("#compare", code[:3]+" "+code[3:])
		p.submits("#compare")
		p.sees(c.want)
	}
	p.types("#compare", "1")
	p.submits("#compare")
	p.sees("That is not a code of this account.")
	p.press("#list")
	p.sees("done")
}

// TestLanguages changes the language in the middle, and keeps what was typed.
func TestLanguages(t *testing.T) {
	t.Parallel()
	m := small(t)
	p := visitor(t, useChromium(t), m.kit(), "en")
	p.press("#open-kit")
	p.press("#with-paper")
	p.types("#line-1", paperLines(madePaperKey)[0])
	p.sees("Right")
	p.press("#language")
	p.heads("復旧シートの鍵を入力してください")
	p.sees("正しい")
	if typed := p.get(`return document.querySelector("#line-1").value + document.documentElement.lang;`); typed != paperLines(madePaperKey)[0]+"ja" {
		t.Errorf("after the change stands %q", typed)
	}
}

// TestPrint prints an account's QR code, and none of the codes that pass.
func TestPrint(t *testing.T) {
	t.Parallel()
	c := useChromium(t).(*aChromium)
	p := small(t).fromKit(c)
	p.press("work")
	c.must(t, "Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
	defer c.must(t, "Emulation.setEmulatedMedia", map[string]any{"media": ""}, nil)
	if got := decodeQR(t, c.picture(t, true)); !strings.HasPrefix(got, "otpauth://totp/ACME") {
		t.Errorf("the print reads %q", got)
	}
	text := p.get(`return document.body.innerText;`)
	if strings.Contains(text, "Code now") || !strings.Contains(text, "Keep it like a passport") || !strings.Contains(text, "work") {
		t.Errorf("the print says\n%s", text)
	}
	p.keep("print-account")
	if !strings.HasPrefix(string(c.paper(t)), "%PDF") {
		t.Error("it does not print")
	}
}
