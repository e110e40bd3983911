package page

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"

	"filippo.io/age"
)

// fromKit has a vault opened from a kit with the key on paper.
func (m *maker) fromKit(b browser) *person {
	m.t.Helper()
	p := visitor(m.t, b, m.kit(), "en")
	p.press("#open-kit")
	p.typesPaper(paperLines(madePaperKey))
	return p
}

// TestWrongPassphrase asks again, and says which word cannot be right.
func TestWrongPassphrase(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	const six = "abandon ability able about above absent"
	m.words("anna", six, 10)
	m.words("berta", "another passphrase of tests", 10)
	m.seed("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP")
	m.seal()
	inEach(t, func(t *testing.T, b browser) {
		p := visitor(t, b, m.kit(), "en")
		p.press("#open-kit")
		for typed, want := range map[string]string{
			"no such passphrase":                       "That is not the passphrase of anna. Nothing is lost: type it again.",
			"abandon ability abel about above absent":  "word 3 is mistyped: it is not one of the words that seedvault uses. Did you mean able, label?",
			"abandon ability able about above":         "You typed 5 words. If seedvault made it, it has six.",
			"ability abandon able about above absent ": "All six are words that seedvault uses. Is their order right?",
		} {
			if p.get(`return document.querySelector("#passphrase") ? "asked" : "";`) == "" {
				p.press("#with-passphrase")
			}
			p.types("#passphrase", typed)
			p.submits("#passphrase")
			p.sees(want)
		}
		p.types("#passphrase", "  Abandon ABILITY able\u3000about above ａbsent")
		p.submits("#passphrase")
		p.heads("1 account")
	})
}

// TestPaper points at the line that is mistyped, and says what a key does not open.
func TestPaper(t *testing.T) {
	t.Parallel()
	m := small(t)
	other, err := age.GenerateX25519Identity()
	must(t, err)
	p := visitor(t, useChromium(t), m.kit(), "en")
	p.press("#open-kit")
	p.press("#with-paper")
	lines := paperLines(madePaperKey)
	p.types("#line-2", lines[1])
	p.types("#line-1", "AGE-SECRET-KEY-1 "+strings.Replace(lines[0], "E", "D", 1))
	p.sees("There is a mistake in this line")
	p.types("#line-1", "age-secret-key-1 "+lines[0])
	p.wait(`[...document.querySelectorAll(".state")].map((s) => s.textContent).join() === "Right,Right,"`)
	p.types("#line-3", lines[2][:10])
	p.wait(`document.querySelector("#line-3").dataset.state === "short"`)
	for i, line := range paperLines(other.String()) {
		p.types(fmt.Sprintf("#line-%d", i+1), line)
	}
	p.submits("#line-1")
	p.sees("This key opens nothing here.")
	p.types("#line-1", madePaperKey) // whole, without the checks
	p.submits("#line-1")
	p.heads("3 accounts")
}

// TestKeyFile opens with an age identity file, and says what is none.
func TestKeyFile(t *testing.T) {
	t.Parallel()
	m := small(t)
	p := visitor(t, useChromium(t), m.kit(), "en")
	p.press("#open-kit")
	p.press("#with-file")
	p.choose(t, "#key-file", writeFile(t, "id", []byte("-----BEGIN OPENSSH PRIVATE KEY-----\n")))
	p.sees("There is no key of age's own in that file.")
	p.choose(t, "#key-file", writeFile(t, "my.key", []byte("# created by hand\r\n"+madePaperKey+"\r\n")))
	p.heads("3 accounts")
}

// TestPostQuantum opens a vault of hybrid keys.
func TestPostQuantum(t *testing.T) {
	t.Parallel()
	m := &maker{t: t, files: map[string][]byte{}}
	m.epoch(1, newMadeKey(t, true), "-")
	paper, err := age.GenerateHybridIdentity()
	must(t, err)
	m.holder("paper", paper.Recipient())
	m.seed("otpauth://totp/ACME:pq?secret=JBSWY3DPEHPK3PXP&issuer=ACME")
	m.seal()
	inEach(t, func(t *testing.T, b browser) {
		p := visitor(t, b, m.kit(), "en")
		p.press("#open-kit")
		p.typesPaper(paperLines(paper.String()))
		p.heads("1 account")
		p.sees("ACME")
	})
}

// TestWhatIsChosen says what is wrong with files that are no vault, or not a whole one.
func TestWhatIsChosen(t *testing.T) {
	t.Parallel()
	m := small(t)
	kit := read(t, m.kit())
	data := bytes.Index(kit, []byte(dataStart))
	old := map[string][]byte{"1-e503a3b2/vault.txt": []byte("seedvault 1\n")}
	p := visitor(t, useChromium(t), pageFile(t), "en")
	for _, c := range []struct {
		file, want string
		data       []byte
	}{
		{"a.txt", "There is no vault in what you chose.", []byte("hello")},
		{"a.zip", "There is no vault in what you chose.", zipped(t, map[string][]byte{"a/b.txt": []byte("x")}, nil)},
		{"a.zip", "That zip file cannot be read", []byte("hello, this is no zip file at all")},
		{"a.zip", "That zip file cannot be read", zipped(t, m.files, nil)[100:]},
		{"a.zip", "That zip file has a password of its own.", zipped(t, m.files, func(h *zip.FileHeader) { h.Flags |= 1 })},
		{"a.html", "That file is no kit of seedvault.", []byte("<!doctype html>")},
		{"kit.html", "This kit is cut off or damaged", kit[:data+2000]},
		{"kit.html", "This kit is cut off or damaged", append(bytes.Clone(kit[:data+2000]), "</script>"...)},
	} {
		p.choose(t, "#file", writeFile(t, c.file, c.data))
		p.sees(c.want)
		p.do(`document.querySelector("#trouble").replaceChildren();`)
	}
	oldKit, err := Kit(old)
	must(t, err)
	p.choose(t, "#file", writeFile(t, "old.html", oldKit))
	p.sees("This vault was made by an early version of seedvault")
}

// TestCutPage says that the page itself is cut off, in the data or in the program.
func TestCutPage(t *testing.T) {
	t.Parallel()
	kit := read(t, small(t).kit())
	data := bytes.Index(kit, []byte(dataStart))
	cut := writeFile(t, "cut.html", kit[:data+3000])
	inEach(t, func(t *testing.T, b browser) {
		visitor(t, b, cut, "ja").sees("このキットは途中で切れているか、壊れています。")
		visitor(t, b, writeFile(t, "none.html", kit[:data/2]), "en").sees("this file is cut off, or the browser is too old")
	})
}

// TestZipAndOtherKit opens what cloud drives give, and another kit as data.
func TestZipAndOtherKit(t *testing.T) {
	t.Parallel()
	m := small(t)
	inFolder := map[string][]byte{"__MACOSX/._vault": []byte("x")}
	for path, data := range m.files {
		inFolder["My Drive/vault/"+path] = data
	}
	inEach(t, func(t *testing.T, b browser) {
		for file, data := range map[string][]byte{"vault.zip": zipped(t, inFolder, nil), "kit.html": read(t, m.kit())} {
			p := visitor(t, b, pageFile(t), "en")
			p.choose(t, "#file", writeFile(t, file, data))
			p.typesPaper(paperLines(madePaperKey))
			p.heads("3 accounts")
			if strings.Contains(p.text(), "Damaged or missing") {
				t.Errorf("%s: a file is said to be damaged", file)
			}
		}
	})
}

// TestDrop takes what is dropped on the page.
func TestDrop(t *testing.T) {
	t.Parallel()
	m := small(t)
	inEach(t, func(t *testing.T, b browser) {
		p := visitor(t, b, pageFile(t), "en")
		p.do(`const zip = Uint8Array.from(atob(%s), (c) => c.charCodeAt(0));
			const data = new DataTransfer();
			data.items.add(new File([zip], "vault.zip"));
			document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));`, zipped(t, m.files, nil))
		p.typesPaper(paperLines(madePaperKey))
		p.heads("3 accounts")
	})
}

// TestTap taps the link that hands an account to an app on the same device: where no
// app takes it, the page stays as it is.
func TestTap(t *testing.T) {
	t.Parallel()
	m := small(t)
	inEach(t, func(t *testing.T, b browser) {
		p := m.fromKit(b)
		p.press("work")
		p.do(`document.querySelector(".tap a").click(); await new Promise((ok) => setTimeout(ok, 500));`)
		p.heads("work ACME · anna@example.com")
	})
}

// TestSeveral lets a person choose between vaults.
func TestSeveral(t *testing.T) {
	t.Parallel()
	a, b := small(t), newMaker(t)
	b.paper()
	b.seal()
	both := map[string][]byte{}
	for path, data := range a.files {
		both["old stick/"+path] = data
	}
	for path, data := range b.files {
		both["new stick/"+path] = data
	}
	p := visitor(t, useChromium(t), pageFile(t), "en")
	p.choose(t, "#file", writeFile(t, "both.zip", zipped(t, both, nil)))
	p.press("old stick")
	p.typesPaper(paperLines(madePaperKey))
	p.heads("3 accounts")
}

// TestHostileLabels shows markup and direction marks as what they are.
func TestHostileLabels(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	m.paper()
	const evil = `<img src=x onerror=alert(1)><script>alert(2)</script>`
	m.seed("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", "name "+evil, "note "+evil, "recovery "+evil)
	m.seed("otpauth://totp/%E2%80%AEmoc.knab:%E2%81%A6me?secret=JBSWY3DPEHPK3PXP")
	m.seed("javascript:alert(3)", "name a link")
	m.seal()
	inEach(t, func(t *testing.T, b browser) {
		p := m.fromKit(b)
		p.heads("3 accounts")
		for _, want := range []string{evil, "[U+202E]moc.knab", "[U+2066]me"} {
			p.sees(want)
		}
		p.press(evil)
		p.sees("Recovery codes (1)")
		p.press("#list")
		p.press("a link")
		p.sees("javascript:alert(3)")
		if n := p.get(`return String(document.querySelectorAll("main img, main script, main a[href^=javascript]").length);`); n != "0" {
			t.Errorf("%s elements out of a label", n)
		}
	})
}

// TestNewerFormat names a folder that a newer program wrote.
func TestNewerFormat(t *testing.T) {
	t.Parallel()
	m := small(t)
	newer := []byte("seedvault 2\nand more\n")
	folder := "2-" + sumOf(newer)[:16]
	m.files[folder+"/vault.txt"] = newer
	p := m.fromKit(useChromium(t))
	p.heads("3 accounts")
	p.sees(folder + ": written by a newer seedvault")

	only := &maker{t: t, files: map[string][]byte{folder + "/vault.txt": newer}, folder: folder, vault: newMadeKey(t, false), sealed: map[string]bool{}}
	stranger, err := age.GenerateX25519Identity()
	must(t, err)
	only.holder("paper", stranger.Recipient())
	p = only.fromKit(useChromium(t))
	p.sees("A newer seedvault wrote this vault.")
}

// TestRolledBack says up to which list a copy is complete, and which lists are missing.
func TestRolledBack(t *testing.T) {
	t.Parallel()
	m := small(t)
	p := m.fromKit(useChromium(t))
	p.heads("3 accounts")
	p.sees("Complete up to list 1 of 2026-11-22 10:00 UTC.")
	m.seed("otpauth://totp/second?secret=JBSWY3DPEHPK3PXP")
	second := m.seal()
	m.seed("otpauth://totp/third?secret=JBSWY3DPEHPK3PXP")
	m.seal()
	p = m.fromKit(useChromium(t))
	p.heads("5 accounts")
	p.sees("Complete up to list 3")
	delete(m.files, second)
	p = m.fromKit(useChromium(t))
	p.heads("5 accounts")
	p.sees("A list of accepted accounts is missing in " + m.folder + " (0002-")
	if text := p.text(); strings.Contains(text, "Complete up to") {
		t.Error("a vault of which a list is missing is said to be complete")
	}
}

// TestPlanted passes over what somebody who only writes to a copy can plant.
func TestPlanted(t *testing.T) {
	t.Parallel()
	m := small(t)
	paper, err := age.ParseX25519Identity(madePaperKey)
	must(t, err)
	other := newMaker(t)
	for range 3 { // another vault's identity, for the same key
		m.putHashed("holders/aaa/slot-%s.age", m.encrypt([]byte(other.vault.identity+"\n"), paper.Recipient()))
	}
	r, err := age.NewScryptRecipient("x")
	must(t, err)
	r.SetWorkFactor(10)
	costly := bytes.Replace(m.encrypt([]byte("x"), r), []byte(" 10\n"), []byte(" 22\n"), 1)
	m.putHashed("holders/words/key-%s.age", costly)
	m.putHashed("seeds/%s.age", m.encrypt([]byte("otpauth://totp/planted?secret=JBSWY3DPEHPK3PXP\n\n"), other.vault.recipient))
	m.put("seeds/notes.txt", []byte("hello"))
	m.put("something/else", []byte("hello"))
	inEach(t, func(t *testing.T, b browser) {
		p := visitor(t, b, m.kit(), "en")
		p.press("#open-kit")
		p.typesPassphrase("not the passphrase") // costs one scrypt of the listed file, and not 2^22
		p.sees("That is not the passphrase of words.")
		p.types("#passphrase", madePassphrase)
		p.submits("#passphrase")
		p.heads("3 accounts")
		p.sees("no account of this vault")
		if strings.Contains(p.text(), "planted") {
			t.Error("a seed of another vault is shown")
		}
	})
}

// TestOlderEpochs shows every epoch that opens apart, the newest first, equals once.
func TestOlderEpochs(t *testing.T) {
	t.Parallel()
	m := small(t)
	first, old := m.folder, m.vault
	fingerprint := sumOf(m.files[first+"/vault.txt"])
	m.epoch(2, newMadeKey(t, false), fingerprint)
	m.paper()
	m.put("old.age", m.encrypt([]byte(old.identity+"\n"), m.vault.recipient))
	m.files[m.folder+"/vault.txt.sig"] = sshSign(old.signer, "seedvault-epoch", m.files[m.folder+"/vault.txt"])
	m.seed("otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME", "name work", `note first line\nsecond line`, "recovery 1111-2222", "recovery 3333-4444")
	m.seed("otpauth://totp/New:me?secret=JBSWY3DPEHPK3PXP&issuer=New")
	m.seal("# joined " + fingerprint)
	second := m.folder
	p := m.fromKit(useChromium(t))
	p.heads("4 accounts") // work is in both
	p.wait(`[...document.querySelectorAll("h2")].slice(0, 2).map((h) => h.textContent).join(" / ") === %s`,
		"Newest part of the vault: folder "+second+" / Only in an older part: folder "+first)

	for path := range maps.Clone(m.files) { // the newer one is for somebody else
		if strings.HasPrefix(path, second+"/holders/") {
			delete(m.files, path)
		}
	}
	p = m.fromKit(useChromium(t))
	p.heads("3 accounts")
	p.sees("Your key does not open the folder " + second + ", which is newer.")
}

// TestOtherWaysIn says that hardware keys, SSH keys and quorums need the program.
func TestOtherWaysIn(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	m.putHashed("holders/stick/slot-%s.age", []byte("age-encryption.org/v1\n-> piv-p256 aaaaaa bbbb\ncccc\n--- dddd\n"))
	m.putHashed("holders/laptop/slot-%s.age", []byte("age-encryption.org/v1\n-> ssh-ed25519 aaaaaa bbbb\ncccc\n--- dddd\n"))
	m.putHashed("holders/board/share-alice-%s.age", []byte("age-encryption.org/v1\n-> ssh-rsa aaaaaa\ncccc\n--- dddd\n"))
	m.seal()
	p := visitor(t, useChromium(t), m.kit(), "en")
	p.press("#open-kit")
	p.sees("This vault has only ways in that need the program seedvault: shares of several people, SSH keys, hardware keys.")
}

func zipped(t *testing.T, files map[string][]byte, change func(*zip.FileHeader)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	method := zip.Deflate
	for path, data := range files {
		h := &zip.FileHeader{Name: path, Method: method}
		if method = zip.Store; len(path)%2 == 0 {
			method = zip.Deflate
		}
		if change != nil {
			change(h)
		}
		f, err := w.CreateHeader(h)
		must(t, err)
		_, err = f.Write(data)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}
