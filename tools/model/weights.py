"""Packs the weights: matrices as 16-bit integers with one scale a row, everything else as 32-bit floats.

A row's scale is its largest magnitude divided by 32767, so the rounding error is at most 1.5e-5 of that magnitude:
closer than f16 and as small.
"""
import numpy as np

import container


def matrix(section, values):
    values = np.ascontiguousarray(values, dtype="float32")
    rows, columns = values.shape
    scales = np.abs(values).max(axis=1) / 32767.0
    scales[scales == 0] = 1.0
    scales = scales.astype("float32")
    section.u32(rows)
    section.u32(columns)
    section.raw(scales.astype("<f4").tobytes())
    section.raw(np.rint(values / scales[:, None]).astype("<i2").tobytes())


def vector(section, values):
    values = np.ascontiguousarray(values, dtype="float32").ravel()
    section.u32(len(values))
    section.raw(values.astype("<f4").tobytes())


def encoder(section, model):
    """Hashed embeddings in the order in which they are concatenated, the mixing layer, four window layers."""
    tables = [n for n in model.walk() if n.name == "hashembed"]
    section.u8(len(tables))
    for table in tables:
        section.u32(table.attrs["seed"])
        matrix(section, table.get_param("E"))
    maxouts = [n for n in model.walk() if n.name == "maxout"]
    norms = [n for n in model.walk() if n.name == "layernorm"]
    assert len(maxouts) == len(norms) == 5
    # `walk` goes breadth first; the mixing layer is the one with the widest input.
    order = sorted(range(5), key=lambda i: -maxouts[i].get_dim("nI"))
    assert maxouts[order[0]].get_dim("nI") == 96 * len(tables) and order[1:] == sorted(order[1:])
    for i in order:
        weights = maxouts[i].get_param("W")
        out, pieces, inner = weights.shape
        assert (out, pieces) == (96, 3)
        # Piece by piece, so that the maximum runs over three long vectors.
        matrix(section, weights.transpose(1, 0, 2).reshape(pieces * out, inner))
        vector(section, maxouts[i].get_param("b").T)
        vector(section, norms[i].get_param("G"))
        vector(section, norms[i].get_param("b"))


def transitions(section, pipe, linear):
    """The linear layer before, the features of a state, the scores of the actions, and the actions themselves."""
    matrix(section, linear.get_param("W"))
    vector(section, linear.get_param("b"))
    lower, upper = pipe.model.get_ref("lower"), pipe.model.get_ref("upper")
    weights = lower.get_param("W")
    features, out, pieces, inner = weights.shape
    assert (out, pieces, inner) == (64, 2, 64)
    section.u8(features)
    matrix(section, weights.transpose(0, 2, 1, 3).reshape(features * pieces * out, inner))
    vector(section, lower.get_param("b").T)
    vector(section, lower.get_param("pad")[0].transpose(0, 2, 1))
    matrix(section, upper.get_param("W"))
    vector(section, upper.get_param("b"))
    names = [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)]
    assert len(names) == upper.get_dim("nO")
    section.u16(len(names))
    for name in names:
        section.text(name)


def pack(nlp, sections):
    for name, pipe in (("encoder", "tok2vec"), ("name.encoder", "ner")):
        model = nlp.get_pipe(pipe).model
        if pipe == "ner":
            model = model.get_ref("tok2vec").layers[0]
        sections[name] = container.Section()
        encoder(sections[name], model)
    tagger = nlp.get_pipe("tagger")
    out = next(n for n in tagger.model.walk() if n.name == "softmax")
    sections["tagger"] = container.Section()
    matrix(sections["tagger"], out.get_param("W"))
    vector(sections["tagger"], out.get_param("b"))
    sections["tagger"].u16(len(tagger.labels))
    for label in tagger.labels:
        sections["tagger"].text(label)
    for name, pipe in (("parser", "parser"), ("namer", "ner")):
        found = nlp.get_pipe(pipe)
        linear = [n for n in found.model.get_ref("tok2vec").layers if n.name == "linear"]
        assert len(linear) == 1
        sections[name] = container.Section()
        transitions(sections[name], found, linear[0])
