package page

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"seedvault/testdata/chromium"
	"seedvault/testdata/temporary"
	"seedvault/testdata/together"
)

// A browser is one that is driven from here, headless, with a profile of its own.
// It is used by one test at a time.
type browser interface {
	name() string
	// visit opens a file in a language, in a window of that size.
	visit(t *testing.T, file, language string, width, height int)
	// eval runs the body of an async function and decodes what it returns.
	eval(t *testing.T, body string, result any)
	// choose puts files into a field for files.
	choose(t *testing.T, selector string, paths ...string)
	// chooseFolder puts a folder into a field for folders.
	chooseFolder(t *testing.T, selector, folder string)
	// picture returns the page as PNG, all of it or what the window shows.
	picture(t *testing.T, whole bool) []byte
	// requests returns every address that the page has asked for.
	requests(t *testing.T) []string
	stop()
}

// A driver hands its browser to one test at a time. Tests of different browsers run
// beside each other.
type driver struct {
	program string
	start   func() (browser, error)
	turn    sync.Mutex // held by the test that has the browser

	mu      sync.Mutex // over the rest
	has     *testing.T
	browser browser
	err     error
}

var (
	theChromium = &driver{program: "chromium", start: startChromium}
	theFirefox  = &driver{program: "firefox-esr", start: startFirefox}
	drivers     = map[string]*driver{"chromium": theChromium, "firefox": theFirefox}
)

var browsers = flag.String("browsers", "chromium", "the browsers that open the page, of chromium and firefox: several with commas")

// chosen are the names of the browsers that were asked for.
func chosen() []string { return strings.Split(*browsers, ",") }

// use waits for the browser's turn and keeps it until the test ends.
func (d *driver) use(t *testing.T) browser {
	t.Helper()
	shortIsWithout(t)
	if _, err := exec.LookPath(d.program); err != nil {
		t.Skip("needs " + d.program)
	}
	if !d.lentTo(t) {
		d.turn.Lock()
		t.Cleanup(d.release)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.has = t
	if d.browser == nil && d.err == nil {
		d.browser, d.err = d.start()
	}
	if d.err != nil {
		t.Fatal(d.err)
	}
	return d.browser
}

func (d *driver) lentTo(t *testing.T) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.has == t
}

func (d *driver) release() {
	d.mu.Lock()
	d.has = nil
	d.mu.Unlock()
	d.turn.Unlock()
}

func TestMain(m *testing.M) {
	flag.Parse()
	for _, name := range chosen() {
		if drivers[name] == nil {
			fmt.Fprintf(os.Stderr, "-browsers: there is no driver for %q\n", name)
			os.Exit(2)
		}
	}
	temporary.InMemory()
	together.Run(50) // all that wait for a browser: no more than two ever have one
	code := m.Run()
	for _, d := range []*driver{theChromium, theFirefox} {
		if d.browser != nil {
			d.browser.stop()
		}
	}
	os.Exit(code)
}

// useChromium waits for Chromium, of which some tests need more than every browser has.
func useChromium(t *testing.T) browser {
	t.Helper()
	if !slices.Contains(chosen(), "chromium") {
		t.Skip("in Chromium alone")
	}
	return theChromium.use(t)
}

// useFirst waits for the first of the browsers that were asked for.
func useFirst(t *testing.T) browser {
	t.Helper()
	return drivers[chosen()[0]].use(t)
}

// shortIsWithout leaves the browsers out of short runs: what they run is not Go.
func shortIsWithout(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs browsers")
	}
}

// inEach runs a test in each browser that was asked for, after what calls it has returned
// and when that browser's turn comes. The test itself must have none.
func inEach(t *testing.T, test func(t *testing.T, b browser)) {
	t.Helper()
	for _, name := range chosen() {
		if drivers[name].lentTo(t) {
			t.Fatal("a test that keeps a browser waits for it")
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, drivers[name].use(t))
		})
	}
}

const desktopWidth, desktopHeight, phoneWidth, phoneHeight = 1280, 900, 390, 844

// A person drives the page as somebody at it would.
type person struct {
	*testing.T
	browser
}

func visitor(t *testing.T, b browser, file, language string) *person {
	t.Helper()
	b.visit(t, file, language, desktopWidth, desktopHeight)
	return &person{t, b}
}

// do runs statements in the page, and fails if they throw.
func (p *person) do(body string, values ...any) {
	p.Helper()
	p.eval(p.T, quoted(body, values...), nil)
}

// get runs the body of a function and returns the text that it returns.
func (p *person) get(body string, values ...any) string {
	p.Helper()
	var s string
	p.eval(p.T, quoted(body, values...), &s)
	return s
}

func jsonOf(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// quoted puts values into a body for each %s, as JSON.
func quoted(body string, values ...any) string {
	texts := make([]any, len(values))
	for i, v := range values {
		texts[i] = string(jsonOf(v))
	}
	return fmt.Sprintf(body, texts...)
}

const patience = chromium.Patience

// wait waits until an expression of the page is true.
func (p *person) wait(expression string, values ...any) {
	p.Helper()
	body := fmt.Sprintf(`const end = Date.now() + %d;
		while (!(%s)) {
			if (Date.now() > end) return document.body.innerText;
			await new Promise((ok) => setTimeout(ok, 20));
		}
		return "";`, patience.Milliseconds(), quoted(expression, values...))
	var shown string
	if p.eval(p.T, body, &shown); shown != "" {
		p.Fatalf("waited in vain for %s; the page shows:\n%s", quoted(expression, values...), shown)
	}
}

// sees waits until the page shows a text.
func (p *person) sees(text string) {
	p.Helper()
	p.wait(`document.querySelector("main").textContent.replace(/\s+/g, " ").includes(%s)`, text)
}

// heads waits until a screen of that heading is shown.
func (p *person) heads(text string) {
	p.Helper()
	p.wait(`document.querySelector("h1")?.innerText.replace(/\s+/g, " ").trim() === %s`, text)
}

// press clicks a button or link: by a selector, or by what it says.
func (p *person) press(what string) {
	p.Helper()
	p.wait(`[...document.querySelectorAll("button, a, summary")].some((e) => (e.matches(%[1]s.startsWith("#") ? %[1]s : "nothing") || (e.querySelector(".title") ?? e).textContent.trim() === %[1]s) && (e.click(), true))`, what)
}

// types puts a text into a field as typing does.
func (p *person) types(selector, text string) {
	p.Helper()
	p.wait(`document.querySelector(%s)`, selector)
	p.do(`const field = document.querySelector(%s); field.focus(); field.value = %s;
		field.dispatchEvent(new Event("input", { bubbles: true }));`, selector, text)
}

// submits sends the form that a field is in.
func (p *person) submits(selector string) {
	p.Helper()
	p.do(`document.querySelector(%s).form.requestSubmit();`, selector)
}

func (p *person) text() string {
	p.Helper()
	return p.get(`return document.querySelector("main").textContent;`)
}

// keep writes a picture where PAGE_PICTURES says, for somebody to look at.
func (p *person) keep(name string) {
	p.Helper()
	if dir := os.Getenv("PAGE_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+"-"+p.name()+".png"), p.picture(p.T, true), 0o600); err != nil {
			p.Fatal(err)
		}
	}
}
