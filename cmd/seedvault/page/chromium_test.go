package page

import (
	"testing"

	"seedvault/testdata/chromium"
)

// aChromium is Chromium as the tests use it: what fails there ends the test.
type aChromium struct{ *chromium.Browser }

func startChromium() (browser, error) {
	b, err := chromium.Start()
	if err != nil {
		return nil, err
	}
	return &aChromium{b}, nil
}

func (c *aChromium) must(t *testing.T, method string, params, result any) {
	t.Helper()
	must(t, c.Call(method, params, result))
}

func (c *aChromium) name() string { return "chromium" }

func (c *aChromium) visit(t *testing.T, file, language string, width, height int) {
	t.Helper()
	must(t, c.Visit(file, language, width, height))
}

func (c *aChromium) eval(t *testing.T, body string, result any) {
	t.Helper()
	must(t, c.Eval(body, result))
}

func (c *aChromium) choose(t *testing.T, selector string, paths ...string) {
	t.Helper()
	var object struct{ Result struct{ ObjectID string } }
	c.must(t, "Runtime.evaluate", map[string]any{"expression": "document.querySelector(" + string(jsonOf(selector)) + ")"}, &object)
	if object.Result.ObjectID == "" {
		t.Fatal("no field " + selector)
	}
	c.must(t, "DOM.setFileInputFiles", map[string]any{"files": paths, "objectId": object.Result.ObjectID}, nil)
}

func (c *aChromium) chooseFolder(t *testing.T, selector, folder string) {
	t.Helper()
	c.choose(t, selector, folder)
}

func (c *aChromium) picture(t *testing.T, whole bool) []byte {
	t.Helper()
	data, err := c.Picture(whole)
	must(t, err)
	return data
}

func (c *aChromium) requests(*testing.T) []string { return c.Requests() }

func (c *aChromium) stop() { c.Stop() }
