package speech

// englishRemarks are what is said beside the answers, and the answers that are
// sentences.
var englishRemarks = map[Message]string{
	PromptKey:    "passphrase or paper key: ",
	NotShownHere: "the locale's character set cannot show Japanese, so this is English; for Japanese type LC_ALL=C.UTF-8 seedvault --lang ja",

	VaultMade:      "vault made at %s\nfingerprint %s",
	ShowPassphrase: "\nThe passphrase, shown this once. Write it down:\n\n    %s\n",
	ShowPaperKey:   "\nThe paper key, shown this once. Write it down, or print it:\n\n    %s\n",
	SheetStart:     "# seedvault: the paper key of a vault. Whoever has the next line can open it.\n%s\n",
	SheetEnd: "#\n# fingerprint  %s\n# recipient    %s\n#\n# Open a copy:  seedvault restore NAME --copy FOLDER, and type the key\n" +
		"# By hand, in the vault's folder, with the key line in the file paper.txt:\n" +
		"#   for s in 1-*/holders/%s/slot-*.age; do age -d -o /dev/shm/v.key -i paper.txt \"$s\"; done\n" +
		"#   for f in 1-*/seeds/*.age; do age -d -i /dev/shm/v.key \"$f\" | head -1; done\n" +
		"#   rm /dev/shm/v.key",
	SheetUnfinished: "the key stands in %s, but the fingerprint could not be added: note it from above",
	WrotePaperKey:   "the paper key is in %s: print it, then delete the file",
	FewWays:         "only %d way into this vault: if it is lost, all is lost; two or more holders are advised",
	Pinned:          "vault at %s\nfingerprint %s, confirmed",
	FingerprintOf:   "%s  fingerprint %s",
	Brought:         "brought %d files to %s",
	NotBrought:      "not brought: %s",
	ReadsOnly:       "no key given, so this machine does not learn what to encrypt to: it reads, and adds nothing",

	Saved:              "saved %s, receipt %s",
	PresentCode:        "code now %s for %s more seconds, then %s",
	NotYetAcceptedHint: "not yet accepted; a holder accepts it: seedvault accept --all",
	NotInJournal:       "receipt %s could not be noted on this machine: %s",
	HOTPSaved:          "this seed counts; the service knows the counter, which began at %d",
	Twice:              "%s: the same seed again, taken once",
	Refused:            "refused %s: %s",
	AddLedger:          "%d saved, %d refused, %d the same again",
	AddStopped:         "%d not saved, because the vault cannot be written",
	InputLine:          "line %d",

	OtherEpochs:      "the vault whose fingerprint is confirmed here, %s, does not open with this key; what does is shown, and is not it",
	NotCompared:      "not compared: no fingerprint has been confirmed on this machine; this vault's is %s",
	NewerSeal:        "a newer seedvault wrote %s: what is shown may not be all, and nothing but seeds is added",
	SeedLost:         "an accepted seed is %s: %s",
	RecordUnreadable: "cannot read a record about a holder: %s",
	EmptyVault:       "the vault is empty",
	AlsoWaiting:      "%d more called %s wait to be accepted and are left out",
	NotYetAccepted:   "%s is not yet accepted: nobody has confirmed where it comes from",
	ScanThis:         "scan this on the new phone: %s",
	WroteSeed:        "the seed in clear is in %s: delete it when the phone has it",
	NothingToAccept:  "nothing waits to be accepted",
	Accepted:         "accepted %d, seal %d",
	NotSettled:       "what this machine added could not be accepted now: %s",
	NotRemembered:    "what was seen could not be noted on this machine: %s",

	IdentityUnreadable: "the configured key file cannot be read: %s",
	SharedKeyFile:      "others on this machine can read %s: chmod 600 %s",

	ReadingSeeds:     "reading seeds: %d of %d",
	TryingPassphrase: "trying the passphrase",
	MakingPassphrase: "locking with the passphrase",

	CheckGood:        "all is well",
	CheckRed:         "something needs you",
	CheckSeeds:       "seeds: %d accepted, %d not yet accepted",
	CheckWays:        "ways in: %d",
	CheckSeal:        "complete up to seal %d of %s",
	CheckNewestSeal:  "newest seal here: %d of %s",
	CheckOpened:      "opened: every seed that is not named below decrypts and gives a code",
	CheckUnopened:    "not opened: names, hashes, seals and signatures are checked; whether seeds decrypt, only a key can tell",
	CheckNotCompared: "not compared: no fingerprint has been confirmed on this machine",
	CheckFinding:     "%s  %s  %s",
	MarkRed:          "RED ",
	MarkNote:         "note",
}
