package words

// What is shown of one seed.
var (
	ShowWhat     = Message{En: "name one seed", Ja: "シードを一つ指定してください"}
	ShowTags     = Message{En: "tags", Ja: "タグ"}
	ShowNote     = Message{En: "note", Ja: "メモ"}
	ShowComputes = Message{En: "computes with", Ja: "計算方法"}
	ShowRecovery = Message{En: "recovery codes", Ja: "リカバリーコード"}
	ShowHidden   = Message{En: "%d, not shown: --codes", Ja: "%d 件（表示するには --codes）"}
	ShowReady    = Message{En: "prepared", Ja: "準備済み"}
	ShowBy       = Message{En: "added by", Ja: "追加した人"}
	ShowOrigin   = Message{En: "imported from", Ja: "取り込み元"}
	ShowOther    = Message{En: "kept with it", Ja: "一緒に残したもの"}
	ShowSeen     = Message{En: "Enter clears this ", Ja: "Enter で消します "}
	CodeLeft     = Message{En: "%s   %d {second|seconds} left, then %s", Ja: "%s   あと %d 秒、次は %s"}
	WatchWhat    = Message{En: "--watch counts down the code of one seed on a terminal", Ja: "--watch は、端末で一つのシードのコードと残り時間を表示し続けるものです"}
	WatchKeys    = Message{En: "%s   %d s, then %s   (Ctrl-C ends)", Ja: "%s   あと %d 秒、次は %s（Ctrl-C で終了）"}
)
