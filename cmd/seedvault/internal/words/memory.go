package words

// What this machine remembers of a vault: said when that and the vault do not agree.
var (
	SealsPutBack = Message{En: "this vault was put back to an older state: %d {list|lists} of accepted seeds that this machine has seen {was|were} gone, and {is|are} back; nothing that was removed comes back",
		Ja: "この保管庫は古い状態に戻されていました。このパソコンが見た承認記録 %d 個がなくなっていたので、元に戻しました。外したものは戻りません"}
	SealsNotPutBack = Message{En: "this vault was put back to an older state: %d {list|lists} of accepted seeds that this machine has seen {is|are} gone, and {counts|count} here all the same; {it|they} could not be put back: %s",
		Ja: "この保管庫は古い状態に戻されています。このパソコンが見た承認記録 %d 個がありませんが、ここではそのまま数に入ります。書き戻せませんでした: %s"}
	SealsWithheld = Message{En: "links or the like lie where %d {list|lists} of accepted seeds should lie that this machine has seen; what {it says|they say} counts here all the same",
		Ja: "このパソコンが見た承認記録 %d 個の場所に、リンクなどがあります。その内容は、ここではそのまま数に入ります"}
	CopyOlderThanSeen = Message{En: "the copy at %s is older than what this machine has seen: %d {list|lists} of accepted seeds {is|are} not there, and {counts|count} all the same",
		Ja: "%s のコピーは、このパソコンが見たものより古い状態です。承認記録 %d 個がありませんが、ここではそのまま数に入ります"}
	CopyForgotten = Message{En: "what this machine remembered of the copy %s cannot be read and is lost: whether it has lost anything is not known from before",
		Ja: "コピー %s について覚えていたことは、読めなくなり失われました。それより前に何か失われていても、わかりません"}
	NoLocks = Message{En: "the file system of %s has no locks: do not let two commands change the configuration at once",
		Ja: "%s のファイルシステムはロックに対応していません。設定を変えるコマンドを、二つ同時に実行しないでください"}
	SeedLostVault = Message{En: "%s is %s; the vault at %s has it (%s)", Ja: "%s に問題があります（%s）。%s の保管庫にはあります（%s）"}

	SeedRetired     = Message{En: "%s was removed", Ja: "%s は外されています"}
	HintSeedRetired = Message{En: "bring it back: seedvault remove --undo %s; or take what is here all the same: --removed",
		Ja: "戻すには: seedvault remove --undo %s。外したまま取り出すには --removed を付けてください"}
	SeedReplaced     = Message{En: "%s was removed, or replaced by what is missing here and named above", Ja: "%s は外されたか、上に挙げた、ここにないものに置き換えられています"}
	HintSeedReplaced = Message{En: "get what is missing: seedvault copy sync %s; or take the old one that is here: --removed",
		Ja: "足りないものを取り込むには: seedvault copy sync %s。ここにある古いものを取り出すには --removed を付けてください"}
	HintSeedOld = Message{En: "find a copy that has what is missing: seedvault check; or take the old one that is here: --removed",
		Ja: "足りないものとそれを持つコピーを見るには: seedvault check。ここにある古いものを取り出すには --removed を付けてください"}
	SeedChanged     = Message{En: "%s was changed: the receipt %s is of what it was, and now it is %s", Ja: "%s は変更されています。受付番号 %s は以前のもので、今は %s です"}
	ReceiptRotated  = Message{En: "%s has the receipt %s no more since the vault was given a new key (rotated): now it is %s", Ja: "%s の受付番号は、保管庫に新しい鍵を作ったときに変わりました。%s は以前のもので、今は %s です"}
	HintSeedChanged = Message{En: "see what it is now: seedvault show %s", Ja: "今の内容を見るには: seedvault show %s"}
	SeedWaits       = Message{En: "%s is not yet accepted, and no accepted seed is called that", Ja: "%s は未承認で、その名前の承認済みのシードはありません"}
	HintSeedWaits   = Message{En: "see what it is: seedvault show %s; accept it: seedvault accept %s; or take it as it is: --unaccepted",
		Ja: "何かを見るには: seedvault show %s。承認するには: seedvault accept %s。未承認のまま取り出すには --unaccepted を付けてください"}
	ReceiptLost     = Message{En: "the seed with the receipt %s is missing or damaged", Ja: "受付番号 %s のシードは、なくなっているか壊れています"}
	HintReceiptLost = Message{En: "see which it is, and which copy has it: seedvault check", Ja: "何のシードで、どのコピーにあるかを見てください: seedvault check"}
	AskRetired      = Message{En: "go on with the old one all the same? [y/N] ", Ja: "それでも古いものを使いますか [y/N] "}

	FilesMissing = Message{En: "accepted files are missing or damaged: %d; lists of accepted seeds that this machine has seen and that are not here: %d; what only they hold would be left behind for good",
		Ja: "承認済みのファイルが %d 個、なくなっているか壊れています。このパソコンが見た承認記録のうち、ここにないものは %d 個です。それだけにある内容は、もう引き継がれません"}
	AskWithoutFiles  = Message{En: "go on without them? [y/N] ", Ja: "それなしで続けますか [y/N] "}
	HintFilesMissing = Message{En: "see which, and find a copy that has them: seedvault check; or go on without, if they are gone for good: --without-missing",
		Ja: "足りないものとそれを持つコピーを見てください: seedvault check。もう得られないなら --without-missing を付けて続けられます"}
)
