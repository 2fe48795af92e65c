"""What kind of thing a name names: votes of knowledge and context, of a learned judge and of the reader."""
