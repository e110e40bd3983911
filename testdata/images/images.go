// Package images holds the screenshot that the tour adds a seed from.
package images

import _ "embed"

// Screenshot is a PNG of a made-up sign-up page with a QR code, and
// ScreenshotURI what the code says.
//
//go:embed screenshot.png
var Screenshot []byte

// ScreenshotURI is the text of the code in Screenshot; its secret is made up.
const ScreenshotURI = "otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
