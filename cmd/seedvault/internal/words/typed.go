package words

// Sheets that are printed, and what was typed from paper or memory.
var (
	UnknownWord = Message{En: "that is not the passphrase: if seedvault made it, word %d is mistyped, since it is not one of the words that seedvault uses",
		Ja: "パスフレーズが違います。seedvault が作ったものなら、%d 番目の単語が打ち間違いです（seedvault の使う単語にありません）"}
	HintUnknownWord = Message{En: "compare it word by word and type it again, or try another way in: -i FILE or the key on the sheet",
		Ja: "紙と一語ずつ見比べてもう一度入力するか、-i FILE か復旧シートの鍵で開いてください"}
	WordsCounted = Message{En: "that is not the passphrase: %d {word|words}, and if seedvault made it, it has %d",
		Ja: "パスフレーズが違います。入力したのは %d 語ですが、seedvault が作ったものなら %d 語です"}
	WordsKnown = Message{En: "that is not the passphrase: all six words are known; is the order right?",
		Ja: "パスフレーズが違います。六つとも seedvault の使う単語です。順番は合っていますか"}
	NothingTyped     = Message{En: "nothing was typed", Ja: "何も入力されていません"}
	HintNothingTyped = Message{En: "type the passphrase, line 1 of the key on the sheet, or the path of a picture of the sheet; nothing shows while you type; with none at hand: seedvault guide",
		Ja: "パスフレーズか、復旧シートの鍵の 1 行目か、復旧シートの画像のパスを入力してください。入力中は何も表示されません。どれもなければ: seedvault guide"}
	MeantWords           = Message{En: "word %d: did you mean %s?", Ja: "%d 番目の単語は %s ではありませんか"}
	KeyLines             = Message{En: "lines of the key are missing", Ja: "鍵の行が足りません"}
	AskKeyLine           = Message{En: "line %d (Enter: give up): ", Ja: "%d 行目（Enter でやめる）: "}
	ServicesWithoutSheet = Message{En: "--services is for a sheet, and none is printed: --out FILE, or --shares DIR",
		Ja: "--services は復旧シートのためのものですが、紙を作る指定がありません: --out FILE か --shares DIR"}
	SheetWhat = Message{En: "name the holder (the way into the vault) whose sheet is to be printed anew",
		Ja: "復旧シートを作り直す保持者の名前を指定してください"}
	NoSheetOf     = Message{En: "%s is not a holder with a paper key", Ja: "%s は復旧シートの保持者ではありません"}
	HintNoSheetOf = Message{En: "see who has a sheet: seedvault holder list; shares on paper are printed anew by seedvault rotate --shares DIR",
		Ja: "紙のある保持者は seedvault holder list でわかります。紙のシェアは seedvault rotate --shares DIR で作り直してください"}
	SheetKeyNotGiven = Message{En: "the key stands on the old sheet and nowhere else, and there is no terminal to ask for it",
		Ja: "鍵は古い紙にしかなく、尋ねるための端末がありません"}
	HintSheetKeyNotGiven = Message{En: "give it in a file: seedvault holder sheet %s -i FILE --out FILE",
		Ja: "鍵をファイルで渡してください: seedvault holder sheet %s -i FILE --out FILE"}
	AskSheetKey = Message{En: "key from the old sheet of %s, line by line or whole: ",
		Ja: "%s の古い復旧シートの鍵（一行ずつ、または全部）: "}
	SheetForeign = Message{En: "the wrong sheet: its key opens nothing in this vault",
		Ja: "別の紙です。その鍵ではこの保管庫は何も開きません"}
	HintSheetForeign = Message{En: "take the sheet that shows the fingerprint %s, or an older one of the same vault",
		Ja: "フィンガープリントが %s の紙か、同じ保管庫のもっと古い紙を使ってください"}
	SheetOld = Message{En: "an old sheet: its key was left out by a rotation, and opens only what was there before",
		Ja: "古い紙です。その鍵は鍵の切り替えで外されていて、それより前のものしか開けません"}
	HintSheetOld = Message{En: "make a new paper key instead: seedvault holder add NAME --paper --out FILE",
		Ja: "新しい復旧シートを作ってください: seedvault holder add NAME --paper --out FILE"}
	SheetOfAnother = Message{En: "the sheet of another holder: its key is that of %s, not of %s",
		Ja: "別の保持者の紙です。その鍵は %s のもので、%s のものではありません"}
	HintSheetOfAnother = Message{En: "if that is the one you mean: seedvault holder sheet %s",
		Ja: "そちらの紙でよければ、次のように入力してください: seedvault holder sheet %s"}
	WroteSheet = Message{En: "the sheet of %s is in %s: print it, destroy the old sheet, then: %s",
		Ja: "%s の復旧シートを %s に書きました。印刷して古い紙を捨ててから: %s"}
	SheetNotNoted = Message{En: "the sheet is good, but the vault could not take note of it: %s",
		Ja: "紙はそのまま使えますが、保管庫に記録できませんでした: %s"}
)
