"""Recomputes a transcript of lab 04_cnn in PyTorch and compares every observation that has a counterpart there.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 04 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from transcript import Random, compare, torch, with_grad

F = torch.nn.functional


def he_normal(in_channels, out_channels, kernel, random):
    """The first weights of a convolution, drawn in storage order."""
    count = in_channels * kernel * kernel
    numbers = [random.normal(0, (2 / count) ** 0.5) for _ in range(out_channels * count)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(out_channels, in_channels, kernel, kernel)


def by_hand(check, tests):
    test = "4.1 output_size"
    size = tests[test]["given"]["size"].item()
    windows = ((1, 1, 0), (3, 1, 0), (3, 1, 1), (2, 2, 0), (3, 2, 1), (2, 3, 0), (7, 3, 2), (size, 1, 0), (size + 4, 1, 2))
    line = torch.zeros(1, 1, size, dtype=torch.float64)
    check.equal(test, "sizes", [F.conv1d(line, torch.zeros(1, 1, k, dtype=torch.float64), stride=s, padding=p).shape[2]
                                for k, s, p in windows])

    test = "4.1 convolve"
    given = tests[test]["given"]
    image, kernel = given["image"][None, None], given["kernel"][None, None]
    for name, stride, padding in (("y", 1, 0), ("y with stride 2", 2, 0), ("y with padding 1", 1, 1),
                                  ("y with stride 3 and padding 2", 3, 2)):
        check.equal(test, name, F.conv2d(image, kernel, stride=stride, padding=padding))
    padding = kernel.shape[2] - 1
    check.equal(test, "y of one pixel", F.conv2d(given["one pixel"][None, None], kernel, padding=padding))


def first_weights(check, tests):
    test = "4.2 Conv2d starts with the weights of He"
    given = tests[test]["given"]
    sizes = given["in_channels"].item(), given["out_channels"].item()
    random = Random(given["random"].item())
    check.equal(test, "weight", he_normal(*sizes, 3, random))
    check.equal(test, "bias", torch.zeros(sizes[1]))
    check.equal(test, "weight of a layer that narrows", he_normal(*sizes[::-1], 1, random))


def gradients_of_conv(check, test, x, given, dy, stride, padding, prefix="", suffix=""):
    """Forward and backward of one call; compares y, dx, dweight and dbias where the test observed them."""
    x, weight, bias = with_grad(x, given[prefix + "weight"], given[prefix + "bias"])
    y = F.conv2d(x, weight, bias, stride=stride, padding=padding)
    y.backward(dy)
    for name, value in (("y", y), ("dx", x.grad), ("dweight", weight.grad), ("dbias", bias.grad)):
        if name + suffix in check.tests[test]["observe"]:
            check.equal(test, name + suffix, value)


def convolution(check, tests):
    test = "4.2 Conv2d::forward_direct"
    given = tests[test]["given"]
    for name, stride, padding in (("y", 1, 0), ("y with stride 2", 2, 0), ("y with stride 2 and padding 1", 2, 1),
                                  ("y with padding 1", 1, 1)):
        check.equal(test, name, F.conv2d(given["x"], given["weight"], given["bias"], stride=stride, padding=padding))
    test = "4.2 Conv2d at the edges"
    given = tests[test]["given"]
    for suffix, x, stride, padding in ((" of one pixel", "one pixel", 1, 1),
                                       (" of a kernel as large as the image", "image", 1, 0),
                                       (" of a stride above the kernel", "image", 3, 1)):
        gradients_of_conv(check, test, given[x], given, given["dy" + suffix], stride, padding,
                          prefix="layer" + suffix + ": ", suffix=suffix)
    test = "4.2 Conv2d refuses other shapes"
    given = tests[test]["given"]
    check.equal(test, "y of 2 channels", F.conv2d(given["x"], given["weight"], given["bias"]))
    for test in ("4.2 Conv2d::backward_direct", "4.3 Conv2d::backward"):
        given = tests[test]["given"]
        gradients_of_conv(check, test, given["x"], given, given["dy"], 2, 1)
    test = "4.3 Conv2d::forward"
    given = tests[test]["given"]
    for name, x in (("y", "x"), ("y of one pixel", "one pixel")):
        check.equal(test, name, F.conv2d(given[x], given["weight"], given["bias"], stride=2, padding=1))
    for test in ("4.2 Conv2d::backward_direct adds to the gradients", "4.3 Conv2d::backward adds to the gradients"):
        given = tests[test]["given"]
        weight, bias = with_grad(given["weight"], given["bias"])
        weight.grad, bias.grad = given["dweight before"].clone(), given["dbias before"].clone()
        for call in ("first", "second"):
            F.conv2d(given[f"x of the {call} call"], weight, bias).backward(given[f"dy of the {call} call"])
        check.equal(test, "dweight", weight.grad)
        check.equal(test, "dbias", bias.grad)


def columns(check, tests):
    test = "4.3 im2col"
    given = tests[test]["given"]
    for name, x, n, kernel, stride, padding in (("columns", "x", 0, 2, 1, 0),
                                                ("columns of the second image", "x", 1, 3, 1, 0),
                                                ("columns with stride 2", "x", 1, 3, 2, 0),
                                                ("columns with padding 1", "x", 1, 3, 1, 1),
                                                ("columns with stride 3 and padding 2", "x", 1, 3, 3, 2),
                                                ("columns of a kernel of one pixel", "x", 1, 1, 1, 0),
                                                ("columns of padding alone and one pixel", "one pixel", 0, 2, 1, 2)):
        check.equal(test, name, F.unfold(given[x][n:n + 1], kernel, stride=stride, padding=padding))
    test = "4.3 col2im"
    given = tests[test]["given"]
    for name, kernel, stride, padding in (("columns", 2, 1, 0), ("columns with stride 2", 3, 2, 0),
                                          ("columns with padding 1", 3, 1, 1),
                                          ("columns with stride 3 and padding 2", 3, 3, 2)):
        dx = given["dx before"].clone()
        dx[1] += F.fold(given[name][None], (4, 5), kernel, stride=stride, padding=padding)[0]
        check.equal(test, "dx after " + name, dx)


def pooling(check, tests):
    test = "4.4 MaxPool2d::forward"
    given = tests[test]["given"]
    x, negative = given["x"], given["x"] - 10
    planes = torch.arange(x.shape[0] * x.shape[1]).reshape(x.shape[0], x.shape[1], 1, 1) * x.shape[2] * x.shape[3]
    y, places = F.max_pool2d(x, 2, return_indices=True)
    check.equal(test, "y", y)
    check.equal(test, "cache.places", places + planes)
    check.equal(test, "y of windows that overlap", F.max_pool2d(x, 3, stride=2))
    check.equal(test, "y of negative numbers", F.max_pool2d(negative, 2))
    y, places = F.max_pool2d(negative, 3, stride=2, padding=1, return_indices=True)
    check.equal(test, "y of negative numbers with padding", y)
    check.equal(test, "cache.places with padding", places + planes)
    test = "4.4 MaxPool2d takes the first of equals"
    given = tests[test]["given"]
    x, = with_grad(given["x"])
    y, places = F.max_pool2d(x, 2, return_indices=True)
    y.backward(given["dy"])
    check.equal(test, "y", y)
    check.equal(test, "cache.places", places + torch.tensor([0, 36]).reshape(1, 2, 1, 1))
    check.equal(test, "dx", x.grad)
    x, = with_grad(torch.zeros_like(x))
    F.max_pool2d(x, 2).backward(given["dy"])
    check.equal(test, "dx where all pixels are equal", x.grad)
    test = "4.4 MaxPool2d::backward"
    given = tests[test]["given"]
    for name, dy, kernel, stride, padding in (("dx", "dy", 2, 2, 0),
                                              ("dx of windows that overlap", "dy of windows that overlap", 3, 1, 0),
                                              ("dx with padding", "dy with padding", 3, 2, 1)):
        x, = with_grad(given["x"])
        F.max_pool2d(x, kernel, stride=stride, padding=padding).backward(given[dy])
        check.equal(test, name, x.grad)
    test = "4.4 MaxPool2d refuses what does not fit"
    check.equal(test, "y", F.max_pool2d(tests[test]["given"]["x"], 2))
    test = "4.4 GlobalAveragePool2d"
    given = tests[test]["given"]
    x, = with_grad(given["x"])
    y = F.adaptive_avg_pool2d(x, 1)
    y.backward(given["dy"][:, :, None, None])
    check.equal(test, "y", y)
    check.equal(test, "dx", x.grad)
    check.equal(test, "y of one pixel", F.adaptive_avg_pool2d(given["one pixel"], 1))


def norm_of(given, prefix=""):
    """PyTorch's layer with the parameters and statistics that the test was given."""
    layer = torch.nn.BatchNorm2d(given[prefix + "weight"].numel(), dtype=torch.float64)
    layer.load_state_dict({name: given[prefix + name] for name in ("weight", "bias", "running_mean", "running_var")},
                          strict=False)
    return layer


def normalisation(check, tests):
    test = "4.5 BatchNorm2d in training"
    given = tests[test]["given"]
    layer = norm_of(given)
    x = given["x"]
    scale = 1 / (x.var((0, 2, 3), unbiased=False) + 1e-5).sqrt()
    check.equal(test, "y", layer(x))
    check.equal(test, "cache.x_hat", F.batch_norm(x, None, None, training=True))
    check.equal(test, "cache.scale", scale)
    check.equal(test, "y of small numbers", layer(given["x of small numbers"]))
    check.equal(test, "y of one pixel", layer(given["one pixel"]))
    test = "4.5 BatchNorm2d moves the running statistics"
    given = tests[test]["given"]
    fresh = torch.nn.BatchNorm2d(2, dtype=torch.float64)
    for name in ("running_mean", "running_var", "weight", "bias"):
        check.equal(test, name + " at first", getattr(fresh, name))
    layer = norm_of(given)
    for x, suffix in (("first x", ""), ("second x", " after two")):
        layer(given[x])
        check.equal(test, "running_mean" + suffix, layer.running_mean)
        check.equal(test, "running_var" + suffix, layer.running_var)
    test = "4.5 BatchNorm2d in evaluation"
    given = tests[test]["given"]
    layer = norm_of(given).eval()
    x, = with_grad(given["x"])
    y = layer(x)
    y.backward(given["dy"])
    for name, value in (("y", y), ("y of a single number", layer(given["number"])), ("dx", x.grad),
                        ("dweight", layer.weight.grad), ("dbias", layer.bias.grad),
                        ("running_mean afterwards", layer.running_mean), ("running_var afterwards", layer.running_var)):
        check.equal(test, name, value)
    test = "4.5 BatchNorm2d::backward"
    given = tests[test]["given"]
    layer = norm_of(given)
    layer.weight.grad, layer.bias.grad = given["dweight before"].clone(), given["dbias before"].clone()
    x, = with_grad(given["x"])
    layer(x).backward(given["dy"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dweight", layer.weight.grad)
    check.equal(test, "dbias", layer.bias.grad)
    test = "4.5 BatchNorm2d refuses what does not fit"
    given = tests[test]["given"]
    check.equal(test, "y of two numbers", norm_of(given)(given["x"]))


class ConvNorm(torch.nn.Module):
    def __init__(self, given, prefix, stride=1, padding=0):
        super().__init__()
        weight = given[prefix + ".conv.weight"]
        self.conv = torch.nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], stride=stride, padding=padding,
                                    dtype=torch.float64)
        self.conv.load_state_dict({"weight": weight, "bias": given[prefix + ".conv.bias"]})
        self.norm = norm_of(given, prefix + ".norm.")

    def forward(self, x):
        return self.norm(self.conv(x))


class Bottleneck(torch.nn.Module):
    def __init__(self, given, stride):
        super().__init__()
        self.reduce = ConvNorm(given, "reduce")
        self.spatial = ConvNorm(given, "spatial", stride=stride, padding=1)
        self.expand = ConvNorm(given, "expand")
        self.shortcut = ConvNorm(given, "shortcut", stride=stride) if "shortcut.conv.weight" in given else None

    def forward(self, x):
        branch = self.expand(F.relu(self.spatial(F.relu(self.reduce(x)))))
        return F.relu(branch + (x if self.shortcut is None else self.shortcut(x)))


def bottleneck(check, tests):
    test = "4.6 Bottleneck has a shortcut where shapes differ"
    random = Random(tests[test]["given"]["random"].item())
    for in_channels, out_channels, shortcut in ((4, 4, False), (4, 6, True), (4, 4, True)):
        weights = [he_normal(in_channels, 2, 1, random), he_normal(2, 2, 3, random), he_normal(2, out_channels, 1, random)]
        weights += [he_normal(in_channels, out_channels, 1, random)] if shortcut else []
    check.equal(test, "weight of the 3x3", weights[1])
    check.equal(test, "weight of the shortcut", weights[3])

    for test, stride in (("4.6 Bottleneck::forward", 1), ("4.6 Bottleneck::forward with a shortcut", 2)):
        given = tests[test]["given"]
        block = Bottleneck(given, stride)
        check.equal(test, "y in evaluation", block.eval()(given["x"]))
        check.equal(test, "y in training", block.train()(given["x"]))
        if stride == 1:
            check.equal(test, "running_mean of the 3x3", block.spatial.norm.running_mean)
            check.equal(test, "y in evaluation after training", block.eval()(given["x"]))
            check.equal(test, "y of one pixel", block(given["one pixel"]))
    for test, stride in (("4.6 Bottleneck::backward", 1), ("4.6 Bottleneck::backward with a shortcut", 2)):
        given = tests[test]["given"]
        block = Bottleneck(given, stride)
        x, = with_grad(given["x"])
        block(x).backward(given["dy"])
        check.equal(test, "dx", x.grad)
        check.equal(test, "dweight of reduce", block.reduce.conv.weight.grad)
        if stride == 1:
            check.equal(test, "dweight of spatial", block.spatial.conv.weight.grad)
            check.equal(test, "dweight of expand", block.expand.conv.weight.grad)
            check.equal(test, "dbias of the last norm", block.expand.norm.bias.grad)
        else:
            check.equal(test, "dweight of the shortcut", block.shortcut.conv.weight.grad)


def glorot(in_features, out_features, random):
    limit = (6 / (in_features + out_features)) ** 0.5
    numbers = [random.uniform(-limit, limit) for _ in range(in_features * out_features)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(in_features, out_features)


def fresh_parts(random, parts):
    """Weights, biases and statistics of ConvNorms that start as the lab's do: (name, in, out, kernel)."""
    given = {}
    for name, in_channels, out_channels, kernel in parts:
        given[name + ".conv.weight"] = he_normal(in_channels, out_channels, kernel, random)
        given[name + ".conv.bias"] = torch.zeros(out_channels, dtype=torch.float64)
        for part, value in (("weight", 1), ("bias", 0), ("running_mean", 0), ("running_var", 1)):
            given[f"{name}.norm.{part}"] = torch.full((out_channels,), float(value), dtype=torch.float64)
    return given


def learning(check, tests):
    test = "4.6 a residual network learns moved digits"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    stem = ConvNorm(fresh_parts(random, [("stem", 1, 6, 3)]), "stem", padding=1)
    block = Bottleneck(fresh_parts(random, [("reduce", 6, 3, 1), ("spatial", 3, 3, 3), ("expand", 3, 10, 1),
                                            ("shortcut", 6, 10, 1)]), 2)
    weight, bias = with_grad(glorot(10, 3, random), torch.zeros(3, dtype=torch.float64))
    adam = torch.optim.Adam([*block.parameters(), *stem.parameters(), weight, bias], lr=0.03)
    losses = []
    for step in range(5):
        rows = slice(step % 6 * 20, step % 6 * 20 + 20)
        adam.zero_grad()
        means = block(F.max_pool2d(stem(given["images"][rows]), 2)).mean((2, 3))
        loss = F.cross_entropy(means @ weight + bias, given["labels"][rows])
        loss.backward()
        adam.step()
        losses.append(loss.item())
    check.equal(test, "losses of the first steps", losses)


compare(by_hand, first_weights, convolution, columns, pooling, normalisation, bottleneck, learning)
