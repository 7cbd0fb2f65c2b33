"""The model file's container: named sections of little-endian data.

    magic "MARCHRD1", u32 number of sections,
    then for each section: 16 bytes of name (zero padded), u32 offset, u32 length
    then the sections, each at a multiple of 8.
"""
import struct


class Section:
    def __init__(self):
        self.data = bytearray()

    def u8(self, value):
        self.data += struct.pack("<B", value)

    def u16(self, value):
        self.data += struct.pack("<H", value)

    def u32(self, value):
        self.data += struct.pack("<I", value)

    def u64(self, value):
        self.data += struct.pack("<Q", value)

    def text(self, value):
        raw = value.encode("utf-8")
        self.u16(len(raw))
        self.data += raw

    def raw(self, value):
        self.data += value


def write(path, sections):
    head = 12 + 24 * len(sections)
    at = (head + 7) // 8 * 8
    table, body = bytearray(), bytearray(at - head)
    for name, section in sections.items():
        raw = name.encode("ascii")
        assert len(raw) <= 16, name
        table += raw.ljust(16, b"\0") + struct.pack("<II", head + len(body), len(section.data))
        body += section.data
        body += bytes(-(head + len(body)) % 8)
    with open(path, "wb") as out:
        out.write(b"MARCHRD1" + struct.pack("<I", len(sections)) + table + body)
