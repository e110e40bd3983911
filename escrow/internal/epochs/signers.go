package epochs

import (
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
	"seedvault/escrow/internal/vaultfs"
)

// condemnReplaced takes for damaged what lies in the place of the pinned epoch's
// vault.txt, or of one that it follows, and is another: a folder's name holds only
// the beginning of a fingerprint.
func (v *View) condemnReplaced() {
	fp := v.Pin.Fingerprint
	for e := v.ByFingerprint(fp); e != nil; e = v.ByFingerprint(fp) {
		fp = e.Desc.Previous
	}
	for _, e := range v.Epochs {
		if !fp.IsZero() && format.EpochFolder(e.Number, fp) == e.Folder && !e.fits.IsZero() && e.fits != fp {
			e.Fingerprint, e.Desc, e.Newer = format.Fingerprint{}, nil, nil
		}
	}
}

// signersOf returns the epochs whose signer has signed an epoch's vault.txt: in
// vault.txt.sig, or in the one that is named by its folder. One that does not verify
// counts for nothing. A signature is a colleague's rotation or a former holder's
// invention, which only a person can tell.
func (v *View) signersOf(e *Epoch) map[format.Fingerprint]bool {
	if e.fits.IsZero() {
		return nil
	}
	by := map[format.Fingerprint]bool{}
	for _, f := range v.Files.List(e.Folder) {
		if f.Kind != format.KindDescriptorSig && f.Kind != format.KindEpochSig {
			continue
		}
		for _, signer := range v.SignersIn(e, f, e.text) {
			by[signer.Fingerprint] = true
		}
	}
	return by
}

// isSignedBy reports whether a signer, of the epoch in a folder, has signed an epoch's
// vault.txt.
func (v *View) isSignedBy(e *Epoch, folder, signer string) bool {
	if e.fits.IsZero() {
		return false
	}
	for _, name := range []string{"/vault.txt.sig", "/vault.txt.sig-" + folder} {
		sig, err := vaultfs.ReadFile(v.Files.FS, e.Folder+name, format.KindDescriptorSig.Limit())
		if err != nil {
			continue
		}
		if sig, _ = format.UndoCRLF(sig); sshsig.Verify(signer, Namespace, e.text, sig) == nil {
			return true
		}
	}
	return false
}

// SignersIn returns the epochs here whose signer's signature on a text, an epoch's
// vault.txt, lies in a file: any of them in vault.txt.sig, else the one that its name names.
func (v *View) SignersIn(e *Epoch, f vaultfs.File, text []byte) (by []*Epoch) {
	sig, err := vaultfs.ReadFile(v.Files.FS, f.Path, f.Kind.Limit())
	if err != nil {
		return nil
	}
	sig, _ = format.UndoCRLF(sig)
	of := strings.TrimPrefix(strings.TrimPrefix(f.Path, e.Folder+"/vault.txt.sig"), "-")
	for _, other := range v.Epochs {
		if other == e || other.Desc == nil || other.Desc.Unverified || of != "" && of != other.Folder {
			continue
		}
		if sshsig.Verify(other.Desc.Signer, Namespace, text, sig) == nil {
			by = append(by, other)
		}
	}
	return by
}
