"""Recomputes a transcript of lab 03_optimizers in PyTorch and compares every observation that has a counterpart there.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 03 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import math
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent.parent))
from transcript import Random, compare, torch, with_grad
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


def first_weights(check, tests):
    test = "3.1 he_normal"
    given = tests[test]["given"]
    sizes = given["in_features"].item(), given["out_features"].item()
    random = Random(given["random"].item())
    for name, (i, o) in (("weight", sizes), ("weight of a layer that narrows", sizes[::-1])):
        check.equal(test, name, [random.normal(0, math.sqrt(2 / i)) for _ in range(i * o)])

    test = "3.1 orthogonal"
    given = tests[test]["given"]
    low, high = given["low"].item(), given["high"].item()
    random = Random(given["random"].item())
    for name, (i, o) in (("tall weight", (high, low)), ("wide weight", (low, high)), ("square weight", (low, low))):
        check.equal(test, name, orthogonal(torch.tensor([random.normal() for _ in range(i * o)]).reshape(i, o)))


def orthogonal(draws):
    """The result of torch.nn.init.orthogonal_ for its own draws."""
    wide = draws.shape[0] < draws.shape[1]
    q, r = torch.linalg.qr(draws.T if wide else draws)
    q = q * r.diagonal().sign()
    return q.T if wide else q


def bounds_of_pytorch():
    """Checks that our formula is PyTorch's: the deviation of a layer of 200 to 100, whose weight is the transpose of ours."""
    weight = torch.empty(100, 200)
    torch.nn.init.kaiming_normal_(weight, nonlinearity="relu")
    assert abs(weight.std().item() / math.sqrt(2 / 200) - 1) < 0.05


class Model:
    """The given weight and bias of a test, trained by PyTorch's optimizer."""

    def __init__(self, given, make):
        self.parameters = with_grad(given["weight"], given["bias"])
        self.optimizer = make(self.parameters)

    def steps(self, gradients):
        """A step with each row of gradients. Returns all numbers after each."""
        after = []
        split = self.parameters[0].numel()
        for row in gradients:
            for parameter, grad in zip(self.parameters, (row[:split], row[split:])):
                parameter.grad = grad.reshape(parameter.shape).clone()
            self.optimizer.step()
            after.append(torch.cat([parameter.detach().flatten() for parameter in self.parameters]))
        return torch.stack(after)


def is_without_epsilon(test):
    """Whether the test has epsilon = 0, so that a mistake with epsilon does not cost points twice."""
    return not test.startswith("3.2") and any(part in test for part in ("new learning", "resumes", "L2", "decays"))


def makers(test, given):
    """PyTorch's optimizers, with the given settings of the test."""
    options = {name: given[name].item() for name in ("momentum", "weight_decay", "alpha") if name in given}
    options |= {"lr": given["learning_rate"].item()} if "learning_rate" in given else {}
    options |= {"eps": given["epsilon"].item()} if "epsilon" in given else {"eps": 0} if is_without_epsilon(test) else {}
    betas = {"betas": (given["beta1"].item(), given["beta2"].item())} if "beta1" in given else {}
    return {
        "SGD": lambda p: torch.optim.SGD(p, **options),
        "RMSProp": lambda p: torch.optim.RMSprop(p, **options),
        "Adam": lambda p: torch.optim.Adam(p, **options, **betas),
        "AdamW": lambda p: torch.optim.AdamW(p, **({"weight_decay": 0} | options), **betas),
    }


def optimizers(check, tests):
    for test in tests:
        rule = test.split()[1]
        given = tests[test]["given"]
        if test[:3] not in ("3.2", "3.3", "3.4") or "gradients" not in given:
            continue
        gradients = given["gradients"].clone()
        model = Model(given, makers(test, given)[rule])
        if "gradient of zero" in test:
            gradients[0] = gradients[2] = 0
        if "resumes" in test:
            steps = model.steps(gradients)
            check.equal(test, "parameters of another model after the same steps", steps)
            again = model.steps(gradients)
            check.equal(test, "parameters of the run that was not stopped", again)
            check.equal(test, "parameters of the resumed run", again)
        else:
            check.equal(test, "parameters after each step", model.steps(gradients))
        if "parameters after nine rounds" in tests[test]["observe"]:
            check.equal(test, "parameters after nine rounds", model.steps(gradients.repeat(8, 1))[-1])
        if "new learning rate" in test:
            model.optimizer.param_groups[0]["lr"] /= 8
            check.equal(test, "parameters after each step at an eighth of the rate", model.steps(gradients))


def network(check, tests):
    test = "3.4 Adam trains the network of lab 02"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    theta = []
    for i, o in ((4, 8), (8, 3)):
        limit = math.sqrt(6 / (i + o))
        weight = torch.tensor([random.uniform(-limit, limit) for _ in range(i * o)]).reshape(i, o)
        theta += with_grad(weight, torch.zeros(o))
    adam = torch.optim.Adam(theta, lr=0.05)
    losses = []
    for _ in range(40):
        adam.zero_grad()
        logits = torch.relu(given["x"] @ theta[0] + theta[1]) @ theta[2] + theta[3]
        loss = F.cross_entropy(logits, given["targets"])
        loss.backward()
        adam.step()
        losses.append(loss.item())
    check.equal(test, "loss before each step", losses)


def dropout_scale(given, shape, random):
    """The factors of dropout, from our draws, so that the mask is the same."""
    p = given["probability"].item()
    kept = 1 / (1 - p)
    draws = [random.uniform() for _ in range(shape.numel())]
    return torch.tensor([0.0 if draw < p else kept for draw in draws]).reshape(shape)


def dropout(check, tests):
    test = "3.5 Dropout in training"
    given = tests[test]["given"]
    random = Random(given["random"].item())
    scale = dropout_scale(given, given["x"].shape, random)
    check.equal(test, "scale", scale)
    check.equal(test, "y", given["x"] * scale)
    check.equal(test, "next draw", random.uniform())

    # PyTorch's own dropout has the same two factors, and drops equally often
    torch.manual_seed(0)
    p = given["probability"].item()
    ones = F.dropout(torch.ones(200_000), p)
    assert torch.allclose(ones[ones != 0], torch.tensor(1 / (1 - p)))
    assert abs((ones == 0).double().mean().item() - p) < 0.01

    test = "3.5 Dropout in evaluation"
    given = tests[test]["given"]
    check.equal(test, "y", F.dropout(given["x"], given["probability"].item(), training=False))
    check.equal(test, "dx", given["dy"])
    test = "3.5 Dropout::backward"
    given = tests[test]["given"]
    x, = with_grad(given["x"])
    (x * dropout_scale(given, x.shape, Random(given["random"].item()))).backward(given["dy"])
    check.equal(test, "dx", x.grad)


def clipping(check, tests):
    """PyTorch multiplies by max_norm / (norm + 1e-6) where we multiply by max_norm / norm: undo the difference."""
    for test in ("3.6 clip_grad_norm scales down a norm above max_norm",
                 "3.6 clip_grad_norm changes nothing below max_norm"):
        given = tests[test]["given"]
        parameters = with_grad(torch.zeros(3, 2), torch.zeros(4))
        grads = given["first gradient"], given["second gradient"]
        norm = torch.cat([grad.flatten() for grad in grads]).norm()
        for parameter, grad in zip(parameters, grads):
            parameter.grad = grad * given["norm"] / norm
        norm = torch.nn.utils.clip_grad_norm_(parameters, 0.75)
        correction = (norm + 1e-6) / norm if norm > 0.75 else 1
        check.equal(test, "returned", norm)
        check.equal(test, "first gradient", parameters[0].grad * correction)
        check.equal(test, "second gradient", parameters[1].grad * correction)
    check.equal("3.6 grad_norm", "norm", tests["3.6 grad_norm"]["given"]["norm"])


def scheduled(make, count, rate):
    """The learning rates of a PyTorch scheduler."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=rate)
    scheduler = make(optimizer)
    rates = []
    for _ in range(count):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def schedules(check, tests):
    schedulers = torch.optim.lr_scheduler
    test = "3.6 step_schedule"
    given = {name: value.item() for name, value in tests[test]["given"].items()}
    check.equal(test, "rates", scheduled(
        lambda o: schedulers.StepLR(o, given["step_size"], given["gamma"]), 18, given["learning_rate"]))

    # PyTorch's cosine continues after total_steps; ours stays constant
    test = "3.6 cosine_schedule"
    given = {name: value.item() for name, value in tests[test]["given"].items()}
    total = given["total_steps"]
    for name, lowest in (("rates", given["lowest"]), ("rates down to 0", 0)):
        rates = scheduled(lambda o: schedulers.CosineAnnealingLR(o, total, lowest), total + 1, given["learning_rate"])
        check.equal(test, name, rates + [lowest] * (20 - len(rates)))

    test = "3.6 warmup_schedule"
    given = {name: value.item() for name, value in tests[test]["given"].items()}
    d_model, warmup = given["d_model"], given["warmup_steps"]
    rule = lambda t: d_model**-0.5 * min(t**-0.5, t * warmup**-1.5) if t > 0 else 0
    check.equal(test, "rates", scheduled(lambda o: schedulers.LambdaLR(o, rule), 25, 1))


def early_stopping(check, tests):
    for test in tests:
        given = tests[test]["given"]
        if not test.startswith("3.7") or "losses" not in given:
            continue
        patience = given["patience"].item() if "patience" in given else 1
        best, best_epoch = math.inf, 0
        seen = {"is a new best": [], "should stop": [], "best loss so far": [], "best epoch so far": []}
        for epoch, loss in enumerate(given["losses"].tolist()):
            is_best = loss < best
            if is_best:
                best, best_epoch = loss, epoch
            for name, value in zip(seen, (is_best, epoch - best_epoch >= patience, best, best_epoch)):
                seen[name].append(value)
        for name, value in seen.items():
            check.equal(test, name, value)


compare(first_weights, optimizers, network, dropout, clipping, schedules, early_stopping)
bounds_of_pytorch()
