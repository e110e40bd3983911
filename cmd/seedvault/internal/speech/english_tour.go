package speech

// englishTour is what the tour tells.
var englishTour = map[Message]string{
	TourStart:        "A tour of seedvault, in a temporary folder that is removed at the end.\n",
	TourInit:         "Once: a vault that three holders can each open, a passphrase, a sheet of paper and a friend's age key.",
	TourAdd:          "\nSetting up MFA: the site shows a QR code, and a screenshot of it goes into the vault.\nAdding needs no secret; a holder then accepts it.",
	TourCode:         "\nThe present code, as the phone would show it:",
	TourCopy:         "\nA copy elsewhere, which every later change reaches as well:",
	TourLoss:         "\nThe loss: the phone is gone, and so is this PC with its vault and its configuration.",
	TourByPassphrase: "\nThe way back, from the copy alone. With the passphrase:",
	TourByPaper:      "With the key from the paper, typed into a file:",
	TourByFriend:     "With the friend's age key:",
	TourHome:         "\nAnd home again: the copy becomes the vault of the new PC, once its fingerprint is compared with the sheet.",
	TourCommand:      "  $ %s",
	TourHolds:        "    %s",
	TourCheckCode:    "the code is the right one",
	TourCheckGone:    "nothing is left of it",
	TourCheckQR:      "the QR code reads back as the very same seed",
	TourCheckStatus:  "the command ends well",
	TourMismatch:     "WRONG: not so: %s",
	TourSaid:         "it said: %s",
	TourEnd:          "\nAll %d checks held. Nothing is left behind.",
}
