package google

import "seedvault/escrow/otpauth"

// Entry is one account: taken as a key, or refused.
type Entry struct {
	Position int         // from 1, in the export or the list that held it
	Label    string      // issuer and account, as they came, for a person; may be empty
	Key      otpauth.Key // of a refused account none
	Err      error       // why it is refused: an [*exchange.Error] or an [*otpauth.Error]
}

// entry makes an entry of a judged account.
func entry(position int, label string, k otpauth.Key, err error) Entry {
	if err != nil {
		k = otpauth.Key{}
	}
	return Entry{position, label, k, err}
}
