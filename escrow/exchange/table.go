package exchange

// Formats returns every format, in the order in which they are tried on a file:
// those that look closest come first. Help, completion, documents and tests are
// made from it; a new format is one file and one line here.
func Formats() []*Format {
	return []*Format{
		google, ente, pass, uris, ageBundle,
		zipCrypto, raivo, onepassword, protonPass, cxf, zippedURIs,
		aegis, aegisEncrypted, twofas, stratum, freeotpPlus, freeotp1, freeotp2,
		bitwardenRestricted, cotp, bitwarden, bitwardenAuthenticator, keepassxc, kdbx, apple,
		proton, lastpass, twofauth, duo, browserExtension, authy, steam, otpclient, pskc,
		openPGP, sqlite, sqlcipher, winauth, totpAuthenticator,
		csvTable, andotp,
	}
}
