package formats

import (
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// LastPass Authenticator's export. Files of the iPhone app lack some members.
var lastpass = &Format{
	Name: "lastpass", App: "LastPass Authenticator",
	Forms:  []Form{{Name: "plain"}},
	Source: "https://support.lastpass.com/s/document-item?bundleId=lastpass&topicId=LastPass/authenticator-export.html",
	Holds:  exchange.Holds{TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Tags: true},
	recognise: func(in *reading.Input) bool {
		return in.Has("accounts") && (isLastpassAccount(in.Top["accounts"].First()) || in.Top["accounts"] == "[]" && in.TopHas("folders", "version"))
	},
	read: readLastpass,
}

func isLastpassAccount(a parse.Node) bool {
	return a.Has("secret") && (a.Has("issuerName") || a.Has("userName") || a.Has("originalIssuerName"))
}

func readLastpass(r *reading.Reader, in *reading.Input) error {
	if !in.Has("accounts") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	if in.JSON.Get("version").Int() > 3 {
		return exchange.Refuse(exchange.Newer)
	}
	r.Form = "plain"
	folders := map[string]string{}
	for _, f := range in.JSON.Get("folders").Elements() {
		if len(folders) < exchange.MaxRecords {
			folders[f.Str("id")] = f.Str("name")
		}
	}
	for i, a := range in.JSON.Get("accounts").Elements() {
		d := reading.Draft{
			Issuer: a.Str("issuerName"), Account: a.Str("userName"), Secret: a.Str("secret"),
			Algorithm: a.Str("algorithm"), Digits: a.Str("digits"), Period: a.Str("timeStep"),
		}
		original := [2]string{a.Str("originalIssuerName"), a.Str("originalUserName")}
		if d.Issuer == "" {
			d.Issuer = original[0]
		}
		if d.Account == "" {
			d.Account = original[1]
		}
		if original[0] != "" && original[0] != d.Issuer || original[1] != "" && original[1] != d.Account {
			d.Notice(exchange.NamesDiffer)
			d.Details.AddOther("original", exchange.Label(original[0], original[1], nil))
		}
		if folder := a.Str("folderData", "folderId"); folder != "0" && folder != "" {
			d.Details.AddTag(folders[folder])
		}
		if a.Get("isFavorite") == "true" {
			d.Details.AddOther("favorite", "true")
		}
		r.Rest(a, &d.Details, "issuerName", "userName", "secret", "algorithm", "digits", "timeStep", "originalIssuerName", "originalUserName", "folderData", "isFavorite", "creationTimestamp")
		d.Details.Added = parse.Time(a.Str("creationTimestamp"))
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
