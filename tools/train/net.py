"""The net: all-MiniLM-L6-v2 (BERT, 6 layers of 384) with an embedding of what each piece is part of, and the heads.
crates/reader/src/net.rs computes the same in Rust; tools/train/export.py writes the weights."""
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
FROZEN = 2  # layers below the embedding of what a piece is part of
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


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = (y.view(b, t, HEADS, -1).transpose(1, 2) for y in self.qkv(x).chunk(3, -1))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.0)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.typed = nn.Embedding(TYPES, WIDTH)
        self.context = nn.Embedding(2, WIDTH)
        self.mark = nn.Embedding(MARKS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)

    def lower(self, pieces, mask):
        """The layers that stay as they were trained by others. Training computes this once for each window."""
        t = pieces.shape[1]
        x = self.norm(self.word(pieces) + self.position.weight[:t])
        for layer in self.layers[:FROZEN]:
            x = layer(x, mask[:, None, None, :])
        return x

    def forward(self, x, types, context, mask, marks):
        """The layers above, over what the pieces are part of. `marks` lists window, piece and number of each mark."""
        x = x + self.typed(types) + self.context(context)
        if len(marks):
            x = x.index_put((marks[:, 0], marks[:, 1]), self.mark(marks[:, 2]), accumulate=True)
        x = self.drop(x)
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask[:, None, None, :])
        return x

    def load_pretrained(self, path):
        from safetensors.torch import load_file
        w = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        e = "embeddings."
        with torch.no_grad():
            self.word.weight.copy_(w[e + "word_embeddings.weight"])
            # The one token type of the original is part of every position.
            self.position.weight.copy_(w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0])
            self.typed.weight.zero_()
            self.context.weight.zero_()
            self.mark.weight.zero_()
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
    def __init__(self):
        super().__init__()
        # Where the trigger stands, for each kind: attention from the place over the words.
        self.trigger_query = nn.Linear(WIDTH, KINDS * KEY)
        self.trigger_key = nn.Linear(WIDTH, KEY)
        self.trigger_gap = nn.Embedding(GAPS, KINDS)
        self.value = nn.Linear(WIDTH, VALUE)
        self.place = nn.Linear(WIDTH, VALUE)
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
        self.party_key = nn.Linear(WIDTH, 2 * KEY)
        self.party_bias = nn.Linear(5 + 3 + 1 + GAPS, 2, bias=False)
        self.time_query = nn.Linear(VALUE, KEY)
        self.time_key = nn.Linear(WIDTH, KEY)
        self.time_gap = nn.Embedding(GAPS, 1)
        self.speaker_query = nn.Linear(VALUE, KEY)
        self.speaker_key = nn.Linear(WIDTH, KEY)
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
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.heads = Heads()

    def forward(self, b):
        return self.heads(self.encoder(b["lower"], b["types"], b["context"], b["mask"], b["marks"]), b)
