"""How the article stands to a happening: asserted, reported, planned, hypothetical or negated."""
