package speech

// englishFirst is what is said while the first vault is made: whole sentences, on the
// terminal itself.
var englishFirst = map[Message]string{
	FirstIntro: `
There is no vault on this PC yet. Four questions make one, at
%s
Enter takes what is advised. Ctrl-C stops, and leaves nothing behind.`,
	FirstPassphrase: `To be saved: %s
(not what you meant to save? Ctrl-C stops here)

%d of %d  The passphrase

It opens the vault on any computer. It is shown only here, only now:

      %s

Write it down on paper: no photo, no file.
%s`,
	FirstWritten:     "Written down? Enter ",
	FirstProve:       "Read from what you have written. (Enter alone shows the passphrase again.)",
	FirstWord:        "word %d: ",
	FirstWordDiffers: "\nThat was not word %d. Compare what you have written with it.",
	FirstSheet: `
%d of %d  The sheet
A page to print, with a key that opens the vault without the passphrase.`,
	FirstSheetWhere: "It will be %s\n[Enter: yes, n: no sheet, or another file] ",
	FirstNoSheet:    "No sheet: the passphrase is the only way in. Who forgets it has lost everything.",
	FirstCopy: `
%d of %d  A copy elsewhere
A vault on this PC alone is lost with this PC.`,
	FirstPlace:         "  %d  %s, %s: %s",
	FirstSynced:        "carried elsewhere by its program",
	FirstRemovable:     "can be unplugged",
	FirstCopyWhere:     "where? [1, another number, a folder, or n: no copy] ",
	FirstCopyNone:      "plug in a USB stick [Enter: look for it, or a folder, or n: no copy] ",
	FirstNoCopy:        "No copy: what happens to this PC happens to the vault.",
	FirstGo:            "\n%d of %d  Ready\nTo be saved: %s\n%s\n%s",
	FirstWayPassphrase: "Opened by the passphrase alone.",
	FirstWaysBoth:      "Opened by the passphrase, or by the sheet alone.",
	FirstHereOnly:      "Lies on this PC only.",
	FirstHereAnd:       "Lies on this PC and at %s.",
	FirstAskGo:         "make the vault, and save into it? [Y/n] ",
}
