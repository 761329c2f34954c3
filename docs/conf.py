"""How Sphinx turns the assembled folder (helpers.publish.book) into the book."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))
EDITION = json.loads((HERE / "generated" / "edition.json").read_text("utf-8"))

project = "By Name"
author = "By Name contributors"
project_copyright = "2026 By Name contributors. Text and tables CC BY 4.0, programs MIT"
language = "en"
extensions = ["myst_nb", "mathml"]
exclude_patterns = ["_build", "_ext", "generated", "**.ipynb_checkpoints"]

# the notebooks come here executed; nothing is run again
nb_execution_mode = "off"
nb_merge_streams = True
nb_render_markdown_format = "myst"
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
nb_ipywidgets_js = {}
# no template language reads the pages: what a claim or a note says is data
myst_enable_extensions = ["dollarmath", "amsmath", "deflist"]
myst_heading_anchors = 3
myst_update_mathjax = False
html_math_renderer = "mathml"

html_theme = "furo"
html_title = "By Name"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["book.css"]
html_favicon = "_static/icon.svg"
html_context = {"edition": EDITION}
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_domain_indices = False
# a picture is a link to itself at full size: on a telephone its labels are small
html_scaled_image_link = True
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "edition.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-dark"
html_theme_options = {
    "sidebar_hide_name": False,
    "light_css_variables": {
        "color-brand-primary": "#2b3a4a",
        "color-brand-content": "#1d4f7c",
        "color-brand-visited": "#5a3d75",
        "color-foreground-primary": "#1c1c1a",
        "color-background-secondary": "#f6f5f1",
    },
    "dark_css_variables": {
        "color-brand-primary": "#c9d3dd",
        "color-brand-content": "#8fbfe8",
        "color-brand-visited": "#c3a6dd",
    },
}
