"""Who says what: stretches that the reader takes for speech, what cues and quotation marks tell, joined.

`quotations` cuts the reader's stretches (`phrase_bounds` and `extents` tell where each may begin and end), and
`statements` gives them their speakers. `by_cues` finds statements without the reader, in quotation marks (`direct`) and
under verbs of saying (`indirect`), with `attribution` for whom a cue belongs to. `interview_turns` reads the labels of
paragraphs. `fusion` joins all three, and `first_person` tells who "I" and "we" are.
"""
