"""What events are called: labels made of the text's own words. `labelled` gives a fact its label."""

from kg.extract.labels.label import LabelledMention, event_label, label_of
from kg.extract.labels.naming import Naming, naming_of

__all__ = ["LabelledMention", "Naming", "event_label", "label_of", "naming_of"]
