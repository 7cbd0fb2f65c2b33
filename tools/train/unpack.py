"""The net of a weights file (export.py says how it is written) for the trainer: to train on from what is shipped.

unpack.py READER.bin NAME.pt"""
import struct
import sys

import numpy as np
import torch

from net import Reader


def unpack(data):
    """Name to tensor, each in the form that it is written in: two dimensions."""
    if data[:8] != b"MLREADER":
        raise SystemExit("this is no weights file of the reader")
    _, count = struct.unpack_from("<II", data, 8)
    at, state = 16, {}
    for _ in range(count):
        size = data[at]
        name = data[at + 1:at + 1 + size].decode()
        kind, rows, columns = struct.unpack_from("<BII", data, at + 1 + size)
        at += 10 + size
        if kind == 1:
            scale = np.frombuffer(data, "<f4", rows, at)
            matrix = np.frombuffer(data, np.int8, rows * columns, at + 4 * rows).reshape(rows, columns) * scale[:, None]
            at += 4 * rows + rows * columns
        else:
            matrix = np.frombuffer(data, "<f4", rows * columns, at).reshape(rows, columns)
            at += 4 * rows * columns
        state[name] = torch.from_numpy(np.array(matrix, np.float32))
    return state


def main():
    net = Reader()
    known = net.state_dict()
    state = unpack(open(sys.argv[1], "rb").read())
    net.load_state_dict({name: state[name].reshape(known[name].shape) for name in known})
    torch.save(net.state_dict(), sys.argv[2])


if __name__ == "__main__":
    main()
