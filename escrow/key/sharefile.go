package key

import (
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// EncryptToSend encrypts the share to whoever combines, armored so that it can be sent as
// text. Whoever opens as many as the quorum takes has the key. The error is that of
// [Share.EncryptForVault].
func (s Share) EncryptToSend(to age.Recipient) (string, error) {
	file, err := s.EncryptForVault(to)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	w := armor.NewWriter(&text)
	if _, err := w.Write(file); err != nil {
		return "", errEncrypt
	}
	if err := w.Close(); err != nil {
		return "", errEncrypt
	}
	return text.String(), nil
}

// OpenSentShare opens what [Share.EncryptToSend] made, or reads a share's own text. The error
// is that of [Decrypt] where it does not decrypt, and [ErrShare] for anything else.
func OpenSentShare(text string, ids ...age.Identity) (Share, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if strings.HasPrefix(text, shareTitle) {
		return ParseShare(text + "\n")
	}
	if !strings.HasPrefix(text, armor.Header) {
		return Share{}, ErrShare
	}
	file, err := io.ReadAll(io.LimitReader(armor.NewReader(strings.NewReader(text)), FileLimit))
	if err != nil {
		return Share{}, ErrShare
	}
	return OpenVaultShare(file, ids...)
}

// EncryptForVault encrypts the share to its member, binary, as it lies beside the quorum's
// slot. The error is that of [Encrypt], or [ErrMembers] where the file would be longer
// than [FileLimit].
func (s Share) EncryptForVault(to age.Recipient) ([]byte, error) {
	file, err := Encrypt(to, []byte(s.Text()))
	if errors.Is(err, errFileLimit) {
		return nil, ErrMembers
	}
	return file, err
}

// OpenVaultShare opens what [Share.EncryptForVault] made. The error is
// that of [Decrypt], or [ErrShare].
func OpenVaultShare(file []byte, ids ...age.Identity) (Share, error) {
	plain, err := Decrypt(file, ids...)
	if err != nil {
		return Share{}, err
	}
	return ParseShare(string(plain))
}
