"""Turns the tokenizer's regular expressions into small tables.

Every alternative of the prefix, suffix and infix expressions has the same simple form: at most two
characters that must stand before, a body of character classes (one of them may repeat when it stands alone), and
at most one character that must or must not follow. The tables say exactly that, so that the product can match them
in linear time without a general engine. Whatever does not fit this form stops the packing.
"""
import re._parser as sre
from dataclasses import dataclass, field


@dataclass
class Alternative:
    behind: list = field(default_factory=list)
    body: list = field(default_factory=list)  # (class, at least, repeats)
    ahead: tuple | None = None  # (class, must it match)


class Classes:
    """Character classes as sorted ranges, each kept once."""

    def __init__(self):
        self.all, self.index = [], {}

    def add(self, points):
        ranges = []
        for low, high in sorted(points):
            if ranges and low <= ranges[-1][1] + 1:
                ranges[-1][1] = max(ranges[-1][1], high)
            else:
                ranges.append([low, high])
        key = tuple(map(tuple, ranges))
        if key not in self.index:
            self.index[key] = len(self.all)
            self.all.append(key)
        return self.index[key]

    def where(self, test):
        """The class of every character that passes a test of Python's."""
        return self.add([(c, c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and test(chr(c))])


def one(classes, op, arg):
    name = str(op)
    if name == "LITERAL":
        return classes.add([(arg, arg)])
    assert name == "IN", name
    points = []
    for kind, value in arg:
        if str(kind) == "LITERAL":
            points.append((value, value))
        elif str(kind) == "RANGE":
            points.append(value)
        else:
            raise ValueError(f"class member {kind}")
    return classes.add(points)


def sequence(classes, items, done):
    """All alternatives of a sequence (an inner branch multiplies them), in the order of the expression."""
    if not items:
        return [done]
    (op, arg), rest = items[0], items[1:]
    name = str(op)
    if name in ("AT",):
        return sequence(classes, rest, done)
    if name == "SUBPATTERN":
        return sequence(classes, list(arg[3]) + rest, done)
    if name == "BRANCH":
        out = []
        for branch in arg[1]:
            out += sequence(classes, list(branch) + rest, Alternative(done.behind[:], done.body[:], done.ahead))
        return out
    if name in ("ASSERT", "ASSERT_NOT"):
        direction, inner = arg
        kinds = [one(classes, *item) for item in inner]
        if direction < 0:
            assert not done.body and name == "ASSERT"
            done.behind = kinds
        else:
            assert len(kinds) == 1 and not rest
            done.ahead = (kinds[0], name == "ASSERT")
        return sequence(classes, rest, done)
    if name == "MAX_REPEAT":
        least, most, inner = arg
        assert str(most) == "MAXREPEAT" and len(inner) == 1
        kind = one(classes, *inner[0])
        if done.body and done.body[-1][0] == kind:
            least += done.body.pop()[1]
        assert not done.body
        done.body.append((kind, least, True))
        return sequence(classes, rest, done)
    done.body.append((one(classes, op, arg), 1, False))
    return sequence(classes, rest, done)


def alternatives(classes, pattern):
    parsed = sre.parse(pattern.pattern, pattern.flags)
    found = sequence(classes, list(parsed), Alternative())
    for alternative in found:
        assert all(not repeats for _, _, repeats in alternative.body) or len(alternative.body) == 1
    return found
