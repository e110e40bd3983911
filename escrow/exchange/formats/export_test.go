package formats

// RecognisedBy are the names of all the formats that recognise a file.
func RecognisedBy(f File) (names []string) {
	in, err := f.input()
	if err != nil {
		return nil
	}
	for _, g := range All() {
		if g.recognise(in) {
			names = append(names, g.Name)
		}
	}
	return names
}
