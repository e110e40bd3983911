package words

import (
	"slices"
	"strings"
)

// Language is one that seedvault speaks. Its zero value is English.
type Language string

// The languages. Japanese texts are in polite form (です・ます) and short. A remark, an
// error and a hint end without 。 as those in English end without a full stop; words in
// Latin letters have a space on both sides. One word for one thing: glossary.tsv says
// which, and a test holds every text to it.
//
// Where a vault has changed its key, the vault after it is 新しい保管庫.
const (
	English  Language = ""
	Japanese Language = "ja"
)

// ParseLanguage reads what a person typed behind --lang: en or ja.
func ParseLanguage(typed string) (Language, bool) {
	switch typed {
	case "en":
		return English, true
	case "ja":
		return Japanese, true
	}
	return English, false
}

// LanguageOf returns the language of the locale for messages, English for one
// that seedvault does not speak.
func LanguageOf(env func(string) string) Language {
	language, _, _ := strings.Cut(strings.ToLower(withoutCharset(locale(env, "LC_MESSAGES"))), "_")
	if language == "ja" {
		return Japanese
	}
	return English
}

// UTF8 reports whether the locale's character set is UTF-8. A locale that names none
// leaves it open, and so it is not.
func UTF8(env func(string) string) bool { return isUTF8(locale(env, "LC_CTYPE")) }

// Shows reports whether text of a language can be read in the locale's character set,
// as far as that is known: one that names no character set says nothing against
// it, but for C and POSIX, which are ASCII.
func (l Language) Shows(env func(string) string) bool {
	name := locale(env, "LC_CTYPE")
	ascii := slices.Contains([]string{"C", "POSIX"}, name)
	return l == English || isUTF8(name) || !ascii && name == withoutCharset(name)
}

// locale returns the name that decides about one category of the locale: the
// first of three variables that is not empty (POSIX, Base Definitions, 8.2).
func locale(env func(string) string, category string) string {
	for _, variable := range []string{"LC_ALL", category, "LANG"} {
		if name := env(variable); name != "" {
			return name
		}
	}
	return ""
}

// withoutCharset cuts a name such as ja_JP.UTF-8@modifier to ja_JP.
func withoutCharset(name string) string {
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, ".")
	return name
}

func isUTF8(name string) bool {
	_, charset, _ := strings.Cut(name, ".")
	charset, _, _ = strings.Cut(charset, "@")
	return slices.Contains([]string{"utf-8", "utf8"}, strings.ToLower(charset))
}
