"""What makes data files of the package anew; not in the wheel."""
