package speech

// japaneseTour is what the tour tells.
var japaneseTour = map[Message]string{
	TourStart:        "seedvault のツアーです。一時フォルダの中で行い、最後にフォルダを消します。\n",
	TourInit:         "最初に一度だけ: 三つの保持者がそれぞれ開ける保管庫を作ります。パスフレーズ、控えの紙、友人の age の鍵です。",
	TourAdd:          "\n二段階認証の設定: サイトが QR コードを表示し、そのスクリーンショットを保管庫に入れます。\n追加に秘密は要りません。後から保持者が承認します。",
	TourCode:         "\nいまのコード。スマホが表示するものと同じです:",
	TourCopy:         "\n別の場所のコピー。この先の変更もすべて届きます:",
	TourLoss:         "\n紛失: スマホがなくなり、保管庫と設定の入ったこのパソコンもなくなりました。",
	TourByPassphrase: "\n取り戻すには、コピーだけで足ります。パスフレーズで:",
	TourByPaper:      "紙の鍵をファイルに打ち込んで:",
	TourByFriend:     "友人の age の鍵で:",
	TourHome:         "\n元どおりに: 控えの紙とフィンガープリントを見比べ、コピーを新しいパソコンの保管庫にします。",
	TourCommand:      "  $ %s",
	TourHolds:        "    %s",
	TourCheckCode:    "コードは正しいものです",
	TourCheckGone:    "何も残っていません",
	TourCheckQR:      "QR コードを読み戻すと、まったく同じシードです",
	TourCheckStatus:  "コマンドは正常に終わりました",
	TourMismatch:     "異常: 次のとおりになりませんでした: %s",
	TourSaid:         "表示された内容: %s",
	TourEnd:          "\n%d 個の確認がすべて合いました。後には何も残っていません。",
}
