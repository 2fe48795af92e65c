"""Who says what: stretches that the reader takes for speech, what cues and quotation marks tell, joined."""
