package words

// How the command is used: errors and their hints, in pairs. Here and in the other
// files an error says what is wrong, and a hint names the next thing to type.
var (
	BeginWith = Message{En: "%s; every flag: seedvault --help", Ja: "%s、オプションの一覧はこちらです: seedvault --help"}
	TellError = Message{En: "error: %s", Ja: "エラー: %s"}
	TellHint  = Message{En: "hint: %s", Ja: "ヒント: %s"}

	// How the command was used.
	UnknownCommand      = Message{En: "unknown command %s", Ja: "%s というコマンドはありません"}
	UnknownFlag         = Message{En: "unknown flag %s", Ja: "%s というオプションはありません"}
	FlagWantsValue      = Message{En: "%s needs a value", Ja: "%s には値が必要です"}
	BadFlagValue        = Message{En: "the value of a flag does not fit it", Ja: "オプションの値が合っていません"}
	UnknownLanguage     = Message{En: "seedvault does not speak %s", Ja: "%s という言語は話せません"}
	HintUnknownLanguage = Message{En: "it speaks English and Japanese: --lang en or --lang ja",
		Ja: "英語と日本語を話せます: --lang en または --lang ja"}
	Placeholder     = Message{En: "%s stands for something of your own", Ja: "%s は、ご自分のものに置き換える部分です"}
	HintPlaceholder = Message{En: "put that in its place, as DIR may be /media/anna/STICK, and PLACE home or office", Ja: "たとえば DIR は /media/anna/STICK、PLACE は home や office のように置き換えて、もう一度入力してください"}
	TooManyNames    = Message{En: "unexpected argument %s", Ja: "%s は余分です"}
	DidYouMean      = Message{En: "did you mean %s?", Ja: "%s のことですか"}
	SeeHelp         = Message{En: "see %s", Ja: "使い方は %s で見られます"}
	SeedInArguments = Message{En: "a seed among the arguments: it now stands in the shell's history and in the list of processes",
		Ja: "コマンドの引数にシードが書かれています。シェルの履歴とプロセス一覧に残ってしまいました"}
	HintSeedInArguments = Message{En: "remove it from the history, enrol anew at the service, and give seedvault an image file, or the line on standard input: seedvault add - < FILE",
		Ja: "履歴から消し、サービスで登録し直してから、画像ファイルか標準入力で渡してください: seedvault add - < FILE"}
	KeyInArguments = Message{En: "a secret key among the arguments: it now stands in the shell's history and in the list of processes",
		Ja: "コマンドの引数に、秘密にすべき鍵が書かれています。シェルの履歴とプロセス一覧に残ってしまいました"}
	HintKeyInArguments = Message{En: "remove it from the history and put the key into a file of mode 0600: -i FILE",
		Ja: "履歴から消し、鍵はモード 0600 のファイルに入れて渡してください: -i FILE"}
)
