"""How Sphinx makes the site of these documents: sphinx-build -W -b html -c docs/site docs OUT."""

import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the API is read from the package as it stands here

project = "newskg"
author = "The newskg authors"
copyright = author  # noqa: A001 - Sphinx's own name for it
html_title = "newskg"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["site", "*.py"]
root_doc = "index"
language = "en"

html_theme = "alabaster"
html_theme_options = {
    "description": "News articles to a knowledge graph",
    "page_width": "1080px",
    "sidebar_collapse": True,
    "show_powered_by": False,
}
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None  # the same documents give the same site

myst_heading_anchors = 3
myst_enable_extensions = ["fieldlist"]
default_role = "code"  # docstrings write names between single backticks
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
python_use_unqualified_type_names = True
nitpicky = False


def setup(app: Any) -> None:
    """Let links out of the documents, to code and data of the repository, stand as words."""
    app.connect("source-read", _unlinked)


def _unlinked(_app: Any, _name: str, content: list[str]) -> None:
    content[0] = re.sub(r"\[([^\]\n]+)\]\(\.\./[^)\n]+\)", r"\1", content[0])
