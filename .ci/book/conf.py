"""How Sphinx makes the book of the executed lessons."""

import os

project = "kquant"
author = "the kquant authors"
copyright = "the kquant authors, CC BY 4.0"
extensions = ["myst_nb"]
nb_execution_mode = "off"  # they have been run, with the solutions, by build.py
nb_merge_streams = True
myst_enable_extensions = ["dollarmath"]
exclude_patterns = ["_static"]
html_theme = "sphinx_book_theme"
html_title = "kquant"
html_static_path = ["_static"]
html_css_files = ["explorer.css", "play.css"]
html_js_files = ["explorer.js", "play.js"]
html_context = {"default_mode": "auto"}
html_copy_source = False
html_show_sourcelink = False
# A page asks no other place for anything.
mathjax_path = "mathjax.js"
html_theme_options = {
    "use_download_button": False,
    "show_toc_level": 2,
    "home_page_in_toc": True,
    "repository_url": os.environ.get("KQUANT_REPOSITORY_URL", ""),
}
