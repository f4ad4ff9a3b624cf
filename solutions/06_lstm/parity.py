"""Recomputes a transcript of lab 06_lstm in PyTorch and compares every observation that has a counterpart there.

PyTorch's LSTM has two biases, which it adds: here bias_ih is ours, and bias_hh is 0. Its weights are transposed.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 06 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from transcript import Random, compare, torch, with_grad

F = torch.nn.functional


def matrix(numbers, rows, columns):
    return torch.tensor(numbers, dtype=torch.float64).reshape(rows, columns)


def glorot(rows, columns, random):
    limit = (6 / (rows + columns)) ** 0.5
    return matrix([random.uniform(-limit, limit) for _ in range(rows * columns)], rows, columns)


def orthogonal(rows, columns, random):
    """For a matrix that is wider than high."""
    normal = matrix([random.normal() for _ in range(rows * columns)], rows, columns)
    q, r = torch.linalg.qr(normal.T)
    return (q * torch.sign(torch.diagonal(r))).T


def fresh_cell(input_size, hidden_size, random, forget_bias=1.0):
    """The initial weight_ih, weight_hh and bias."""
    bias = torch.zeros(4 * hidden_size, dtype=torch.float64)
    bias[hidden_size:2 * hidden_size] = forget_bias
    return glorot(input_size, 4 * hidden_size, random), orthogonal(hidden_size, 4 * hidden_size, random), bias


def set_parameters(module, suffix, weight_ih, weight_hh, bias):
    for name, value in (("weight_ih", weight_ih.T), ("weight_hh", weight_hh.T), ("bias_ih", bias),
                        ("bias_hh", torch.zeros_like(bias))):
        getattr(module, name + suffix).data = value.clone().contiguous()
    return module


def cell_of(given, prefix=""):
    weight_ih, weight_hh, bias = (given[prefix + name] for name in ("weight_ih", "weight_hh", "bias"))
    cell = torch.nn.LSTMCell(weight_ih.shape[0], weight_hh.shape[0], dtype=torch.float64)
    return set_parameters(cell, "", weight_ih, weight_hh, bias)


def lstm_of(given, prefix=""):
    """PyTorch's LSTM of one layer with the parameters that the test was given."""
    weight_ih, weight_hh, bias = (given[prefix + name] for name in ("weight_ih", "weight_hh", "bias"))
    lstm = torch.nn.LSTM(weight_ih.shape[0], weight_hh.shape[0], dtype=torch.float64)
    return set_parameters(lstm, "_l0", weight_ih, weight_hh, bias)


def state_of(given, name):
    return given[name + ".h"][None], given[name + ".c"][None]


def grads(module, suffix):
    """Our three gradients."""
    return (("dweight_ih", getattr(module, "weight_ih" + suffix).grad.T),
            ("dweight_hh", getattr(module, "weight_hh" + suffix).grad.T),
            ("dbias", getattr(module, "bias_ih" + suffix).grad))


def gates_of(a, c):
    """One step of PyTorch's cell whose sums are a."""
    n = c.shape[1]
    cell = torch.nn.LSTMCell(4 * n, n, dtype=torch.float64)
    set_parameters(cell, "", torch.eye(4 * n, dtype=torch.float64), torch.zeros(n, 4 * n, dtype=torch.float64),
                   torch.zeros(4 * n, dtype=torch.float64))
    return cell(a, (torch.zeros_like(c), c))


def activated(a):
    i, f, g, o = a.chunk(4, 1)
    return torch.cat([i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()], 1)


def gates(check, tests):
    for test in ("6.1 LSTMGates::forward", "6.1 LSTMGates::forward of one unit",
                 "6.1 LSTMGates::forward with gates wide open and shut", "6.1 LSTMGates refuses what does not fit"):
        given, observed = tests[test]["given"], tests[test]["observe"]
        h, c = gates_of(given["a"], given["c"])
        for name, value in (("h_next", h), ("c_next", c), ("cache.gates", activated(given["a"])),
                            ("cache.c", given["c"]), ("cache.tanh_c", c.tanh())):
            if name in observed:
                check.equal(test, name, value)
    test = "6.1 LSTMGates::forward with gates wide open and shut"
    given = tests[test]["given"]
    _, c = gates_of(given["a of an open forget gate"], given["c"][:1, :1])
    check.equal(test, "c_next of an open forget gate and a shut input gate", c)

    test = "6.1 LSTMGates::backward"
    given = tests[test]["given"]
    a, c = with_grad(given["a"], given["c"])
    torch.autograd.backward(gates_of(a, c), (given["dnext.h"], given["dnext.c"]))
    check.equal(test, "da", a.grad)
    check.equal(test, "dc", c.grad)
    test = "6.1 LSTMGates::backward through one path at a time"
    given = tests[test]["given"]
    for output, name in ((1, "c_next"), (0, "h_next")):
        a, c = with_grad(given["a"], given["c"])
        gates_of(a, c)[output].backward(given["dnext"])
        check.equal(test, f"dc of a gradient of {name} alone", c.grad)
        check.equal(test, f"da of a gradient of {name} alone", a.grad)


def one_step(check, tests):
    test = "6.2 LSTMCell starts with an open forget gate"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    weight_ih, weight_hh, bias = fresh_cell(given["input_size"].item(), given["hidden_size"].item(), random)
    check.equal(test, "weight_ih", weight_ih)
    check.equal(test, "weight_hh", weight_hh)
    check.equal(test, "bias", bias)
    bias[bias == 1] = given["forget_bias"].item()
    check.equal(test, "bias with another forget_bias", bias)

    test = "6.2 LSTMCell::forward"
    given = tests[test]["given"]
    cell = cell_of(given)
    h, c = cell(given["x"], (given["state.h"], given["state.c"]))
    h_after, c_after = cell(given["x of the next step"], (h, c))
    for name, value in (("next.h", h), ("next.c", c), ("after.h", h_after), ("after.c", c_after),
                        ("cache.x", given["x"]), ("cache.h", given["state.h"])):
        check.equal(test, name, value)
    test = "6.2 LSTMCell refuses what does not fit"
    given = tests[test]["given"]
    check.equal(test, "h_next", cell_of(given)(given["x"], (given["state.h"], given["state.c"]))[0])

    for test, suffix in (("6.2 LSTMCell::backward", ""), ("6.2 LSTMCell at the edges", " of one number")):
        given = tests[test]["given"]
        cell = cell_of(given)
        x, h, c = with_grad(given["x"], given["state.h"], given["state.c"])
        following = cell(x, (h, c))
        torch.autograd.backward(following, (given["dnext.h"], given["dnext.c"]))
        check.equal(test, "dx" + suffix, x.grad)
        check.equal(test, f"dstate{suffix}.h", h.grad)
        check.equal(test, f"dstate{suffix}.c", c.grad)
        if suffix:
            check.equal(test, f"next{suffix}.h", following[0])
            check.equal(test, f"next{suffix}.c", following[1])
        else:
            for name, value in grads(cell, ""):
                check.equal(test, name, value)

    test = "6.2 LSTMCell::backward adds to the gradients"
    given = tests[test]["given"]
    cell = cell_of(given)
    h, c = with_grad(given["state.h"], given["state.c"])
    middle = cell(given["x of the first step"], (h, c))
    start = with_grad(*(tensor.detach() for tensor in middle))  # in one graph, c would also get what h of its step gets
    last = cell(given["x of the second step"], start)
    torch.autograd.backward(last, (given["dlast.h"], given["dlast.c"]))
    torch.autograd.backward(middle, [tensor.grad for tensor in start])
    for name, tensor in (("dmiddle.h", start[0]), ("dmiddle.c", start[1]), ("dstate.h", h), ("dstate.c", c)):
        check.equal(test, name, tensor.grad)
    for name, value in grads(cell, ""):
        check.equal(test, name, given[name + " before"] + value)


def sequences(check, tests):
    test = "6.3 LSTM::forward"
    given = tests[test]["given"]
    y, (h, c) = lstm_of(given)(given["x"], state_of(given, "start"))
    for name, value in (("y", y), ("cache.h", torch.cat([given["start.h"][None], y])), ("cache.c", c), ("final.h", h),
                        ("final.c", c)):
        check.equal(test, name, value)
    test = "6.3 LSTM::forward of one step and one row"
    given = tests[test]["given"]
    lstm = lstm_of(given)
    check.equal(test, "y of one step", lstm(given["one step"], state_of(given, "start"))[0])
    check.equal(test, "y of one row", lstm(given["one row"], state_of(given, "start of one row"))[0])
    test = "6.3 LSTM refuses what does not fit"
    given = tests[test]["given"]
    check.equal(test, "y", lstm_of(given)(given["x"], state_of(given, "start"))[0])

    test = "6.3 final_state carries a text from window to window"
    given = tests[test]["given"]
    lstm = lstm_of(given)
    _, middle = lstm(given["x"][:3], state_of(given, "start"))
    y, last = lstm(given["x"][3:], middle)
    check.equal(test, "y of the second window", y)
    for name, (h, c) in (("state after three steps", middle), ("state after seven steps", last)):
        check.equal(test, name + ".h", h)
        check.equal(test, name + ".c", c)

    test = "6.3 LSTM::backward"
    given = tests[test]["given"]
    lstm = lstm_of(given)
    x, h, c = with_grad(given["x"], *state_of(given, "start"))
    lstm(x, (h, c))[0].backward(given["dy"])
    for name, value in (("dx", x.grad), ("dstart.h", h.grad), ("dstart.c", c.grad), *grads(lstm, "_l0")):
        check.equal(test, name, value)
    test = "6.3 LSTM::backward from the last step alone"
    given = tests[test]["given"]
    zero = torch.zeros(1, 2, 3, dtype=torch.float64)
    x, h, c = with_grad(given["x"], zero, zero)
    lstm_of(given)(x, (h, c))[0][5].backward(given["dy of the last step"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dstart.c", c.grad)
    test = "6.3 LSTM::backward adds to the gradients"
    given = tests[test]["given"]
    lstm = lstm_of(given)
    for call in ("first", "second"):
        lstm(given[f"x of the {call} call"], state_of(given, call + " start"))[0].backward(given[f"dy of the {call} call"])
    for name, value in grads(lstm, "_l0"):
        check.equal(test, name, given[name + " before"] + value)


def dropped(x, probability, random):
    """Inverted dropout that draws a number for each number of x, and its scale."""
    draws = torch.tensor([random.uniform() for _ in range(x.numel())], dtype=torch.float64).reshape(x.shape)
    scale = (draws >= probability).double() / (1 - probability)
    return x * scale, scale


class Stack:
    """PyTorch's LSTMs one above the other, with dropout between them whose draws we know."""

    def __init__(self, given, prefix=""):
        self.layers = []
        while f"{prefix}layer{len(self.layers)}.weight_ih" in given:
            self.layers.append(lstm_of(given, f"{prefix}layer{len(self.layers)}."))

    def __call__(self, x, start=None, probability=0, random=None):
        final, self.scales = [], []
        for i, layer in enumerate(self.layers):
            if i > 0 and random:
                x, scale = dropped(x, probability, random)
                self.scales.append(scale)
            x, state = layer(x, start[i] if start else None)
            final.append(state)
        return x, final


def layers(check, tests):
    test = "6.4 StackedLSTM makes its layers"
    random = Random(tests[test]["given"]["random"].item())
    for i, input_size in enumerate((4, 2)):
        weight_ih, _, bias = fresh_cell(input_size, 2, random)
        check.equal(test, f"weight_ih of layer {i}", weight_ih)
        check.equal(test, f"bias of layer {i}", bias)

    test = "6.4 StackedLSTM::forward"
    given = tests[test]["given"]
    y, final = Stack(given)(given["x"], [state_of(given, f"start{i}") for i in range(given["num_layers"].item())])
    check.equal(test, "y in evaluation", y)
    for i, (h, c) in enumerate(final):
        check.equal(test, f"final{i}.h", h)
        check.equal(test, f"final{i}.c", c)
    test = "6.4 StackedLSTM refuses what does not fit"
    given = tests[test]["given"]
    check.equal(test, "y", Stack(given)(given["x"])[0])

    test = "6.4 StackedLSTM drops between its layers"
    given = tests[test]["given"]
    stack, random = Stack(given), Random(given["random of training"].item())
    check.equal(test, "y in training", stack(given["x"], None, 0.5, random)[0])
    check.equal(test, "a number drawn afterwards", random.uniform())
    check.equal(test, "number of dropouts", len(stack.scales))
    check.equal(test, "scale of the first dropout", stack.scales[0])

    test = "6.4 StackedLSTM::backward"
    given = tests[test]["given"]
    stack, random = Stack(given), Random(given["random of training"].item())
    x, = with_grad(given["x"])
    start = [with_grad(*state_of(given, f"start{i}")) for i in range(2)]
    stack(x, start, 0.4, random)[0].backward(given["dy"])
    check.equal(test, "dx", x.grad)
    for i, layer in enumerate(stack.layers):
        check.equal(test, f"dstart{i}.h", start[i][0].grad)
        check.equal(test, f"dstart{i}.c", start[i][1].grad)
        check.equal(test, f"dweight_ih of layer {i}", layer.weight_ih_l0.grad.T)
        check.equal(test, f"dbias of layer {i}", layer.bias_ih_l0.grad)


def at_the_end(y, lengths):
    return y[lengths - 1, torch.arange(len(lengths))]


def classify(given, stack, x, output, probability=0, random=None):
    rows = at_the_end(stack(x, None, probability, random)[0], given["lengths"])
    if random:
        rows, _ = dropped(rows, probability, random)
    return rows @ output[0] + output[1]


def classifier(check, tests):
    test = "6.5 last_rows"
    given = tests[test]["given"]
    check.equal(test, "rows", at_the_end(given["y"], given["lengths"]))
    test = "6.5 last_rows_backward"
    given = tests[test]["given"]
    y = torch.zeros(given["time"].item(), 4, 3, dtype=torch.float64, requires_grad=True)
    at_the_end(y, given["lengths"]).backward(given["drows"])
    check.equal(test, "dy", y.grad)

    test = "6.5 SequenceClassifier::forward"
    given = tests[test]["given"]
    stack, output = Stack(given), (given["output.weight"], given["output.bias"])
    check.equal(test, "logits in evaluation", classify(given, stack, given["x"], output))
    random = Random(given["random of training"].item())
    check.equal(test, "logits in training", classify(given, stack, given["x"], output, 0.5, random))
    test = "6.5 SequenceClassifier::backward"
    given = tests[test]["given"]
    stack, random = Stack(given), Random(given["random of training"].item())
    x, *output = with_grad(given["x"], given["output.weight"], given["output.bias"])
    classify(given, stack, x, output, 0.3, random).backward(given["dlogits"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dweight of output", output[0].grad)
    check.equal(test, "dweight_hh of layer 0", stack.layers[0].weight_hh_l0.grad.T)
    test = "6.5 padding changes nothing"
    given = tests[test]["given"]
    stack, output = Stack(given), (given["output.weight"], given["output.bias"])
    x, = with_grad(given["x"])
    logits = classify(given, stack, x, output)
    logits.backward(given["dlogits"])
    check.equal(test, "logits", logits)
    check.equal(test, "dx", x.grad)
    check.equal(test, "dweight_ih", stack.layers[0].weight_ih_l0.grad.T)
    check.equal(test, "dbias", stack.layers[0].bias_ih_l0.grad)


def learning(check, tests):
    test = "6.5 a classifier remembers the first symbol"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    lstm = set_parameters(torch.nn.LSTM(4, 12, dtype=torch.float64), "_l0", *fresh_cell(4, 12, random))
    lstm.bias_hh_l0.requires_grad_(False)
    output = with_grad(glorot(12, 4, random), torch.zeros(4, dtype=torch.float64))
    symbols = given["symbols"].clone()
    symbols[0] = given["labels"]
    x = F.one_hot(symbols, 4).double()
    adam = torch.optim.Adam([parameter for parameter in lstm.parameters() if parameter.requires_grad] + output, lr=0.03)
    losses = []
    for _ in range(5):
        adam.zero_grad()
        logits = at_the_end(lstm(x)[0], given["lengths"]) @ output[0] + output[1]
        loss = F.cross_entropy(logits, given["labels"])
        loss.backward()
        adam.step()
        losses.append(loss.item())
    check.equal(test, "losses of the first steps", losses)


compare(gates, one_step, sequences, layers, classifier, learning)
