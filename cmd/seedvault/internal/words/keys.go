package words

// Errors about keys, passphrases and shares, with their hints.
var (
	NoMatch = Message{En: "that key does not open this vault",
		Ja: "その鍵では、この保管庫は開きません"}
	HintNoMatch = Message{En: "try another way in: -i FILE, --passphrase-file FILE, or the key on the sheet; with none left: seedvault guide",
		Ja: "別の方法で開いてください: -i FILE、--passphrase-file FILE、または復旧シートの鍵を入力。どれも残っていなければ、手引きがあります: seedvault guide"}
	WrongPassphrase     = Message{En: "that is not the passphrase", Ja: "パスフレーズが違います"}
	HintWrongPassphrase = Message{En: "check the order of the words and type them again, or try another way in: -i FILE or the key on the sheet; with none left: seedvault guide",
		Ja: "単語の順番を確かめてもう一度入力するか、-i FILE か復旧シートの鍵で開いてください。どれも残っていなければ、手引きがあります: seedvault guide"}
	NoPassphrase = Message{En: "no passphrase of that name opens this vault",
		Ja: "この保管庫を開くパスフレーズに、その名前のものはありません"}
	HintNoPassphrase = Message{En: "the names are those of the folders under 1-*/holders; or open it with -i FILE or the key on the sheet; with none left: seedvault guide",
		Ja: "名前は 1-*/holders の下のフォルダー名です。-i FILE か復旧シートの鍵で開くこともできます。どれも残っていなければ、手引きがあります: seedvault guide"}
	SeveralPassphrases     = Message{En: "several passphrases open this vault, by name: %s", Ja: "この保管庫を開くパスフレーズが複数あります: %s"}
	HintSeveralPassphrases = Message{En: "say which: --holder %s", Ja: "どれかを指定してください: --holder %s"}
	BadPaperKey            = Message{En: "not a key, or mistyped: one letter is enough",
		Ja: "鍵ではないか、打ち間違いです（一文字違うだけでも開きません）"}
	HintBadPaperKey = Message{En: "type it from the sheet line by line, each with the letters behind its bar: a mistake is pointed out then; or whole, beginning with AGE-SECRET-KEY-1",
		Ja: "復旧シートのとおりに、縦線の後の文字も含めて一行ずつ入力すると、間違えた行がわかります。AGE-SECRET-KEY-1 から全部続けて入力することもできます"}
	NotAnIdentityFile = Message{En: "%s holds no key", Ja: "%s に鍵がありません"}
	HintIdentityFile  = Message{En: "give a file with AGE-SECRET-KEY-... or AGE-PLUGIN-... lines, or an SSH private key: -i FILE",
		Ja: "AGE-SECRET-KEY-... か AGE-PLUGIN-... の行、または SSH 秘密鍵のあるファイルを指定してください: -i FILE"}
	IdentityLocked = Message{En: "%s is itself protected by a passphrase, and there is no terminal to ask for it",
		Ja: "%s 自体がパスフレーズで保護されていますが、尋ねるための端末がありません"}
	HintIdentityLocked = Message{En: "type the command at a terminal, or try another way in; --passphrase-file is for the vault's own passphrase, not for a key file's",
		Ja: "端末でコマンドを入力するか、別の方法で開いてください。--passphrase-file は保管庫のパスフレーズのためのもので、鍵ファイルには使いません"}
	NoneItsPassphrase     = Message{En: "none of these is the passphrase of %s", Ja: "どれも %s のパスフレーズではありません"}
	HintNoneItsPassphrase = Message{En: "type the command again, or try another way in: another -i FILE, --passphrase-file FILE, or the key on the sheet; with none left: seedvault guide",
		Ja: "もう一度コマンドを入力するか、別の方法で開いてください: 別の -i FILE、--passphrase-file FILE、または復旧シートの鍵を入力。どれも残っていなければ、手引きがあります: seedvault guide"}
	PluginMissing = Message{En: "age-plugin-%s is not installed, and the key needs it",
		Ja: "この鍵に必要な age-plugin-%s がインストールされていません"}
	HintPluginMissing = Message{En: "install it in a folder of the PATH, as its makers say, and type the command again; or use another key: -i FILE or -r RECIPIENT",
		Ja: "配布元の説明どおりに PATH のフォルダーへインストールして、もう一度コマンドを入力するか、別の鍵を使ってください: -i FILE または -r RECIPIENT"}
	PluginFailed = Message{En: "age-plugin-%s could not use the key; it says: %s",
		Ja: "age-plugin-%s が鍵を使えませんでした: %s"}
	HintPluginFailed = Message{En: "is the right hardware key plugged in? Type the command again, or use another key: -i FILE or -r RECIPIENT",
		Ja: "正しいハードウェアキーが差してあるか確かめて、もう一度コマンドを入力するか、別の鍵を使ってください: -i FILE または -r RECIPIENT"}
	PluginUnanswered = Message{En: "age-plugin-%s asks, and there is no terminal to answer on: %s",
		Ja: "age-plugin-%s からの質問に答えるための端末がありません: %s"}
	HintPluginUnanswered = Message{En: "type the command at a terminal, or use another key: -i FILE or --passphrase-file FILE",
		Ja: "端末でコマンドを入力するか、別の鍵を使ってください: -i FILE または --passphrase-file FILE"}
	NoTerminal     = Message{En: "no terminal to ask on", Ja: "尋ねるための端末がありません"}
	HintNoTerminal = Message{En: "give a key or a passphrase in a file: -i FILE or --passphrase-file FILE",
		Ja: "鍵かパスフレーズをファイルで渡してください: -i FILE または --passphrase-file FILE"}
	NoTerminalForSecret = Message{En: "no terminal to show the passphrase or the paper key on",
		Ja: "パスフレーズや復旧シートを表示する端末がありません"}
	HintNoTerminalForSecret = Message{En: "give your own passphrase with --passphrase-file FILE, and have the paper key written with --out FILE",
		Ja: "パスフレーズは --passphrase-file FILE で渡し、復旧シートは --out FILE に書き出してください"}
	Interrupted     = Message{En: "interrupted; nothing is half-written", Ja: "中断しました。書きかけのものはありません"}
	HintInterrupted = Message{En: "type the command again when you are ready",
		Ja: "準備ができたら、もう一度コマンドを入力してください"}
	BadRecipient = Message{En: "not a recipient", Ja: "公開鍵の形ではありません"}
	SSHKeyType   = Message{En: "not a recipient: of SSH keys age encrypts to ssh-ed25519 and ssh-rsa alone, not to ecdsa or sk ones", Ja: "使えない公開鍵です。SSH の鍵のうち age の暗号化に使えるのは ssh-ed25519 と ssh-rsa だけで、ecdsa と sk は使えません"}
	ShortRSA     = Message{En: "not a recipient: an RSA key of fewer than 2,048 bits is too weak", Ja: "使えない公開鍵です。2,048 ビットに満たない RSA の鍵は弱すぎます"}
	QuorumWhat   = Message{En: "a quorum takes 2 or more of at most 255 members, each with a name of its own",
		Ja: "定足数グループには 2 人以上、多くて 255 人のメンバーと、それぞれ別の名前が必要です"}
	HintQuorumWhat = Message{En: "for example: seedvault init --quorum board=2 --member alice=age1... --member bob=age1... --member carol=paper",
		Ja: "次のように入力してください: seedvault init --quorum board=2 --member alice=age1... --member bob=age1... --member carol=paper"}
	QuorumTooMany = Message{En: "that many members do not fit into what the vault keeps of a quorum: at most 60 KiB",
		Ja: "メンバーが多すぎます。定足数グループの記録は 60 KiB までです"}
	HintQuorumTooMany = Message{En: "give fewer --member: some 220 fit with age keys, 80 with RSA keys, 27 with post-quantum ones",
		Ja: "--member を減らしてください。目安は age の鍵で 220 人、RSA の鍵で 80 人、耐量子の鍵で 27 人です"}
	ShareWhat      = Message{En: "name a quorum, and who gathers its shares", Ja: "定足数グループの名前と、集める人を指定してください"}
	ShareWhose     = Message{En: "no key was given to open your share with", Ja: "シェアを開く鍵が指定されていません"}
	HintShareWhose = Message{En: "seedvault holder share %s --to NAME -i FILE",
		Ja: "seedvault holder share %s --to NAME -i FILE と入力してください"}
	NoShareTyped     = Message{En: "that is no line of a share, and no file that is here", Ja: "シェアの行でも、ここにあるファイルでもありません"}
	HintNoShareTyped = Message{En: "type line 1 of the sheet of one of these, or the path of the file that they sent: %s; with none at hand: seedvault guide", Ja: "次の誰かのシートの 1 行目か、送られてきたファイルのパスを入力してください: %s。どれもなければ: seedvault guide"}
	NoShare          = Message{En: "no share of %s opens with that key", Ja: "その鍵で開く %s のシェアはありません"}
	HintNoShare      = Message{En: "see seedvault holder list, and give the key of a member: -i FILE",
		Ja: "seedvault holder list を見て、メンバーの鍵を指定してください: -i FILE"}
	MemberOnPaper = Message{En: "%s has a share on paper and no key to encrypt to",
		Ja: "%s のシェアは紙にあり、宛先にする鍵がありません"}
	HintMemberOnPaper = Message{En: "ask for a public key: --to age1...", Ja: "公開鍵を聞いてください: --to age1..."}
	ShareUnanswered   = Message{En: "nothing passed on without a yes", Ja: "確認がないので、何も渡していません"}
	HintShareYes      = Message{En: "compare the digits with whoever gathers, then type the command again with --yes",
		Ja: "集める人と桁を確かめてから、--yes を付けてもう一度入力してください"}
	SharesMissing     = Message{En: "%d more {share|shares} of %s {is|are} needed", Ja: "%[2]s のシェアがあと %[1]d 個必要です"}
	HintSharesMissing = Message{En: "these can help: %s; each types seedvault holder share %s --to %s, and you give what they send: --share FILE",
		Ja: "助けられる人: %s。それぞれが seedvault holder share %s --to %s で作ったものを、--share FILE で指定してください"}
	ShareLine     = Message{En: "line %d is mistyped", Ja: "%d 行目の入力が違います"}
	HintShareLine = Message{En: "compare the line with the paper and type it again",
		Ja: "紙の行と比べて、もう一度入力してください"}
	ShareForeign = Message{En: "that share is another quorum's, or from before its key was changed",
		Ja: "それは別の定足数グループのシェアか、鍵を切り替える前のものです"}
	ShareAgain   = Message{En: "that share has been taken already", Ja: "そのシェアはすでに受け取りました"}
	ShareSwapped = Message{En: "that share is another member's than it says", Ja: "それは記載とは別のメンバーのシェアです"}
	ShareWrong   = Message{En: "that is not the share that its member was given",
		Ja: "それはそのメンバーに渡されたシェアではありません"}
	ShareLength = Message{En: "lines of the share are missing, or there are too many",
		Ja: "シェアの行が足りないか、多すぎます"}
	ShareJoin = Message{En: "these shares do not make a key: one of them is mistyped or of another quorum",
		Ja: "このシェアでは鍵になりません。どれかの入力が違うか、別の定足数グループのものです"}
	NotAShare       = Message{En: "that is no share", Ja: "それはシェアではありません"}
	HintShareOther  = Message{En: "give another share: --share FILE", Ja: "別のシェアを指定してください: --share FILE"}
	PluginRecipient = Message{En: "a recipient of an age plugin cannot be used here",
		Ja: "age のプラグインの公開鍵は、ここでは使えません"}
	HintRecipient = Message{En: "a recipient is age1..., age1pq1..., age1NAME1... of an age plugin, or an ssh-ed25519 or ssh-rsa public key, with a name before it if you like: -r anna=age1...",
		Ja: "age1...、age1pq1...、プラグインの age1NAME1...、ssh-ed25519 か ssh-rsa の公開鍵を、必要なら名前を前に付けて指定してください: -r anna=age1..."}
	ShortPassphrase     = Message{En: "the passphrase has fewer than 16 characters", Ja: "パスフレーズが 16 文字より短いです"}
	HintShortPassphrase = Message{En: "leave --passphrase-file out to have six words made, or use a longer one",
		Ja: "もっと長くするか、--passphrase-file を外して 6 語を作らせてください"}
	BadHolderName     = Message{En: "not a name that can be used", Ja: "名前に使えない形です"}
	HintBadHolderName = Message{En: "a name is 1 to 32 of a-z, 0-9 and -, such as words, paper or anna",
		Ja: "名前は a-z、0-9、- の 1 から 32 文字です（例: words、paper、anna）"}
	HolderTwice     = Message{En: "two holders of one name", Ja: "同じ名前の保持者が二つあります"}
	HintHolderTwice = Message{En: "give each a name of its own: -r anna=age1... -r bob=age1...",
		Ja: "それぞれ別の名前にしてください: -r anna=age1... -r bob=age1..."}
	NoHolders = Message{En: "nobody could open this vault: name somebody or something that can",
		Ja: "開けられる人や物の指定がなく、誰もこの保管庫を開けません"}
	PassphraseUnused = Message{En: "a passphrase file, and no holder with a passphrase was asked for",
		Ja: "パスフレーズのファイルがありますが、パスフレーズの保持者が指定されていません"}
	HintPassphraseUnused = Message{En: "name one: --passphrase words --passphrase-file FILE",
		Ja: "名前を付けてください: --passphrase words --passphrase-file FILE"}
	OutWithoutPaper = Message{En: "--out is the file for the paper key, and no paper key was asked for",
		Ja: "--out は復旧シートを書くファイルですが、復旧シートが指定されていません"}

	// This PC's key.
	DeviceInKeyring = Message{En: "this PC's key is in the system's keyring: while you are logged in the vault opens unasked, and whatever runs as you can read it there",
		Ja: "このパソコンの鍵はシステムのキーリングに置きました。ログイン中は尋ねずに開き、あなたとして動くプログラムもそこから読めます"}
	DeviceInFile = Message{En: "no keyring of the system answers here, so this PC's key is in the file %s, which nobody else can read",
		Ja: "システムのキーリングが応答しないので、このパソコンの鍵はファイル %s に置きました。ほかの人は読めません"}
	DeviceInFileLocked = Message{En: "the system's keyring is locked, so this PC's key is in the file %s, which nobody else can read",
		Ja: "システムのキーリングがロックされているので、このパソコンの鍵はファイル %s に置きました。ほかの人は読めません"}
	KeyringLocked = Message{En: "the system's keyring is locked, and this PC's key is in it: unlock it and nothing is asked; now another way in will do",
		Ja: "システムのキーリングがロックされていて、その中のこのパソコンの鍵を使えません。ロックを外せば尋ねずに開きます。今は別の方法で開けます"}
	KeyringSilent = Message{En: "the system's keyring does not answer here, and this PC's key is in it: another way in will do",
		Ja: "システムのキーリングが応答しないので、その中のこのパソコンの鍵を使えません。別の方法で開けます"}
	KeyringForgot = Message{En: "this PC's key is no longer in the system's keyring: another way in will do; to make a new one: seedvault holder add pc --device",
		Ja: "このパソコンの鍵は、システムのキーリングにもうありません。別の方法で開き、新しい鍵を作ってください: seedvault holder add pc --device"}
)
