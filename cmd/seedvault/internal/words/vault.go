package words

// Errors about the vault, with their hints.
var (
	NoVault     = Message{En: "no vault here: %s", Ja: "ここには保管庫がありません: %s"}
	HintNoVault = Message{En: "bring a copy home: seedvault open DIR; begin one with a picture of a code: seedvault add FILE, or with ways in of your choice: seedvault init; with no copy left: seedvault guide",
		Ja: "コピーを持ってくるには seedvault open DIR、新しく作るには QR コードの画像を seedvault add FILE で入れるか、開け方を選んで seedvault init と入力してください。コピーもなければ、手引きがあります: seedvault guide"}
	HintNoVaultToAdd = Message{En: "type the command at a terminal, and four questions make one; or make one first: seedvault init; or bring a copy home: seedvault open DIR",
		Ja: "端末で同じコマンドを入力すれば、四つの質問で作れます。先に作るには seedvault init、コピーを持ってくるには seedvault open DIR と入力してください"}
	NoVaultAtHome     = Message{En: "no vault at the usual place: %s", Ja: "いつもの場所に保管庫がありません: %s"}
	HintNoVaultAtHome = Message{En: "this machine knows another one: type the command again with --vault %s; see them all: seedvault list --all-vaults; to make a second one: seedvault init",
		Ja: "このパソコンは別の保管庫を知っています。--vault %s を付けてもう一度入力してください。一覧は seedvault list --all-vaults、もう一つ作るには seedvault init と入力してください"}
	NoVaultFound = Message{En: "no vault found", Ja: "保管庫が見つかりません"}
	VaultGone    = Message{En: "the vault that this machine knows is not there: %s",
		Ja: "前にあった保管庫が見つかりません: %s"}
	HintVaultGone = Message{En: "is the drive attached? If it is lost, bring a copy: seedvault open DIR --fingerprint \"...\"; with no copy left: seedvault guide",
		Ja: "ドライブはつながっていますか。失われたのなら、コピーを持ってきてください: seedvault open DIR --fingerprint \"...\"。コピーも残っていなければ、手引きがあります: seedvault guide"}
	NoCopy           = Message{En: "no copy of a vault here: %s", Ja: "ここには保管庫のコピーがありません: %s"}
	HintNoCopyNearby = Message{En: "there is one close by, in %[1]s; name that folder, or bring it home: seedvault open %[1]s",
		Ja: "近くにあります: %[1]s。そのフォルダーを指定するか、取り込んでください: seedvault open %[1]s"}
	HintNoVaultNearby = Message{En: "there is one close by: name it with --vault %s",
		Ja: "近くにあります。こう指定してください: --vault %s"}
	HintRenamed = Message{En: "a folder of it has another name; give it back the right one, then type the command again: %s",
		Ja: "フォルダーの名前が変わっています。元に戻してから、同じコマンドを入力してください: %s"}
	CopyAbsent     = Message{En: "the copy %s is not there: %s", Ja: "コピー %s がその場所にありません: %s"}
	HintCopyAbsent = Message{En: "plug it in or make its place reachable, then type this again, or take another copy: seedvault copy list",
		Ja: "挿し込むか届くようにして、もう一度入力するか、ほかのコピーを使ってください: seedvault copy list"}
	HintNoCopy = Message{En: "name the folder that holds README.txt and a folder such as 1-1a2b3c4d",
		Ja: "README.txt と 1-1a2b3c4d のようなフォルダーがあるフォルダーを指定してください"}
	VaultExists     = Message{En: "there is a vault in that place already", Ja: "その場所にはもう保管庫があります"}
	HintVaultExists = Message{En: "see it with seedvault check, or name another place with --vault DIR",
		Ja: "seedvault check で様子を見るか、--vault DIR で別の場所を指定してください"}
	PinExists  = Message{En: "this machine already knows a vault at %s", Ja: "このパソコンは %s の保管庫をもう知っています"}
	OtherVault = Message{En: "the vault is not the one that this machine knows: expected %s, found %s",
		Ja: "このパソコンが知っている保管庫ではありません。期待したのは %s、ここにあるのは %s です"}
	HintOtherVault = Message{En: "if it was given a new key (rotated), confirm the digits that whoever rotated gave you: seedvault open --fingerprint \"...\"",
		Ja: "鍵の切り替えがあったのなら、切り替えた人から聞いた数字で確認してください: seedvault open --fingerprint \"...\""}
	NewerVault     = Message{En: "a newer seedvault wrote %s", Ja: "%s は、より新しい seedvault が書いたものです"}
	HintNewerVault = Message{En: "install the newest seedvault; nothing has been changed",
		Ja: "最新の seedvault を入れてください。何も変更していません"}
	Successor = Message{En: "this vault has been given a new key (rotated), and what came of it, %s, has not been confirmed here",
		Ja: "鍵を切り替えた新しい保管庫 %s が、ここではまだ確認されていません"}
	HintSuccessor = Message{En: "ask whoever rotated for the fingerprint; if it is %s, type seedvault open --fingerprint \"...\" with the digits they read to you",
		Ja: "切り替えた人にフィンガープリントを聞いてください。%s と同じなら、聞いた数字を入れます: seedvault open --fingerprint \"...\""}
	NotConfirmed = Message{En: "this vault's fingerprint has not been confirmed on this machine, so nothing is written to it",
		Ja: "この保管庫のフィンガープリントはこのパソコンでまだ確認されていないので、何も書き込みません"}
	HintNotConfirmed = Message{En: "compare it with the sheet: seedvault open --fingerprint \"...\"",
		Ja: "復旧シートと見比べてください: seedvault open --fingerprint \"...\""}
	NoRecipient = Message{En: "this machine does not know what to encrypt to, or knows another vault's",
		Ja: "このパソコンは暗号化に使う公開鍵を知らないか、別の保管庫のものを知っています"}
	HintNoRecipient = Message{En: "open the vault once, or give the recipient from the sheet: seedvault open --fingerprint \"...\" --recipient age1...",
		Ja: "一度保管庫を開くか、復旧シートの公開鍵を指定してください: seedvault open --fingerprint \"...\" --recipient age1..."}
	VaultDamaged = Message{En: "the vault's own description, vault.txt, is missing or damaged, so nothing is written to it",
		Ja: "保管庫自身の説明 vault.txt がないか壊れているので、何も書き込みません"}
	HintVaultDamaged = Message{En: "restoring still works; put the file back from a copy, then see seedvault check",
		Ja: "復元はできます。コピーから vault.txt を戻し、seedvault check で確かめてください"}
	BadFingerprint     = Message{En: "not a fingerprint", Ja: "フィンガープリントの形ではありません"}
	HintBadFingerprint = Message{En: "type the 32 digits on the sheet, in quotes: --fingerprint \"1a2b 3c4d ...\"",
		Ja: "復旧シートにある 32 桁を引用符に入れて入力してください: --fingerprint \"1a2b 3c4d ...\""}
	FingerprintDiffers = Message{En: "the fingerprint is not this vault's, which is %s",
		Ja: "この保管庫のフィンガープリントは違います。ここにあるのは %s です"}
	GroupDiffers = Message{En: "group %d differs: the sheet says %s, this vault %s",
		Ja: "%d 組目が違います。復旧シートは %s、この保管庫は %s です"}
	HintFingerprintDiffers = Message{En: "compare every group with the sheet; if they differ, this is another vault or a forged one: do not use it",
		Ja: "復旧シートと一組ずつ見比べてください。違うなら別の保管庫か偽物です。使わず、別のコピーを探してください"}
	FingerprintInCopy = Message{En: "the vault here has no such fingerprint yet, but the copy %s has it: the vault has been given a new key (rotated), or somebody made it look so",
		Ja: "このフィンガープリントはまだここの保管庫にはなく、コピー %s にあります。保管庫に新しい鍵が作られたか、誰かがそう見せかけています"}
	HintFingerprintInCopy = Message{En: "if the digits come from whoever did that, bring it, and then type them again: seedvault copy sync %s",
		Ja: "その数字を作った本人から聞いたのなら、持ってきてから、もう一度入力してください: seedvault copy sync %s"}
	CompareFirst     = Message{En: "nothing is confirmed yet", Ja: "まだ何も確認していません"}
	HintCompareFirst = Message{En: "compare all groups with your sheet, then type the digits from the sheet: seedvault open %s--fingerprint \"...\"",
		Ja: "復旧シートとすべての組を見比べてから、紙の数字を入力してください: seedvault open %s--fingerprint \"...\""}
	NothingSealed = Message{En: "this vault has no validly signed list, so it cannot be confirmed: it is unfinished or damaged",
		Ja: "有効な承認記録がないので、この保管庫は確認できません。作りかけか、壊れています"}
	HintNothingSealed = Message{En: "try another copy, or read it with seedvault list --copy DIR",
		Ja: "別のコピーを試すか、中身を見るだけにしてください: seedvault list --copy DIR"}
	VaultFull = Message{En: "the vault's list of accepted seeds is full: 16 MiB",
		Ja: "承認済みのシードの一覧がいっぱいです（16 MiB）"}
	HintVaultFull = Message{En: "begin a new list with seedvault rotate, or make another vault for what is new: seedvault init --vault DIR",
		Ja: "seedvault rotate で新しい一覧を始めるか、新しいものは別の保管庫に入れてください: seedvault init --vault DIR"}
)

// What stands in the way of an epoch's seals and signer.
var (
	OlderFormat = Message{En: "this vault is older than the format, and this seedvault does not read it",
		Ja: "この保管庫は形式が定まる前のもので、この seedvault では読めません"}
	HintOlderFormat = Message{En: "build seedvault from the commit dd742b5, which still reads it, and carry its seeds over with restore --uri",
		Ja: "まだ読めるコミット dd742b5 から seedvault をビルドし、restore --uri でシードを移してください"}
	UnverifiedEpoch = Message{En: "this vault is signed by a key of a newer kind: it is read, and nothing is written to it",
		Ja: "この保管庫は新しい種類の鍵で署名されています。読むだけで、書き込みません"}
	MissingSeals = Message{En: "%d {list|lists} of accepted seeds that others name {is|are} not here: the first is %s",
		Ja: "ほかの承認記録が名指す承認記録が %d 個ありません。最初のものは %s です"}
	HintMissingSeals = Message{En: "copy the vault's folder again from where it was made; or go on without, if they are gone for good: --without-missing",
		Ja: "作った所から保管庫のフォルダーをもう一度コピーしてください。もう得られないなら --without-missing を付けて続けられます"}
)
