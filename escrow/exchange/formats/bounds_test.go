package formats_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
)

// peak runs f and returns the most heap that was alive beyond what was before, as
// far as a look every half millisecond shows it.
func peak(f func()) (most uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	var done atomic.Bool
	seen := make(chan uint64)
	go func() {
		var most uint64
		for !done.Load() {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			time.Sleep(500 * time.Microsecond)
		}
		seen <- most
	}()
	f()
	done.Store(true)
	if most = <-seen; most < before {
		return 0
	}
	return most - before
}

// deflated makes a zip of one file of n spaces, which says that it has another size.
func deflated(name string, n int64, size uint64) []byte {
	var b bytes.Buffer
	w := must(flate.NewWriter(&b, 9))
	must(io.CopyN(w, spaces{}, n))
	if err := w.Close(); err != nil {
		panic(err)
	}
	return zipOf(zipEntry{name: name, method: zip.Deflate, size: int(size), body: b.Bytes()})
}

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestBombs reads files that are made to cost memory or time. Each ends in an error and
// takes less than 64 MiB beside itself. Of the time that each takes the log says how
// much; what grew with the square of a file's length would not end before the test is
// ended. The files are a quarter of the largest that is read, and with -slow the largest.
// It measures what the whole program takes, and does not run in parallel.
func TestBombs(t *testing.T) {
	most := exchange.MaxInput / 4
	if *slow {
		most = exchange.MaxInput
	}
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, (most-len(head)-len(tail)-64)/len(unit)) + tail
	}
	many := make([]zipEntry, 20000)
	for i := range many {
		many[i].name = fmt.Sprint(i)
	}
	java := javaMap{}
	for i := range 30000 {
		java.put(fmt.Sprint(i), "")
	}
	longString := append([]byte{0xac, 0xed, 0, 5, 0x73, 0x72, 0, 17}, "java.util.HashMap"...)
	longString = append(longString, 5, 7, 0xda, 0xc1, 0xc3, 0x16, 0x60, 0xd1, 3, 0, 0, 0x78, 0x70, 0x77, 0, 0x7c, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff)
	entities := `<!DOCTYPE KeePassFile [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><KeePassFile>&b;</KeePassFile>`
	aegis := `{"version":1,"db":{"version":3,"entries":[`
	for name, file := range map[string]string{
		"too large":                   strings.Repeat(" ", exchange.MaxInput+1),
		"JSON, deep":                  fill(aegis, "[", ""),
		"JSON, deep and closed":       aegis + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "]}}",
		"JSON, entries of nothing":    fill(aegis, "{},", "{}]}}"),
		"JSON, entries of numbers":    fill(aegis, "1,", "1]}}"),
		"JSON, one entry of members":  fill(aegis+"{", `"a":1,`, `"b":1}]}}`),
		"JSON, items without codes":   fill(`{"encrypted":false,"items":[`, "{},", "{}]}"),
		"JSON, cut off":               fill(aegis, "{},", ""),
		"JSON, Authy's many tokens":   fill(`[{"encrypted_seed":"AA","salt":"x"},`, `{"encrypted_seed":"AA"},`, "{}]"),
		"JSON, CXF's collections":     fill(`{"accounts":[{"collections":[`, `{"items":[{"item":"a"}]},`, `{}]}],"exporterRpId":"x"}`),
		"JSON, a list of URIs":        fill(`{"items":["otpauth://totp/a",`, `"",`, `""]}`),
		"URIs, too many":              fill("otpauth://totp/a?secret=GEZDGNBV\n", "\n", "x"),
		"URIs, in one line":           fill("otpauth://totp/a?secret=GEZDGNBV", ",otpauth:", ""),
		"XML, deep":                   fill("<KeePassFile>", "<Group>", ""),
		"XML, attributes":             fill("<KeePassFile ", `a="" `, "></KeePassFile>"),
		"XML, entities":               entities,
		"XML, an outside entity":      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><KeyContainer>&x;</KeyContainer>`,
		"XML, elements in one entry":  fill("<KeePassFile><Root><Group><Entry>", "<a/>", "</Entry></Group></Root></KeePassFile>"),
		"XML, entries of nothing":     fill("<KeePassFile><Root><Group>", "<Entry/>", "</Group></Root></KeePassFile>"),
		"XML, keys of nothing":        fill("<KeyContainer>", "<KeyPackage/>", "</KeyContainer>"),
		"XML, tokens":                 fill("<map>", `<string name="a">{}</string>`, "</map>"),
		"CSV, one row of fields":      fill("Group,Title,Username,Password,URL,Notes,TOTP\n", ",", "\n"),
		"CSV, rows of nothing":        fill("Group,Title,Username,Password,URL,Notes,TOTP\n", ",\n", ""),
		"HTML, rows of nothing":       fill("<html><th>QR Code</th><th>UUID</th>", "<tr><td>", ""),
		"HTML, cells":                 fill("<html><th>QR Code</th><th>UUID</th><tr>", "<td>", ""),
		"zip, 16 GiB by its own word": string(deflated("export.data", 1<<20, 16<<30)),
		"zip, 200 MiB unsaid":         string(deflated("export.data", 200<<20, 1000)),
		"zip, 65 MiB as it says":      string(deflated("export.data", 65<<20, 65<<20)),
		"zip, too many files":         string(zipOf(many...)),
		"Java, too many entries":      string(java.bytes()),
		"Java, a string of 2 GiB":     string(longString),
		"protobuf, a field of 2 GiB":  googleLinkOf([]byte{0x0a, 0xff, 0xff, 0xff, 0xff, 0x07}) + "\n",
		"protobuf, groups":            googleLinkOf(bytes.Repeat([]byte{0x7b}, 4000)) + "\n",
	} {
		var err error
		var r formats.Reading
		data := []byte(file)
		began := time.Now()
		memory := peak(func() {
			r, err = formats.Read(formats.NewFile("x", data), formats.Options{Password: once("x")})
		})
		took := time.Since(began)
		runtime.KeepAlive(data)
		refused := 0
		for _, i := range r.Items {
			if i.Err == nil {
				t.Errorf("%s: something was taken", name)
				break
			}
			refused++
		}
		if err == nil && refused == 0 {
			t.Errorf("%s: no error", name)
		}
		if memory > 64<<20 {
			t.Errorf("%s: %v, with %d MiB", name, err, memory>>20)
		}
		t.Logf("%-28s %4d ms %3d MiB  %s: %v", name, took.Milliseconds(), memory>>20, r.Format, err)
	}
}

// TestRecordLimits takes 10,000 records and not one more.
func TestRecordLimits(t *testing.T) {
	t.Parallel()
	line := uriOf(plainTOTP) + "\n"
	r, err := formats.Read(formats.NewFile("x", []byte(strings.Repeat(line, exchange.MaxRecords))), formats.Options{})
	if err != nil || len(r.Items) != exchange.MaxRecords {
		t.Errorf("10,000: %d, %v", len(r.Items), err)
	}
	if _, err := formats.Read(formats.NewFile("x", []byte(strings.Repeat(line, exchange.MaxRecords+1))), formats.Options{}); !errors.Is(err, reason(exchange.TooMany)) {
		t.Errorf("10,001: %v", err)
	}
}

// TestLargeDetails keeps what fits into a seed and names what does not.
func TestLargeDetails(t *testing.T) {
	t.Parallel()
	e := aegisEntry(plainTOTP)
	e["icon"], e["note"], e["custom"] = strings.Repeat("A", 60<<10), "a note", "kept"
	r, err := formats.Read(formats.NewFile("x", asJSON(obj{"version": 1, "db": obj{"version": 3, "entries": []obj{e}}})), formats.Options{})
	if err != nil || len(r.Items) != 1 || r.Items[0].Err != nil {
		t.Fatal(err)
	}
	if have := fmt.Sprint(details(r.Items[0].Record)); have != "[note a note custom kept]" {
		t.Errorf("kept %s", have)
	}
	if have := fmt.Sprint(r.Items[0].Notices); have != "[{dropped [icon] 0} {kept-in-other [custom] 0}]" {
		t.Errorf("said %s", have)
	}
}
