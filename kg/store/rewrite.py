"""Split an update into its steps, and have each write to a named graph where it would write to the default graph.

The default graph of a store is the merge of the others; what an update puts there is kept in a graph of its own.
Templates and the verbs for whole graphs are all that writes, and both are found by braces and keywords alone.
"""

from __future__ import annotations

import re

from kg.store.refuse import blanked, closed, keyword

_PROLOGUE = re.compile(r"\s*(?:BASE\s*<[^>]*>|PREFIX\s*[^\s:<]*:\s*<[^>]*>|#[^\n\r]*)", re.IGNORECASE)
_GRAPH = keyword("GRAPH")
_WITH = keyword("WITH")
_DELETE_WHERE = keyword(r"DELETE\s+WHERE")
_TEMPLATE = keyword(r"(?:INSERT|DELETE)(?:\s+DATA)?")
_WHOLE = re.compile(r"^\s*(CLEAR|DROP|ADD|MOVE|COPY)\b", re.IGNORECASE)
_DEFAULT, _NAMED = keyword("DEFAULT"), keyword("NAMED")


def steps(update: str) -> list[str]:
    """Return the operations of an update, each with the prologue that holds for it.

    Example:
        >>> steps("PREFIX x: <urn:x> INSERT DATA { x:a x:b 1 } ; CLEAR ALL")
        ['PREFIX x: <urn:x> INSERT DATA { x:a x:b 1 } ', 'PREFIX x: <urn:x>\\n CLEAR ALL']
    """
    found, prologue = [], ""
    for part in _split(update):
        end = 0
        while match := _PROLOGUE.match(part, end):
            end = match.end()
        prologue += part[:end]
        if part[end:].strip():
            found.append(prologue + part[end:])
        prologue += "\n" if prologue else ""  # it may end in a comment
    return found


def _split(update: str) -> list[str]:
    bare = re.sub(r"\\.", "  ", blanked(update), flags=re.DOTALL)
    parts, begin, depth = [], 0, 0
    for mark in re.finditer(r"[{};]", bare):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == ";" and depth == 0:
            parts.append(update[begin : mark.start()])
            begin = mark.end()
    return [*parts, update[begin:]]


def into_graph(step: str, graph: str) -> str:
    """Return a step that writes to `graph` what it would write to the default graph; it reads where it did.

    Example:
        >>> into_graph("INSERT DATA { <urn:a> <urn:b> 1 }", "urn:g")
        'INSERT DATA { GRAPH <urn:g> {  <urn:a> <urn:b> 1 \\n} }'
    """
    bare = blanked(step)
    head = 0
    while match := _PROLOGUE.match(step, head):
        head = match.end()
    if whole := _WHOLE.match(bare[head:]):
        return step[:head] + _whole(whole[1].upper(), step[head:], graph)
    if _WITH.match(bare[head:].lstrip()):
        return step
    if clause := _DELETE_WHERE.search(bare):
        begin = bare.index("{", clause.end())
        pattern = step[begin : closed(bare, begin)]
        return f"{step[: clause.start()]}DELETE {_wrapped(pattern, graph)} WHERE {pattern}"
    out, done, depth = [], 0, 0
    for token in re.finditer(rf"[{{}}]|{_TEMPLATE.pattern}", bare, re.IGNORECASE):
        if token.start() < done:
            continue
        if token[0] in "{}":
            depth += 1 if token[0] == "{" else -1
        elif depth == 0:
            begin = bare.index("{", token.end())
            end = closed(bare, begin)
            out += [step[done:begin], _wrapped(step[begin:end], graph)]
            done = end
    return "".join([*out, step[done:]])


def _whole(verb: str, step: str, graph: str) -> str:
    """Return CLEAR, DROP, ADD, MOVE or COPY with another graph for the default one."""
    named = f"GRAPH <{graph}>"
    if verb in {"CLEAR", "DROP"}:
        if _NAMED.search(blanked(step)):
            # what was written to the default graph is not meant
            inside = "GRAPH ?kgG { ?kgS ?kgP ?kgO }"
            return f"DELETE {{ {inside} }} WHERE {{ {inside} FILTER (?kgG != <{graph}>) }}"
        if not _DEFAULT.search(blanked(step)):
            return step
        return _DEFAULT.sub(named, re.sub(r"(?i)\A(\s*\w+)(\s+SILENT)?", r"\1 SILENT", step, count=1))
    source, to, target = re.split(r"(?i)(\bTO\b)", _marked(step), maxsplit=1)
    own = f"<{graph}>"
    source, target = source.replace("\0", "DEFAULT"), target.replace("\0", own)
    if verb == "MOVE" and "\0" in _marked(step).partition(to)[0]:
        # the merge itself can't be moved: it is copied, and what is its own is cleared
        return f"{re.sub('(?i)MOVE', 'COPY', source, count=1)}{to}{target} ; CLEAR SILENT {named}"
    return f"{source}{to}{target}"


def _marked(step: str) -> str:
    """Return the step with U+0000 for the keyword DEFAULT."""
    out, done = [], 0
    for match in _DEFAULT.finditer(blanked(step)):
        out += [step[done : match.start()], "\0"]
        done = match.end()
    return "".join([*out, step[done:]])


def _wrapped(template: str, graph: str) -> str:
    """Return a template, in its braces, whose triples without a graph go to `graph`."""
    bare = blanked(template)
    out, done, end = ["{"], 1, len(template) - 1

    def own(begin: int, stop: int) -> None:
        text = re.sub(r"\A(\s*\.)+", "", template[begin:stop])
        if blanked(text).strip(" \t\r\n.") or re.search(r"[<\"'_:?$]", text):
            out.append(f" GRAPH <{graph}> {{ {text}\n}} ")

    while done < end:
        match = _GRAPH.search(bare, done, end)
        if match is None:
            own(done, end)
            break
        own(done, match.start())
        close = closed(bare, bare.index("{", match.end()))
        out.append(template[match.start() : close])
        done = close
    return "".join([*out, "}"])
