package words

// Errors about seeds, with their hints.
var (
	NoSuchSeed       = Message{En: "no seed is called %s", Ja: "%s というシードはありません"}
	HintList         = Message{En: "see seedvault list", Ja: "seedvault list で一覧を見られます"}
	SeveralSeeds     = Message{En: "%d seeds are called %s", Ja: "%[2]s に当てはまるシードが %[1]d 件あります"}
	HintSeveralSeeds = Message{En: "name one by more of its issuer or account, or by its receipt",
		Ja: "発行元かアカウントをもう少し長く入力するか、受付番号で指定してください"}
	HintSeveralWaiting = Message{En: "name one by its receipt", Ja: "受付番号で指定してください"}
	SeedGone           = Message{En: "a seed is no longer where it was: another machine or a sync has changed the vault meanwhile",
		Ja: "シードが元の場所にありません。別のパソコンか同期が、その間に保管庫を変えました"}
	HintSeedGone  = Message{En: "type the command again", Ja: "同じコマンドをもう一度入力してください"}
	NoSuchWaiting = Message{En: "no seed that waits to be accepted is called %s",
		Ja: "承認待ちのシードに %s というものはありません"}
	EditWhat        = Message{En: "name a seed and what to change", Ja: "シードの名前と、変更する内容を指定してください"}
	EditWaiting     = Message{En: "%s is not yet accepted", Ja: "%s は未承認です"}
	HintEditWaiting = Message{En: "accept it first: seedvault accept %s", Ja: "先に承認してください: seedvault accept %s"}
	AnewOne         = Message{En: "%d seeds were found, and one takes the place of the old one",
		Ja: "シードが %d 件見つかりましたが、入れ替えられるのは一つです"}
	HintAnewOne = Message{En: "cut the picture to one code: seedvault edit NAME --anew FILE",
		Ja: "画像を一つのコードに切り取ってください: seedvault edit NAME --anew FILE"}
	NothingToUndo     = Message{En: "nothing of %s has been changed", Ja: "%s は変更されていません"}
	SeveralBefore     = Message{En: "there are %d earlier contents of %s", Ja: "%[2]s には以前の内容が %[1]d 通りあります"}
	HintSeveralBefore = Message{En: "name one by its receipt: seedvault remove --undo RECEIPT",
		Ja: "受付番号で指定してください: seedvault remove --undo RECEIPT"}
	RemoveWhat       = Message{En: "name the seeds to remove", Ja: "外すシードを指定してください"}
	RemoveUnanswered = Message{En: "nothing was removed: nobody said yes to %d {seed|seeds}", Ja: "何も外していません。%d 件が確認待ちです"}
	HintRemoveYes    = Message{En: "if you mean these, type the command again with --yes",
		Ja: "この内容でよければ、--yes を付けてもう一度入力してください"}
	NoSuchRemoved     = Message{En: "no removed seed is called %s", Ja: "%s という名前の、外したシードはありません"}
	HintNoSuchRemoved = Message{En: "see those that there are: seedvault remove --undo",
		Ja: "一覧を見てください: seedvault remove --undo"}
	NothingToRestore = Message{En: "the vault holds no seed", Ja: "保管庫にシードがありません"}
	NothingToExport  = Message{En: "no seed here fits an export code of Google",
		Ja: "Google のエクスポート用コードに入るシードがありません"}
	HintNothingToExport = Message{En: "restore them one by one: seedvault restore NAME",
		Ja: "一つずつ戻してください: seedvault restore NAME"}
	HintNothingToRestore = Message{En: "see seedvault check, or another copy: seedvault restore --copy DIR",
		Ja: "seedvault check を見るか、別のコピーから戻してください: seedvault restore --copy DIR"}
	SeveralPictures     = Message{En: "%d codes, and one standard output", Ja: "コードは %d 個、標準出力は一つです"}
	HintSeveralPictures = Message{En: "name a file, which is numbered for each: --png codes.png",
		Ja: "ファイル名を指定してください。番号が付きます: --png codes.png"}
	OneForm          = Message{En: "only one of --uri, --png and --svg at a time", Ja: "--uri、--png、--svg はどれか一つだけです"}
	NotDrawnHere     = Message{En: "no terminal to draw on", Ja: "描画できる端末がありません"}
	HintNotDrawnHere = Message{En: "ask for a form: --uri, --png FILE or --svg FILE",
		Ja: "形を指定してください: --uri、--png FILE、--svg FILE"}
	PictureOnTerminal     = Message{En: "a picture is not for the terminal", Ja: "画像は端末に出せません"}
	HintPictureOnTerminal = Message{En: "name a file or a pipe for it, or leave the form out to draw it here",
		Ja: "ファイルかパイプを指定するか、指定を外してここに描いてください"}
	TerminalTooSmall = Message{En: "the terminal is too small: %d columns by %d rows, and the code needs %d by %d",
		Ja: "端末が小さすぎます。いまは %d 桁 %d 行ですが、QR コードには %d 桁 %d 行が必要です"}
	HintTerminalTooSmall = Message{En: "enlarge the window or make its letters smaller, and press Enter; or end with q and write a picture: --png FILE",
		Ja: "ウィンドウを大きくするか文字を小さくして Enter を押してください。または q で終えて画像に書き出します: --png FILE"}
	PictureInstead = Message{En: "as a picture: seedvault restore %s --png code.png, then: %s code.png",
		Ja: "画像にするには seedvault restore %s --png code.png、開くには %s code.png と入力してください"}
	DrawnShort = Message{En: "drawn without what apps take for granted, to fit; the key is the same (f: the whole line)",
		Ja: "収まるように、既定値を省いて描いています。キーは同じです（f で全体）"}
	OneWayOnly = Message{En: "no other way of drawing it fits this window", Ja: "このウィンドウに収まる描き方は、ほかにありません"}
	LongLine   = Message{En: "its line has %d bytes, and a QR code holds %d: it can be saved and gives codes, but no code for a new phone can be drawn; it goes there as text: seedvault restore NAME --uri",
		Ja: "行が %d バイトあり、QR コードに入るのは %d バイトまでです。保存もコードの計算もできますが、新しいスマホのための QR コードは描けません。テキストで移してください: seedvault restore NAME --uri"}
	LongLineShort = Message{En: "its line has %d bytes, and a QR code holds %d: a new phone gets a shorter spelling of the same key, without what apps do not read",
		Ja: "行が %d バイトあり、QR コードに入るのは %d バイトまでです。新しいスマホには、アプリが読まない部分を除いた、同じキーの短い形を渡します"}
	TooLongToDraw = Message{En: "%d bytes are too long for one QR code, which holds %d",
		Ja: "%d バイトは長すぎて、QR コード一つ（%d バイトまで）に入りません"}
	NotDrawable = Message{En: "this seed cannot be drawn as a QR code that reads back the same",
		Ja: "このシードは、同じものとして読み戻せる QR コードにできません"}
	HintUseURI   = Message{En: "print it instead: --uri", Ja: "代わりに文字で出してください: --uri"}
	WantsCounter = Message{En: "this seed counts, and only the service knows the counter",
		Ja: "カウンター式のシードです。いまのカウンターはサービスだけが知っています"}
	ClipWhat = Message{En: "--clip puts the code of one seed on the clipboard",
		Ja: "--clip はシード一つのコードをクリップボードに入れます"}
	HintWantsCounter = Message{En: "it began at %d; name the counter: --counter N",
		Ja: "始まりは %d です。カウンターを指定してください: --counter N"}
	AcceptWhat = Message{En: "name the seeds to accept, or say --all",
		Ja: "承認するシードの名前か --all を指定してください"}
	AcceptUnanswered = Message{En: "nothing accepted: %d {seed waits|seeds wait} for a yes",
		Ja: "何も承認していません。%d 件が承認待ちです"}
	HintAcceptYes = Message{En: "if these are yours, type the command again with --yes",
		Ja: "すべて自分のものなら、同じコマンドに --yes を付けてもう一度入力してください"}
	NotASeed    = Message{En: "not a seed: %s", Ja: "シードではありません: %s"}
	CountsNot   = Message{En: "its codes change with time, so it has no counter", Ja: "コードは時刻で変わるので、カウンターはありません"}
	PhoneBegins = Message{En: "this seed counts: the phone begins at counter %d, and the service may be further; if it refuses the codes, resynchronize there, and then: seedvault edit %s --counter N",
		Ja: "カウンター式のシードです。スマホはカウンター %d から始まりますが、サービスはもっと先かもしれません。コードが拒否されたら、サービスで再同期してから seedvault edit %s --counter N と入力してください"}
	FolderEmpty  = Message{En: "a folder without any file", Ja: "ファイルのないフォルダーです"}
	FolderPassed = Message{En: "in %s only the files were read, and not %d {thing|things} beside them, such as folders and links: %s",
		Ja: "%s ではファイルだけを読みました。読まなかったもの（フォルダーやリンクなど）が %d 件あります: %s"}
	HintOtherApp = Message{En: "choose another authenticator app (TOTP) there, take a picture of the code that then shows, and type: seedvault add FILE",
		Ja: "サービスの画面で「別の認証アプリ」(TOTP) を選び、表示されたコードの画像を seedvault add FILE で入れてください"}
	HintBareKey = Message{En: "type it at the prompt, where it does not show, with the name of the service: seedvault add",
		Ja: "seedvault add だけを実行し、尋ねられたらキーとサービスの名前を入力してください。キーは表示されません"}
	HintAlgorithm = Message{En: "ask the service for a code for authenticator apps, and type: seedvault add FILE",
		Ja: "認証アプリ用のコードをサービスに表示させ、seedvault add FILE で入れてください"}
	HintAtPrompt = Message{En: "mend the line, and give it at the prompt, where it does not show: seedvault add",
		Ja: "行を直してから、seedvault add だけを実行し、尋ねられたら入力してください。入力は表示されません"}
	HintNotASeed = Message{En: "ask the service to show its code anew, and give that",
		Ja: "サービスにコードをもう一度表示させて、それを渡してください"}
)
