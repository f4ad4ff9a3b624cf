"""Recomputes a transcript of lab 07_gru in PyTorch and compares every observation that has a counterpart there.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 07 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from transcript import Random, compare, torch, with_grad

F = torch.nn.functional
torch.set_default_dtype(torch.float64)
PAD, BOS, EOS = 0, 1, 2


def gates(weights, x, h):
    """r, z, n of a step, and the state after it, by the formulas of the lab."""
    size = h.shape[1]
    weight_ih, weight_hh, bias = weights
    a = x @ weight_ih + bias
    r, z = torch.sigmoid(a[:, :2 * size] + h @ weight_hh[:, :2 * size]).split(size, 1)
    n = torch.tanh(a[:, 2 * size:] + (r * h) @ weight_hh[:, 2 * size:])
    return r, z, n, (1 - z) * h + z * n


def sequence(weights, x, lengths, h):
    """The states after each step; behind its end a sequence keeps its state."""
    states = []
    for t in range(x.shape[0]):
        h = torch.where((t < lengths)[:, None], gates(weights, x[t], h)[3], h)
        states.append(h)
    return torch.stack(states)


def weights_of(given, prefix=""):
    return with_grad(*(given[prefix + name] for name in ("weight_ih", "weight_hh", "bias")))


def before_end(x, lengths):
    """x with zeros behind the end of each sequence."""
    return x * (torch.arange(x.shape[0])[:, None] < lengths).reshape(*x.shape[:2], *[1] * (x.dim() - 2)).to(x.dtype)


def reverse(ids, lengths):
    result = torch.full_like(ids, PAD)
    for b, length in enumerate(lengths.tolist()):
        result[:length, b] = ids[:length, b].flip(0)
    return result


def cell(check, tests):
    test = "7.1 GRUCell starts with orthogonal recurrent weights"
    given = tests[test]["given"]
    random, i, n = Random(given["random"].item()), given["input_size"].item(), given["hidden_size"].item()
    limit = math.sqrt(6 / (i + 3 * n))
    check.equal(test, "weight_ih", [random.uniform(-limit, limit) for _ in range(3 * i * n)])
    drawn = torch.tensor([random.normal() for _ in range(3 * n * n)]).reshape(n, 3 * n)
    q, r = torch.linalg.qr(drawn.T)
    check.equal(test, "weight_hh", (q * r.diagonal().sign()).T)
    check.equal(test, "bias", torch.zeros(3 * n))

    test = "7.1 GRUCell::forward"
    given = tests[test]["given"]
    weights, h = weights_of(given), given["h"]
    r, z, n, h_next = gates(weights, given["x"], h)
    check.equal(test, "h_next", h_next)
    check.equal(test, "cache.gates", torch.cat((r, z, n), 1))
    check.equal(test, "cache.reset_h", r * h)
    check.equal(test, "h_next of a state of zeros", gates(weights, given["x"], 0 * h)[3])

    test = "7.1 GRUCell keeps its state if z is 0 and replaces it if z is 1"
    given = tests[test]["given"]
    for name, reset, update in (("the state is kept", 0, -100), ("the state is replaced", 100, 100),
                                ("the candidate does not see the state", -100, 100)):
        bias = given["bias"].clone()
        bias[:3], bias[3:6] = reset, update
        weights = given["weight_ih"], given["weight_hh"], bias
        check.equal(test, f"h_next if {name}", gates(weights, given["x"], given["h"])[3])

    test = "7.2 GRUCell::backward"
    given = tests[test]["given"]
    weights = weights_of(given)
    x, h = with_grad(given["x"], given["h"])
    gates(weights, x, h)[3].backward(given["dh_next"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dh", h.grad)
    check_weights(check, test, weights)

    test = "7.2 GRUCell::backward adds to the gradients"
    given = tests[test]["given"]
    weights = weights_of(given)
    for call in ("second", "first"):
        (h,) = with_grad(given[f"h of the {call} call"])
        gates(weights, given[f"x of the {call} call"], h)[3].backward(given[f"dh_next of the {call} call"])
        check.equal(test, f"dh of the {call} call", h.grad)
    check_weights(check, test, weights, given)


def check_weights(check, test, weights, before=None):
    for name, weight in zip(("dweight_ih", "dweight_hh", "dbias"), weights):
        if name in check.tests[test]["observe"]:
            check.equal(test, name, weight.grad + (before[name + " before"] if before else 0))


def sequences(check, tests):
    test = "7.3 GRU::forward"
    given = tests[test]["given"]
    lengths = given["lengths"].clone()
    lengths[1] = given["time"]
    y = sequence(weights_of(given), given["x"], lengths, given["h0"])
    check.equal(test, "y", y)
    check.equal(test, "cache.h", torch.cat((given["h0"][None], y)))
    check.equal(test, "final_state", y[-1])

    for test in ("7.3 GRU::backward", "7.3 GRU does not see padding", "7.3 GRU::backward adds to the gradients"):
        given = tests[test]["given"]
        lengths = given["lengths"].clone() if "lengths" in given else torch.tensor([2, 3])
        if "time" in given:
            lengths[1] = given["time"]
        weights = weights_of(given)
        x, h0 = with_grad(given["x"], given["h0"])
        y = sequence(weights, x, lengths, h0)
        y.backward(given["dy"])
        for name, value in (("y", y), ("dx", x.grad), ("dh0", h0.grad)):
            if name in tests[test]["observe"]:
                check.equal(test, name, value)
        check_weights(check, test, weights, given if "dbias before" in given else None)

    test = "7.3 GRU refuses other shapes and lengths"
    given = tests[test]["given"]
    check.equal(test, "y", sequence(weights_of(given), given["x"], torch.tensor([4, 2]), given["h0"]))


class Encoder:
    def __init__(self, given, prefix=""):
        self.weights = weights_of(given, prefix)
        (self.table,) = with_grad(given[prefix + "table"])

    def __call__(self, ids, lengths):
        h0 = torch.zeros(ids.shape[1], self.weights[1].shape[0])
        return sequence(self.weights, self.table[before_end(ids, lengths)], lengths, h0)[-1]


class Decoder(Encoder):
    def __init__(self, given, prefix=""):
        super().__init__(given, prefix)
        self.output = with_grad(given[prefix + "output.weight"], given[prefix + "output.bias"])

    def __call__(self, inputs, lengths, state):
        y = sequence(self.weights, self.table[before_end(inputs, lengths)], lengths, state)
        return y @ self.output[0] + self.output[1], y[-1]


def parts(check, tests):
    test = "7.4 padded and reversed keep to the length of each sentence"
    given = tests[test]["given"]
    check.equal(test, "padded", before_end(given["ids"], given["lengths"]))
    check.equal(test, "reversed", reverse(given["ids"], given["lengths"]))

    test = "7.4 Encoder::forward"
    given = tests[test]["given"]
    check.equal(test, "state", Encoder(given)(given["ids"], given["lengths"]))
    check.equal(test, "cache.ids", before_end(given["ids"], given["lengths"]))

    test = "7.4 Encoder::backward"
    given = tests[test]["given"]
    encoder = Encoder(given)
    encoder(given["ids"], given["lengths"]).backward(given["dstate"])
    check.equal(test, "dtable", encoder.table.grad)
    check_weights(check, test, encoder.weights)

    test = "7.4 Decoder::forward"
    given = tests[test]["given"]
    decoder = Decoder(given)
    logits, state = decoder(given["inputs"], given["lengths"], given["state"])
    check.equal(test, "logits", logits)
    check.equal(test, "final_state", state)
    check.equal(test, "logits of another state", decoder(given["inputs"], given["lengths"], 0 * given["state"])[0])

    test = "7.4 Decoder::backward"
    given = tests[test]["given"]
    decoder = Decoder(given)
    (state,) = with_grad(given["state"])
    decoder(given["inputs"], given["lengths"], state)[0].backward(given["dlogits"])
    check.equal(test, "dstate", state.grad)
    check.equal(test, "dtable", decoder.table.grad)
    check.equal(test, "doutput.weight", decoder.output[0].grad)
    check_weights(check, test, decoder.weights)


def shifted(targets):
    return torch.cat((torch.full_like(targets[:1], BOS), targets[:-1]))


def targets_of(given):
    targets, lengths = given["targets"].clone(), given["target_lengths"]
    targets[lengths - 1, torch.arange(len(lengths))] = EOS
    return targets, lengths


def loss_of(encoder, decoder, given, reversed_source):
    source, lengths = given["source"], given["source_lengths"]
    state = encoder(reverse(source, lengths) if reversed_source else source, lengths)
    targets, target_lengths = targets_of(given)
    logits = decoder(shifted(targets), target_lengths, state)[0]
    counts = torch.arange(targets.shape[0])[:, None] < target_lengths
    return state, F.cross_entropy(logits[counts], targets[counts])


def models(check, tests):
    test = "7.5 decoder_inputs are the targets one step later"
    check.equal(test, "inputs", shifted(tests[test]["given"]["targets"]))

    test = "7.5 Seq2Seq::forward"
    given = tests[test]["given"]
    encoder, decoder = Encoder(given, "encoder."), Decoder(given, "decoder.")
    state, loss = loss_of(encoder, decoder, given, True)
    check.equal(test, "the decoder's first state", state)
    check.equal(test, "loss", loss)
    check.equal(test, "loss if the source is not reversed", loss_of(encoder, decoder, given, False)[1])

    test = "7.5 Seq2Seq::backward"
    given = tests[test]["given"]
    encoder, decoder = Encoder(given, "encoder."), Decoder(given, "decoder.")
    loss_of(encoder, decoder, given, True)[1].backward()
    for name, value in (("dencoder.table", encoder.table), ("dencoder.weight_hh", encoder.weights[1]),
                        ("ddecoder.table", decoder.table), ("ddecoder.weight_ih", decoder.weights[0]),
                        ("ddecoder.output.bias", decoder.output[1])):
        check.equal(test, name, value.grad)

    for test, more, reversed_source, max_length, rows in (("7.6 greedy_decode reads what it wrote", 1, True, 8, 8),
                                                          ("7.6 greedy_decode stops at max_length", -100, False, 2, 4)):
        given = tests[test]["given"]
        source = given["source"]
        lengths = given.get("source_lengths", torch.full((source.shape[1],), source.shape[0]))
        sentences = []
        for prefix in [f"{number}." for number in range(1, 11)]:
            state = Encoder(given, prefix + "encoder.")(reverse(source, lengths) if reversed_source else source, lengths)
            given[prefix + "decoder.output.bias"][EOS] += more
            given[prefix + "decoder.table"][EOS] *= 6
            decoder = Decoder(given, prefix + "decoder.")
            sentences += [greedy(decoder, state[b:b + 1], max_length) for b in range(source.shape[1])]
        padded = torch.zeros(rows, len(sentences), dtype=torch.int64)
        for b, sentence in enumerate(sentences):
            padded[:len(sentence), b] = torch.tensor(sentence, dtype=torch.int64)
        check.equal(test, "words", padded)
        check.equal(test, "numbers of words", [len(sentence) for sentence in sentences])


def greedy(decoder, state, max_length):
    word, sentence = BOS, []
    while len(sentence) < max_length:
        logits, state = decoder(torch.tensor([[word]]), torch.tensor([1]), state)
        word = logits.argmax().item()
        if word == EOS:
            break
        sentence.append(word)
    return sentence


def pytorch_is_another_network(check, tests):
    """nn.GRUCell, with z and 1 - z exchanged by the signs of its weights, equals the lab's cell if r is 1."""
    test = "7.1 GRUCell keeps its state if z is 0 and replaces it if z is 1"
    given = tests[test]["given"]
    theirs = torch.nn.GRUCell(2, 3)
    bias = given["bias"].clone()
    bias[:3], bias[3:6] = 100, 100
    sign = torch.ones(9)
    sign[3:6] = -1
    with torch.no_grad():
        theirs.weight_ih.copy_((given["weight_ih"] * sign).T)
        theirs.weight_hh.copy_((given["weight_hh"] * sign).T)
        theirs.bias_ih.copy_(bias * sign)
        theirs.bias_hh.zero_()
    check.equal(test, "h_next if the state is replaced", theirs(given["x"], given["h"]))


compare(cell, sequences, parts, models, pytorch_is_another_network)
