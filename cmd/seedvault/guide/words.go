package guide

import "seedvault/internal/lazy"

// Checked is the month of the newest copies that the pages were held against.
const Checked = "2026-09"

// The guide's own words around what the pages say.
var (
	wordAsOf     = Text{"As of %s. Checked against official pages saved until September 2026; sites change. If a label differs, look for the same meaning.", "%s 時点の情報です。2026年9月までに保存された公式ページと照合済みです。サイトは変わります。表記が違うときは、同じ意味のものを探してください。"}
	wordOld      = Text{"THIS PAGE IS MORE THAN A YEAR OLD: its newest source is of %s. Buttons and rules may have changed.", "【古い情報】このページは 1 年以上前の情報です（最新の出典は %s）。画面や手順が変わっている可能性があります。"}
	wordStory    = Text{"One person's experience, not instructions. Follow the current steps first.", "ひとりの体験談で、手順書ではありません。先に現在の手順を試してください。"}
	wordService  = Text{"%s has no page of its own here. What follows holds for any service.", "%s 専用のページはありません。以下はどのサービスにも共通の手順です。"}
	wordListed   = Text{"Its own addresses, as the 2FA Directory of " + DirectoryAsOf + " lists them (not checked by us):", "2FA Directory（" + DirectoryAsOf + "）に載っている、このサービスのアドレス（この手引きでは未確認）:"}
	wordUnlisted = Text{"The 2FA Directory lists no address for it. Type the service's own domain yourself: %s", "2FA Directory にアドレスは載っていません。サービスのドメインを自分で入力してください: %s"}
	wordRecovery = Text{"After a loss", "紛失時"}
	wordDocs     = Text{"About two-factor sign-in", "2 要素認証の説明"}
	wordWait     = Text{"How long it takes", "かかる時間"}
	wordCost     = Text{"What it costs", "費用"}
	wordHave     = Text{"Have ready", "用意するもの"}
	wordLimit    = Text{"What is not possible", "できないこと"}
	wordWarnings = Text{"Take care", "注意"}
	wordWays     = Text{"Ways in, the best first", "復旧方法（おすすめ順）"}
	wordWork     = Text{"What to do", "すること"}
	wordWay      = Text{"%s. %s", "%s. %s"}
	wordSee      = Text{"You should see: %s", "表示されるもの: %s"}
	wordStuck    = Text{"If not: %s", "うまくいかないとき: %s"}
	wordFailed   = Text{"If this way fails: %s", "この方法でだめなとき: %s"}
	wordStories  = Text{"Read beside: seedvault guide %s", "あわせて読む: seedvault guide %s"}
	wordNotes    = Text{"Good to know", "参考"}
	wordPrepare  = Text{"Before it happens", "起きる前の準備"}
	wordSources  = Text{"Sources", "出典"}
	wordStep     = Text{"Step %d of %d", "手順 %d / %d"}
	wordAsk      = Text{"Why: %s", "理由: %s"}
	wordTree     = Text{"Answer in this order. The first yes shows the way; with no or don't know, go on to the next.", "上から順に答えます。最初に「はい」になったところの方法へ進みます。「いいえ」「わからない」なら次へ。"}
	wordYes      = Text{"yes: %s", "はい: %s"}
	wordElse     = Text{"None of this fits: go back to what you did not know, then", "どれも当てはまらないとき: 「わからない」と答えたものを試し、次に"}
	wordUnknown  = Text{"don't know most of it: %s", "ほとんどわからないとき: %s"}
	wordFrom     = Text{"(%s)", "(%s)"}
)

// whoWords say who does what a path describes; for "you" nothing is said.
var whoWords = lazy.Value[map[string]Text]{Make: func() map[string]Text {
	return map[string]Text{
		"administrator": {"Done by an administrator.", "管理者が行います。"},
		"owner":         {"Done by the account's owner.", "アカウントのオーナーが行います。"},
		"support":       {"Done by the service's support.", "サービスのサポートが行います。"},
	}
}}

// markWords say in words how far a fact can be relied on.
var markWords = lazy.Value[map[Mark]Text]{Make: func() map[Mark]Text {
	return map[Mark]Text{
		Official: {"official", "公式"},
		Older:    {"official, older copy", "公式、古い保存ページ"},
		Reported: {"reported", "報告"},
		Own:      {"our advice", "助言"},
	}
}}

// kindWords head the groups of a list.
var kindWords = lazy.Value[map[Kind]Text]{Make: func() map[Kind]Text {
	return map[Kind]Text{
		Provider: {"Services", "サービス"},
		Runbook:  {"Runbooks for teams", "チームの手順書"},
		Story:    {"Experiences", "体験談"},
		Common:   {"For any service", "共通"},
	}
}}
