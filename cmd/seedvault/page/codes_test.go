package page

import (
	"encoding/base32"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A judged seed is what the page's reader makes of a vault's file.
type judgedSeed struct {
	Standing, Line, Name string
	Key                  struct {
		Refused                                             string
		Type, LabelIssuer, IssuerParameter, Issuer, Account string
		Algorithm, Secret, Counter                          string
		Digits, Period                                      int
		Remarks                                             []string
	}
	Fields [][2]json.RawMessage
}

// judgedEpoch is one epoch as the page's reader shows it.
type judgedEpoch struct {
	Folder, State          string
	Opened, NewerWords     bool
	Seeds                  []judgedSeed
	Unreadable             []string
	Missing, Twice, Untrue []string
}

// judgedVault is all that the page's reader says of a vault.
type judgedVault struct {
	Opens  string
	Lost   []struct{ Path, What string }
	Epochs []judgedEpoch
}

// readerScript is how the page talks to its worker, which is made here of the very
// text in the page: what the tests read, people read.
const readerScript = `const source = document.querySelector("script:not([type])").textContent;
	const worker = (globalThis.testWorker ??= new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" }))));
	const ask = (message) => new Promise((ok, no) => {
		worker.onmessage = ({ data }) => data.progress || (data.failed ? no(new Error(data.failed)) : ok(data.result));
		worker.onerror = (e) => no(new Error(e.message));
		worker.postMessage({ id: 1, ...message });
	});
	const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
	const hex = (b) => Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
	const plain = (key, value) => value instanceof Uint8Array ? hex(value) : typeof value === "bigint" ? String(value) : value;
	const load = (files) => ask({ task: "load", files: new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)])) });
`

// readFor has the page's reader open files with identities.
func (p *person) readFor(files map[string][]byte, identities ...string) judgedVault {
	p.Helper()
	var v judgedVault
	var text string
	p.eval(p.T, readerScript+fmt.Sprintf(`await load(%s);
		const result = await ask({ task: "open", identities: %s });
		return JSON.stringify(result, plain);`, jsonOf(files), jsonOf(identities)), &text)
	must(p.T, json.Unmarshal([]byte(text), &v))
	return v
}

// TestAddresses holds the page's judgements of addresses against the program's tables.
func TestAddresses(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	m.paper()
	want := map[string]string{}
	for _, line := range table(t, "accepted.txt") {
		bar := strings.LastIndex(line, "|")
		want[line[bar+1:]] = line[:bar]
	}
	for _, line := range table(t, "refused.txt") {
		reason, uri, _ := strings.Cut(line, "|")
		if !strings.ContainsAny(uri, `\`) && uri != "" { // these cannot stand in a record, or are no UTF-8
			want[uri] = reason
		}
	}
	for uri := range want {
		m.seed(uri)
	}
	m.seal()
	v := (&person{t, useChromium(t)}).visited(t).readFor(m.files, madePaperKey)
	if v.Opens != "yes" || len(v.Epochs[0].Seeds) != len(want) || len(want) < 100 {
		t.Fatalf("opens: %s, %d of %d", v.Opens, len(v.Epochs[0].Seeds), len(want))
	}
	for _, s := range v.Epochs[0].Seeds {
		k, got := s.Key, s.Key.Refused
		if got == "" {
			got = fmt.Sprintf("%s|%s|%s|%s|%s|%d|%d|%s|%s|%s", k.Type, k.LabelIssuer, k.Issuer, k.Account, k.Algorithm, k.Digits, k.Period, k.Counter, k.Secret, strings.Join(k.Remarks, ","))
		}
		if got != want[s.Line] {
			t.Errorf("%s\n is judged %s\n want      %s", s.Line, got, want[s.Line])
		}
	}
}

func (p *person) visited(t *testing.T) *person {
	t.Helper()
	p.visit(t, pageFile(t), "en", desktopWidth, desktopHeight)
	return p
}

func table(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile("../../../testdata/otpauth/" + name)
	must(t, err)
	var lines []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestCodes holds the codes on the screen against oathtool's.
func TestCodes(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	m.paper()
	kinds := map[string]kind{}
	for _, secret := range []string{"1", "12345678901234567890", "12345678901234567890123456789012", strings.Repeat("0123456789abcdef", 4), strings.Repeat("long ", 40)} {
		for _, algorithm := range []string{"SHA1", "SHA256", "SHA512"} {
			for _, c := range [][2]int{{6, 30}, {8, 30}, {7, 60}, {6, 45}} {
				name := fmt.Sprintf("k%d", len(kinds))
				kinds[name] = kind{secret, algorithm, c[0], c[1]}
				m.seed(fmt.Sprintf("otpauth://totp/%s?secret=%s&algorithm=%s&digits=%d&period=%d", name, strings.TrimRight(base32.StdEncoding.EncodeToString([]byte(secret)), "="), algorithm, c[0], c[1]))
			}
		}
	}
	m.seal()
	folder := m.write()
	inEach(t, func(t *testing.T, b browser) {
		p := opened(t, b, folder, "en")
		p.heads(fmt.Sprintf("%d accounts", len(kinds)))
		var wrong []string
		for range 10 { // the codes change while they are read
			if wrong = p.differ(kinds); len(wrong) == 0 {
				return
			}
		}
		t.Error(strings.Join(wrong, "\n"))
	})
}

// kind is how codes are made.
type kind struct {
	secret, algorithm string
	digits, period    int
}

// differ compares all codes in the list with oathtool's at this moment.
func (p *person) differ(kinds map[string]kind) (wrong []string) {
	p.Helper()
	var shown map[string][2]string
	p.eval(p.T, `return Object.fromEntries([...document.querySelectorAll(".accounts li")].map((li) =>
		[li.querySelector(".title").textContent, [li.querySelector("b").textContent, li.querySelector("small").textContent]]));`, &shown)
	now := time.Now()
	for name, k := range kinds {
		want := oathtool(p.T, []byte(k.secret), k.algorithm, k.digits, k.period, now)
		got := strings.NewReplacer(" ", "", "Next", "").Replace(shown[name][0] + "," + shown[name][1])
		if got != want {
			wrong = append(wrong, fmt.Sprintf("%+v: the page shows %s, oathtool %s", k, got, want))
		}
	}
	return wrong
}

// oathtool returns the code at an instant and the one after it.
func oathtool(t *testing.T, secret []byte, algorithm string, digits, period int, at time.Time) string {
	t.Helper()
	cmd := exec.Command("oathtool", "--totp="+strings.ToLower(algorithm), "-d", fmt.Sprint(digits), "-s", fmt.Sprintf("%ds", period), "-N", fmt.Sprintf("@%d", at.Unix()), "-w", "1", "-")
	cmd.Stdin = strings.NewReader(fmt.Sprintf("%x\n", secret))
	out, err := cmd.Output()
	must(t, err)
	return strings.Join(strings.Fields(string(out)), ",")
}
