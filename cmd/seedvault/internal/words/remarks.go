package words

// Remarks, said beside the answers, and answers that are sentences.
var (
	PromptKey    = Message{En: "passphrase or paper key: ", Ja: "パスフレーズまたは復旧シートの鍵: "}
	NotShownHere = Message{En: "the locale's character set cannot show Japanese, so this is English; for Japanese type LC_ALL=C.UTF-8 seedvault --lang ja",
		Ja: "このロケールの文字コードでは日本語を表示できないため英語にします。日本語にするには LC_ALL=C.UTF-8 seedvault --lang ja と入力してください"}
	VaultMadeShown = Message{En: "vault made at %s\nfingerprint %s\n(32 digits that no other vault has; other machines ask for them)",
		Ja: "%s に保管庫を作りました\nフィンガープリント %s\n（ほかの保管庫にはない 32 桁。別のパソコンで確かめるときに使います）"}
	VaultMade      = Message{En: "vault made at %s\nfingerprint %s", Ja: "%s に保管庫を作りました\nフィンガープリント %s"}
	ShowPassphrase = Message{En: `
The passphrase, which alone opens the vault, shown this once. Write it down:

    %s
`,
		Ja: `
パスフレーズです。これだけで保管庫を開けます。表示するのはいまだけなので、書き留めてください。

    %s
`}
	ShowPaperKey = Message{En: `
The paper key, which alone opens the vault, shown this once.
Write it down, or print it:

    %s
`,
		Ja: `
復旧シートの鍵です。これだけで保管庫を開けます。
表示するのはいまだけなので、書き留めるか印刷してください。

    %s
`}
	ShowShare = Message{En: `
The share of %s in %s, shown this once. Write it down, or print it:

    %s
`,
		Ja: `
定足数グループ %[2]s の、%[1]s のシェアです。表示するのはいまだけなので、書き留めるか印刷してください。

    %[3]s
`}
	WroteShare = Message{En: "the share of %s is in %s: print it for them, then: %s",
		Ja: "%s のシェアは %s にあります。本人のために印刷してから: %s"}
	ShareTaken      = Message{En: "share %d of %d of %s, intact", Ja: "%[3]s の %[2]d 個のシェアのうち %[1]d 番目、問題なし"}
	PaperShareTaken = Message{En: "share %d of %s, typed right", Ja: "%[2]s の %[1]d 番目のシェア、正しく入力されました"}
	EarlierShare    = Message{En: "share %d, taken before, is taken out again: %s",
		Ja: "先に受け取った %d 番目のシェアは取り消します: %s"}
	ShareHelp = Message{En: "these can help: %s; each types seedvault holder share %s --to %s, and sends you the file",
		Ja: "助けられる人: %s。それぞれが seedvault holder share %s --to %s を実行し、できたファイルを送ります"}
	AskNextShare = Message{En: "%d more; a file, or the first line of a share on paper (Enter: not now): ",
		Ja: "あと %d 個。ファイル、または紙のシェアの 1 行目（Enter で中止）: "}
	AskShareLine = Message{En: "line %d (Enter: leave this share out): ", Ja: "%d 行目（Enter でこのシェアをやめる）: "}
	ShareFor     = Message{En: "for %s; these digits of the key are read aloud to each other: %s",
		Ja: "宛先は %s です。公開鍵のこの桁を互いに読み上げて確かめてください: %s"}
	ShareAllows = Message{En: "share %d of %d of %s: whoever has it and %d more opens everything in this vault, until the vault is rotated",
		Ja: "%[3]s の %[2]d 個のうち %[1]d 番目です。これとあと %[4]d 個を持つ人は、鍵を切り替えるまで、この保管庫をすべて開けます"}
	AskShare = Message{En: "pass it on? [y/N] ", Ja: "渡しますか [y/N] "}
	ShareUse = Message{En: "sent on, it is used with: seedvault restore --share FILE -i KEY (%s)",
		Ja: "受け取った人の使い方: seedvault restore --share FILE -i KEY（%s）"}
	WrotePaperKey = Message{En: "the sheet with the paper key is in %s: print it, then: %s",
		Ja: "復旧シートを %s に書きました。印刷したら削除してください: %s"}
	OneWay = Message{En: "only 1 way into this vault: if it is lost, all is lost; two or more are advised",
		Ja: "この保管庫を開く方法は 1 通りだけです。失うとすべて失われます。2 通り以上をお勧めします"}
	OnlyThisPC = Message{En: "only this PC's own key opens this vault: if this PC is lost, all is lost; a passphrase or a sheet of paper is advised",
		Ja: "この保管庫を開けるのは、このパソコンの鍵だけです。このパソコンを失うとすべて失われます。パスフレーズか復旧シートの追加をお勧めします"}
	Pinned = Message{En: "vault at %s\nfingerprint %s, confirmed",
		Ja: "%s の保管庫を確認しました\nフィンガープリント %s"}
	FingerprintOf  = Message{En: "%s  fingerprint %s", Ja: "%s  フィンガープリント %s"}
	AskFingerprint = Message{En: "type the 8 groups from your sheet; yes, if each of them is the same; n, if you have no sheet (Enter: not now): ",
		Ja: "復旧シートの 8 組を入力してください。すべて同じなら yes、復旧シートがなければ n（Enter で中止）: "}
	AskNoSheet       = Message{En: "open it without comparing? [y/N] ", Ja: "比べずに開きますか [y/N] "}
	OpenedNext       = Message{En: "next, the codes for the new phone: seedvault restore", Ja: "次は、新しいスマホへの復元です: seedvault restore"}
	OpenedToAdd      = Message{En: "this machine adds without a key: seedvault add FILE", Ja: "このパソコンは鍵なしで追加できます: seedvault add FILE"}
	OpenedToAddAlone = Message{En: "this machine adds without a key: seedvault add FILE. What it adds lies here alone until somebody with a key makes a copy from here, or the vault's new files are copied into %s, none of those there overwritten",
		Ja: "このパソコンは鍵なしで追加できます: seedvault add FILE。追加したものは、鍵のある人がここからコピーを作るか、増えたファイルを %s へ（上書きせずに）写すまで、ここにしかありません"}
	Brought    = Message{En: "brought %d {file|files} to %s", Ja: "%[2]s に %[1]d 個のファイルを持ってきました"}
	Bringing   = Message{En: "bringing the vault home", Ja: "保管庫を取り込んでいます"}
	NotBrought = Message{En: "not brought: %s", Ja: "持ってこなかったもの: %s"}
	ReadsOnly  = Message{En: "no key given, so this machine does not learn what to encrypt to: it reads, and adds nothing",
		Ja: "鍵がないので、このパソコンは暗号化に使う公開鍵を知りません。読むだけで、追加はできません"}
	Saved       = Message{En: "saved %s, receipt %s", Ja: "%s を保存しました。受付番号 %s"}
	SavedFirst  = Message{En: "saved %s, receipt %s (it names this seed where two have one name)", Ja: "%s を保存しました。受付番号 %s（同じ名前のシードを区別できます）"}
	PresentCode = Message{En: "code now %s for %d more {second|seconds}, then %s",
		Ja: "いまのコードは %s（あと %d 秒）、次は %s です"}
	ClockWrong = Message{En: "this PC's clock says %s, which cannot be: the codes that it shows and compares are wrong until it is set",
		Ja: "このパソコンの時計は %s を示していて、正しくありません。時計を合わせるまで、表示されるコードも照合の結果も当てになりません"}
	NotYetAcceptedHint = Message{En: "not yet accepted; whoever can open the vault does that, by the receipt: seedvault accept %s",
		Ja: "未承認です。保管庫を開ける人が、受付番号で承認します: seedvault accept %s"}
	NotInJournal = Message{En: "receipt %s could not be noted on this machine: %s",
		Ja: "受付番号 %s をこのパソコンに記録できませんでした: %s"}
	Twice = Message{En: "%s: the same seed again, taken once",
		Ja: "%s: 同じシードがもう一度ありました。一つだけ取り込みます"}
	AskSeed = Message{En: "otpauth line, Google export link, key, or the path of an image (not shown): ",
		Ja: "otpauth の行、Google のリンク、キー、または画像のパス（表示されません）: "}
	AskNextPart = Message{En: "part %s of %d of the export is missing; paste it or its image, or press Enter to go on without: ",
		Ja: "エクスポートの %[2]d 個のうち %[1]s 番目が足りません。その行か画像を貼るか、Enter でこのまま進みます: "}
	AskIssuer     = Message{En: "name of the service: ", Ja: "サービスの名前: "}
	AskAccount    = Message{En: "account there: ", Ja: "そこでのアカウント: "}
	AskParameters = Message{En: "Enter, if the site shows nothing else beside the key; else what it shows, for example digits=8 period=60: ",
		Ja: "サイトにキーのほかの指定がなければ Enter。あれば、たとえば digits=8 period=60 のように入力: "}
	AskSave = Message{En: "%d of %d, %s: save it? [Y/n, a for all] ",
		Ja: "%d / %d、%s: 保存しますか [Y/n、すべてなら a] "}
	AskCompare = Message{En: "code that the phone shows for %s (Enter: not now, c: this PC's codes): ",
		Ja: "スマホに出ている %s のコード（Enter で省略、c でこのパソコンのコードを表示）: "}
	CodeTooShort     = Message{En: "%d digits are needed", Ja: "%d 桁の数字が必要です"}
	PhoneNotCompared = Message{En: "the phone's code was not compared; what is saved is saved",
		Ja: "スマホのコードは比べていません。保存したものは保存されています"}
	ThreeWrongAtAdd = Message{En: "three codes did not fit: delete the account in the app, scan the code of the site again, and do not close that page yet",
		Ja: "3 回続けて合いませんでした。アプリからアカウントを消し、サイトの QR コードを読み取り直してください。そのページはまだ閉じないでください"}
	FoundSeed = Message{En: "found %s: %s, %s, %d digits, every %d seconds",
		Ja: "見つかりました: %s、%s、%s、%d 桁、%d 秒ごと"}
	FoundCounting = Message{En: "found %s: hotp, %s, %d digits, counter %d",
		Ja: "見つかりました: %s、hotp、%s、%d 桁、カウンター %d"}
	ExportFound = Message{En: "%s: part %d of %d of a Google export, accounts: %d",
		Ja: "%s: Google のエクスポート %[3]d 個のうち %[2]d 番目、アカウント: %[4]d"}
	ExportTwice = Message{En: "%s: part %d of %d of an export again, taken once",
		Ja: "%s: エクスポート %[3]d 個のうち %[2]d 番目の重複、一度だけ取り込みます"}
	ExportEntry   = Message{En: "%s, account %d (%s)", Ja: "%s、%d 件目（%s）"}
	ExportMissing = Message{En: "part %s of %d of an export is missing: its accounts are not among these",
		Ja: "エクスポート %[2]d 個のうち %[1]s 番目がありません。そのアカウントは含まれていません"}
	ExportClashes = Message{En: "part %s of %d of an export came with two contents: one of them was changed",
		Ja: "エクスポート %[2]d 個のうち %[1]s 番目の中身が二通りあります。どちらかが変更されています"}
	HeldAlready = Message{En: "the vault holds %s already, so it is not saved again",
		Ja: "%s はすでに保管庫にあるので、二重には保存しません"}
	HeldWaiting = Message{En: "%s was added here before and waits to be accepted, so it is not saved again",
		Ja: "%s は前にここで追加され、承認を待っているので、二重には保存しません"}
	HeldSecret = Message{En: "%s has the same secret as %s, which the vault holds: one enrolment under two names, perhaps; it is saved",
		Ja: "%s は、保管庫にある %s とシークレットが同じです。一つの登録に名前が二つあるのかもしれません。このまま保存します"}
	WaitsAlready = Message{En: "%s waits here already, and nobody has accepted that one: whoever can write to a copy may have put it there",
		Ja: "%s はもうここで承認を待っていますが、誰も承認していません。コピーに書き込める誰かが置いたのかもしれません"}
	AskWaiting = Message{En: "accept that one as yours, instead of saving it anew? [y/N] ",
		Ja: "新しく保存する代わりに、それを自分のものとして承認しますか [y/N] "}
	CountsFurther = Message{En: "it counts further here, %d instead of %d; to go on from there: seedvault edit %s --counter %d",
		Ja: "こちらのカウンターのほうが先です（%d、保管庫では %d）。そこから続けるには: seedvault edit %s --counter %d"}
	AskCounter = Message{En: "its counter stands at %d in the vault, and at %d here: go on from there? [Y/n] ",
		Ja: "カウンターは保管庫で %d、ここで %d です。ここから続けますか [Y/n] "}
	Typed     = Message{En: "what was typed", Ja: "入力"}
	Clipboard = Message{En: "the clipboard", Ja: "クリップボード"}
	Scanning  = Message{En: "looking for codes in the picture", Ja: "画像からコードを探しています"}
	Clipped   = Message{En: "on the clipboard, and cleared from it in %d seconds",
		Ja: "クリップボードに入れました。%d 秒後に消去します"}
	NotCleared = Message{En: "on the clipboard; nothing could be left behind to clear it, so copy something else over it",
		Ja: "クリップボードに入れました。自動では消去できないので、別のものをコピーして上書きしてください"}
	Refused   = Message{En: "refused %s: %s", Ja: "%s は受け付けられません: %s"}
	AddLedger = Message{En: "%d saved, %d refused, %d the same again, %d left out",
		Ja: "保存 %d 件、受け付けず %d 件、重複 %d 件、見送り %d 件"}
	PictureInClear = Message{En: "%s still shows the seed in clear; once the phone has it: %s",
		Ja: "%s にはシードがそのまま写っています。スマホに入れたら: %s"}
	ClipboardInClear = Message{En: "the clipboard still has the seed, and so has its history if it keeps one; to clear it: %s",
		Ja: "クリップボードにシードが残っています。履歴があればそこにも残ります。消すには: %s"}
	ClipboardPasted = Message{En: "if that was pasted, the clipboard still has it, and so has its history if it keeps one: copy something else over it",
		Ja: "貼り付けたのなら、クリップボードと、あればその履歴に残っています。別のものをコピーして上書きしてください"}
	CheckSheetThere = Message{En: "%d {sheet still lies|sheets still lie} here with {its key|their keys} in clear; once printed: %s",
		Ja: "鍵の書かれた復旧シートのファイルが %d 個、そのまま残っています。印刷したら削除してください: %s"}
	AddStopped  = Message{En: "stopped: %d more {is|are} not saved", Ja: "ここで止まりました。残り %d 件は保存していません"}
	OtherEpochs = Message{En: "the vault whose fingerprint is confirmed here, %s, does not open with this key; what does is shown, and is not it",
		Ja: "ここで確認した保管庫（フィンガープリント %s）は、この鍵では開きません。開けたものを表示しますが、確認した保管庫ではありません"}
	NotCompared = Message{En: "not compared: no fingerprint has been confirmed on this machine; this vault's is %s",
		Ja: "このパソコンではフィンガープリントをまだ確認していません。この保管庫は %s です"}
	NewerSeal = Message{En: "a newer seedvault wrote %s: what is shown may not be all, and nothing but seeds is added",
		Ja: "より新しい seedvault が %s を書いています。表示が全部とは限らず、シードの追加のほかは書き込みません"}
	SeedLost       = Message{En: "%s is %s: %s", Ja: "%s に問題があります（%s）: %s"}
	SeedsLostMore  = Message{En: "%d more {seed is|seeds are} missing or damaged; to see all: seedvault check", Ja: "ほかにも %d 件に問題があります。すべて見るには: seedvault check"}
	SeedLostCopy   = Message{En: "%s is %s; the copy %s has it: seedvault copy sync %s (%s)", Ja: "%s に問題があります（%s）。コピー %s にはあります: seedvault copy sync %s（%s）"}
	LostAccepted   = Message{En: "an accepted seed", Ja: "承認済みのシード"}
	LostWaiting    = Message{En: "a seed that is not yet accepted", Ja: "未承認のシード"}
	LostOwn        = Message{En: "a seed added here on %s, receipt %s,", Ja: "ここで %s に追加したシード（受付番号 %s）"}
	LostNamed      = Message{En: "%s, receipt %s,", Ja: "%s（受付番号 %s）"}
	CheckPrintAnew = Message{En: "print it anew: seedvault holder sheet %s", Ja: "作り直すには: seedvault holder sheet %s"}
	CheckNewSheets = Message{En: "have them write the change on, or make new ones: seedvault rotate --shares DIR", Ja: "書き足してもらうか、作り直す: seedvault rotate --shares DIR"}
	CheckRemove    = Message{En: "one of the two is enough: seedvault remove %s", Ja: "一つあれば足ります: seedvault remove %s"}
	CheckCopyHas   = Message{En: "the copy %s has it: seedvault copy sync %s", Ja: "コピー %s にあります: seedvault copy sync %s"}
	CheckGiveUp    = Message{En: "to give it up: seedvault accept --lost %s", Ja: "諦めるには: seedvault accept --lost %s"}
	SomeLost       = Message{En: "%d of %d {seed is|seeds are} here: see above for the others", Ja: "%[2]d 件のシードのうち、ここにあるのは %[1]d 件です。ほかは上をご覧ください"}
	OpenedUnlisted = Message{En: "what opened the vault is a way in that no list of who can open it names: %s",
		Ja: "保管庫を開いたのは、開ける人の一覧にない方法です: %s"}
	LeaveUnlisted    = Message{En: "to leave it out: seedvault rotate", Ja: "外すには: seedvault rotate"}
	RecordUnreadable = Message{En: "cannot read a record about a holder: %s", Ja: "保持者の記録を読めません: %s"}
	EmptyVault       = Message{En: "the vault is empty", Ja: "保管庫は空です"}
	WaitsElsewhere   = Message{En: "the copy %s has %d {seed|seeds} that {is|are} not here: %s; bring what it has: seedvault copy sync %s",
		Ja: "コピー %s には、ここにないシードが %d 件あります: %s。取り込むには: seedvault copy sync %s"}
	AlsoWaiting = Message{En: "%d more called %s {waits to be accepted and is|wait to be accepted and are} left out",
		Ja: "%[2]s には承認待ちのものがあと %[1]d 件あり、除いています"}
	NotYetAccepted = Message{En: "%s is not yet accepted: nobody has confirmed where it comes from",
		Ja: "%s は未承認です。どこから来たのか、まだ誰も確認していません"}
	AskPhoneCode = Message{En: "code on the phone: ", Ja: "スマホのコード: "}
	WalkTitle    = Message{En: "%d of %d: %s", Ja: "%d / %d: %s"}
	ScanAndType  = Message{En: "scan this with the authenticator app on the new phone, then type the code that it shows",
		Ja: "新しいスマホの認証アプリで読み取り、表示されたコードを入力してください"}
	WalkKeys = Message{En: "s skips, b goes back, f draws it in another way, q ends; Enter draws it anew",
		Ja: "s で次へ、b で戻る、f で描き方を変える、q で終了、Enter で描き直します"}
	PhoneMatches = Message{En: "match: the phone has this seed", Ja: "一致しました: スマホにこのシードが入っています"}
	PhoneCounts  = Message{En: "match: the phone has this seed, and its counter stands at %d",
		Ja: "一致しました: スマホにこのシードが入っています。カウンターは %d です"}
	PhoneUnknown = Message{En: "no seed of this vault gives that code now: was it typed right, and is it this account's?",
		Ja: "この保管庫のどのシードも、いまそのコードにはなりません。打ち間違いや、別のアカウントのコードではありませんか"}
	PhoneOfAnother = Message{En: "that is the code of another seed of this vault: %s",
		Ja: "それはこの保管庫の別のシードのコードです: %s"}
	PhoneAhead = Message{En: "the seed is right, but the phone's clock is some %d seconds ahead of this PC's: set both by the network, and type the next code",
		Ja: "シードは正しいのですが、スマホの時計がこのパソコンより約 %d 秒進んでいます。両方をネットワークで合わせ、次のコードを入力してください"}
	PhoneBehind = Message{En: "the seed is right, but the phone's clock is some %d seconds behind this PC's: set both by the network, and type the next code",
		Ja: "シードは正しいのですが、スマホの時計がこのパソコンより約 %d 秒遅れています。両方をネットワークで合わせ、次のコードを入力してください"}
	PhoneDiffers = Message{En: "the secret is right, but the app computes with %s; the service will refuse its codes: use an app that reads the whole code",
		Ja: "シークレットは正しいのですが、アプリの計算が違います（%s）。サービスはこのコードを受け付けません。QR コードの指定をすべて読み取るアプリを使ってください"}
	Both               = Message{En: "%s and %s", Ja: "%s、%s"}
	DiffersInType      = Message{En: "codes of type %s, not %s", Ja: "種類が %[1]s（正しくは %[2]s）"}
	DiffersInAlgorithm = Message{En: "%s, not %s", Ja: "アルゴリズムが %[1]s（正しくは %[2]s）"}
	DiffersInDigits    = Message{En: "%d digits, not %d", Ja: "%[1]d 桁（正しくは %[2]d 桁）"}
	DiffersInPeriod    = Message{En: "a period of %d seconds, not %d", Ja: "%[1]d 秒ごと（正しくは %[2]d 秒ごと）"}
	ThreeWrong         = Message{En: "three codes did not fit: delete this account in the app and scan the code again, or skip it with s",
		Ja: "3 回続けて合いませんでした。アプリからこのアカウントを消して読み取り直すか、s で次へ進んでください"}
	Proven           = Message{En: "%d of %d proven", Ja: "%[2]d 件のうち %[1]d 件を確認しました"}
	NotProvenDiffers = Message{En: "not proven, the phone's codes differ: %s", Ja: "未確認（スマホのコードが違います）: %s"}
	NotProvenSkipped = Message{En: "not proven, no code was compared: %s", Ja: "未確認（コードを比べていません）: %s"}
	NotExported      = Message{En: "left out of the export, %s: %s", Ja: "エクスポートに入らないもの: %s（%s）"}
	ExportOthers     = Message{En: "those left out have codes of their own: seedvault restore NAME",
		Ja: "入らないものは、一つずつの QR コードで戻せます: seedvault restore NAME"}
	ExportTitle = Message{En: "export code for Google Authenticator, accounts: %d",
		Ja: "Google Authenticator のエクスポート用コード、アカウント: %d"}
	WroteSeed = Message{En: "the seed in clear is in %s; once the phone has it: %s",
		Ja: "暗号化されていないシードを %s に書きました。スマホに入れたら: %s"}
	NothingToAccept = Message{En: "nothing waits to be accepted", Ja: "承認待ちのものはありません"}
	AcceptedAlready = Message{En: "%s is accepted already", Ja: "%s はもう承認済みです"}
	AskAccept       = Message{En: "accept what is listed above (%d) as yours? [y/N] ",
		Ja: "この %d 件を自分のものとして承認しますか [y/N] "}
	AskRemove = Message{En: "remove what is listed above (%d)? seedvault remove --undo brings it back [y/N] ",
		Ja: "この %d 件を保管庫から外しますか。seedvault remove --undo で戻せます [y/N] "}
	Removed = Message{En: "removed %d; bring one back with seedvault remove --undo NAME",
		Ja: "%d 件を外しました。戻すには seedvault remove --undo NAME"}
	NothingRemoved     = Message{En: "nothing has been removed", Ja: "外したものはありません"}
	Edited             = Message{En: "changed %s, receipt %s", Ja: "%s を変更しました。受付番号 %s"}
	BroughtBack        = Message{En: "brought back %s, receipt %s", Ja: "%s を戻しました。受付番号 %s"}
	SameSecretAsBefore = Message{En: "the secret is the same as before: if it was to be replaced, enrol anew at the service first",
		Ja: "シークレットは前と同じです。取り替えるつもりなら、先にサービスで登録し直してください"}
	Accepted     = Message{En: "accepted %d, in the list of accepted seeds %s", Ja: "%d 件を承認しました（承認記録 %s）"}
	SealsGivenUp = Message{En: "given up %d missing {list|lists} of accepted seeds: %s", Ja: "なくなった承認記録 %d 個を探さないことにしました（承認記録 %s）"}
	AskLost      = Message{En: "give up %d missing {list|lists} of accepted seeds? What only {it|they} accepted stays unaccepted [y/N] ",
		Ja: "なくなった承認記録 %d 個を、もう探さないことにしますか。それだけで承認したものは未承認のままです [y/N] "}
	LostUnanswered     = Message{En: "nothing was given up: nobody said yes to %d missing {list|lists}", Ja: "何も変えていません。なくなった承認記録 %d 個について確認待ちです"}
	SealNotMissing     = Message{En: "no missing list is called %s", Ja: "%s というなくなった承認記録はありません"}
	HintSealNotMissing = Message{En: "see what is missing, and its name without .txt: seedvault check",
		Ja: "なくなったものとその名前（.txt を除く）を見てください: seedvault check"}
	AskWithoutMissing = Message{En: "go on without them? What only they accepted is left behind [y/N] ",
		Ja: "それなしで続けますか。それだけで承認したものは移されません [y/N] "}
	OwnNotAccepted = Message{En: "what this machine added could not be accepted now: %s",
		Ja: "このパソコンで追加したものを、いまは承認できませんでした: %s"}
	CopiesMayLack = Message{En: "the copies may lack what was written now: %s",
		Ja: "いま書いたものが、コピーにないかもしれません: %s"}
	OwnAccepted   = Message{En: "accepted what this machine had added: %d", Ja: "このパソコンで追加したものを承認しました: %d 件"}
	NotRemembered = Message{En: "what was seen could not be noted on this machine: %s",
		Ja: "見たものをこのパソコンに記録できませんでした: %s"}
	IdentityUnreadable = Message{En: "the configured key file cannot be read: %s", Ja: "設定された鍵ファイルを読めません: %s"}
	KeyPassedOver      = Message{En: "the configured key is passed over: %s", Ja: "設定された鍵は使いません: %s"}
	AskFilePassphrase  = Message{En: "passphrase of the key file %s: ", Ja: "鍵ファイル %s のパスフレーズ: "}
	AskPassphraseOr    = Message{En: "passphrase of the key file %s, or Enter to open the vault in another way: ",
		Ja: "鍵ファイル %s のパスフレーズ（別の方法で開くなら Enter だけ）: "}
	NotItsPassphrase = Message{En: "that is not the passphrase of %s", Ja: "%s のパスフレーズではありません"}
	PluginSays       = Message{En: "age-plugin-%s says: %s", Ja: "age-plugin-%s からのお知らせ: %s"}
	PluginAsks       = Message{En: "age-plugin-%s asks: %s", Ja: "age-plugin-%s からの質問: %s"}
	PluginWaits      = Message{En: "waiting for age-plugin-%s: perhaps the hardware key wants to be touched",
		Ja: "age-plugin-%s を待っています。ハードウェアキーに触れる必要があるかもしれません"}
	AskSecretAnswer = Message{En: "answer, not shown: ", Ja: "答え（表示しません）: "}
	AskAnswer       = Message{En: "answer: ", Ja: "答え: "}
	AskChoice       = Message{En: "1 for \"%s\", 2 for \"%s\": ", Ja: "「%s」なら 1、「%s」なら 2: "}
	AskEnter        = Message{En: "press Enter for \"%s\": ", Ja: "「%s」なら Enter: "}
	SharedKeyFile   = Message{En: "others on this machine can read %s: chmod 600 %s",
		Ja: "このパソコンのほかの人も %s を読めます。chmod 600 %s で直せます"}
	ReadingSeeds     = Message{En: "reading seeds: %d of %d", Ja: "シードを読んでいます: %[2]d 件中 %[1]d 件"}
	TryingPassphrase = Message{En: "trying the passphrase", Ja: "パスフレーズを試しています"}
	MakingPassphrase = Message{En: "locking with the passphrase", Ja: "パスフレーズで鍵をかけています"}
	CheckGood        = Message{En: "nothing is damaged or missing", Ja: "壊れたもの、足りないものはありません"}
	CheckIncomplete  = Message{En: "something is damaged or missing", Ja: "壊れたものか、足りないものがあります"}
	CheckRed         = Message{En: "something needs you", Ja: "対応が必要です"}
	CheckUnlisted    = Message{En: "and perhaps %d more that no list of who can open it names: see below", Ja: "ほかに、開ける人の一覧にないものが %d 通りあるかもしれません。下を見てください"}
	CheckSeeds       = Message{En: "seeds: %d accepted, %d not yet accepted", Ja: "シード: 承認済み %d 件、未承認 %d 件"}
	CheckWaysAtMost  = Message{En: "ways in: at most %d; which of them are kept on this PC, only a key can tell", Ja: "開く方法: 多くて %d 通り。このパソコンにだけある鍵が含まれるかは、鍵がないとわかりません"}
	CheckWays        = Message{En: "ways in: %d", Ja: "開く方法: %d 通り"}
	CheckNoWay       = Message{En: "ways in: none beside this PC's own key", Ja: "開く方法: このパソコンの鍵のほかにはありません"}
	CheckSeal        = Message{En: "complete up to the list of accepted seeds %s of %s", Ja: "承認記録 %s（%s）まで揃っています"}
	CheckNewestSeal  = Message{En: "newest list of accepted seeds here: %s of %s", Ja: "ここにある最新の承認記録: %s（%s）"}
	CheckOpened      = Message{En: "opened: %d of %d {seed decrypts and gives|seeds decrypt and give} a code", Ja: "開いて確認: シード %[2]d 件のうち %[1]d 件は復号でき、コードが出ます"}
	CheckUnopened    = Message{En: "not opened: names, hashes, lists and signatures are checked; whether seeds decrypt, only a key can tell",
		Ja: "開かずに確認: 名前、ハッシュ、承認記録、署名を調べました。シードを復号できるかは鍵がないとわかりません"}
	CheckNotCompared = Message{En: "not compared: no fingerprint has been confirmed on this machine",
		Ja: "このパソコンではフィンガープリントをまだ確認していません"}
	CheckFinding = Message{En: "%s  %s  %s", Ja: "%s  %s  %s"}
	MarkRed      = Message{En: "RED ", Ja: "要対応"}
	MarkNote     = Message{En: "note", Ja: "参考  "}
)
