"""How Sphinx makes the book of the executed lessons."""

from latex2mathml.converter import convert

project = "kquant"
author = "the kquant authors"
copyright = "the kquant authors, CC BY 4.0"
extensions = ["myst_nb"]
nb_execution_mode = "off"  # they have been run, with the solutions, by build.py
nb_merge_streams = True
myst_enable_extensions = ["dollarmath"]
exclude_patterns = ["_static"]
html_theme = "furo"
html_title = "kquant"
html_static_path = ["_static"]
html_css_files = ["explorer.css", "play.css"]
html_js_files = ["explorer.js", "play.js"]
html_copy_source = False
html_show_sourcelink = False
html_math_renderer = "mathml"


def write_formula(display):
    """Return what writes a formula as MathML, which asks no script and no other place."""

    def visit(translator, node):
        from docutils.nodes import SkipNode

        translator.body.append(convert(node.astext(), display=display))
        raise SkipNode

    return visit, None


def setup(app):
    """Let formulas be written as MathML."""
    app.add_html_math_renderer("mathml", write_formula("inline"), write_formula("block"))
