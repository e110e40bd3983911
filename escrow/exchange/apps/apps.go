// Package apps is what is known of the apps that seeds go to: what each ignores of a
// code that it scans, what it cannot do at all, and which exports it imports.
package apps

import (
	"slices"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/otpauth"
)

// App is an app on a phone or a PC that seeds go to: what it is known to ignore of
// a code that it scans, what it cannot do at all, and which exports it imports.
// Where nothing is known nothing is said: the code that the app then shows is to be
// compared in any case.
type App struct {
	Name    string // one word, for --for
	Title   string
	Ignores []Parameter    // shows codes, and wrong ones, where these are not the default
	Lacks   []otpauth.Type // takes no codes of these types
	Holds   exchange.Holds // what its makers' documents or sources say that it takes
	Imports []string       // names of formats that can be written here, the best first
	Source  string
}

// Parameter is what a URI says about its codes.
type Parameter string

// The parameters that apps ignore.
const (
	ParamAlgorithm Parameter = "algorithm"
	ParamDigits    Parameter = "digits"
	ParamPeriod    Parameter = "period"
)

// What an [App] is said to do with a seed.
const (
	Ignores exchange.Remark = "app-ignores" // Names says which parameters
	Lacks   exchange.Remark = "app-lacks"   // Names says which type
	Refuses exchange.Remark = "app-refuses" // Names says which parameter
)

var (
	allAlgorithms = []otpauth.Algorithm{otpauth.SHA1, otpauth.SHA256, otpauth.SHA512}
	anyDigits     = exchange.Range{From: 1, To: 10}
	anyPeriod     = exchange.Range{From: 1, To: 86400}

	everything = exchange.Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod}
	onlyTOTP   = exchange.Holds{TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod}
	totpSteam  = exchange.Holds{TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod}
)

// All returns what is known of apps. Reports about one app conflict, by platform
// and year: what is listed as ignored was so for somebody.
func All() []App {
	return []App{
		{
			Name: "google", Title: "Google Authenticator", Imports: []string{"google"},
			Ignores: []Parameter{ParamAlgorithm, ParamDigits, ParamPeriod}, Lacks: []otpauth.Type{otpauth.Steam}, Holds: everything,
			Source: "https://github.com/google/google-authenticator/wiki/Key-Uri-Format",
		},
		{
			Name: "microsoft", Title: "Microsoft Authenticator",
			Ignores: []Parameter{ParamAlgorithm, ParamDigits, ParamPeriod}, Lacks: []otpauth.Type{otpauth.HOTP, otpauth.Steam}, Holds: everything,
			Source: "https://community.privacyidea.org/t/totp-strange-behavior-with-sha256-and-google-authenticator/3187",
		},
		{
			Name: "authy", Title: "Authy",
			Ignores: []Parameter{ParamAlgorithm, ParamPeriod}, Lacks: []otpauth.Type{otpauth.HOTP, otpauth.Steam}, Holds: everything,
			Source: "https://github.com/RobThree/TwoFactorAuth/issues/54",
		},
		{
			Name: "apple", Title: "Apple Passwords", Imports: []string{"cxf"},
			Ignores: []Parameter{ParamAlgorithm}, Lacks: []otpauth.Type{otpauth.HOTP, otpauth.Steam}, Holds: everything,
			Source: "https://developer.apple.com/documentation/authenticationservices/asimportableaccount",
		},
		{Name: "aegis", Title: "Aegis", Imports: []string{"aegis-encrypted", "aegis", "2fas", "freeotp+", "google", "uris"}, Holds: ownFormat("aegis").Holds, Source: ownFormat("aegis").Source},
		{Name: "2fas", Title: "2FAS", Imports: []string{"2fas", "aegis", "google"}, Holds: ownFormat("2fas").Holds, Source: ownFormat("2fas").Source},
		{
			Name: "ente", Title: "Ente Auth", Imports: []string{"uris", "aegis", "2fas", "bitwarden", "google"}, Holds: everything,
			Source: "https://github.com/ente-io/ente/tree/main/mobile/apps/auth/lib/ui/settings/data/import",
		},
		{
			Name: "stratum", Title: "Stratum", Imports: []string{"aegis-encrypted", "aegis", "2fas", "bitwarden", "freeotp+", "google", "uris"}, Holds: everything,
			Source: "https://github.com/stratumauth/app/tree/master/Stratum.Core/src/Converter",
		},
		{
			Name: "bitwarden", Title: "Bitwarden", Imports: []string{"bitwarden", "cxf", "keepassxc"}, Holds: totpSteam,
			Source: "https://bitwarden.com/help/authenticator-keys/",
		},
		{
			Name: "bitwarden-authenticator", Title: "Bitwarden Authenticator", Imports: []string{"bitwarden", "2fas", "aegis"}, Holds: totpSteam,
			Source: "https://bitwarden.com/help/bitwarden-authenticator/",
		},
		{
			Name: "proton", Title: "Proton Authenticator", Imports: []string{"aegis", "2fas", "bitwarden", "google", "uris"},
			Holds:  exchange.Holds{TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: exchange.Range{From: 1, To: 9}, Period: anyPeriod},
			Source: "https://github.com/protonpass/proton-pass-common/tree/main/proton-authenticator/src",
		},
		{
			Name: "1password", Title: "1Password", Imports: []string{"cxf", "bitwarden"}, Holds: onlyTOTP,
			Source: "https://support.1password.com/one-time-passwords/",
		},
		{
			Name: "keepassxc", Title: "KeePassXC", Imports: []string{"keepassxc", "bitwarden"}, Holds: totpSteam,
			Source: "https://github.com/keepassxreboot/keepassxc/blob/develop/src/core/Totp.cpp",
		},
		{
			Name: "freeotp+", Title: "FreeOTP+", Imports: []string{"freeotp+", "uris"}, Holds: everything,
			Source: "https://github.com/helloworld1/FreeOTPPlus",
		},
		{
			Name: "freeotp", Title: "FreeOTP", Lacks: []otpauth.Type{otpauth.Steam}, Holds: everything,
			Source: "https://github.com/freeotp/freeotp-android",
		},
		{
			Name: "lastpass", Title: "LastPass Authenticator", Lacks: []otpauth.Type{otpauth.HOTP, otpauth.Steam}, Holds: onlyTOTP,
			Source: "https://support.lastpass.com",
		},
		{
			Name: "otpclient", Title: "OTPClient", Imports: []string{"aegis-encrypted", "aegis", "freeotp+", "google"}, Holds: ownFormat("otpclient").Holds,
			Source: "https://github.com/paolostivanin/OTPClient",
		},
	}
}

// Named returns the app with a name.
func Named(name string) (App, bool) {
	for _, a := range All() {
		if a.Name == name {
			return a, true
		}
	}
	return App{}, false
}

// Warnings returns what is known to go wrong with a key that the app scans: which type it
// lacks, or which parameters that are not the default it refuses or ignores.
func (a App) Warnings(k otpauth.Key) []exchange.Notice {
	if slices.Contains(a.Lacks, k.Type()) || k.Type() == otpauth.HOTP && !a.Holds.HOTP || k.Type() == otpauth.Steam && !a.Holds.Steam {
		return []exchange.Notice{{What: Lacks, Names: []string{string(k.Type())}}}
	}
	var ignored, refused []string
	judge := func(p Parameter, unusual, fits bool) {
		switch {
		case !unusual:
		case slices.Contains(a.Ignores, p):
			ignored = append(ignored, string(p))
		case !fits:
			refused = append(refused, string(p))
		}
	}
	judge(ParamAlgorithm, k.Algorithm() != otpauth.SHA1, slices.Contains(a.Holds.Algorithms, k.Algorithm()))
	judge(ParamDigits, k.Type() != otpauth.Steam && k.Digits() != 6, a.Holds.Digits.Has(k.Digits()))
	seconds := int(k.Period().Seconds())
	judge(ParamPeriod, k.Type() != otpauth.HOTP && seconds != 30, a.Holds.TakesPeriod(seconds))
	var list []exchange.Notice
	if refused != nil {
		list = append(list, exchange.Notice{What: Refuses, Names: refused})
	}
	if ignored != nil {
		list = append(list, exchange.Notice{What: Ignores, Names: ignored})
	}
	return list
}

// ownFormat returns an app's own format: what it writes it takes.
func ownFormat(name string) *formats.Format {
	f, err := formats.Named(name)
	if err != nil {
		panic("apps: internal error: no format " + name)
	}
	return f
}
