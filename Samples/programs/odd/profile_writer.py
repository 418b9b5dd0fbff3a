"""Writes profile.proto by hand: just enough of the wire format for a profile."""

import gzip


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value) if value else b""


def message(field, body):
    return varint(field << 3 | 2) + varint(len(body)) + body


def packed(field, values):
    return message(field, b"".join(map(varint, values))) if values else b""


def unpacked(field, values):
    return b"".join(varint(field << 3) + varint(v) for v in values)


class Profile:
    """A profile under construction. Frames are named when a sample is added, leaf first."""

    def __init__(self, types, default="", period=None, **facts):
        self.strings = {b"": 0}
        self.functions, self.locations, self.mappings = {}, {}, {}
        self.parts = {"sample": [], "location": [], "function": [], "mapping": []}
        self.types = [(self.text(t), self.text(u)) for t, u in types]
        self.default = self.text(default)
        self.period = period
        self.facts = facts
        self.repeated = packed

    def text(self, string):
        raw = string if isinstance(string, bytes) else string.encode()
        return self.strings.setdefault(raw, len(self.strings))

    def mapping(self, file, start, limit, offset=0, build="", flags=(1, 0, 0, 0)):
        ident = len(self.mappings) + 1
        self.mappings[file] = ident
        body = number(1, ident) + number(2, start) + number(3, limit) + number(4, offset)
        body += number(5, self.text(file)) + number(6, self.text(build))
        body += b"".join(number(7 + i, flag) for i, flag in enumerate(flags))
        self.parts["mapping"].append(message(3, body))
        return ident

    def function(self, name, system, file, start):
        key = (name, system, file, start)
        if key not in self.functions:
            ident = self.functions[key] = len(self.functions) + 1
            body = number(1, ident) + number(2, self.text(name)) + number(3, self.text(system))
            body += number(4, self.text(file)) + number(5, start)
            self.parts["function"].append(message(5, body))
        return self.functions[key]

    def location(self, *lines, address=0, mapping=0, folded=0):
        """lines: (name, system name, file, start line, line, column), innermost first."""
        key = (lines, address, mapping)
        if key not in self.locations:
            ident = self.locations[key] = len(self.locations) + 1
            body = number(1, ident) + number(2, mapping) + number(3, address)
            for name, system, file, start, line, column in lines:
                function = self.function(name, system, file, start)
                body += message(4, number(1, function) + number(2, line) + number(3, column))
            self.parts["location"].append(message(4, body + number(5, folded)))
        return self.locations[key]

    def frame(self, name, file="", line=0, **more):
        return self.location((name, name, file, 0, line, 0), **more)

    def sample(self, frames, values, labels=()):
        """frames: names or locations, leaf first; labels: (key, string) or (key, number, unit)."""
        ids = [f if isinstance(f, int) else self.frame(f) for f in frames]
        body = self.repeated(1, ids) + self.repeated(2, values)
        for label in labels:
            inner = number(1, self.text(label[0]))
            if isinstance(label[1], int):
                inner += number(3, label[1]) + number(4, self.text(label[2]))
            else:
                inner += number(2, self.text(label[1]))
            body += message(3, inner)
        self.parts["sample"].append(message(2, body))

    def encoded(self, order=("sample", "mapping", "location", "function")):
        head = b"".join(message(1, number(1, t) + number(2, u)) for t, u in self.types)
        body = b"".join(b"".join(self.parts[part]) for part in order)
        tail = number(7, self.text(self.facts.get("drop", "")))
        tail += number(8, self.text(self.facts.get("keep", "")))
        tail += number(9, self.facts.get("time", 0)) + number(10, self.facts.get("duration", 0))
        if self.period:
            kind, unit, amount = self.period
            tail += message(11, number(1, self.text(kind)) + number(2, self.text(unit)))
            tail += number(12, amount)
        tail += packed(13, [self.text(c) for c in self.facts.get("comments", ())])
        tail += number(14, self.default) + number(15, self.text(self.facts.get("doc", "")))
        return head + body + b"".join(message(6, s) for s in self.strings) + tail

    def save(self, path, **how):
        with open(path, "wb") as file:
            file.write(zipped(self.encoded(**how)))


def zipped(body):
    return gzip.compress(body, 9, mtime=0)
