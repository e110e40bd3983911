package speech

// japaneseRemarks are what is said beside the answers, and the answers that are
// sentences.
var japaneseRemarks = map[Message]string{
	PromptKey:    "パスフレーズまたは紙の鍵: ",
	NotShownHere: "このロケールの文字コードでは日本語を表示できないため英語にします。日本語にするには LC_ALL=C.UTF-8 seedvault --lang ja と打ってください",

	VaultMade:      "%s に保管庫を作りました\nフィンガープリント %s",
	ShowPassphrase: "\nパスフレーズです。表示するのは今だけなので、書き留めてください。\n\n    %s\n",
	ShowPaperKey:   "\n紙の鍵です。表示するのは今だけなので、書き留めるか印刷してください。\n\n    %s\n",
	SheetStart:     "# seedvault: 保管庫の紙の鍵です。次の行を持つ人は誰でも保管庫を開けます。\n%s\n",
	SheetEnd: "#\n# フィンガープリント  %s\n# 公開鍵  %s\n#\n# コピーを開くには:  seedvault restore NAME --copy FOLDER と打ち、鍵を入力します\n" +
		"# seedvault なしで開くには、保管庫のフォルダで、鍵の行を paper.txt に入れて:\n" +
		"#   for s in 1-*/holders/%s/slot-*.age; do age -d -o /dev/shm/v.key -i paper.txt \"$s\"; done\n" +
		"#   for f in 1-*/seeds/*.age; do age -d -i /dev/shm/v.key \"$f\" | head -1; done\n" +
		"#   rm /dev/shm/v.key",
	SheetUnfinished: "鍵は %s に書きましたが、フィンガープリントを書き足せませんでした。上の表示から書き写してください",
	WrotePaperKey:   "紙の鍵を %s に書きました。印刷してから、ファイルを消してください",
	FewWays:         "この保管庫を開く方法は %d 通りだけです。失うとすべて失われます。保持者は二つ以上をお勧めします",
	Pinned:          "%s の保管庫を確認しました\nフィンガープリント %s",
	FingerprintOf:   "%s  フィンガープリント %s",
	Brought:         "%[2]s に %[1]d 個のファイルを持ってきました",
	NotBrought:      "持ってこなかったもの: %s",
	ReadsOnly:       "鍵がないので、このパソコンは暗号化に使う公開鍵を知りません。読むだけで、追加はできません",

	Saved:              "%s を保存しました。受付番号 %s",
	PresentCode:        "いまのコードは %s（あと %s 秒）、次は %s です",
	NotYetAcceptedHint: "未承認です。保持者が承認するには: seedvault accept --all",
	NotInJournal:       "受付番号 %s をこのパソコンに記録できませんでした: %s",
	HOTPSaved:          "回数で進むシードです。いまの回数はサービスが知っています。始まりは %d でした",
	Twice:              "%s: 同じシードがもう一度ありました。一つだけ取り込みます",
	Refused:            "%s は受け付けられません: %s",
	AddLedger:          "保存 %d 件、受け付けず %d 件、重複 %d 件",
	AddStopped:         "保管庫に書き込めないため、%d 件は保存していません",
	InputLine:          "%d 行目",

	OtherEpochs:      "ここで確認した保管庫（フィンガープリント %s）は、この鍵では開きません。開けたものを表示しますが、確認した保管庫ではありません",
	NotCompared:      "このパソコンではフィンガープリントをまだ確認していません。この保管庫は %s です",
	NewerSeal:        "より新しい seedvault が %s を書いています。表示が全部とは限らず、シードの追加のほかは書き込みません",
	SeedLost:         "承認済みのシードに問題があります（%s）: %s",
	RecordUnreadable: "保持者の記録を読めません: %s",
	EmptyVault:       "保管庫は空です",
	AlsoWaiting:      "%[2]s には承認待ちのものがあと %[1]d 件あり、除いています",
	NotYetAccepted:   "%s は未承認です。どこから来たのか、まだ誰も確認していません",
	ScanThis:         "新しいスマホでこれを読み取ってください: %s",
	WroteSeed:        "暗号化されていないシードを %s に書きました。スマホに入れたら消してください",
	NothingToAccept:  "承認待ちのものはありません",
	Accepted:         "%d 件を承認しました（承認記録 %d 番）",
	NotSettled:       "このパソコンで追加したものを、いまは承認できませんでした: %s",
	NotRemembered:    "見たものをこのパソコンに記録できませんでした: %s",

	IdentityUnreadable: "設定された鍵ファイルを読めません: %s",
	SharedKeyFile:      "このパソコンのほかの人も %s を読めます。chmod 600 %s で直せます",

	ReadingSeeds:     "シードを読んでいます: %[2]d 件中 %[1]d 件",
	TryingPassphrase: "パスフレーズを試しています",
	MakingPassphrase: "パスフレーズで鍵をかけています",

	CheckGood:        "問題ありません",
	CheckRed:         "対応が必要です",
	CheckSeeds:       "シード: 承認済み %d 件、未承認 %d 件",
	CheckWays:        "開く方法: %d 通り",
	CheckSeal:        "承認記録 %d 番（%s）まで揃っています",
	CheckNewestSeal:  "ここにある最新の承認記録: %d 番（%s）",
	CheckOpened:      "開いて確認: 下に挙げたもの以外のシードはすべて復号でき、コードが出ます",
	CheckUnopened:    "開かずに確認: 名前、ハッシュ、承認記録、署名を調べました。シードを復号できるかは鍵がないと分かりません",
	CheckNotCompared: "このパソコンではフィンガープリントをまだ確認していません",
	CheckFinding:     "%s  %s  %s",
	MarkRed:          "要対応",
	MarkNote:         "参考  ",
}
