package speech

// japaneseFirst is what is said while the first vault is made: whole sentences, on the
// terminal itself.
var japaneseFirst = map[Message]string{
	FirstIntro: `
このパソコンには、まだ保管庫がありません。四つの質問で、ここに作ります:
%s
Enter だけ押せば、おすすめのとおりになります。Ctrl-C でやめれば、何も残りません。`,
	FirstPassphrase: `保存するもの: %s
（違うなら Ctrl-C でやめられます）

%d/%d  パスフレーズ

どのパソコンでも、これで保管庫を開けます。表示するのは今、ここだけです:

      %s

紙に書いてください。写真やファイルには残さないでください。
%s`,
	FirstWritten:     "書きましたか（Enter） ",
	FirstProve:       "書いた紙を見て答えてください（Enter だけ押すと、もう一度表示します）。",
	FirstWord:        "%d 番目の語: ",
	FirstWordDiffers: "\n%d 番目の語が違います。書いたものと比べてください。",
	FirstSheet: `
%d/%d  シート
印刷する紙です。パスフレーズがなくても、この紙の鍵で保管庫を開けます。`,
	FirstSheetWhere: "作るファイル: %s\n[Enter: はい、n: 作らない、または別のファイル] ",
	FirstNoSheet:    "シートなし: 開く方法はパスフレーズだけです。忘れると、すべてを失います。",
	FirstCopy: `
%d/%d  別の場所のコピー
このパソコンだけにある保管庫は、このパソコンと一緒に失われます。`,
	FirstPlace:         "  %d  %s、%s: %s",
	FirstSynced:        "別の場所に自動でコピーされる",
	FirstRemovable:     "取り外せる",
	FirstCopyWhere:     "どこに置きますか [1、ほかの番号、フォルダ、または n: 置かない] ",
	FirstCopyNone:      "USB メモリを挿してください [Enter: 探す、またはフォルダ、n: 置かない] ",
	FirstNoCopy:        "コピーなし: このパソコンに起きたことは、保管庫にも起きます。",
	FirstGo:            "\n%d/%d  確認\n保存するもの: %s\n%s\n%s",
	FirstWayPassphrase: "開く方法: パスフレーズだけ。",
	FirstWaysBoth:      "開く方法: パスフレーズ、またはシートだけでも。",
	FirstHereOnly:      "置き場所: このパソコンだけ。",
	FirstHereAnd:       "置き場所: このパソコンと %s。",
	FirstAskGo:         "保管庫を作って、保存しますか [Y/n] ",
}
