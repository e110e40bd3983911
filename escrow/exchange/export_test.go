package exchange

// RecognisedBy are the names of all the formats that recognise a file.
func RecognisedBy(f File) (names []string) {
	in := newInput(f.Name, f.data())
	for _, g := range Formats() {
		if g.recognise(in) {
			names = append(names, g.Name)
		}
	}
	return names
}
