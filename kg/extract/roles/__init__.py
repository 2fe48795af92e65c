"""Who holds which position where: what the reader finds and what patterns of titles tell, joined."""
