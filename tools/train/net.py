"""The net: a pretrained encoder with an embedding of what each piece is part of, and the heads. What is shipped stands on all-MiniLM-L6-v2
(BERT, 6 layers of 384), and crates/reader/src/net.rs computes the same in Rust; tools/train/export.py writes the weights. all-mpnet-base-v2
(12 layers of 768, relative positions) serves to measure what a larger one gains, and as a teacher."""
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F



@dataclass(frozen=True)
class Shape:
    """What an encoder is made of. `frozen`: layers below the embedding of what a piece is part of."""
    width: int
    layers: int
    frozen: int
    words: int = 30522
    heads: int = 12
    eps: float = 1e-12
    relative: bool = False  # one bias by distance for each head, shared by all layers (MPNet; as in T5)


SHAPES = {"minilm": Shape(384, 6, 2), "mpnet": Shape(768, 12, 4, words=30527, eps=1e-5, relative=True)}
TYPES, KINDS, STANCES = 12, 6, 5
MARKS = 25  # what a rule says of a piece: trigger (6 kinds), place (6), holder (6), other side, stance at the trigger (5); 0 is not used
RULE = 16  # what a rule says of a place and kind: there is one, its confidence, its stance (5), which kinds there are (6), 3 left empty
KEY, VALUE = 64, 128
GAPS = 16  # buckets of the distance between two mentions, in pieces


def gap_bucket(gap):
    """Signed distance in pieces to one of 16 buckets: 0, 1-2, 3-5, 6-10, 11-18, 19-32, 33-64, more; before 0-7, after 8-15."""
    edges = torch.tensor([0, 2, 5, 10, 18, 32, 64])
    size = torch.bucketize(gap.abs(), edges)
    return size + 8 * (gap > 0).long()


SHORT = False  # the layers in bfloat16 while training; twice to three times as fast where the processor has it


def distance_bucket(gap):
    """Signed distance in pieces to one of 32 buckets: each to 7, then by the logarithm to 128; 16 and more are those that come after."""
    n = gap.abs()
    far = 8 + (torch.log(n.clamp(min=1).float() / 8) / torch.log(torch.tensor(128 / 8)) * 8).long()
    return torch.where(n < 8, n, far.clamp(max=15)) + 16 * (gap > 0).long()


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=shape.eps)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=shape.eps)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, t, width = x.shape
        q, k, v = (y.view(b, t, self.heads, -1).transpose(1, 2) for y in self.qkv(x).chunk(3, -1))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.0)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, width))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        width = shape.width
        self.shape = shape
        self.word = nn.Embedding(shape.words, width)
        self.position = nn.Embedding(512, width)
        self.typed = nn.Embedding(TYPES, width)
        self.context = nn.Embedding(2, width)
        self.mark = nn.Embedding(MARKS, width)
        self.norm = nn.LayerNorm(width, eps=shape.eps)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.drop = nn.Dropout(0.1)
        if shape.relative:
            self.distance = nn.Embedding(32, shape.heads)

    def attention_mask(self, mask):
        """What is added to, or kept of, the scores of attention."""
        mask = mask[:, None, None, :]
        if not self.shape.relative:
            return mask
        at = torch.arange(mask.shape[-1])
        bias = self.distance(distance_bucket(at[None, :] - at[:, None])).permute(2, 0, 1)[None]
        return bias.masked_fill(~mask, torch.finfo(torch.float32).min)

    def lower(self, pieces, mask):
        """The layers that stay as they were trained by others. Training computes this once for each window."""
        if self.shape.relative:
            # MPNet's words are BERT's, four places on; its marks of begin, end and padding stand in front.
            pieces = (pieces + 4).masked_fill(pieces == 101, 0).masked_fill(pieces == 102, 2).masked_fill(pieces == 0, 1)
        t = pieces.shape[1]
        x = self.norm(self.word(pieces) + self.position.weight[:t])
        mask = self.attention_mask(mask)
        for layer in self.layers[:self.shape.frozen]:
            x = layer(x, mask)
        return x

    def forward(self, x, types, context, mask, marks):
        """The layers above, over what the pieces are part of. `marks` lists window, piece and number of each mark."""
        x = x + self.typed(types) + self.context(context)
        if len(marks):
            x = x.index_put((marks[:, 0], marks[:, 1]), self.mark(marks[:, 2]), accumulate=True)
        x = self.drop(x)
        mask = self.attention_mask(mask)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=SHORT):
            for layer in self.layers[self.shape.frozen:]:
                x = layer(x, mask)
        return x.float()

    def load_pretrained(self, path):
        from safetensors.torch import load_file
        with torch.no_grad():
            self.typed.weight.zero_()
            self.context.weight.zero_()
            self.mark.weight.zero_()
            (self.load_mpnet if self.shape.relative else self.load_bert)(load_file(path))

    def load_mpnet(self, w):
        w = {k.removeprefix("mpnet."): v for k, v in w.items()}
        e = "embeddings."
        self.word.weight.copy_(w[e + "word_embeddings.weight"])
        # Its positions begin behind the two rows of padding.
        self.position.weight.copy_(w[e + "position_embeddings.weight"][2:])
        self.norm.weight.copy_(w[e + "LayerNorm.weight"])
        self.norm.bias.copy_(w[e + "LayerNorm.bias"])
        self.distance.weight.copy_(w["encoder.relative_attention_bias.weight"])
        for n, layer in enumerate(self.layers):
            p = f"encoder.layer.{n}."
            for part in ("weight", "bias"):
                getattr(layer.qkv, part).copy_(torch.cat([w[p + f"attention.attn.{x}.{part}"] for x in "qkv"]))
                getattr(layer.out, part).copy_(w[p + f"attention.attn.o.{part}"])
                getattr(layer.norm1, part).copy_(w[p + f"attention.LayerNorm.{part}"])
                getattr(layer.up, part).copy_(w[p + f"intermediate.dense.{part}"])
                getattr(layer.down, part).copy_(w[p + f"output.dense.{part}"])
                getattr(layer.norm2, part).copy_(w[p + f"output.LayerNorm.{part}"])

    def load_bert(self, w):
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        e = "embeddings."
        self.word.weight.copy_(w[e + "word_embeddings.weight"])
        # The one token type of the original is part of every position.
        self.position.weight.copy_(w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0])
        self.norm.weight.copy_(w[e + "LayerNorm.weight"])
        self.norm.bias.copy_(w[e + "LayerNorm.bias"])
        for n, layer in enumerate(self.layers):
            p = f"encoder.layer.{n}."
            for part in ("weight", "bias"):
                getattr(layer.qkv, part).copy_(torch.cat([w[p + f"attention.self.{x}.{part}"] for x in ("query", "key", "value")]))
                getattr(layer.out, part).copy_(w[p + f"attention.output.dense.{part}"])
                getattr(layer.norm1, part).copy_(w[p + f"attention.output.LayerNorm.{part}"])
                getattr(layer.up, part).copy_(w[p + f"intermediate.dense.{part}"])
                getattr(layer.down, part).copy_(w[p + f"output.dense.{part}"])
                getattr(layer.norm2, part).copy_(w[p + f"output.LayerNorm.{part}"])


class Heads(nn.Module):
    def __init__(self, width):
        super().__init__()
        # Where the trigger stands, for each kind: attention from the place over the words.
        self.trigger_query = nn.Linear(width, KINDS * KEY)
        self.trigger_key = nn.Linear(width, KEY)
        self.trigger_gap = nn.Embedding(GAPS, KINDS)
        self.value = nn.Linear(width, VALUE)
        self.place = nn.Linear(width, VALUE)
        self.kind = nn.Embedding(KINDS, VALUE)
        # One state for each place and kind: what the place is, what the trigger is, which kind is asked about.
        self.state = nn.Linear(3 * VALUE + RULE, VALUE)
        self.rule_skip = nn.Linear(RULE, 1 + STANCES, bias=False)
        self.rule_party = nn.Parameter(torch.zeros(2))
        self.is_kind = nn.Linear(VALUE, 1)
        self.stance = nn.Linear(VALUE, STANCES)
        self.background = nn.Linear(VALUE, 1)
        # Pointers from that state: holder and other side to parties, time to time expressions, speaker to words.
        self.party_query = nn.Linear(VALUE, 2 * KEY)
        self.party_key = nn.Linear(width, 2 * KEY)
        self.party_bias = nn.Linear(5 + 3 + 1 + GAPS, 2, bias=False)
        self.time_query = nn.Linear(VALUE, KEY)
        self.time_key = nn.Linear(width, KEY)
        self.time_gap = nn.Embedding(GAPS, 1)
        self.speaker_query = nn.Linear(VALUE, KEY)
        self.speaker_key = nn.Linear(width, KEY)
        self.none = nn.Linear(VALUE, 3)  # no other side, no time, no speaker
        self.drop = nn.Dropout(0.1)

    def forward(self, x, b):
        """`b` holds the flat slots of a batch: `slot_in` (which window), `place` (first, last), and the padded parties and times."""
        at = b["slot_in"]
        h = span_mean(x, at, b["place"])                                   # S x W
        q = self.trigger_query(h).view(-1, KINDS, KEY)
        keys = self.trigger_key(x)[at]                                     # S x T x K
        t = x.shape[1]
        gap = torch.arange(t)[None, :] - b["place"][:, :1]
        score = torch.einsum("skd,std->skt", q, keys) / KEY ** 0.5 + self.trigger_gap(gap_bucket(gap)).transpose(1, 2)
        word = b["word"][at][:, None, :]
        score = score.masked_fill(~word, -1e4)
        trigger = score.log_softmax(-1)                                    # S x 6 x T
        pooled = torch.einsum("skt,stv->skv", trigger.exp(), self.value(x)[at])
        place = self.place(h)[:, None, :].expand_as(pooled)
        kind = self.kind.weight[None].expand_as(pooled)
        s = F.gelu(self.state(torch.cat([place, pooled, kind, b["rule"]], -1)))       # S x 6 x V
        skip = self.rule_skip(b["rule"])
        s = self.drop(s)
        none = self.none(s)
        # Parties.
        p_at = b["party_in"]
        pk = self.party_key(span_mean(x, p_at, b["party"]))                # P x 2K
        pk = pk[b["slot_party"]].view(len(at), -1, 2, KEY)                 # S x N x 2 x K
        pq = self.party_query(s).view(-1, KINDS, 2, KEY)
        ps = torch.einsum("skcd,sncd->sckn", pq, pk) / KEY ** 0.5
        ps = ps + self.party_bias(b["party_features"]).permute(0, 2, 1)[:, :, None, :]
        ps = ps + self.rule_party[:, None, None] * b["rule_party"]
        ps = ps.masked_fill(~b["party_there"][:, None, None, :], -1e4)
        holder = ps[:, 0].log_softmax(-1)
        other = torch.cat([ps[:, 1], none[..., :1]], -1).log_softmax(-1)
        # Times.
        tk = self.time_key(span_mean(x, b["time_in"], b["time"]))[b["slot_time"]]
        ts = torch.einsum("skd,snd->skn", self.time_query(s), tk) / KEY ** 0.5
        ts = ts + self.time_gap(b["time_gap"])[..., 0][:, None, :]
        ts = ts.masked_fill(~b["time_there"][:, None, :], -1e4)
        time = torch.cat([ts, none[..., 1:2]], -1).log_softmax(-1)
        ss = torch.einsum("skd,std->skt", self.speaker_query(s), self.speaker_key(x)[at]) / KEY ** 0.5
        ss = ss.masked_fill(~word, -1e4)
        speaker = torch.cat([ss, none[..., 2:]], -1).log_softmax(-1)
        return {"kind": self.is_kind(s)[..., 0] + skip[..., 0], "stance": (self.stance(s) + skip[..., 1:]).log_softmax(-1), "background": self.background(s)[..., 0],
                "trigger": trigger, "holder": holder, "other": other, "time": time, "speaker": speaker}


def span_mean(x, at, spans):
    """Mean of the pieces of each span: `at` says in which window it stands."""
    total = torch.cat([torch.zeros_like(x[:, :1]), x.cumsum(1)], 1)
    return (total[at, spans[:, 1]] - total[at, spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]


class Reader(nn.Module):
    def __init__(self, encoder="minilm"):
        super().__init__()
        self.encoder = Encoder(SHAPES[encoder])
        self.heads = Heads(SHAPES[encoder].width)

    def forward(self, b):
        return self.heads(self.encoder(b["lower"], b["types"], b["context"], b["mask"], b["marks"]), b)
