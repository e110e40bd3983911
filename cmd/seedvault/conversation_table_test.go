package main

// prompted is a prompt, how a person comes to it, and what each kind of answer does there.
type prompted struct {
	by     string // World.Ask or World.Confirm, "" for the terminal itself
	world  string // of conversationWorlds
	line   string // the command, as a shell reads it
	lead   []said // the prompts before, and what is answered to them
	hidden bool   // what is typed there is a secret
	after  bool   // something was written before
	stop   *end   // what Ctrl-C does, nil for stopped

	empty  end
	wrong  [3]string // what nobody could mean there
	wrongs []end     // what comes of each, nil for the prompt again
	yes    end
	no     end
	paste  string // with spaces around it, and a line too many
	pasted end
}

// said is a prompt and the answer to it. Of a word that begins with @ the passphrase's word
// of that number is typed, and of one that begins with $ the first line of a file.
type said struct{ prompt, answer string }

// end is what an answer leads to: a prompt, which may be the same one, or the end of the
// command.
type end struct {
	next   string // the prompt that comes, "" for the end
	says   string // a message that is shown before, "" for any
	status int    // of the end
	writes bool   // something may be written, as by what ends well
}

// Shorthands for the table.
func again(prompt string) end             { return end{next: prompt} }
func saying(prompt, message string) end   { return end{next: prompt, says: message} }
func ends(status int, message string) end { return end{status: status, says: message} }
func does(message string) end             { return end{says: message, writes: true} }

var (
	stopped  = ends(1, "Interrupted")
	declined = ends(1, "Declined")
)

// The answers that lead to a prompt which others come before.
var (
	written    = []said{{"FirstWritten", ""}}
	proven     = append(written[:1:1], said{"FirstWord", "@2"}, said{"FirstWord", "@5"})
	noSheet    = append(proven[:3:3], said{"FirstSheetWhere", "n"})
	noCopy     = append(noSheet[:4:4], said{"FirstCopyWhere", "n"})
	bareKey    = []said{{"AskSeed", "kruu gkid rovu wg2z amjz g653 o"}}
	ofService  = append(bareKey[:1:1], said{"AskIssuer", "My Bank"})
	ofAccount  = append(ofService[:2:2], said{"AskAccount", "anna"})
	newSeed    = []said{{"AskSeed", "$cloud.txt"}}
	noNight    = ends(1, "FirstStopped")
	noCompare  = end{status: 0, says: "PhoneNotCompared", writes: true}
	wrongWord  = saying("FirstWritten", "FirstWordDiffers")
	notShown   = end{status: 0}
	threeTimes = func(e end) []end { return []end{e, e, e} }
)

// confirmed returns a prompt of World.Confirm: only a yes does what it asks about.
func confirmed(world, line string, yes end) prompted {
	return prompted{
		by: "Confirm", world: world, line: line, empty: declined, yes: yes, no: declined,
		wrong: [3]string{"perhaps", "sure thing", "42"}, paste: "  n \necho zebra\n", pasted: declined,
	}
}

// conversations are all prompts of the program, with what comes of each behaviour.
var conversations = map[string]prompted{
	"AskAccept":         confirmed("team", "accept --all", does("Accepted")),
	"AskCopyRefill":     confirmed("emptied", "copy sync stick", does("CopyBrought")),
	"AskCopyRemove":     confirmed("home", "copy remove stick", does("CopyRemoved")),
	"AskExportRest":     confirmed("home", "export --to cxf --all --out none.json", end{status: 1, says: "ExportWritten", writes: true}),
	"AskHolder":         confirmed("home", "holder add new -r $ALICE", does("HolderAdded")),
	"AskLost":           confirmed("missing", "accept --lost $(cat seal) -i sheet.txt", does("SealsGivenUp")),
	"AskRemove":         confirmed("home", "remove acme", does("Removed")),
	"AskRotate":         confirmed("home", "rotate", does("Rotated")),
	"AskShare":          confirmed("board", "holder share board --to alice -i bob.key", does("ShareUse")),
	"AskWithoutFiles":   confirmed("torn", "rotate", again("AskRotate")),
	"AskWithoutMissing": confirmed("missing", "rotate -i sheet.txt", again("AskRotate")),

	"AskRetired": {
		by: "Ask", world: "home", line: "code door", empty: declined, yes: end{}, no: declined,
		wrong: [3]string{"perhaps", "door", "42"}, paste: "  n \necho zebra\n", pasted: declined,
	},
	"AskCounter": {
		by: "Ask", world: "home", line: "add", lead: []said{{"AskSeed", "$further.txt"}},
		empty: does("Accepted"), yes: does("Accepted"), no: does(""),
		wrong: [3]string{"perhaps", "9", "further"}, paste: "  n \necho zebra\n", pasted: does(""),
	},
	"AskNoSheet": {
		by: "Ask", world: "bare", line: "open stick", lead: []said{{"AskFingerprint", "n"}},
		empty: again("AskFingerprint"), yes: again("PromptKey"), no: again("AskFingerprint"),
		wrong: [3]string{"perhaps", "without", "42"}, paste: " y \n\n", pasted: saying("PromptKey", "NothingTyped"),
	},
	"AskPage": {
		by: "Ask", world: "plain", line: "holder sheet paper -i sheet.txt --out again.txt",
		empty: does("WroteSheet"), yes: does("PagePut"), no: does("WroteSheet"),
		wrong: [3]string{"perhaps", "page", "42"}, paste: "  n \necho zebra\n", pasted: does("WroteSheet"),
	},
	"AskSave": {
		by: "Ask", world: "parts", line: "add two.png",
		empty: end{next: "AskSave", says: "Saved", writes: true}, yes: end{next: "AskSave", says: "Saved", writes: true}, no: again("AskSave"),
		wrong: [3]string{"perhaps", "both", "1"}, paste: "  n \n no \n", pasted: ends(0, "AddLedger"),
	},
	"AskWaiting": {
		by: "Ask", world: "team", line: "add", lead: newSeed,
		empty: end{next: "AskCompare", says: "Saved", writes: true}, no: end{next: "AskCompare", says: "Saved", writes: true}, yes: does(""),
		wrong: [3]string{"perhaps", "mine", "1"}, paste: "  n \n n \n", pasted: does("Saved"),
	},

	"PromptKey": {
		world: "locked", line: "code acme", hidden: true,
		empty: saying("PromptKey", "NothingTyped"), yes: saying("PromptKey", "WrongPassphrase"), no: saying("PromptKey", "WrongPassphrase"),
		wrong:  [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"},
		wrongs: []end{saying("PromptKey", "WrongPassphrase"), saying("PromptKey", "WrongPassphrase"), ends(1, "WrongPassphrase")},
		paste:  "  $words  \nzebra marker zebra\n", pasted: notShown,
	},
	"PromptKeyOrPass": {
		world: "locked", line: "import cloud.txt", hidden: true,
		empty: does("ImportWaiting"), yes: saying("PromptKeyOrPass", "WrongPassphrase"), no: saying("PromptKeyOrPass", "WrongPassphrase"),
		wrong:  [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"},
		wrongs: []end{saying("PromptKeyOrPass", "WrongPassphrase"), saying("PromptKeyOrPass", "WrongPassphrase"), ends(1, "WrongPassphrase")},
		paste:  "  $words  \nzebra marker zebra\n", pasted: does("ImportCompare"),
	},
	"AskKeyLine": {
		world: "locked", line: "code acme", lead: []said{{"PromptKey", "$line1"}}, hidden: true,
		empty: again("PromptKey"), yes: saying("AskKeyLine", "ShareLine"), no: saying("AskKeyLine", "ShareLine"),
		wrong: [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"}, wrongs: threeTimes(saying("AskKeyLine", "ShareLine")),
		paste: "  $line2  \n $line3 \nzebra marker zebra\n", pasted: notShown,
	},
	"AskPassphraseOr": {
		world: "armed", line: "code acme", hidden: true,
		empty: again("PromptKey"), yes: saying("AskPassphraseOr", "NotItsPassphrase"), no: saying("AskPassphraseOr", "NotItsPassphrase"),
		wrong:  [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"},
		wrongs: []end{saying("AskPassphraseOr", "NotItsPassphrase"), saying("AskPassphraseOr", "NotItsPassphrase"), ends(1, "NoneItsPassphrase")},
		paste:  "$secret\nzebra marker zebra\n", pasted: notShown,
	},
	"AskFilePassphrase": {
		world: "armed", line: "code acme -i my.key", hidden: true,
		empty: saying("AskFilePassphrase", "NotItsPassphrase"), yes: saying("AskFilePassphrase", "NotItsPassphrase"), no: saying("AskFilePassphrase", "NotItsPassphrase"),
		wrong:  [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"},
		wrongs: []end{saying("AskFilePassphrase", "NotItsPassphrase"), saying("AskFilePassphrase", "NotItsPassphrase"), ends(1, "NoneItsPassphrase")},
		paste:  "$secret\nzebra marker zebra\n", pasted: notShown,
	},
	"AskSheetKey": {
		world: "home", line: "holder sheet paper --out again.txt", hidden: true,
		empty: ends(1, "BadPaperKey"), yes: saying("AskKeyLine", "ShareLine"), no: saying("AskKeyLine", "ShareLine"),
		wrong:  [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"},
		wrongs: threeTimes(saying("AskKeyLine", "ShareLine")),
		paste:  " $line1 \n  $line2  \n $line3 \nzebra marker zebra\n", pasted: does("WroteSheet"),
	},

	"AskSeed": {
		world: "home", line: "add", hidden: true,
		empty: ends(1, "EmptyInput"), yes: saying("AskSeed", "TypedNothing"), no: saying("AskSeed", "TypedNothing"),
		wrong:  [3]string{"zebra 1 zebra!", "wrong-horse!", "nothing, like it!"},
		wrongs: []end{saying("AskSeed", "TypedNothing"), saying("AskSeed", "TypedNothing"), ends(1, "TypedNothing")},
		paste:  "  $cloud.txt  \n $shop.txt \n", pasted: again("AskSave"),
	},
	"AskNextPart": {
		world: "parts", line: "add", lead: []said{{"AskSeed", "$link1"}}, hidden: true,
		empty: again("AskSave"), yes: saying("AskNextPart", "TypedNothing"), no: again("AskSave"),
		wrong:  [3]string{"zebra 1 zebra!", "wrong-horse!", "nothing, like it!"},
		wrongs: []end{saying("AskNextPart", "TypedNothing"), saying("AskNextPart", "TypedNothing"), ends(1, "TypedNothing")},
		paste:  "  $link2  \n", pasted: again("AskSave"),
	},
	"AskIssuer": {
		world: "home", line: "add", lead: bareKey, empty: again("AskIssuer"), yes: saying("AskIssuer", "NoNameTyped"), no: saying("AskIssuer", "NoNameTyped"),
		wrong: [3]string{"yes", "OK", "ｙ"}, paste: "  My Bank \n anna \n \n", pasted: end{next: "AskCompare", says: "Saved", writes: true},
	},
	"AskAccount": {
		world: "home", line: "add", lead: ofService, empty: again("AskParameters"), yes: saying("AskAccount", "NoNameTyped"), no: again("AskParameters"),
		wrong: [3]string{"yes", "OK", "ｙ"}, paste: "  anna  \n \n", pasted: end{next: "AskCompare", says: "Saved", writes: true},
	},
	"AskParameters": {
		world: "home", line: "add", lead: ofAccount,
		empty: end{next: "AskCompare", says: "Saved", writes: true}, yes: saying("AskParameters", "BadParameter"), no: end{next: "AskCompare", says: "Saved", writes: true},
		wrong: [3]string{"digits=nine", "eight", "period=0"}, paste: "  digits=8   period=60 \n n \n", pasted: does("Saved"),
	},
	"AskCompare": {
		world: "home", line: "add", lead: newSeed, after: true, stop: &noCompare,
		empty: does(""), yes: again("AskCompare"), no: does(""),
		wrong: [3]string{"000000", "xyz123", "12345"}, wrongs: []end{saying("AskCompare", "PhoneUnknown"), saying("AskCompare", "PhoneUnknown"), saying("AskCompare", "CodeTooShort")},
		paste: "  000 000  \n n \n", pasted: does("PhoneUnknown"),
	},
	"AskFingerprint": {
		world: "bare", line: "open stick -i sheet.txt", empty: ends(1, "CompareFirst"), yes: does("Pinned"), no: saying("AskNoSheet", "NoSheetMeans"),
		wrong: [3]string{"12", "0000 0000 0000 0000 0000 0000 0000 0000", "the sheet"}, wrongs: []end{saying("AskFingerprint", "BadFingerprint"), saying("AskFingerprint", "GroupDiffers"), saying("AskFingerprint", "BadFingerprint")},
		paste: "  $fingerprint  \n", pasted: does("Pinned"),
	},
	"AskPhoneCode": {
		world: "home", line: "restore acme", stop: &end{status: 1, says: "Proven"},
		empty: again("AskPhoneCode"), yes: saying("AskPhoneCode", "CodeTooShort"), no: saying("AskPhoneCode", "CodeTooShort"),
		wrong: [3]string{"000000", "xyz123", "12345"}, wrongs: []end{saying("AskPhoneCode", "PhoneUnknown"), saying("AskPhoneCode", "PhoneUnknown"), saying("AskPhoneCode", "CodeTooShort")},
		paste: "  000 000 \n q \n", pasted: ends(0, "Proven"),
	},
	"AskPassword": {
		world: "home", line: "import ente-libsodium.json", hidden: true,
		empty: ends(1, "NotImported"), yes: saying("AskPassword", "PasswordWrong"), no: saying("AskPassword", "PasswordWrong"),
		wrong: [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"}, wrongs: threeTimes(saying("AskPassword", "PasswordWrong")),
		paste: "correct horse\nzebra marker zebra\n", pasted: does("ImportLedger"),
	},
	"AskExportPassword": {
		world: "home", line: "export --to aegis-encrypted --all --out locked.json", hidden: true,
		empty: ends(1, "PasswordNeeded"), yes: again("AskExportAgain"), no: again("AskExportAgain"),
		wrong: [3]string{"zebra one\nzebra two", "zebra one\nzebra two", "zebra one\n"}, wrongs: threeTimes(saying("AskExportPassword", "PasswordsDiffer")),
		paste: " a b \n a b \nzebra marker zebra\n", pasted: does("ExportSealed"),
	},
	"AskExportAgain": {
		world: "home", line: "export --to aegis-encrypted --all --out locked.json", lead: []said{{"AskExportPassword", "correct horse"}}, hidden: true,
		empty: saying("AskExportPassword", "PasswordsDiffer"), yes: saying("AskExportPassword", "PasswordsDiffer"), no: saying("AskExportPassword", "PasswordsDiffer"),
		wrong: [3]string{"zebra two", "zebra one\nzebra two", "zebra one\n"}, wrongs: threeTimes(saying("AskExportPassword", "PasswordsDiffer")),
		paste: "correct horse\nzebra marker zebra\n", pasted: does("ExportSealed"),
	},

	"AskSecretAnswer": {
		world: "plugin", line: "list -i pin.txt", hidden: true,
		empty: ends(1, "PluginFailed"), yes: ends(1, "PluginFailed"), no: ends(1, "PluginFailed"),
		wrong: [3]string{"314159", "", ""}, wrongs: threeTimes(ends(1, "PluginFailed")),
		paste: "271828\nzebra marker zebra\n", pasted: notShown,
	},
	"AskAnswer": {
		world: "plugin", line: "list -i serial.txt",
		empty: ends(1, "PluginFailed"), yes: ends(1, "PluginFailed"), no: ends(1, "PluginFailed"),
		wrong: [3]string{"43", "", ""}, wrongs: threeTimes(ends(1, "PluginFailed")),
		paste: "  42  \n", pasted: notShown,
	},
	"AskEnter": {
		world: "plugin", line: "list -i touch.txt",
		empty: notShown, yes: notShown, no: ends(1, "PluginFailed"),
		wrong: [3]string{"what?", "1", "pressed it"}, paste: "   \n", pasted: notShown,
	},
	"AskChoice": {
		world: "plugin", line: "list -i choice.txt",
		empty: again("AskChoice"), yes: notShown, no: ends(1, "PluginFailed"),
		wrong: [3]string{"3", "what?", "12"}, paste: "  use it \n", pasted: notShown,
	},

	"AskCopyKept": {
		world: "home", line: "copy add $ELSEWHERE --as other", empty: again("AskCopyKept"), yes: saying("AskCopyKept", "NoPlaceTyped"), no: saying("AskCopyKept", "NoPlaceTyped"),
		wrong: [3]string{"yes", "?", "OK"}, wrongs: threeTimes(saying("AskCopyKept", "NoPlaceTyped")),
		paste: "  top drawer \n", pasted: does("CopyAdded"),
	},
	"AskDrill": {
		world: "locked", line: "drill words", hidden: true,
		empty: ends(1, "DrillNothing"), yes: saying("AskDrill", "WrongPassphrase"), no: ends(1, "DrillNothing"),
		wrong:  [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"},
		wrongs: []end{saying("AskDrill", "WrongPassphrase"), saying("AskDrill", "WrongPassphrase"), ends(1, "DrillNothing")},
		paste:  "  $words  \nzebra marker zebra\n", pasted: does("DrillSaid"),
	},
	"AskRotation": {
		world: "rotated", line: "open", empty: ends(1, "CompareFirst"), yes: saying("AskRotation", "BadFingerprint"), no: ends(1, "CompareFirst"),
		wrong: [3]string{"12", "0000 0000 0000 0000 0000 0000 0000 0000", "what?"}, wrongs: []end{saying("AskRotation", "BadFingerprint"), saying("AskRotation", "NotItsDigits"), saying("AskRotation", "BadFingerprint")},
		paste: "  $second \n", pasted: does("Pinned"),
	},
	"AskRecipient": {
		world: "rotated", line: "open --vault taker", lead: []said{{"AskRotation", "$second"}},
		empty: again("PromptKey"), yes: saying("AskRecipient", "BadRecipient"), no: again("PromptKey"),
		wrong: [3]string{"age1", "what?", "$first"}, wrongs: threeTimes(saying("AskRecipient", "BadRecipient")),
		paste: "  $recipient \n", pasted: does("Pinned"),
	},
	"AskNextShare": {
		world: "board", line: "code acme -i alice.key", hidden: true,
		empty: ends(1, "SharesMissing"), yes: saying("AskNextShare", "NoShareTyped"), no: ends(1, "SharesMissing"),
		wrong: [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"}, wrongs: threeTimes(saying("AskNextShare", "NoShareTyped")),
		paste: "  $share1 \n $share2 \n $share3 \n $share4 \n $share5 \n $share6 \nzebra marker zebra\n", pasted: notShown,
	},
	"AskShareLine": {
		world: "board", line: "code acme -i alice.key", lead: []said{{"AskNextShare", "$share1"}}, hidden: true,
		empty: again("AskNextShare"), yes: saying("AskShareLine", "ShareLine"), no: saying("AskShareLine", "ShareLine"),
		wrong: [3]string{"zebra zebra zebra", "wrong horse", "nothing like it"}, wrongs: threeTimes(saying("AskShareLine", "ShareLine")),
		paste: "  $share2 \n $share3 \n $share4 \n $share5 \n $share6 \nzebra marker zebra\n", pasted: notShown,
	},

	"FirstWritten": {
		world: "night", line: "add clean.png", stop: &noNight,
		empty: again("FirstWord"), yes: again("FirstWord"), no: again("FirstWritten"),
		wrong: [3]string{"what?", "maybe", "later"}, paste: "  \nabandon zebra\n", pasted: wrongWord,
	},
	"FirstWord": {
		world: "night", line: "add clean.png", lead: written, stop: &noNight,
		empty: again("FirstWritten"), yes: wrongWord, no: wrongWord,
		wrong: [3]string{"zebras", "\nabandon zebra", "\nno word"}, wrongs: threeTimes(wrongWord), paste: "  @2 \n @5 \n", pasted: again("FirstSheetWhere"),
	},
	"FirstSheetWhere": {
		world: "night", line: "add clean.png", lead: proven, stop: &noNight,
		empty: again("FirstCopyWhere"), yes: again("FirstCopyWhere"), no: saying("FirstCopyWhere", "FirstNoSheet"),
		wrong: [3]string{"ja", "nowhere/sheet.html", "taken.html"}, wrongs: []end{saying("FirstSheetWhere", "FirstNoName"), saying("FirstSheetWhere", "NoFolder"), saying("FirstSheetWhere", "FileExists")},
		paste: "  my own sheet.html  \n n \n", pasted: saying("FirstAskGo", "FirstNoCopy"),
	},
	"FirstCopyWhere": {
		world: "night", line: "add clean.png", lead: noSheet, stop: &noNight,
		empty: again("FirstAskGo"), yes: again("FirstAskGo"), no: saying("FirstAskGo", "FirstNoCopy"),
		wrong: [3]string{"stick", "7", "/nowhere/at/all"}, wrongs: []end{saying("FirstCopyWhere", "FirstNoPlace"), saying("FirstCopyWhere", "FirstNoPlace"), saying("FirstCopyWhere", "NoFolder")},
		paste: "  1 \n n \n", pasted: noNight,
	},
	"FirstCopyNone": {
		world: "bare", line: "add clean.png", lead: noSheet, stop: &noNight,
		empty: saying("FirstCopyNone", "FirstNoneFound"), yes: saying("FirstCopyNone", "FirstNoneFound"), no: saying("FirstAskGo", "FirstNoCopy"),
		wrong: [3]string{"drawer", "1", "/nowhere/at/all"}, wrongs: []end{saying("FirstCopyNone", "FirstNoPlace"), saying("FirstCopyNone", "FirstNoPlace"), saying("FirstCopyNone", "NoFolder")},
		paste: "  n \n n \n", pasted: noNight,
	},
	"FirstAskGo": {
		world: "night", line: "add clean.png", lead: noCopy, stop: &noNight,
		empty: end{next: "AskCompare", says: "Saved", writes: true}, yes: end{next: "AskCompare", says: "Saved", writes: true}, no: noNight,
		wrong: [3]string{"what?", "maybe", "42"}, paste: "  d \n n \n", pasted: does("Saved"),
	},
	"ShowSeen": {
		world: "home", line: "show acme --codes", stop: &end{}, empty: end{}, yes: end{}, no: end{},
		wrong: [3]string{"what?", "", ""}, wrongs: threeTimes(end{}), paste: "  zebra  \n", pasted: end{},
	},
}
