package exchange

// LastPass Authenticator's export. Files of the iPhone app lack some members.
var lastpass = &Format{
	Name: "lastpass", App: "LastPass Authenticator",
	Forms:  []Form{{Name: "plain"}},
	Source: "https://support.lastpass.com/s/document-item?bundleId=lastpass&topicId=LastPass/authenticator-export.html",
	Holds:  Holds{TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Tags: true},
	recognise: func(in *input) bool {
		return in.has("accounts") && (isLastpassAccount(in.top["accounts"].first()) || in.top["accounts"] == "[]" && in.topHas("folders", "version"))
	},
	read: readLastpass,
}

func isLastpassAccount(a node) bool {
	return a.has("secret") && (a.has("issuerName") || a.has("userName") || a.has("originalIssuerName"))
}

func readLastpass(r *reading, in *input) error {
	if !in.has("accounts") {
		return refuse(NotThatFormat)
	}
	if in.json.get("version").int() > 3 {
		return refuse(Newer)
	}
	r.form = "plain"
	folders := map[string]string{}
	for _, f := range in.json.get("folders").elements() {
		if len(folders) < MaxRecords {
			folders[f.str("id")] = f.str("name")
		}
	}
	for i, a := range in.json.get("accounts").elements() {
		d := draft{
			issuer: a.str("issuerName"), account: a.str("userName"), secret: a.str("secret"),
			algorithm: a.str("algorithm"), digits: a.str("digits"), period: a.str("timeStep"),
		}
		original := [2]string{a.str("originalIssuerName"), a.str("originalUserName")}
		if d.issuer == "" {
			d.issuer = original[0]
		}
		if d.account == "" {
			d.account = original[1]
		}
		if original[0] != "" && original[0] != d.issuer || original[1] != "" && original[1] != d.account {
			d.notice(NamesDiffer)
			d.details.other("original", labelOf(original[0], original[1], nil))
		}
		if folder := a.str("folderData", "folderId"); folder != "0" && folder != "" {
			d.details.tag(folders[folder])
		}
		if a.get("isFavorite") == "true" {
			d.details.other("favorite", "true")
		}
		r.rest(a, &d.details, "issuerName", "userName", "secret", "algorithm", "digits", "timeStep", "originalIssuerName", "originalUserName", "folderData", "isFavorite", "creationTimestamp")
		d.details.Added = timeOf(a.str("creationTimestamp"))
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
