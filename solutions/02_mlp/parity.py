"""Recomputes a transcript of lab 02_mlp in PyTorch and compares every observation that has a counterpart there.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 02 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from transcript import Random, compare, torch, with_grad

F = torch.nn.functional


def perceptron_epoch(x, targets, weight, bias):
    """Updates weight in place. Returns the bias and the number of mistakes."""
    mistakes = 0
    for row, target in zip(x, targets.tolist()):
        error = target - int((row @ weight + bias).item() > 0)
        weight += error * row
        bias += error
        mistakes += error != 0
    return bias, mistakes


def perceptron(check, tests):
    test = "2.1 Perceptron::predict"
    given = tests[test]["given"]
    check.equal(test, "classes", (given["x"] @ given["weight"] + given["bias"] > 0).long())
    check.equal(test, "classes without bias", (given["x"] @ given["weight"] > 0).long())
    check.equal(test, "classes of -x without bias", (given["x"] @ given["weight"] < 0).long())
    test = "2.1 Perceptron::update"
    given = tests[test]["given"]
    error = given["targets"] - (given["x"] @ given["weight"] + given["bias"] > 0).long()
    check.equal(test, "changed", error != 0)
    check.equal(test, "weight after each example", given["weight"] + error[:, None] * given["x"])
    check.equal(test, "bias after each example", given["bias"] + error)
    test = "2.1 Perceptron learns what a plane separates"
    given = tests[test]["given"]
    weight, bias, mistakes = torch.zeros(given["x"].shape[1], dtype=torch.float64), 0.0, []
    for _ in range(100):
        bias, count = perceptron_epoch(given["x"], given["targets"], weight, bias)
        mistakes.append(count)
    check.equal(test, "mistakes in each epoch", mistakes)
    check.equal(test, "weight", weight)
    check.equal(test, "bias", bias)


def regression(check, tests):
    given = tests["2.2 LinearRegression::predict"]["given"]
    check.equal("2.2 LinearRegression::predict", "y", given["x"] @ given["weight"] + given["bias"])
    test = "2.2 LinearRegression::step"
    given = tests[test]["given"]
    weight, bias = with_grad(given["weight"], given["bias"])
    loss = F.mse_loss((given["x"] @ weight + bias)[:, None], given["target"])
    loss.backward()
    torch.optim.SGD([weight, bias], lr=given["learning_rate"].item()).step()
    check.equal(test, "loss before the step", loss)
    check.equal(test, "weight", weight)
    check.equal(test, "bias", bias)


def losses(check, tests):
    given = tests["2.2 mse_loss"]["given"]
    check.equal("2.2 mse_loss", "loss", F.mse_loss(given["y"], given["target"]))
    given = tests["2.2 mse_loss_backward"]["given"]
    y, = with_grad(given["y"])
    F.mse_loss(y, given["target"]).backward()
    check.equal("2.2 mse_loss_backward", "dy", y.grad)

    test = "2.5 CrossEntropyLoss::forward"
    given = tests[test]["given"]
    check.equal(test, "loss", F.cross_entropy(given["logits"], given["targets"]))
    check.equal(test, "probabilities", given["logits"].softmax(1))
    test = "2.5 CrossEntropyLoss::backward"
    given = tests[test]["given"]
    logits, = with_grad(given["logits"])
    F.cross_entropy(logits, given["targets"]).backward()
    check.equal(test, "dlogits", logits.grad)
    test = "2.5 CrossEntropyLoss of large logits"
    given = tests[test]["given"]
    logits, = with_grad(given["logits"])
    loss = F.cross_entropy(logits, given["targets"])
    loss.backward()
    check.equal(test, "loss", loss)
    check.equal(test, "probabilities", logits.softmax(1))
    check.equal(test, "dlogits", logits.grad)


def activations(check, tests):
    for test, function in (("2.3 Sigmoid", torch.sigmoid), ("2.3 Tanh", torch.tanh), ("2.3 ReLU", torch.relu)):
        given = tests[test]["given"]
        x, = with_grad(given["x"])
        y = function(x)
        y.backward(given["dy"])
        check.equal(test, "y", y)
        check.equal(test, "dx", x.grad)
    check.equal("2.3 sigmoid", "y", torch.sigmoid(tests["2.3 sigmoid"]["given"]["x"]))


def linear(check, tests):
    test = "2.4 glorot_uniform"
    given = tests[test]["given"]
    sizes = given["in_features"].item(), given["out_features"].item()
    random = Random(given["random"].item())
    check.equal(test, "weight", glorot(*sizes, random))
    check.equal(test, "weight of a layer that narrows", glorot(*sizes[::-1], random))
    test = "2.4 Linear starts with the weights of Glorot and Bengio"
    given = tests[test]["given"]
    sizes = given["in_features"].item(), given["out_features"].item()
    check.equal(test, "weight", glorot(*sizes, Random(given["random"].item())))
    check.equal(test, "bias", torch.zeros(sizes[1]))

    test = "2.4 Linear::forward"
    given = tests[test]["given"]
    for prefix, name in (("", "x"), ("", "one row"), ("narrow ", "one feature")):
        y = given[name] @ given[prefix + "weight"] + given[prefix + "bias"]
        check.equal(test, "y" if name == "x" else "y of " + name, y)
    test = "2.4 Linear::backward"
    given = tests[test]["given"]
    x, weight, bias = with_grad(given["x"], given["weight"], given["bias"])
    (x @ weight + bias).backward(given["dy"])
    check.equal(test, "dx", x.grad)
    check.equal(test, "dweight", weight.grad)
    check.equal(test, "dbias", bias.grad)


def glorot(in_features, out_features, random):
    limit = (6 / (in_features + out_features)) ** 0.5
    numbers = [random.uniform(-limit, limit) for _ in range(in_features * out_features)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(in_features, out_features)


def parameters(given):
    """The given weights and biases of the MLP, layer by layer."""
    count = sum(name.startswith("layer") and name.endswith(".weight") for name in given)
    return with_grad(*(given[f"layer{i}.{part}"] for i in range(count) for part in ("weight", "bias")))


def mlp(x, parameters):
    for i in range(0, len(parameters), 2):
        x = (x if i == 0 else torch.relu(x)) @ parameters[i] + parameters[i + 1]
    return x


def network(check, tests):
    test = "2.6 MLP::forward"
    given = tests[test]["given"]
    check.equal(test, "logits", mlp(given["x"], parameters(given)))
    theta = parameters(given)
    theta[-1] = torch.full_like(theta[-1], -20)
    check.equal(test, "negative logits of one row", mlp(given["one row"], theta))
    test = "2.6 MLP::backward"
    given = tests[test]["given"]
    theta = parameters(given)
    mlp(given["x"], theta).backward(given["dlogits"])
    for i, parameter in enumerate(theta):
        check.equal(test, f"dlayer{i // 2}.{('weight', 'bias')[i % 2]}", parameter.grad)
    test = "2.6 argmax_rows"
    given = tests[test]["given"]
    check.equal(test, "columns", given["x"].argmax(1))
    check.equal(test, "columns of -x", given["x"].argmin(1))
    check.equal(test, "columns of negative numbers", given["x"].argmax(1))
    test = "2.6 MLP::predict"
    given = tests[test]["given"]
    check.equal(test, "classes", mlp(given["x"], parameters(given)).argmax(1))
    products = given["z"] @ given["one_layer.layer0.weight"]
    check.equal(test, "classes of one layer", (products + given["one_layer.layer0.bias"]).argmax(1))
    check.equal(test, "classes without bias", products.argmax(1))
    check.equal(test, "classes of -z without bias", products.argmin(1))


def training(check, tests):
    test = "2.7 sgd_step"
    given = tests[test]["given"]
    for name in ("weight", "bias"):
        parameter, = with_grad(given[name])
        parameter.grad = given["d" + name].clone()
        torch.optim.SGD([parameter], lr=given["learning_rate"].item()).step()
        check.equal(test, name + " after", parameter)

    test = "2.7 train_step"
    given = tests[test]["given"]
    theta = parameters(given)
    optimizer = torch.optim.SGD(theta, lr=0.2)
    for name in ("loss", "loss after a step"):
        optimizer.zero_grad()
        loss = F.cross_entropy(mlp(given["x"], theta), given["targets"])
        loss.backward()
        optimizer.step()
        check.equal(test, name, loss)
    for i, parameter in enumerate(theta):
        check.equal(test, f"layer{i // 2}.{('weight', 'bias')[i % 2]}", parameter)


def train_epoch(theta, x, targets, order, batch_size, learning_rate):
    """One epoch of SGD over batches of rows in this order. Returns the mean loss over the rows."""
    optimizer = torch.optim.SGD(theta, lr=learning_rate)
    total = 0.0
    for rows in torch.tensor(order).split(batch_size):
        optimizer.zero_grad()
        loss = F.cross_entropy(mlp(x[rows], theta), targets[rows])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
    return total / len(order)


def epochs(check, tests):
    test = "2.7 train_epoch"
    given = tests[test]["given"]
    theta, random, order = parameters(given), Random(given["order"].item()), list(range(10))
    for name, rate in (("loss at learning rate 0", 0), ("loss of the next epoch", 0.2), ("loss of one more epoch", 0.2)):
        random.shuffle(order)
        check.equal(test, name, train_epoch(theta, given["x"], given["targets"], order, 4, rate))
    for i, parameter in enumerate(theta):
        check.equal(test, f"layer{i // 2}.{('weight', 'bias')[i % 2]}", parameter)

    test = "2.7 MLP learns to read digits"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    theta = []
    for sizes in ((given["images"].shape[1], 16), (16, 10)):
        theta += with_grad(glorot(*sizes, random), torch.zeros(sizes[1], dtype=torch.float64))
    order, totals = list(range(600)), []
    for _ in range(6):
        random.shuffle(order)
        totals.append(train_epoch(theta, given["images"], given["labels"], order, 10, 0.2))
    check.equal(test, "loss of each epoch", totals)
    check.equal(test, "classes of the test images", mlp(given["test images"], theta).argmax(1))


compare(perceptron, regression, losses, activations, linear, network, training, epochs)
