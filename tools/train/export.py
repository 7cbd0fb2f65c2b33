"""Writes the weights for Rust: matrices as 8-bit integers with one scale a row, vectors as they are.

Format, little endian: the bytes `MLREADER`, a u32 version (1), a u32 number of tensors, then for each its name (u8 length, UTF-8),
u8 kind (0: f32, 1: i8 with an f32 scale a row), u32 rows, u32 columns, and the data (kind 1: all scales, then all rows).

export.py NAME.pt OUT.bin [ROUNDED.pt]: ROUNDED.pt is the net as the file holds it, for the parity test."""
import struct
import sys

import numpy as np
import torch

SMALL = 4096  # tensors of fewer numbers stay as they are


def main():
    state = torch.load(sys.argv[1], map_location="cpu")
    names = sorted(state)
    out = bytearray(b"MLREADER" + struct.pack("<II", 1, len(names)))
    rounded = {}
    for name in names:
        t = state[name].float().numpy()
        m = t.reshape(t.shape[0], -1) if t.ndim > 1 else t.reshape(1, -1)
        out += struct.pack("<B", len(name)) + name.encode()
        if t.ndim > 1 and t.size >= SMALL:
            scale = (np.abs(m).max(1) / 127).astype(np.float32)
            scale[scale == 0] = 1
            q = np.clip(np.rint(m / scale[:, None]), -127, 127).astype(np.int8)
            out += struct.pack("<BII", 1, *m.shape) + scale.tobytes() + q.tobytes()
            rounded[name] = torch.from_numpy((q.astype(np.float32) * scale[:, None]).reshape(t.shape))
        else:
            out += struct.pack("<BII", 0, *m.shape) + m.astype("<f4").tobytes()
            rounded[name] = state[name].float()
    open(sys.argv[2], "wb").write(out)
    if len(sys.argv) > 3:
        torch.save(rounded, sys.argv[3])
    print(f"{sys.argv[2]}: {len(out)} bytes")


main()
