package guide

import (
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

func TestTake(t *testing.T) {
	const en, ja = words.English, words.Japanese
	for _, c := range []struct {
		form           CallForm
		l              words.Language
		typed, written string
	}{
		{FormName, en, " Taro  Sato ", "Taro Sato"},
		{FormName, ja, "Ｔａｒｏ", "Taro"},
		{FormName, ja, "Tarō Satō", "Tarō Satō"},
		{FormAccount, en, "1234-5678 9012", "123456789012"},
		{FormMail, en, "taro @ example.com", "taro@example.com"},
		{FormMail, ja, "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "taro@example.com"},
		{FormMail, en, "a+b_c-d@sub.example.co.jp", "a+b_c-d@sub.example.co.jp"},
		{FormPhone, ja, "090-1234-5678", "+819012345678"},
		{FormPhone, ja, "０９０−１２３４−５６７８", "+819012345678"},
		{FormPhone, ja, "(03) 1234-5678", "+81312345678"},
		{FormPhone, ja, "+81 090-1234-5678", "+819012345678"},
		{FormPhone, ja, "+81(0)90-1234-5678", "+819012345678"},
		{FormPhone, en, "+81 90-1234-5678", "+819012345678"},
		{FormPhone, en, "+1 (202) 555-0123", "+12025550123"},
		{FormAddress, ja, "1-2-3 Kanda, Chiyoda-ku, Tokyo 101-0001", "1-2-3 Kanda, Chiyoda-ku, Tokyo 101-0001"},
		{FormLast4, en, "1234", "1234"},
		{FormAmount, ja, "1,234円", "¥1234"},
		{FormCode, en, "AB-12 cd", "AB-12 cd"},
		{FormCode, en, "170000000000000", "170000000000000"},
	} {
		told, problem := c.form.Take(c.typed, c.l)
		if told.Written != c.written || !problem.IsZero() || len(told.Aloud) == 0 {
			t.Errorf("%s %q: %q, %v, %v", c.form, c.typed, told.Written, told.Aloud, problem)
		}
	}
}

// TestNoSuchAnswer: what cannot be an answer is none, and both languages say why.
func TestNoSuchAnswer(t *testing.T) {
	const en, ja = words.English, words.Japanese
	for _, c := range []struct {
		form  CallForm
		l     words.Language
		typed string
		why   Text
	}{
		{FormName, ja, "山田太郎", notLatin},
		{FormName, ja, "ヤマダ", notLatin},
		{FormName, en, "123", notLatin},
		{FormAccount, en, "12345678901", notAccount},
		{FormAccount, en, "my account 1234 5678 9012", notAccount},
		{FormMail, en, "taro.example.com", notMail},
		{FormMail, en, "taro@@example.com", notMail},
		{FormMail, en, "@example.com", notMail},
		{FormMail, en, "taro@example", notMail},
		{FormMail, en, "太郎@example.com", notMail},
		{FormPhone, en, "090-1234-5678", notPhone},
		{FormPhone, ja, "090-1234", notPhone},
		{FormPhone, ja, "+81 90-1234-56789", notPhone},
		{FormPhone, ja, "0081 90 1234 5678", notPhone},
		{FormPhone, ja, "ninety", notPhone},
		{FormPhone, ja, "+12345678901234567", notPhone},
		{FormAddress, ja, "東京都千代田区", notLatin},
		{FormLast4, en, "12345", notLast4},
		{FormLast4, en, "12 34", notLast4},
		{FormLast4, en, "4111111111111111", notLast4},
		{FormAmount, en, "a lot", notAmount},
		{FormCode, en, "---", notACode},
		{FormCode, ja, "番号", notACode},
		{FormCode, en, "4111 1111 1111 1111", notLast4},
		{FormAddress, en, "4111-1111-1111-1111 Main", notLast4},
		{FormName, en, "Al 4111111111111111", notLast4},
	} {
		told, problem := c.form.Take(c.typed, c.l)
		if told.Written != "" || problem != c.why {
			t.Errorf("%s %q is taken as %q, and refused with %v", c.form, c.typed, told.Written, problem)
		}
	}
}
