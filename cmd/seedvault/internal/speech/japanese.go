package speech

// japanese is the whole catalogue in Japanese.
var japanese = catalogue()
