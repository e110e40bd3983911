package words

// The first vault: whole sentences, on the terminal itself.
var (
	FirstIntro = Message{En: `
There is no vault on this PC yet. Four questions make one, at
%s
Enter takes what is advised. Ctrl-C stops, and leaves nothing behind.`,
		Ja: `
このパソコンには、まだ保管庫がありません。四つの質問で、ここに作ります:
%s
Enter だけ押せば、おすすめのとおりになります。Ctrl-C でやめれば、何も残りません。`}
	FirstPassphrase = Message{En: `To be saved: %s
(not what you meant to save? Ctrl-C stops here)

%d of %d  The passphrase

It opens the vault on any computer. It is shown only here, only now:

      %s

Write it down on paper: no photo, no file.
%s`,
		Ja: `保存するもの: %s
（違うなら Ctrl-C でやめられます）

%d/%d  パスフレーズ

どのパソコンでも、これで保管庫を開けます。表示するのは今、ここだけです:

      %s

紙に書いてください。写真やファイルには残さないでください。
%s`}
	FirstWritten = Message{En: "Written down? Enter ", Ja: "書きましたか（Enter） "}
	FirstProve   = Message{En: "Read from what you have written. (Enter alone shows the passphrase again.)",
		Ja: "書いた紙を見て答えてください（Enter だけ押すと、もう一度表示します）。"}
	FirstWord        = Message{En: "word %d: ", Ja: "%d 番目の語: "}
	FirstWordDiffers = Message{En: "\nThat was not word %d. Compare what you have written with it.",
		Ja: "\n%d 番目の語が違います。書いたものと比べてください。"}
	FirstSheet = Message{En: `
%d of %d  The sheet
A page to print. The key on it, the paper key, opens the vault without the passphrase.`,
		Ja: `
%d/%d  復旧シート
印刷しておく紙です。パスフレーズがなくても、紙にある鍵で保管庫を開けます。`}
	FirstSheetWhere = Message{En: "It will be %s\n[Enter: yes, n: no sheet, or another file] ",
		Ja: "作るファイル: %s\n[Enter: はい、n: 作らない、または別のファイル名] "}
	FirstNoName = Message{En: "%s is no name for a file: press Enter, or type one with an ending, such as sheet.html; n: no sheet",
		Ja: "%s はファイル名ではありません。Enter を押すか、sheet.html のように拡張子の付いた名前を入力してください。作らないなら n"}
	FirstNoPlace     = Message{En: "no place of these, and no folder here: %s", Ja: "ここに挙げた場所でも、ここにあるフォルダーでもありません: %s"}
	HintFirstNoPlace = Message{En: "press Enter, type a folder with a slash in it, such as /media/stick, or answer n; a copy can be made later: seedvault copy add DIR --kept PLACE",
		Ja: "Enter を押すか、/media/stick のように / の付いたフォルダーを入力するか、n と答えてください。コピーは後でも作れます: seedvault copy add DIR --kept PLACE"}
	FirstNoSheet = Message{En: "No sheet: the passphrase is the only way in. Who forgets it has lost everything.",
		Ja: "復旧シートなし: 開く方法はパスフレーズだけです。忘れると、すべてを失います。"}
	FirstCopy = Message{En: `
%d of %d  A copy elsewhere
A vault on this PC alone is lost with this PC.`,
		Ja: `
%d/%d  別の場所のコピー
このパソコンだけにある保管庫は、このパソコンと一緒に失われます。`}
	FirstPlace     = Message{En: "  %d  %s, %s: %s", Ja: "  %d  %s、%s: %s"}
	FirstSynced    = Message{En: "carried elsewhere by its program", Ja: "別の場所に自動でコピーされる"}
	FirstRemovable = Message{En: "can be unplugged", Ja: "取り外せる"}
	FirstCopyWhere = Message{En: "where? [1, another number, a folder, or n: no copy] ",
		Ja: "どこに置きますか [1、ほかの番号、フォルダー、または n: 置かない] "}
	FirstCopyNone = Message{En: "plug in a USB stick [Enter: look for it, or a folder, or n: no copy] ",
		Ja: "USB メモリーを挿してください [Enter: 探す、またはフォルダー、n: 置かない] "}
	FirstNoneFound = Message{En: "No stick and no synchronized folder found. A stick may take a few seconds; a folder can be typed, too.",
		Ja: "USB メモリーも、同期フォルダーも見つかりません。USB メモリーの認識には数秒かかることがあります。フォルダーを入力することもできます。"}
	FirstNoCopy = Message{En: "No copy: what happens to this PC happens to the vault.",
		Ja: "コピーなし: このパソコンが失われると、保管庫も失われます。"}
	FirstGo = Message{En: `
%d of %d  Ready
To be saved: %s
%s
%s
Answer d, and this PC gets a key too, in the system's keyring (a file where there is none): your login then opens the vault without asking. It is lost with this PC.`,
		Ja: `
%d/%d  確認
保存するもの: %s
%s
%s
d と答えると、このパソコンの鍵をシステムのキーリング（なければファイル）にも置き、ログイン中は尋ねずに開くようにします。この鍵は、このパソコンと一緒に失われます。`}
	FirstWayPassphrase = Message{En: "Opened by the passphrase alone.", Ja: "開く方法: パスフレーズだけ。"}
	FirstWaysBoth      = Message{En: "Opened by the passphrase, or by the sheet alone.",
		Ja: "開く方法: パスフレーズか復旧シート（どちらか一つで開けます）。"}
	FirstHereOnly = Message{En: "Lies on this PC only.", Ja: "置き場所: このパソコンだけ。"}
	FirstHereAnd  = Message{En: "Lies on this PC and at %s.", Ja: "置き場所: このパソコンと %s。"}
	FirstAskGo    = Message{En: "make the vault, and save into it? [Enter: yes, d: this PC's key too, n: stop] ", Ja: "保管庫を作って、保存しますか [Enter: はい、d: このパソコンの鍵も、n: やめる] "}

	// A vault that is opened where nothing can be compared.
	NoSheetMeans = Message{En: `Without the sheet nobody can tell whether this is your vault or one that somebody put in its place. What is still checked: your key has to open it, and all that it lists has to be signed. Keep to what you know: read your codes, add nothing secret to it, and compare once you find a sheet: seedvault open --fingerprint "..."`,
		Ja: `復旧シートがないと、これが自分の保管庫か、すり替えられたものかは確かめられません。それでも、鍵で開けるかどうかと、一覧の署名は確かめます。コードを読むだけにして、新しいものは入れず、復旧シートが見つかったら比べてください: seedvault open --fingerprint "..."`}

	// What stops it.
	FirstSameDisk = Message{En: "that folder is on the disk that the vault is on, and is lost with it: %s",
		Ja: "そのフォルダーは保管庫と同じディスクにあり、一緒に失われます: %s"}
	HintFirstSameDisk = Message{En: "name a USB stick, or answer n now; a folder that some program carries elsewhere: seedvault copy add DIR --kept cloud",
		Ja: "USB メモリーを指定するか、今は n と答えてください。別の場所に自動でコピーされるフォルダーなら: seedvault copy add DIR --kept cloud"}
	FirstStopped = Message{En: "stopped; no vault was made and nothing was saved",
		Ja: "やめました。保管庫は作らず、何も保存していません"}
	HintFirstStopped = Message{En: "type the command again when you are ready; what was written down of a passphrase opens nothing",
		Ja: "準備ができたら、もう一度コマンドを入力してください。書き留めたパスフレーズでは何も開きません"}
)
