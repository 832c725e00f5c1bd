"""The documentation site: ``make site`` builds it from this folder into build/site, without the network."""

from __future__ import annotations

project = "mtclean"
html_title = "mtclean"
extensions = ["myst_parser"]
myst_heading_anchors = 3  # links to headings are checked, as GitHub names them
html_theme = "furo"  # system fonts, nothing loaded from elsewhere
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_static_path = ["site.css"]
html_css_files = ["site.css"]
