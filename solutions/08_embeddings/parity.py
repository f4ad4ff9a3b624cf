"""Recomputes a transcript of lab 08_embeddings in PyTorch, and what is not arithmetic in Python, and compares.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 08 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from plain_bpe import FIRST_BYTE, FIRST_MERGE, decode, encode, encode_piece, learn, merge
from transcript import Random, compare, torch, with_grad

F = torch.nn.functional
torch.set_default_dtype(torch.float64)
SYLLABLES = ["la", "na", "lan", "an", "al", "n", " ", " "]


def observe_text(check, test, name, text):
    check.equal(test, name, list(text.encode()))


def text_of(given, name, parts):
    return "".join(parts[k] for k in given[name].tolist())


# 8.1

MARKS = "‘。।" + "".join(chr(c) for c in range(33, 127) if not chr(c).isalnum())
WHITE = " \t\n\r\v\f\u00a0\u3000"


def lower(text):
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in text)


def tokenize(text):
    return re.findall(f"[{re.escape(MARKS)}]|[^{re.escape(MARKS + WHITE)}]+", lower(text))


def vocabulary(tokens, min_count=1, size=None):
    counts = Counter(token for token in tokens if token not in SPECIAL)
    words = sorted((word for word in counts if counts[word] >= min_count), key=lambda w: (-counts[w], w.encode()))
    return SPECIAL + (words if size is None else words[:size - 4])


SPECIAL = ["<pad>", "<bos>", "<eos>", "<unk>"]


def occurrences(given, tokens):
    text = [token for token, count in zip(tokens, given["counts less one"].tolist()) for _ in range(count + 1)]
    Random(given["order"].item()).shuffle(text)
    return text


def words(check, tests):
    for test, parts, end in (
            ("8.1 tokenize finds words and marks",
             ["Seoul", "is", "N1", "42", " ", "  ", "\t", "\n", ",", ".", "!", "'", "-"], "End"),
            ("8.1 tokenize keeps characters of other scripts whole",
             ["저는", "학생", "입니다", "আমি", "ছাত্র", "é", "Ö", "😀", "A", "‘", "。", "।", "\u3000", "\u00a0", " "], ""),
            ("8.1 tokenize refuses what is not UTF-8", ["a", "b", "한", " "], "")):
        tokens = tokenize(text_of(tests[test]["given"], "parts", parts) + end)
        observe_text(check, test, "tokens", "|".join(tokens))

    test = "8.1 Vocabulary of a text"
    text = occurrences(tests[test]["given"], ["b", "a", "Z", "저", "ab", "é", ",", "aa", "c", "학생"])
    for name, words_by_id in (("words by id", vocabulary(text)), ("words that occur twice", vocabulary(text, 2)),
                              ("words of 8 ids", vocabulary(text, 1, 8))):
        observe_text(check, test, name, "|".join(words_by_id[4:]))
    check.equal(test, "size", len(vocabulary(text, 3)))

    test = "8.1 Vocabulary does not count special tokens"
    text = occurrences(tests[test]["given"], ["<eos>", "b", "<unk>"])
    words_by_id = vocabulary(text)
    observe_text(check, test, "words by id", "|".join(words_by_id[4:]))
    check.equal(test, "ids", [words_by_id.index(token) for token in text])

    test = "8.1 Vocabulary::decode"
    given = tests[test]["given"]
    words_by_id = SPECIAL + ["i", "am", "a", "student", "학생"]
    tokens = words_by_id[4:] + ["teacher", "I"]
    ids = [words_by_id.index(tokens[k]) if tokens[k] in words_by_id else 3 for k in given["tokens"].tolist()]
    for name, row in (("decoded", ids), ("decoded with special tokens", given["ids"].tolist())):
        observe_text(check, test, name, "|".join(words_by_id[i] for i in row if i > 2))


# 8.2 and 8.3


def given_merges(given):
    merges = [(FIRST_BYTE + 97 + pair // 3, FIRST_BYTE + 97 + pair % 3) for pair in given["order of pairs"].tolist()]
    for row in given["merges"].tolist():
        pair = tuple(FIRST_MERGE + number for number in row)
        if pair not in merges:
            merges.append(pair)
    return merges


def learning(check, tests):
    test = "8.2 merge_pair"
    tokens = tests[test]["given"]["tokens"].tolist()
    for name, pair, new in (("two different tokens", (0, 1), 9), ("the same token twice", (2, 2), 9),
                            ("the new token is one of the two", (1, 0), 1)):
        check.equal(test, name, merge(tokens, pair, new))

    test = "8.2 learn_merges"
    text = text_of(tests[test]["given"], "text", SYLLABLES) + 40 * " xyxy"
    check.equal(test, "merges", learn(text, 10))
    check.equal(test, "one merge", learn(text, 1))

    test = "8.2 learn_merges settles equal counts by ids"
    order = tests[test]["given"]["order"].tolist()
    text = "".join("MONKEY"[order[k % 6]] + "MONKEY"[order[(k + 1) % 6]] + "\n" for k in range(18))
    check.equal(test, "merges", learn(text, 6))

    test = "8.2 learn_merges keeps its counts right"
    text = text_of(tests[test]["given"], "text", ["a", "aa", "ab", "ba", "학", "학생", "생", " ", "12", "!?"])
    check.equal(test, "merges", learn(text, 1000))
    check.equal(test, "number of merges", len(learn(text, 1000)))

    test = "8.2 learn_merges stops when no pair occurs twice"
    check.equal(test, "merges", learn(text_of(tests[test]["given"], "text", list("qwer ")) + " zxcv zxcv q q q", 100))


def encoding(check, tests):
    test = "8.3 encode_piece merges what was learned first"
    given = tests[test]["given"]
    text, merges = text_of(given, "text", ["a", "b", "c"]).encode(), given_merges(given)
    check.equal(test, "ids", encode_piece(text, merges))
    check.equal(test, "ids of its beginning", encode_piece(text[:9], merges))

    test = "8.3 encode goes piece by piece"
    given = tests[test]["given"]
    text = text_of(given, "text", SYLLABLES)
    moved = [tuple(token if token < FIRST_MERGE else token + 2 for token in pair) for pair in learn(text + text, 40)]
    merges = [tuple(FIRST_BYTE + byte for byte in pair) for pair in (b"n ", b"a ")] + moved
    other = text_of(given, "other text", ["la", "na", "an ", " al", "\n", "7", "12", "  ", "é"])
    check.equal(test, "ids", encode(other.encode(), merges))
    check.equal(test, "ids of the training text", encode(text.encode(), merges))

    test = "8.3 any bytes survive"
    given = tests[test]["given"]
    text, merges = bytearray(given["bytes"].tolist()), given_merges(given)
    text[17] = 0
    ids = encode(bytes(text), merges)
    check.equal(test, "ids", ids)
    check.equal(test, "decoded", list(text))
    check.equal(test, "decoded from its middle", list(decode(ids[101:121], merges)))

    test = "8.3 decode joins bytes"
    given = tests[test]["given"]
    merges = given_merges(given)
    ids = [FIRST_MERGE + i % len(merges) if i % 7 == 0 else i for i in given["ids"].tolist()]
    ids[0] = FIRST_BYTE
    check.equal(test, "bytes", list(decode(ids, merges)))


# 8.4


def layer(check, tests):
    test = "8.4 Embedding::forward"
    given = tests[test]["given"]
    check.equal(test, "y", F.embedding(given["ids"], given["weight"]))
    check.equal(test, "y of one id", F.embedding(given["one id"], given["weight"]))

    for test in ("8.4 Embedding does not read the rows of other words",
                 "8.4 Embedding refuses a gradient of a different shape"):
        given = tests[test]["given"]
        check.equal(test, "y", F.embedding(given["ids"], given["weight"]))

    test = "8.4 Embedding::backward"
    given = tests[test]["given"]
    (weight,) = with_grad(given["weight"])
    F.embedding(given["ids"], weight).backward(given["dy"])
    check.equal(test, "dweight", weight.grad)

    test = "8.4 Embedding::backward adds to the gradients"
    given = tests[test]["given"]
    (weight,) = with_grad(given["weight"])
    for call in ("first", "second"):
        F.embedding(given[f"ids of the {call} call"], weight).backward(given[f"dy of the {call} call"])
    check.equal(test, "dweight", given["dweight before"] + weight.grad)


# 8.5


def skip_gram_pairs(sentence, window, random):
    pairs = []
    for t in range(len(sentence)):
        b = 1 + random.below(window)
        pairs += [(sentence[t], sentence[s]) for s in range(max(0, t - b), min(len(sentence), t + b + 1)) if s != t]
    return pairs


def noise(counts):
    sums = (counts ** 0.75).cumsum(0)
    return sums / sums[-1]


def draw(cumulative, random):
    return int((cumulative <= random.uniform()).sum())


def sampling(check, tests):
    test = "8.5 keep_probabilities"
    counts = tests[test]["given"]["counts"].clone()
    counts[4] = 0
    for name, threshold in (("keep", 0.1), ("keep with a small threshold", 1e-4)):
        check.equal(test, name, (threshold / (counts / counts.sum())).sqrt().clamp(max=1))

    test = "8.5 subsample"
    given = tests[test]["given"]
    random = Random(given["generator"].item())
    ids = given["ids"].tolist()
    check.equal(test, "ids that are kept", [i for i in ids if random.uniform() < given["keep"][i]])
    check.equal(test, "ids that are kept of a word with probability 1",
                [i for i in ids if random.uniform() < (1, 0, 1, 0, 0)[i]])
    check.equal(test, "the next number of the generator", random.uniform())

    test = "8.5 skip_gram_pairs"
    given = tests[test]["given"]
    random, sentence = Random(given["generator"].item()), given["sentence"].tolist()
    for name, window in (("pairs", 4), ("pairs of neighbours", 1), ("pairs in a window wider than the sentence", 30)):
        check.equal(test, name, skip_gram_pairs(sentence, window, random))
    check.equal(test, "the next number of the generator", random.uniform())

    test = "8.5 NoiseSampler adds up probabilities"
    counts = tests[test]["given"]["counts"].clone()
    counts[3] = 0
    check.equal(test, "cumulative", noise(counts))

    test = "8.5 NoiseSampler::draw"
    given = tests[test]["given"]
    counts, random = given["counts"].clone(), Random(given["generator"].item())
    counts[0] = counts[7] = 0
    check.equal(test, "drawn", [draw(noise(counts), random) for _ in range(200)])
    check.equal(test, "drawn but 2", [draw_other(noise(counts), 2, random) for _ in range(200)])
    check.equal(test, "the next number of the generator", random.uniform())


def draw_other(cumulative, context, random):
    word = draw(cumulative, random)
    while word == context:
        word = draw(cumulative, random)
    return word


# 8.6


def loss_of(centers, contexts, center, words):
    logits = contexts[words] @ centers[center]
    labels = torch.zeros(len(words))
    labels[0] = 1
    return F.binary_cross_entropy_with_logits(logits, labels, reduction="sum")


def step(centers, contexts, center, words, rate):
    """The loss before a step of SGD, and both tables after it."""
    centers, contexts = with_grad(centers, contexts)
    loss = loss_of(centers, contexts, center, words)
    loss.backward()
    return loss.detach(), (centers - rate * centers.grad).detach(), (contexts - rate * contexts.grad).detach()


def skip_gram(check, tests):
    test = "8.6 SkipGram::loss"
    given = tests[test]["given"]
    centers, contexts = given["centers"], given["contexts"]
    center, *words = given["example"].tolist()[:6]
    check.equal(test, "loss", loss_of(centers, contexts, center, words))
    check.equal(test, "loss without noise", loss_of(centers, contexts, center, words[:1]))
    check.equal(test, "loss of a word beside itself", loss_of(centers, contexts, center, [center]))
    for name, factor in (("loss of large logits", 1e4), ("loss of large logits of the other sign", -1e4)):
        check.equal(test, name, loss_of(centers, factor * contexts, center, words))

    test = "8.6 SkipGram::step"
    given = tests[test]["given"]
    center, *words = given["example"].tolist()[:5]
    after = step(given["centers"], given["contexts"], center, words, given["learning rate"].item())
    for name, value in zip(("loss before the step", "centers", "contexts"), after):
        check.equal(test, name, value)

    test = "8.6 SkipGram::step with words that occur twice"
    given = tests[test]["given"]
    center, context, word = given["example"].tolist()[:3]
    after = step(given["centers"], given["contexts"], center, [context, word, word, center, word], 0.3)
    for name, value in zip(("loss before the step", "centers", "contexts"), after):
        check.equal(test, name, value)


# 8.7


def nearest(vectors, query, count, excluded=()):
    cosines = F.cosine_similarity(vectors, query[None], eps=1e-300)
    cosines[vectors.norm(dim=1) == 0] = 0
    order = sorted((i for i in range(len(vectors)) if i not in excluded), key=lambda i: (-cosines[i].item(), i))
    return order[:count], cosines[order[:count]]


def unit(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    return vectors / torch.where(norms > 0, norms, torch.ones_like(norms))


def near_words(check, tests):
    test = "8.7 WordSpace keeps rows of norm 1"
    vectors = tests[test]["given"]["vectors"].clone()
    vectors[2] = 0
    check.equal(test, "rows", unit(vectors))

    test = "8.7 nearest"
    given = tests[test]["given"]
    vectors = given["vectors"].clone()
    vectors[7] = 0
    words, similarities = nearest(vectors, given["query"], 12)
    check.equal(test, "words", words)
    check.equal(test, "similarities", similarities)
    check.equal(test, "words but 3 and 5", nearest(vectors, given["query"], 12, (3, 5))[0])

    test = "8.7 analogy"
    rows = unit(tests[test]["given"]["vectors"])
    for name, (a, b, c), count in (("0 is to 14 as 1 is to", (0, 14, 1), 12), ("9 is to 4 as 12 is to", (9, 4, 12), 5)):
        words, similarities = nearest(rows, rows[b] - rows[a] + rows[c], count, (a, b, c))
        check.equal(test, name, words)
        if count == 12:
            check.equal(test, "similarities", similarities)


compare(words, learning, encoding, layer, sampling, skip_gram, near_words)
