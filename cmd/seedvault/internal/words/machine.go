package words

// Errors about this machine's files and folders, with their hints.
var (
	// Writing.
	DiskFull     = Message{En: "no room left to write %s", Ja: "空きがなく、%s を書けません"}
	HintDiskFull = Message{En: "make room and type the command again; nothing is half-written",
		Ja: "空きを作って、同じコマンドをもう一度入力してください。書きかけは残っていません"}
	ReadOnly     = Message{En: "not allowed to write %s", Ja: "%s に書き込む権限がありません"}
	HintReadOnly = Message{En: "is the folder read-only? Mend its permissions or name another with --vault DIR; nothing is half-written",
		Ja: "フォルダーは読み取り専用ですか。権限を直すか、--vault DIR で別の場所を指定してください。書きかけは残っていません"}
	Denied     = Message{En: "not allowed to open %s", Ja: "%s を開く権限がありません"}
	HintDenied = Message{En: "mend its permissions, or log in as the user it belongs to",
		Ja: "権限を直すか、持ち主のユーザーでログインしてください"}
	NotDurable = Message{En: "%s is written, but may not survive a power cut now",
		Ja: "%s は書けましたが、いま電源が切れると残らないかもしれません"}
	HintNotDurable = Message{En: "run sync, then seedvault check",
		Ja: "sync を実行してから、seedvault check で確かめてください"}
	WriteFailed     = Message{En: "cannot write %s: %s", Ja: "%s を書けません: %s"}
	HintWriteFailed = Message{En: "nothing is half-written; check the disk and type the command again",
		Ja: "書きかけは残っていません。ディスクを確かめて、同じコマンドをもう一度入力してください"}

	// This machine.
	NoSuchFile         = Message{En: "no such file: %s", Ja: "ファイルがありません: %s"}
	HintUnquoted       = Message{En: "a path with spaces goes into quotes: %s", Ja: "空白のあるパスは引用符で囲んでください: %s"}
	HintNearFile       = Message{En: "there is one of nearly that name: %s", Ja: "よく似た名前のものがあります: %s"}
	HintNoSuchFile     = Message{En: "check the name and the folder you are in", Ja: "名前と、いまいるフォルダーを確かめてください"}
	HintNothingFetched = Message{En: "nothing is fetched from an address: save what it shows as a file first, and name that",
		Ja: "アドレスからは何も取得しません。表示される内容をまずファイルに保存し、そのファイルを指定してください"}
	CannotRead     = Message{En: "cannot read %s", Ja: "%s を読めません"}
	HintCannotRead = Message{En: "is it a file, and may you read it? A secret in it may have 4 KiB at most",
		Ja: "ファイルですか。読む権限はありますか。秘密を入れるファイルは 4 KiB までです"}
	NotThere       = Message{En: "no such file", Ja: "ファイルがありません"}
	NotReadable    = Message{En: "cannot be read: %s", Ja: "読めません: %s"}
	HintNotRead    = Message{En: "is it a file, and may you read it?", Ja: "ファイルですか。読む権限はありますか"}
	NoFolder       = Message{En: "no such folder to write in: %s", Ja: "書き込むフォルダーがありません: %s"}
	HintNoFolder   = Message{En: "make the folder first, or name a file in another", Ja: "先にフォルダーを作るか、別のフォルダーのファイルを指定してください"}
	IsFolder       = Message{En: "%s is a folder, and a file is to be written", Ja: "%s はフォルダーです。書くのはファイルです"}
	HintIsFolder   = Message{En: "name a new file in it", Ja: "その中の新しいファイルの名前を指定してください"}
	FileExists     = Message{En: "%s exists already and is not overwritten", Ja: "%s はもうあるので、上書きしません"}
	HintFileExists = Message{En: "name another file, or move that one away",
		Ja: "別の名前にするか、そのファイルを移してください"}
	PathTrouble     = Message{En: "cannot use %s: %s", Ja: "%s を使えません: %s"}
	HintPathTrouble = Message{En: "check the path: is a file where a folder should be, or the name too long?",
		Ja: "パスを確かめてください。フォルダーのはずの所がファイルか、名前が長すぎませんか"}
	NoHome = Message{En: "HOME is not set, so there is no place for the configuration",
		Ja: "HOME が設定されていないので、設定を置く場所がありません"}
	HintNoHome = Message{En: "set HOME, or XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_DATA_HOME",
		Ja: "HOME か、XDG_CONFIG_HOME、XDG_STATE_HOME、XDG_DATA_HOME を設定してください"}
	BadConfig = Message{En: "the configuration file config.json cannot be understood",
		Ja: "設定ファイル config.json を読み取れません"}
	HintBadConfig = Message{En: "mend it or move it away; then confirm the vault anew: seedvault open --fingerprint \"...\"",
		Ja: "直すか別の場所に移し、保管庫を確認し直してください: seedvault open --fingerprint \"...\""}
	PinNotKept = Message{En: "the vault is made, but this machine cannot remember it: %s",
		Ja: "保管庫はできましたが、このパソコンに記録できません: %s"}
	HintPinNotKept = Message{En: "mend the configuration folder, then type: seedvault open --fingerprint \"%s\" --recipient %s",
		Ja: "設定フォルダーを直してから、こう入力してください: seedvault open --fingerprint \"%s\" --recipient %s"}
	MinSealAlone = Message{En: "--min-seal is the number of a list of accepted seeds, or its name as check shows it, such as 0007-b3vmnqlz, and goes with --fingerprint",
		Ja: "--min-seal は承認記録の番号か、check が示す 0007-b3vmnqlz のような名前で、--fingerprint と一緒に使います"}
	HolderWhat = Message{En: "say what to do with holders", Ja: "保持者をどうするのか指定してください"}
	WhichShell = Message{En: "completion is made for bash, zsh and fish",
		Ja: "補完のスクリプトがあるのは bash、zsh、fish です"}
	HintWhichShell = Message{En: "name one of them: seedvault completion bash",
		Ja: "どれか一つを指定してください: seedvault completion bash"}
	Unexpected = Message{En: "%s", Ja: "%s"}
	AnswerLost = Message{En: "the answer could not be written to standard output: %s",
		Ja: "結果を標準出力に書けませんでした: %s"}
	HintAnswerLost = Message{En: "make room there, or name another place for it, and ask again; what was said to be saved is saved",
		Ja: "出力先の空きを作るか別の出力先にして、もう一度入力してください。保存したと言ったものは保存されています"}
	HintReport = Message{En: "this should not happen; please report it with the command that you typed",
		Ja: "起きてはならないことです。入力したコマンドを添えて報告してください"}
	TourInterrupted = Message{En: "interrupted; the tour has removed its folder",
		Ja: "中断しました。ツアーのフォルダーは消しました"}
	HintTourInterrupted = Message{En: "play it again with seedvault tour", Ja: "もう一度見るには seedvault tour と入力してください"}
	TourNoKey           = Message{En: "the sheet of the tour holds no key", Ja: "ツアーの復旧シートに鍵がありません"}
	TourWrong           = Message{En: "%d of %d checks of the tour went wrong",
		Ja: "ツアーの %[2]d 個の確認のうち %[1]d 個が合いませんでした"}
)
