"""What stands the same on a page for everybody who reads one language is drawn once.

Half of what a page is made of is words, addresses without a key, style sheets and drawings, each a
node that Django draws anew every time. When a template is loaded, neighbours of that kind become
one node, which remembers what it drew in each language. The product is served at one set of
addresses, so nothing else decides what they draw.
"""

from collections.abc import Iterator, Sequence

from django.template import Context, Engine, Node, NodeList, Origin, Template
from django.template.base import FilterExpression, TextNode, Variable
from django.template.defaulttags import IfNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dialog.ui.templatetags.ui import icon


class Loader(cached.Loader):
    """Templates from the rooms, kept as they were loaded, folded."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, ["django.template.loaders.app_directories.Loader"])

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The same template every time, until the loader is reset."""
        known = self.get_template_cache.get(self.cache_key(template_name, skip))
        if isinstance(known, Template):
            return known
        template = super().get_template(template_name, skip)
        fold(template.nodelist)
        return template


class Folded(Node):
    """Neighbours that draw the same for everybody who reads a language."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self.drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """What they drew the first time."""
        language = get_language()
        drawn = self.drawn.get(language)
        if drawn is None:
            drawn = SafeString("".join(str(one.render_annotated(context)) for one in self.nodes))
            self.drawn[language] = drawn
        return drawn


def fold(nodes: NodeList) -> None:
    """Put one node in the place of each run of such neighbours, here and in all that is inside."""
    folded: list[Node] = []
    for node in nodes:
        if same_for_all(node):
            folded.append(node)
            continue
        for nodelist in inside(node):
            fold(nodelist)
        folded.append(node)
    nodes[:] = list(_runs(folded))


def _runs(nodes: Sequence[Node]) -> Iterator[Node]:
    run: list[Node] = []
    for node in (*nodes, None):
        if node is not None and same_for_all(node):
            run.append(node)
            continue
        if len(run) == 1 and isinstance(run[0], TextNode):
            yield run[0]
        elif run:
            yield Folded(run)
        run = []
        if node is not None:
            yield node


def inside(node: Node) -> Iterator[NodeList]:
    """The lists of nodes that one node may draw."""
    if isinstance(node, IfNode):
        yield from (branch for _condition, branch in node.conditions_nodelists)
        return
    for name in {*node.child_nodelists, "nodelist"}:  # a block tag of ours does not name its own
        if isinstance(found := getattr(node, name, None), NodeList):
            yield found


def same_for_all(node: Node) -> bool:
    """Whether a node draws the same for everybody who reads a language."""
    if isinstance(node, TextNode):
        return True
    if isinstance(node, TranslateNode):
        return not node.asvar and node.message_context is None and _given(node.filter_expression)
    if isinstance(node, URLNode):
        return not (node.args or node.kwargs or node.asvar) and _given(node.view_name)
    if isinstance(node, StaticNode):
        return node.varname is None and _given(node.path)
    if isinstance(node, SimpleNode):
        alone = not (node.target_var or node.kwargs)
        return alone and node.func is icon and all(_given(one) for one in node.args)
    return False


def _given(expression: FilterExpression) -> bool:
    """Whether it stands in the template itself, in quotes."""
    value = expression.var
    literal = isinstance(value, str) or (isinstance(value, Variable) and value.lookups is None)
    return literal and not expression.filters


__all__ = ["Folded", "Loader", "fold", "inside", "same_for_all"]
