"""Parts of the page that the script puts into their places: elements as data, which takes far less room packed."""

from __future__ import annotations

from html.parser import HTMLParser

from markupsafe import Markup

Node = list[object]  # a tag, its attributes, and what it holds: nodes and texts


class _Tree(HTMLParser):
    """Takes a fragment apart; the templates close every element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Node] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        node: Node = [tag, {name: "" if value is None else value for name, value in attrs}]
        self.open[-1].append(node)
        self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """End the element that was begun last."""
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep a text; line ends between elements say nothing, but in a listing."""
        text = data if data.strip() else data.replace("\n", "")
        text = text if self.open[-1][0] == "pre" else text.replace("\n", " ")
        if text:
            self.open[-1].append(text)


class Folded:
    """Fragments of the page by number; the document holds an empty element for each."""

    def __init__(self) -> None:
        self.fragments: list[list[object]] = []

    def fold(self, fragment: str) -> Markup:
        """Keep a fragment, and write the element that it will fill."""
        self.fragments.append(nodes(fragment))
        return Markup('<div data-f="{}"></div>').format(len(self.fragments) - 1)


def nodes(fragment: str) -> list[object]:
    """Give the nodes of a fragment of HTML: texts, and elements as ``[tag, attributes, what it holds ...]``."""
    tree = _Tree()
    tree.feed(fragment)
    tree.close()
    return tree.open[0][2:]
