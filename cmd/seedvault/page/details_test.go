//go:build everything

package page

import (
	"strings"
	"testing"
	"time"

	"seedvault/testdata/chromium"
)

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

// paper returns the page as it is printed.
func (c *aChromium) paper(t *testing.T) []byte {
	t.Helper()
	data, err := c.PDF()
	must(t, err)
	return data
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
