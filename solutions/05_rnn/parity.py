"""Recomputes a transcript of lab 05_rnn in PyTorch and compares every observation that has a counterpart there.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 05 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from transcript import Random, compare, torch, with_grad

F = torch.nn.functional
rnn_utils = torch.nn.utils.rnn
torch.set_default_dtype(torch.float64)


def glorot(i, o, random):
    limit = math.sqrt(6 / (i + o))
    return torch.tensor([random.uniform(-limit, limit) for _ in range(i * o)]).reshape(i, o)


def orthogonal(n, random):
    q, r = torch.linalg.qr(torch.tensor([random.normal() for _ in range(n * n)]).reshape(n, n))
    return q * r.diagonal().sign()


def fresh_cell(input_size, hidden_size, random):
    """The parameters of a cell as the lab draws them."""
    weight_ih = glorot(input_size, hidden_size, random)
    return {"weight_ih": weight_ih, "weight_hh": orthogonal(hidden_size, random), "bias": torch.zeros(hidden_size)}


def set_parameters(module, given, prefix="", suffix=""):
    """Copies ours into PyTorch's, whose weights are transposed and which has a second bias."""
    with torch.no_grad():
        for name, value in (("weight_ih", given[prefix + "weight_ih"].T), ("weight_hh", given[prefix + "weight_hh"].T),
                            ("bias_ih", given[prefix + "bias"]), ("bias_hh", torch.zeros_like(given[prefix + "bias"]))):
            getattr(module, name + suffix).copy_(value)


def cell_of(given):
    cell = torch.nn.RNNCell(*given["weight_ih"].shape)
    set_parameters(cell, given)
    return cell


def rnn_of(given):
    rnn = torch.nn.RNN(*given["weight_ih"].shape)
    set_parameters(rnn, given, suffix="_l0")
    return rnn


def check_gradients(check, test, module, before=None, suffix="", of=""):
    for name, ours in (("weight_ih", "dweight_ih"), ("weight_hh", "dweight_hh"), ("bias_ih", "dbias")):
        gradient = getattr(module, name + suffix).grad
        gradient = gradient.T if gradient.dim() == 2 else gradient
        check.equal(test, ours + of, gradient + (before[ours + " before"] if before else 0))


def one_step(check, tests):
    test = "5.1 RNNCell starts with an orthogonal recurrent weight"
    given = tests[test]["given"]
    fresh = fresh_cell(given["input_size"].item(), given["hidden_size"].item(), Random(given["random"].item()))
    for name, value in fresh.items():
        check.equal(test, name, value)

    test = "5.1 RNNCell::forward"
    given = tests[test]["given"]
    cell = cell_of(given)
    h_next = cell(given["x"], given["h"])
    for name, value in (("h_next", h_next), ("cache.x", given["x"]), ("cache.h", given["h"]), ("cache.h_next", h_next),
                        ("h_next of a state of zeros", cell(given["x"]))):
        check.equal(test, name, value)

    test = "5.1 RNNCell::backward"
    given = tests[test]["given"]
    cell = cell_of(given)
    x, h = with_grad(given["x"], given["h"])
    cell(x, h).backward(given["dh_next"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dh", h.grad)
    check_gradients(check, test, cell)

    test = "5.1 RNNCell::backward adds to the gradients"
    given = tests[test]["given"]
    cell = cell_of(given)
    for call in ("second", "first"):
        h, = with_grad(given[f"h of the {call} call"])
        cell(given[f"x of the {call} call"], h).backward(given[f"dh_next of the {call} call"])
        check.equal(test, f"dh of the {call} call", h.grad)
    check_gradients(check, test, cell, before=given)

    test = "5.1 RNNCell refuses other shapes"
    given = tests[test]["given"]
    check.equal(test, "h_next", cell_of(given)(given["x"], given["h"]))


def sequence(check, tests):
    test = "5.2 RNN::forward"
    given = tests[test]["given"]
    y, _ = rnn_of(given)(given["x"], given["h0"][None])
    check.equal(test, "y", y)
    check.equal(test, "cache.x", given["x"])
    check.equal(test, "cache.states", torch.cat((given["h0"][None], y)))

    test = "5.2 RNN::forward of one step and of one row"
    given = tests[test]["given"]
    rnn = rnn_of(given)
    check.equal(test, "y of one step", rnn(given["x of one step"], given["h0"][None])[0])
    x, h0 = with_grad(given["x of one row"], given["h0 of one row"])
    y, _ = rnn(x, h0[None])
    y.backward(given["dy of one row"])
    check.equal(test, "y of one row", y)
    check.equal(test, "dx of one row", x.grad)
    check.equal(test, "dh0 of one row", h0.grad)

    test = "5.2 RNN::backward"
    given = tests[test]["given"]
    rnn = rnn_of(given)
    x, h0 = with_grad(given["x"], given["h0"])
    rnn(x, h0[None])[0].backward(given["dy"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dh0", h0.grad)
    check_gradients(check, test, rnn, suffix="_l0")

    test = "5.2 RNN::backward adds to the gradients"
    given = tests[test]["given"]
    rnn = rnn_of(given)
    for call, h0 in (("second", torch.zeros(1, 3)), ("first", given["h0 of the first call"])):
        h0, = with_grad(h0)
        rnn(given[f"x of the {call} call"], h0[None])[0].backward(given[f"dy of the {call} call"])
        check.equal(test, f"dh0 of the {call} call", h0.grad)
    check_gradients(check, test, rnn, before=given, suffix="_l0")

    test = "5.2 RNN refuses other shapes"
    given = tests[test]["given"]
    check.equal(test, "y", rnn_of(given)(given["x"], given["h0"][None])[0])


def remembering(check, tests):
    test = "5.2 an RNN learns to remember"
    given = tests[test]["given"]
    rnn = rnn_of(fresh_cell(2, 6, Random(given["random"].item())))
    x = given["x"]
    target = torch.zeros(16, 6)
    target[:, 0] = torch.tanh(x[0, :, 0])
    rnn.bias_hh_l0.requires_grad_(False)  # ours has one bias
    sgd = torch.optim.SGD([p for p in rnn.parameters() if p.requires_grad], lr=1)
    losses = []
    for _ in range(60):
        sgd.zero_grad()
        loss = F.mse_loss(rnn(x)[0][-1], target)
        loss.backward()
        sgd.step()
        losses.append(loss.item())
    check.equal(test, "first losses", losses[:20])


def in_windows(rnn, x, h0, window):
    """Window by window, each from the detached state of the one before. Returns all states."""
    h, parts = h0[None], []
    for part in x.split(window):
        y, h = rnn(part, h.detach())
        parts.append(y)
    return torch.cat(parts)


def windows(check, tests):
    test = "5.3 final_state"
    given = tests[test]["given"]
    check.equal(test, "final_state", given["states"][-1])
    check.equal(test, "final_state of one row", given["states of one row"][-1])

    test = "5.3 forward_windows"
    given = tests[test]["given"]
    y, _ = rnn_of(given)(given["x"], given["h0"][None])
    for name in ("y", "y in one window", "y in windows of one step"):
        check.equal(test, name, y)
    check.equal(test, "states of the second window", y[2:6])
    check.equal(test, "caches", len(y.split(3)))
    check.equal(test, "caches of one window", len(y.split(9)))
    check.equal(test, "steps of the last window", len(y.split(3)[-1]))

    for test, steps in (("5.3 backward_windows", 7), ("5.3 no gradient flows into the window before", 6)):
        given = tests[test]["given"]
        rnn = rnn_of(given)
        x, = with_grad(given["x"][:steps])
        y = in_windows(rnn, x, given["h0"], 3)
        if steps == 7:
            y.backward(given["dy"])
        else:
            y[-1].backward(given["dy of the last step"])
        check.equal(test, "dx", x.grad)
        check_gradients(check, test, rnn, suffix="_l0")

    test = "5.3 windows refuse what does not fit"
    given = tests[test]["given"]
    check.equal(test, "y", rnn_of(given)(given["x"], given["h0"][None])[0])


def bidirectional_of(given):
    rnn = torch.nn.RNN(*given["forward.weight_ih"].shape, bidirectional=True)
    set_parameters(rnn, given, "forward.", "_l0")
    set_parameters(rnn, given, "backward.", "_l0_reverse")
    return rnn


def run_packed(rnn, x, lengths):
    packed = rnn_utils.pack_padded_sequence(x, lengths, enforce_sorted=False)
    return rnn_utils.pad_packed_sequence(rnn(packed)[0], total_length=x.shape[0])[0]


def reversed_within(x, lengths):
    result = torch.zeros_like(x)
    for b, length in enumerate(lengths):
        result[:length, b] = x[:length, b].flip(0)
    return result


def both_directions(check, tests):
    test = "5.4 reverse_sequences"
    given = tests[test]["given"]
    once = reversed_within(given["x"], given["lengths"])
    check.equal(test, "reversed", once)
    check.equal(test, "reversed twice", reversed_within(once, given["lengths"]))

    test = "5.4 BidirectionalRNN::forward"
    given = tests[test]["given"]
    rnn = bidirectional_of(given)
    y = run_packed(rnn, given["x"], given["lengths"])
    check.equal(test, "y", y)
    check.equal(test, "states of the forward direction", y[:, :, :y.shape[2] // 2])
    check.equal(test, "cache.lengths", given["lengths"])
    check.equal(test, "y without padding", rnn(given["x"])[0])

    for test in ("5.4 BidirectionalRNN::backward", "5.4 padding changes nothing"):
        given = tests[test]["given"]
        rnn = bidirectional_of(given)
        x, = with_grad(given["x"])
        y = run_packed(rnn, x, given["lengths"])
        y.backward(given["dy"])
        for name, value in (("dx of another dy", x.grad), ("y", y), ("y with more padding", y)):
            if name in tests[test]["observe"]:
                check.equal(test, name, value)
        check.equal(test, "dx", x.grad)
        check_gradients(check, test, rnn, suffix="_l0", of=" of forward_rnn")
        check_gradients(check, test, rnn, suffix="_l0_reverse", of=" of backward_rnn")

    test = "5.4 other lengths are refused"
    given = tests[test]["given"]
    check.equal(test, "y", run_packed(bidirectional_of(given), given["x"], given["lengths"]))

    test = "5.4 summarize"
    given = tests[test]["given"]
    y, = with_grad(given["y"])
    last = y[given["lengths"] - 1, torch.arange(4)]
    summary = torch.cat((last[:, :3], y[0, :, 3:]), 1)
    summary.backward(given["dsummary"])
    check.equal(test, "summary", summary)
    check.equal(test, "dy", y.grad)


def sequence_loss(logits, targets, lengths):
    """PyTorch's cross-entropy, which leaves out targets of -100."""
    padding = torch.arange(logits.shape[0])[:, None] >= torch.as_tensor(lengths)[None]
    return F.cross_entropy(logits.flatten(0, 1), targets.masked_fill(padding, -100).flatten())


def losses(check, tests):
    test = "5.5 SequenceLoss::forward"
    given = tests[test]["given"]
    check.equal(test, "loss", sequence_loss(given["logits"], given["targets"], given["lengths"]))
    check.equal(test, "cache.lengths", given["lengths"])
    check.equal(test, "loss without padding", sequence_loss(given["logits"], given["targets"], [5, 5, 5]))
    check.equal(test, "loss of the first steps", sequence_loss(given["logits"], given["targets"], [1, 1, 1]))
    for test, name, lengths in (("5.5 SequenceLoss::backward", "dlogits", None),
                                ("5.5 SequenceLoss::backward", "dlogits without padding", [5, 5, 5]),
                                ("5.5 padding does not count", "dlogits", None)):
        given = tests[test]["given"]
        logits, = with_grad(given["logits"])
        loss = sequence_loss(logits, given["targets"], lengths or given["lengths"])
        loss.backward()
        check.equal(test, name, logits.grad)
        if "loss" in tests[test]["observe"]:
            check.equal(test, "loss", loss)
    test = "5.5 SequenceLoss refuses what does not fit"
    given = tests[test]["given"]
    check.equal(test, "loss", sequence_loss(given["logits"], given["targets"], given["lengths"]))


class Model:
    """The character model: one-hot rows, an RNN and a linear layer."""

    def __init__(self, given):
        self.rnn = rnn_of(given)
        self.rnn.bias_hh_l0.requires_grad_(False)  # ours has one bias
        self.weight, self.bias = with_grad(given["output.weight"], given["output.bias"])

    def parameters(self):
        return [p for p in self.rnn.parameters() if p.requires_grad] + [self.weight, self.bias]

    def __call__(self, inputs, h0=None):
        x = F.one_hot(inputs, self.bias.numel()).to(self.bias.dtype)
        y, h = self.rnn(x, None if h0 is None else h0[None])
        return y @ self.weight + self.bias, h[0]


def model(check, tests):
    test = "5.6 CharacterModel::forward"
    given = tests[test]["given"]
    logits, h = Model(given)(given["inputs"], given["h0"])
    check.equal(test, "logits", logits)
    check.equal(test, "final state", h)

    test = "5.6 CharacterModel::backward"
    given = tests[test]["given"]
    network = Model(given)
    network(given["inputs"], given["h0"])[0].backward(given["dlogits"])
    check.equal(test, "output.dweight", network.weight.grad)
    check.equal(test, "output.dbias", network.bias.grad)
    check_gradients(check, test, network.rnn, suffix="_l0")


def sample(logits, temperature, random):
    sums = F.softmax(logits / temperature, 0).cumsum(0)
    return min((sums <= random.uniform()).sum().item(), len(logits) - 1)


def generate(network, prompt, stop, max_length, temperature, random):
    text, following, h = [], prompt, None
    while len(text) < max_length:
        logits, h = network(following[:, None], h)
        following = torch.tensor([sample(logits[-1, 0], temperature, random)])
        if following.item() == stop:
            break
        text.append(following.item())
    return text


def drawing(check, tests):
    test = "5.6 sample_id"
    given = tests[test]["given"]
    logits = given["logits"]
    random = Random(given["random"].item())
    for temperature in (1, 0.5, 3):
        check.equal(test, f"drawn at temperature {temperature}", [sample(logits, temperature, random) for _ in range(150)])
    check.equal(test, "the next number of the generator", random.uniform())
    check.equal(test, "drawn from large logits", [sample(logits + 3000, 1, random) for _ in range(150)])

    with torch.no_grad():
        test = "5.6 generate"
        given = tests[test]["given"]
        network, random = Model(given), Random(given["generator"].item())
        for name, temperature, length in (("texts that never stop", 1, 6), ("texts at temperature 0.5", 0.5, 6),
                                          ("texts of no characters", 1, 0)):
            texts = [generate(network, prompt, 7, length, temperature, random) + [7] for prompt in given["prompts"]]
            check.equal(test, name, sum(texts, []))
        check.equal(test, "the next number of the generator", random.uniform())

        test = "5.6 generate stops"
        given = tests[test]["given"]
        network, random = Model(given), Random(given["generator"].item())
        texts = [generate(network, torch.tensor([0]), 0, 12, 1, random) + [7] for _ in range(60)]
        check.equal(test, "texts", sum(texts, []))


def learning(check, tests):
    test = "5.6 a CharacterModel learns a text"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    start = given["start"].item()
    cell = fresh_cell(3, 8, random)
    network = Model({**cell, "output.weight": glorot(8, 3, random), "output.bias": torch.zeros(3)})
    text = torch.tensor([0, 1, 0, 2, 0, 0, 1, 2])
    places = start + torch.arange(17)[:, None] + 3 * torch.arange(2)[None]
    ids = text[places % 8]
    sgd = torch.optim.SGD(network.parameters(), lr=1)
    values = []
    for _ in range(150):
        sgd.zero_grad()
        loss = F.cross_entropy(network(ids[:-1])[0].flatten(0, 1), ids[1:].flatten())
        loss.backward()
        sgd.step()
        values.append(loss.item())
    check.equal(test, "first losses", values[:50])


compare(one_step, sequence, remembering, windows, both_directions, losses, model, drawing, learning)
