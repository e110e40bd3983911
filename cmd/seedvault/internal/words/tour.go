package words

// What the tour tells.
var (
	TourStart = Message{En: "A tour of seedvault, in a temporary folder that is removed at the end.\n",
		Ja: "seedvault のツアーです。一時フォルダーの中で行い、最後にフォルダーを消します。\n"}
	TourInit = Message{En: "Once: a vault with three ways in (holders), each of which opens it alone: a passphrase, a sheet of paper and a friend's age key.",
		Ja: "最初に一度だけ: どれか一つで開けられる、三つの開け方（保持者）のある保管庫を作ります。パスフレーズ、復旧シート、友人の age の鍵です。"}
	TourAdd = Message{En: `
Setting up MFA: the site shows a QR code, and a screenshot of it goes into the vault.
Adding needs no secret; whoever can open the vault then accepts it.`,
		Ja: `
2 段階認証の設定: サイトが QR コードを表示し、そのスクリーンショットを保管庫に入れます。
追加に鍵は要りません。後から、保管庫を開ける人が承認します。`}
	TourCode = Message{En: "\nThe present code, as the phone would show it:",
		Ja: "\nいまのコード。スマホが表示するものと同じです:"}
	TourCopy = Message{En: "\nA copy elsewhere, which every later change reaches as well:",
		Ja: "\n別の場所のコピー。この先の変更もすべて届きます:"}
	TourVerdict = Message{En: "\nWhat this survives, before anything is lost:",
		Ja: "\n何を失っても大丈夫か。失う前にわかります:"}
	TourCheckVerdict = Message{En: "the verdict is the best one", Ja: "判定は最良です"}
	TourDrawn        = Message{En: "On a terminal restore draws it for the new phone to scan:",
		Ja: "端末では、restore が新しいスマホのために描きます:"}
	TourLoss = Message{En: "\nThe loss: the phone is gone, and so is this PC with its vault and its configuration.",
		Ja: "\n紛失: スマホがなくなり、保管庫と設定の入ったこのパソコンもなくなりました。"}
	TourByPassphrase = Message{En: "\nThe way back, from the copy alone. With the passphrase:",
		Ja: "\n取り戻すには、コピーだけで足ります。パスフレーズで:"}
	TourByPaper  = Message{En: "With the key from the paper, typed into a file:", Ja: "復旧シートの鍵をファイルに入力して:"}
	TourByFriend = Message{En: "With the friend's age key:", Ja: "友人の age の鍵で:"}
	TourHome     = Message{En: "\nAnd home again: the copy becomes the vault of the new PC, once its fingerprint is compared with the sheet.",
		Ja: "\n元どおりに: 復旧シートとフィンガープリントを見比べ、コピーを新しいパソコンの保管庫にします。"}
	TourCommand   = Message{En: "  $ %s", Ja: "  $ %s"}
	TourHolds     = Message{En: "    %s", Ja: "    %s"}
	TourCheckCode = Message{En: "the code is the right one", Ja: "コードは正しいものです"}
	TourCheckGone = Message{En: "nothing is left of it", Ja: "何も残っていません"}
	TourCheckQR   = Message{En: "the QR code reads back as the very same seed",
		Ja: "QR コードを読み戻すと、まったく同じシードです"}
	TourCheckStatus = Message{En: "the command ends well", Ja: "コマンドは正常に終わりました"}
	TourMismatch    = Message{En: "WRONG: not so: %s", Ja: "異常: 次のとおりになりませんでした: %s"}
	TourSaid        = Message{En: "it said: %s", Ja: "表示された内容: %s"}
	TourEnd         = Message{En: "\nAll %d checks held. Nothing is left behind.",
		Ja: "\n%d 個の確認がすべて合いました。後には何も残っていません。"}
)
