package main

import (
	"encoding/json"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// linked is every module in the binary and its libraries, with what we would
// otherwise write. On Windows go-keyring drags along github.com/danieljoos/wincred.
var linked = map[string]string{
	"filippo.io/age":                       "the encryption that everything rests on",
	"filippo.io/edwards25519":              "age's SSH keys: the curve in its other form",
	"filippo.io/hpke":                      "age's hybrid, post-quantum keys",
	"filippo.io/nistec":                    "age's tagged recipients of hardware keys: P-256",
	"github.com/boombuler/barcode":         "drags along with pquerna/otp",
	"github.com/clipperhouse/displaywidth": "how many columns a character takes, for tables in any script",
	"github.com/clipperhouse/uax29/v2":     "the characters that displaywidth measures (Unicode annex 29)",
	"github.com/cpuguy83/go-md2man/v2":     "drags along with urfave/cli",
	"github.com/godbus/dbus/v5":            "the session's bus, which the Secret Service is asked on",
	"github.com/pquerna/otp":               "the codes of RFC 4226 and RFC 6238",
	"github.com/russross/blackfriday/v2":   "drags along with urfave/cli",
	"github.com/skip2/go-qrcode":           "making QR codes",
	"github.com/urfave/cli/v2":             "the flags of the command line, and their values",
	"github.com/xrash/smetrics":            "drags along with urfave/cli",
	"github.com/zalando/go-keyring":        "the Secret Service, the Keychain and the Credential Manager",
	"golang.org/x/crypto":                  "age's scrypt and ciphers, and SSH private keys",
	"golang.org/x/image":                   "WebP and BMP pictures, and scaling",
	"golang.org/x/sys":                     "no core dumps, and the terminal's system calls",
	"golang.org/x/term":                    "asking without echo, and the terminal's size",
	"golang.org/x/text":                    "Unicode's composed and decomposed forms of a passphrase",
}

type listedPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Module     *struct{ Path string }
}

// goList asks the go command about packages.
func goList(t *testing.T, args ...string) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Deps,Module"}, args...)...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []listedPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p listedPackage
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

// TestLinkedModules holds the modules in the binary and its libraries against the
// list above: each has its reason, and none is there unnoticed.
func TestLinkedModules(t *testing.T) {
	have := map[string]bool{}
	for _, p := range goList(t, "-deps", "./cmd/seedvault/...", "./escrow/...", "./qr/...") {
		if p.Module != nil && p.Module.Path != "seedvault" {
			have[p.Module.Path] = true
		}
	}
	for _, m := range slices.Sorted(maps.Keys(have)) {
		if linked[m] == "" {
			t.Errorf("%s is linked and has no reason in the list", m)
		}
	}
	for m := range linked {
		if !have[m] {
			t.Errorf("%s is in the list and not linked", m)
		}
	}
}

// mayImport says which of our packages each may import. The rule of a package is that of the
// longest path here that its own begins with; what a rule names is the beginning of a path,
// too, unless [alone] ends it. The verbs may import all; escrow and qr import neither each
// other nor anything of cmd.
var mayImport = map[string][]string{
	"seedvault/cmd/seedvault/internal/words":           {},
	"seedvault/cmd/seedvault/internal/words/wordstest": rooms("words"),
	"seedvault/cmd/seedvault/internal/console":         {},
	"seedvault/cmd/seedvault/internal/say":             rooms("console words"),
	"seedvault/cmd/seedvault/internal/local":           {"seedvault/escrow"},
	"seedvault/cmd/seedvault/internal/harden":          {},
	"seedvault/cmd/seedvault/internal/sheet":           rooms("console say words", "seedvault/escrow", "seedvault/escrow/byhand", "seedvault/qr"),
	"seedvault/cmd/seedvault/internal/world":           rooms("console local oskeyring say words", "seedvault/escrow/copies/remote"),
	"seedvault/cmd/seedvault/internal/oskeyring":       {},
	"seedvault/cmd/seedvault/internal/explain":         rooms("console local say words", "seedvault/escrow", "seedvault/qr"),
	"seedvault/cmd/seedvault/internal/cli":             rooms("console explain say words world"),
	"seedvault/cmd/seedvault/internal/picture":         rooms("explain local say words world", "seedvault/qr/scan"),
	"seedvault/cmd/seedvault/internal/clipboard":       rooms("console say words world", "seedvault/qr/scan"),
	"seedvault/cmd/seedvault/internal/seedlist":        rooms("console say words world", "seedvault/cmd/seedvault/guide", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/verdict":         rooms("console say words world", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/unlocking":       rooms("console explain oskeyring picture say words world", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/intake":          rooms("clipboard console explain picture say seedlist words world", "seedvault/escrow", "seedvault/qr", "seedvault/qr/scan"),
	"seedvault/cmd/seedvault/internal/recheck":         rooms("console explain say seedlist words world", "seedvault/escrow", "seedvault/qr"),
	"seedvault/cmd/seedvault/internal/readiness":       rooms("console say seedlist words world", "seedvault/cmd/seedvault/guide", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/completion":      rooms("cli place seedlist session world", "seedvault/cmd/seedvault/guide", "seedvault/escrow", "seedvault/escrow/exchange"),
	"seedvault/cmd/seedvault/internal/kit":             {"seedvault/cmd/seedvault/page", "seedvault/escrow"},
	"seedvault/cmd/seedvault/internal/place":           rooms("console explain local say unlocking words world", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/copyplace":       rooms("console explain kit local place say words world", "seedvault/cmd/seedvault/page", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/upkeep":          rooms("console copyplace explain kit local place say words world", "seedvault/cmd/seedvault/page", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/session":         rooms("console copyplace explain local place say seedlist unlocking upkeep words world", "seedvault/cmd/seedvault/page", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/contents":        rooms("console copyplace explain local place say seedlist session upkeep words world", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/transfer":        rooms("console contents explain picture place say seedlist unlocking words world", "seedvault/escrow", "seedvault/qr/scan"),
	"seedvault/cmd/seedvault/internal/drilling":        rooms("console contents copyplace explain place say session unlocking words world", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/newholder":       rooms("console explain local oskeyring place say seedlist sheet unlocking upkeep words world", "seedvault/cmd/seedvault/page", "seedvault/escrow"),
	"seedvault/cmd/seedvault/internal/newvault":        rooms("console copyplace explain local newholder place say seedlist session unlocking upkeep words world", "seedvault/escrow"),
	"seedvault/cmd/seedvault/page":                     {},
	"seedvault/cmd/seedvault/guide":                    rooms("console words"),
	"seedvault/cmd/seedvault/guide/walk":               rooms("console local say words", "seedvault/cmd/seedvault/guide"),
	"seedvault/cmd/seedvault":                          {"seedvault/"},
	"seedvault/escrow/otpauth":                         {},
	"seedvault/escrow/internal/durable":                {"seedvault/escrow/internal/durable"},
	"seedvault/escrow/internal":                        {},
	"seedvault/escrow/internal/format":                 {"seedvault/escrow/internal/holdername", "seedvault/escrow/internal/sshsig"},
	"seedvault/escrow/internal/index":                  {"seedvault/escrow/otpauth", "seedvault/escrow/internal/format"},
	"seedvault/escrow/internal/vaultfs":                {"seedvault/escrow/disk", "seedvault/escrow/internal/durable", "seedvault/escrow/internal/format", "seedvault/escrow/internal/index", "seedvault/escrow/internal/parallel"},
	"seedvault/escrow/internal/tracer":                 {"seedvault/escrow/internal/epochs", "seedvault/escrow/internal/format", "seedvault/escrow/internal/judge", "seedvault/escrow/internal/sealset", "seedvault/escrow/internal/vaultfs", "seedvault/escrow/trace"},
	"seedvault/escrow/internal/epochs":                 {"seedvault/escrow/internal/format", "seedvault/escrow/internal/judge", "seedvault/escrow/internal/sealset", "seedvault/escrow/internal/sshsig", "seedvault/escrow/internal/vaultfs", "seedvault/escrow/internal/sealcache"},
	"seedvault/escrow/internal/staging":                {"seedvault/escrow/internal/durable", "seedvault/escrow/internal/format", "seedvault/escrow/internal/vaultfs", "seedvault/escrow/internal/vaultkey", "seedvault/escrow/internal/sealcache"},
	"seedvault/escrow/internal/sealset":                {"seedvault/escrow/internal/format", "seedvault/escrow/internal/index", "seedvault/escrow/internal/judge", "seedvault/escrow/internal/parallel", "seedvault/escrow/internal/vaultfs", "seedvault/escrow/internal/sealcache"},
	"seedvault/escrow/internal/vaultkey":               {"seedvault/escrow/internal/format", "seedvault/escrow/internal/sshsig", "seedvault/escrow/key"},
	"seedvault/escrow/internal/judge":                  {"seedvault/escrow/internal/format"},
	"seedvault/escrow/internal/sealcache":              {"seedvault/escrow/internal/format", "seedvault/escrow/internal/sshsig"},
	"seedvault/escrow/internal/judge/judgetest":        {"seedvault/escrow/internal/format", "seedvault/escrow/internal/judge"},
	"seedvault/escrow/copies":                          {"seedvault/escrow"},
	"seedvault/escrow/copies/remote":                   {"seedvault/escrow"},
	"seedvault/escrow/copies/remote/remotetest":        {"seedvault/escrow"},
	"seedvault/escrow/copies/gitstore":                 {"seedvault/escrow/copies/remote"},
	"seedvault/escrow/copies/rclonestore":              {"seedvault/escrow/copies/remote"},
	"seedvault/escrow/survival":                        {"seedvault/escrow/roster", "seedvault/escrow/internal/holdername", "seedvault/escrow/key"},
	"seedvault/escrow/exchange":                        {"seedvault/escrow/otpauth"},
	"seedvault/escrow/exchange/google":                 {"seedvault/escrow/exchange" + alone, "seedvault/escrow/otpauth"},
	"seedvault/escrow/exchange/internal":               {"seedvault/escrow/exchange" + alone, "seedvault/escrow/otpauth"},
	"seedvault/escrow/exchange/internal/reading":       {"seedvault/escrow/exchange" + alone, "seedvault/escrow/exchange/google", "seedvault/escrow/exchange/internal/", "seedvault/escrow/otpauth"},
	"seedvault/escrow/exchange/formats":                {"seedvault/escrow/exchange" + alone, "seedvault/escrow/exchange/google", "seedvault/escrow/exchange/internal/", "seedvault/escrow/otpauth"},
	"seedvault/escrow/exchange/apps":                   {"seedvault/escrow/exchange" + alone, "seedvault/escrow/exchange/formats", "seedvault/escrow/otpauth"},
	"seedvault/escrow/trace":                           {},
	"seedvault/escrow/key/keytest":                     {"seedvault/escrow/key/internal/workfactor"},
	"seedvault/escrow/key":                             {"seedvault/escrow/key/internal/", "seedvault/escrow/internal/shamir", "seedvault/escrow/internal/smallage", "seedvault/escrow/internal/holdername"},
	"seedvault/escrow/key/internal":                    {},
	"seedvault/escrow/roster":                          {"seedvault/escrow/internal/format", "seedvault/escrow/key"},
	"seedvault/escrow/byhand":                          {},
	"seedvault/escrow/disk":                            {"seedvault/escrow/internal/durable"},
	"seedvault/escrow":                                 {"seedvault/escrow/byhand", "seedvault/escrow/disk", "seedvault/escrow/otpauth", "seedvault/escrow/internal/", "seedvault/escrow/key", "seedvault/escrow/roster", "seedvault/escrow/trace"},
	"seedvault/qr/internal/symbol":                     {},
	"seedvault/qr/scan":                                {"seedvault/qr/internal/symbol"},
	"seedvault/qr":                                     {"seedvault/qr/scan", "seedvault/qr/internal/symbol"},
	"seedvault/testdata":                               {},
	everywhere:                                         {},
}

// alone ends a package without those below it: a rule is a prefix otherwise.
const alone = "$"

// everywhere is what all may import.
const everywhere = "seedvault/internal/lazy"

// rooms returns the paths of packages that the verbs stand on, which are given by name, and
// others.
func rooms(names string, others ...string) (list []string) {
	for name := range strings.FieldsSeq(names) {
		list = append(list, "seedvault/cmd/seedvault/internal/"+name)
	}
	return append(list, others...)
}

func TestImportGraph(t *testing.T) {
	list := goList(t, "./...", "./testdata/images", "./testdata/age-plugin-seedtest")
	if len(list) < 12 {
		t.Fatalf("only %d packages", len(list))
	}
	for _, p := range list {
		rule := ""
		for prefix := range mayImport {
			if (p.ImportPath == prefix || strings.HasPrefix(p.ImportPath, prefix+"/")) && len(prefix) > len(rule) {
				rule = prefix
			}
		}
		if rule == "" {
			t.Errorf("%s is in no rule", p.ImportPath)
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "seedvault/") && i != everywhere && !slices.ContainsFunc(mayImport[rule], func(ok string) bool { return i+alone == ok || strings.HasPrefix(i, ok) }) {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// mayTouch is what of the machine a library may: folders on disk and the type of an
// error for some; remote alone runs programs, in an environment that it is given.
var mayTouch = map[string]string{
	"seedvault/escrow/copies":                   "os",
	"seedvault/escrow/copies/gitstore":          "os",
	"seedvault/escrow/copies/rclonestore":       "os",
	"seedvault/escrow/copies/remote":            "os/exec",
	"seedvault/escrow/copies/remote/remotetest": "os", // a test's environment
	"seedvault/escrow/disk":                     "os",
	"seedvault/escrow/internal/durable":         "os",
}

// TestLibrariesAreSilent keeps out of libraries what they would log, read the environment,
// write to standard output, run programs or reach the network with, but for [mayTouch].
// That none prints with package fmt it does not see.
func TestLibrariesAreSilent(t *testing.T) {
	for _, p := range goList(t, "./escrow/...", "./qr/...") {
		for _, i := range p.Imports {
			if slices.Contains([]string{"log", "net", "net/http", "os", "os/exec"}, i) && mayTouch[p.ImportPath] != i {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}

		}
	}
}
