"""Which words of an article are names, and where each begins and ends."""
