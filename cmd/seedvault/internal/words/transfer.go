package words

// ExchangeRemarks are what a person should know of something that is taken from an
// export, or given to one, all the same: exchange.Remark.
var ExchangeRemarks = Table{
	{"kept-in-other", Message{En: "kept with the seed, without a place of its own", Ja: "専用の場所がないので、シードと一緒に残す"}},
	{"dropped", Message{En: "not kept: too large for a seed, or of use in that app alone", Ja: "残さない。シードには大きすぎるか、そのアプリでしか使わない"}},
	{"left-behind", Message{En: "left in the file, since it is not for this vault", Ja: "この保管庫に入れるものではないので、ファイルに残す"}},
	{"passed-over", Message{En: "entries without a one-time code, passed over", Ja: "ワンタイムコードのない項目なので、飛ばす"}},
	{"in-recycle-bin", Message{En: "entries in the recycle bin, not taken", Ja: "ごみ箱の中の項目なので、取り込まない"}},
	{"trashed", Message{En: "deleted in the app and still in its file: taken", Ja: "アプリでは削除済みだが、ファイルにあるので取り込む"}},
	{"no-codes", Message{En: "carried as it is: no codes of this kind are computed here", Ja: "そのまま運ぶ。この種類のコードはここでは計算できない"}},
	{"counter-unsure", Message{En: "apps disagree about counters in this format: compare a code before you rely on it",
		Ja: "この形式のカウンターはアプリごとに違うので、使う前にコードを見比べること"}},
	{"counter-taken", Message{En: "no counter in the file, which means 0 there", Ja: "ファイルにカウンターがないので 0 とする"}},
	{"digits-taken", Message{En: "no number of digits in the file: six, as apps take it", Ja: "ファイルに桁数がないので、アプリと同じく 6 桁とする"}},
	{"names-differ", Message{En: "two issuers or accounts are given; the one that the app shows is taken",
		Ja: "発行元かアカウントが二通りあるので、アプリに表示されるほうを使う"}},
	{"incomplete-file", Message{En: "this app leaves out, without a word, what it cannot read: count what it shows",
		Ja: "このアプリは読めないものを黙って省くので、アプリの画面で件数を確かめること"}},
	{"not-carried-details", Message{En: "stays here, since the export has no place for it", Ja: "書き出す形式に場所がないので、ここに残る"}},
	{"app-ignores", Message{En: "the app is known to ignore this and to show wrong codes: compare", Ja: "アプリがこれを無視して違うコードを出すことがあるので、見比べること"}},
	{"app-lacks", Message{En: "the app takes no codes of this type", Ja: "アプリがこの種類に対応していない"}},
	{"app-refuses", Message{En: "the app refuses this", Ja: "アプリがこれを受け付けない"}},
}

// LedgerOutcomes are what became of what was found: exchange.Outcome.
var LedgerOutcomes = Table{
	{"", Message{En: "would be added", Ja: "追加できる"}},
	{"added", Message{En: "added", Ja: "追加"}},
	{"already-there", Message{En: "already there", Ja: "すでにある"}},
	{"refused", Message{En: "refused", Ja: "受け付けず"}},
}

// What moving seeds in and out says.
var (
	PlaceEntry      = Message{En: "entry %d", Ja: "%d 件目"}
	PlaceEntryOf    = Message{En: "entry %d, code %d", Ja: "%d 件目の %d 個目"}
	PlaceLine       = Message{En: "line %d", Ja: "%d 行目"}
	PlaceLineOf     = Message{En: "line %d, code %d", Ja: "%d 行目の %d 個目"}
	PlaceCode       = Message{En: "code %d", Ja: "コード %d"}
	PlaceCodeOf     = Message{En: "code %d, account %d", Ja: "コード %d の %d 件目"}
	SeveralFiles    = Message{En: "several pictures", Ja: "複数の画像"}
	NoticeNames     = Message{En: "%s (%s)", Ja: "%s（%s）"}
	NoticeCount     = Message{En: "%s: %d", Ja: "%s: %d 件"}
	AndMore         = Message{En: "%s and %d more", Ja: "%s ほか %d 件"}
	FileFound       = Message{En: "%s: %s, records: %d", Ja: "%s: %s、記録: %d 件"}
	FileOpened      = Message{En: "%s: %s, encrypted, records: %d", Ja: "%s: %s（暗号化）、記録: %d 件"}
	ImportLedger    = Message{En: "found %d: added %d, already there %d, refused %d", Ja: "見つけた %d 件のうち、追加 %d 件、すでにある %d 件、受け付けず %d 件"}
	ImportDry       = Message{En: "nothing was saved; found %d: would be added %d, already there %d, refused %d", Ja: "何も保存していません。見つけた %d 件のうち、追加できる %d 件、すでにある %d 件、受け付けず %d 件"}
	ImportBlind     = Message{En: "no key opens the vault, so what it holds already is not known and may be added twice: give one with -i or --passphrase-file", Ja: "鍵がなく保管庫を開けないので、すでにあるものを二重に追加するかもしれません。-i か --passphrase-file で渡せます"}
	LeftInClear     = Message{En: "the seeds still lie in clear in %s; when they are safe here: %s", Ja: "%s にはシードがそのまま残っています。ここで無事を確かめてから: %s"}
	PromptKeyOrPass = Message{En: "passphrase or paper key, to see what the vault holds already (not shown; Enter: without): ", Ja: "すでにあるものを調べるためのパスフレーズか復旧シートの鍵（表示されません。Enter だけなら調べません）: "}
	ImportCompare   = Message{En: "compare some codes with the other app's before you delete anything there: seedvault code", Ja: "元のアプリから消す前に、いくつかのコードを見比べてください: seedvault code"}
	ImportWaiting   = Message{En: "not yet accepted: %d; whoever can open the vault does that: seedvault accept --all", Ja: "未承認: %d 件。保管庫を開ける人が承認します: seedvault accept --all"}
	ImportAnew      = Message{En: "%d of these wait here already, and nobody has accepted them; they were saved anew", Ja: "%d 件はすでにここで承認を待っていますが、誰も承認していないので、新しく保存しました"}
	OpeningOther    = Message{En: "opening the other vault, %s", Ja: "もう一つの保管庫 %s を開きます"}
	SavingSeeds     = Message{En: "saving seeds: %d of %d", Ja: "シードを保存しています: %[2]d 件中 %[1]d 件"}
	TakesMemory     = Message{En: "%s: trying a password takes %d MiB of memory", Ja: "%s: パスワードを一度試すのに %d MiB のメモリを使います"}
	TryingPassword  = Message{En: "trying the password", Ja: "パスワードを試しています"}
	AskPassword     = Message{En: "password of %s (%s; not shown; Enter passes it over): ", Ja: "%s（%s）のパスワード（表示されません。Enter だけで飛ばします）: "}
	PasswordWrong   = Message{En: "that password does not open it", Ja: "そのパスワードでは開きません"}
)

// Errors of moving seeds in and out, with their hints.
var (
	ImportWhat     = Message{En: "name the files to import", Ja: "取り込むファイルを指定してください"}
	HintImportWhat = Message{En: "name an export of another app, a folder of them, another vault, or - for standard input: seedvault import FILE",
		Ja: "別のアプリが書き出したファイル、そのフォルダー、別の保管庫、標準入力なら - を指定してください: seedvault import FILE"}
	NoSuchFormat         = Message{En: "no format is called %s", Ja: "%s という形式はありません"}
	HintFormats          = Message{En: "see seedvault import --formats", Ja: "seedvault import --formats で一覧を見られます"}
	NothingFound         = Message{En: "no one-time code was found in it", Ja: "ワンタイムコードが見つかりません"}
	FolderTooFull        = Message{En: "more than %d {file|files} in one folder: the others are not read", Ja: "一つのフォルダーにファイルが %d 個を超えています。残りは読んでいません"}
	NotAcceptedThere     = Message{En: "nobody has accepted it in that vault", Ja: "その保管庫ではまだ承認されていません"}
	HintNotAcceptedThere = Message{En: "accept it there first: seedvault accept", Ja: "先にその保管庫で承認してください: seedvault accept"}
	LostThere            = Message{En: "missing or damaged in that vault", Ja: "その保管庫でなくなっているか、壊れています"}
	HintLostThere        = Message{En: "look for it in a copy of that vault: seedvault copy list", Ja: "その保管庫のコピーを探してください: seedvault copy list"}
	NotImported          = Message{En: "cannot be imported: %s", Ja: "取り込めません: %s"}
	HintGivePassword     = Message{En: "type it where it is asked for, or give a file with it: --password-file FILE",
		Ja: "尋ねられたときに入力するか、ファイルで渡してください: --password-file FILE"}
	HintGiveKey       = Message{En: "give the key file that opens it: -i FILE", Ja: "開ける鍵ファイルを渡してください: -i FILE"}
	HintNotRecognised = Message{En: "see seedvault import --formats; if it is one of these, name it: --from FORMAT",
		Ja: "seedvault import --formats で形式を確かめ、その一つなら --from FORMAT で指定してください"}
	HintExportAnew = Message{En: "export from the app again, and import that: seedvault import FILE",
		Ja: "アプリから書き出し直して、それを取り込んでください: seedvault import FILE"}
	ImportRefused     = Message{En: "refused: %d of %d", Ja: "%[2]d 件のうち %[1]d 件は受け付けられませんでした"}
	HintImportRefused = Message{En: "the reasons stand above; mend those and type it again, what is there already stays: seedvault import FILE",
		Ja: "理由は上にあります。直してからもう一度入力してください。すでにあるものはそのままです: seedvault import FILE"}
)

// What an export says, and its errors.
var (
	AskExportPassword = Message{En: "password for the export (not shown): ", Ja: "書き出すファイルのパスワード（表示されません）: "}
	AskExportAgain    = Message{En: "the same once more: ", Ja: "もう一度: "}
	PasswordsDiffer   = Message{En: "these were two different ones", Ja: "二つが違います"}
	ExportWritten     = Message{En: "wrote %s for %s: seeds %d", Ja: "%[2]s 用に %[1]s を書きました。シード %[3]d 件"}
	ExportSealed      = Message{En: "%s is encrypted; whoever opens it has these seeds", Ja: "%s は暗号化されています。開ける人はこれらのシードを手に入れます"}
	ExportInClear     = Message{En: "the seeds lie in clear in %s now; once the other app has them: %s", Ja: "%s にはシードがそのまま入っています。別のアプリに移したら: %s"}
	ExportPiped       = Message{En: "the seeds went out in clear on standard output", Ja: "シードをそのまま標準出力に書きました"}
	ExportLedger      = Message{En: "chosen %d: in the export %d, refused %d", Ja: "選んだ %d 件のうち、書き出し %d 件、受け付けず %d 件"}
	ExportRefused     = Message{En: "not in the export, %s: %s", Ja: "書き出しに入らないもの: %s（%s）"}
	ForAppImports     = Message{En: "%s imports a file too: seedvault export --to %s", Ja: "%s はファイルからも取り込めます: seedvault export --to %s"}
	ExportWhat        = Message{En: "say in which format, which seeds and where to", Ja: "形式、シード、書き先を指定してください"}
	HintExportWhat    = Message{En: "as in seedvault export --to aegis-encrypted --all --out seeds.json; - writes to standard output; see seedvault export --formats",
		Ja: "例は seedvault export --to aegis-encrypted --all --out seeds.json です。- なら標準出力に書きます。形式の一覧は seedvault export --formats です"}
	CannotExport    = Message{En: "%s cannot be written", Ja: "%s は書き出せません"}
	NothingFits     = Message{En: "none of the chosen seeds fits into this format; nothing was written", Ja: "選んだシードはどれもこの形式に入りません。何も書いていません"}
	HintNothingFits = Message{En: "choose another format: seedvault export --formats", Ja: "別の形式を選んでください: seedvault export --formats"}
	ExportSome      = Message{En: "not in the export: %d of %d; the others were written", Ja: "%[2]d 件のうち %[1]d 件は書き出しに入っていません。残りは書きました"}
	HintExportSome  = Message{En: "take those that are named above to the app as QR codes: seedvault restore NAME",
		Ja: "上に挙げたものは QR コードで移してください: seedvault restore NAME"}
	ExportOnTerminal     = Message{En: "seeds are not for the terminal", Ja: "シードは端末に出せません"}
	HintExportOnTerminal = Message{En: "name a file with --out, or a pipe", Ja: "--out でファイルを指定するか、パイプに渡してください"}
	PasswordNeeded       = Message{En: "this export is locked with a password, and there is none", Ja: "この書き出しにはパスワードが必要ですが、ありません"}
	HintPasswordNeeded   = Message{En: "type the command in a terminal, or give a file with the password: --password-file FILE",
		Ja: "端末で実行するか、パスワードの入ったファイルを渡してください: --password-file FILE"}
	RecipientNeeded     = Message{En: "nobody is named who can open the export", Ja: "書き出したものを開ける人が指定されていません"}
	HintRecipientNeeded = Message{En: "name them by their keys: seedvault export --to age -r age1... --all --out FILE",
		Ja: "公開鍵で指定してください: seedvault export --to age -r age1... --all --out FILE"}
	RecipientUnused = Message{En: "-r is for --to age alone", Ja: "-r は --to age にしか使えません"}
	NoSuchApp       = Message{En: "nothing is known here of an app called %s", Ja: "%s というアプリについては何もわかりません"}
	HintApps        = Message{En: "leave --for out, or name one of these, as in seedvault restore --for aegis: %s", Ja: "--for を外すか、seedvault restore --for aegis のように、次のどれかを指定してください: %s"}
	AskExportRest   = Message{En: "write the other %d? [y/N] ", Ja: "残りの %d 件を書き出しますか [y/N] "}
	ExportWaiting   = Message{En: "%d {seed that nobody has accepted is|seeds that nobody has accepted are} left out", Ja: "未承認の %d 件は書き出しません"}
	ExportDry       = Message{En: "nothing was written; chosen %d: would be in the export %d, refused %d", Ja: "何も書いていません。選んだ %d 件のうち、書き出せる %d 件、受け付けず %d 件"}
	NoSuchTag       = Message{En: "no accepted seed has the tag %s", Ja: "%s というタグの付いた承認済みのシードはありません"}
)
