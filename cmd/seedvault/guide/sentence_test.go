package guide

import (
	"slices"
	"strings"
	"testing"
)

// TestWhatPeopleType: names in every script, products, and whole sentences in both
// languages lead to the page that they mean, and never as a guess.
func TestWhatPeopleType(t *testing.T) {
	g := open(t)
	for typed, want := range map[string]string{ // a page, or the domain of a service
		// names in kana, and in Latin letters of any width and case
		"アマゾン": "amazon", "グーグル": "google-account", "マイクロソフト": "microsoft", "アップル": "apple", "ギットハブ": "github", "ライン": "line",
		"らいん": "line", "ぐーぐる": "google-account", "ＧＩＴＨＵＢ": "github", "amazon": "amazon", "スラック": "slack", "ワードプレス": "wordpress",
		"ツイッター": "x", "X": "x", "ヤフー": "yahoo-japan", "ディスコード": "discord", "ドロップボックス": "dropbox", "さくら": "sakura", "インスタ": "instagram.com",
		// products
		"ChatGPT": "openai", "チャットGPT": "openai", "Steam": "steampowered.com", "スチーム": "steampowered.com", "Nintendo": "nintendo", "任天堂": "nintendo",
		"PayPay": "paypay", "ペイペイ": "paypay", "paypay銀行": "paypay-bank.co.jp", "PayPal": "paypal.com", "Terraform Cloud": "terraform", "GCP": "google-cloud",
		"Google Cloud": "google-cloud", "Gmail": "google-account", "YouTube": "google-account", "iCloud": "apple", "kintone": "cybozu", "Backlog": "backlog",
		"Azure": "microsoft", "Xbox": "microsoft-account", "Trello": "atlassian", "楽天": "rakuten.co.jp", "楽天銀行": "rakuten-bank.co.jp", "楽天証券": "rakuten-sec.co.jp",
		"メルカリ": "jp.mercari.com", "ドコモ": "id.smt.docomo.ne.jp", "dアカウント": "id.smt.docomo.ne.jp", "au ID": "au-id", "ソフトバンク": "softbank", "SBI証券": "sbi-securities",
		"住信SBIネット銀行": "netbk.co.jp", "マイナポータル": "myna.go.jp", "みずほ銀行": "mizuhobank.co.jp", "マネーフォワード": "moneyforward.com", "freee": "freee.co.jp",
		"Chatwork": "chatwork.com", "ロリポップ": "lolipop.jp", "ムームードメイン": "muumuu-domain.com", "Netlify": "netlify.com", "Claude": "anthropic.com", "Epic": "epicgames.com",
		"Duo": "duosecurity.com", "bitFlyer": "bitflyer.com", "GMOコイン": "coin.z.com", "Vercel": "vercel", "Oracle Cloud": "cloud.oracle.com", "HashiCorp Cloud": "cloud.hashicorp.com",
		"Tailscale": "tailscale", "Google Authenticator": Generic, "Microsoft Authenticator": Generic,
		// what happened, without a service
		"機種変更": Generic, "スマホ": Generic, "スマホが壊れた": Generic, "my phone broke": Generic, "I lost my phone": Generic, "認証アプリが消えた": Generic,
		"Google Authenticatorが消えた": Generic,
		// sentences
		"AWSのルートに入れない": "aws-root", "AWS のルートユーザーでログインできない": "aws-root", "my phone broke, I have AWS root": "aws-root",
		"my phone is broken and I cannot sign in to AWS as an IAM user": "aws-iam", "AWSに入れない": "aws", "AWS Organizationsのメンバーアカウント": "aws-organizations",
		"機種変更したらGitHubに入れなくなった": "github", "ギットハブにログインできません": "github", "I can't log in to GitHub": "github", "locked out of my google account": "google-account",
		"グーグルアカウントの二段階認証ができない": "google-account", "スマホをなくしてラインにログインできない": "line", "LINE に入れない": "line",
		"PayPayのスマホを機種変更した": "paypay", "Xにログインできない": "x", "楽天会員のログイン": "rakuten.co.jp", "会社のMicrosoft 365に入れない": "microsoft",
		"the line dropped and I lost my phone": Generic, "please help me, my phone was stolen": Generic, "Steamの認証コードがわからない": "steampowered.com",
		"Slack のスマホ認証": "slack", "ChatGPT の認証アプリをなくした": "openai", "I changed my phone and Nintendo asks for a code": "nintendo",
	} {
		f := g.Find(typed)
		got := "nothing"
		switch {
		case f.Service != nil:
			got = f.Service.Domain
		case f.Page != nil:
			got = f.Page.ID
		}
		if got != want || f.Guess {
			t.Errorf("%q leads to %s (guess %t, near %v), want %s", typed, got, f.Guess, f.Near, want)
		}
	}
}

// TestSeveralInASentence: what names two services is asked about, and not chosen.
func TestSeveralInASentence(t *testing.T) {
	f := open(t).Find("GitHub と Slack に入れない")
	if f.Page != nil || len(f.Near) != 2 || f.Near[0].ID != "github" || f.Near[1].ID != "slack" {
		t.Errorf("%+v", f)
	}
}

// TestAddressesAreNoSentences: an address that only begins like a service's leads
// nowhere, not even by a part of it.
func TestAddressesAreNoSentences(t *testing.T) {
	for _, typed := range []string{"github.example.net", "https://aws.amazon.com.example.net/root", "signin-google.example.org"} {
		if f := open(t).Find(typed); f.Page != nil {
			t.Errorf("%q leads to %s", typed, f.Page.ID)
		}
	}
}

// TestNamesFarFromEachOther: nothing is suggested that only holds the letters
// somewhere within it.
func TestNamesFarFromEachOther(t *testing.T) {
	g := open(t)
	for typed, not := range map[string]string{"らいん": "sakura", "ライン": "sakura", "PayPay": "paypal.com", "Steam": "team-night", "ネット": "sakura", "オンラインの銀行": "line"} {
		f := g.Find(typed)
		if f.Page != nil && f.Page.ID == not || slices.ContainsFunc(f.Near, func(n Name) bool { return n.ID == not }) {
			t.Errorf("%q leads to %s", typed, not)
		}
	}
}

// TestNamedServices: every name of names.yaml leads to its service or to the page
// that covers it, with what is likely for its kind said in both languages.
func TestNamedServices(t *testing.T) {
	g, called, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for i := range g.Services {
		s := &g.Services[i]
		for _, name := range called[i] {
			count++
			f := g.Find(name)
			covering, covered := g.domain(s.Domain)
			switch {
			case f.Guess || f.Page == nil:
				t.Errorf("%q of %s leads to %+v", name, s.Domain, f)
			case f.Service != nil && f.Service != s:
				t.Errorf("%q of %s leads to %s", name, s.Domain, f.Service.Domain)
			case f.Service == nil && (!covered || covering.page != f.Page):
				t.Errorf("%q of %s leads to the page %s", name, s.Domain, f.Page.ID)
			}
		}
		if called[i] != nil && s.Kind == nil {
			t.Errorf("%s has names and no kind", s.Domain)
		}
	}
	if count < 100 {
		t.Errorf("only %d names", count)
	}
	bank := g.Find("みずほ銀行")
	for l, want := range map[string]string{"": "Banks tie their app", "ja": "銀行のアプリは"} {
		v := View{Service: bank.Service}
		if l == "ja" {
			v.Language = "ja"
		}
		if text := v.Page(bank.Page); !strings.Contains(text, want) || !strings.HasPrefix(text, bank.Service.Title().In(v.Language)+"\n") {
			t.Errorf("in %q: %.300s", l, text)
		}
	}
}

func TestWordsOf(t *testing.T) {
	var keys []string
	for _, w := range wordsOf("AWSのルートに入れない、ｇｉｔ-hub 2FA!") {
		keys = append(keys, w.key)
	}
	if got := strings.Join(keys, "|"); got != "aws|の|るーと|に|入|れない|git|hub|2fa" {
		t.Errorf("%q", got)
	}
}
