"""Byte-pair encoding by the rules of lab 08, in the plainest way: all pairs are counted again for each merge."""
from collections import Counter

FIRST_BYTE, FIRST_MERGE = 4, 260


def kind(byte):
    if byte >= 0x80 or chr(byte).isalpha():
        return "letter"
    if chr(byte).isdigit():
        return "digit"
    return "white" if chr(byte) in " \t\n\v\f\r" else "mark"


def pieces(text):
    """Runs of one kind of up to 64 bytes, each with one space in front of it."""
    result, begin = [], 0
    while begin < len(text):
        space = text[begin] == 32 and begin + 1 < len(text) and kind(text[begin + 1]) != "white"
        end = begin + (2 if space else 1)
        of = kind(text[end - 1])
        while end < len(text) and kind(text[end]) == of and end - begin < 64:
            end += 1
        if (of == "white" and end < len(text) and end - begin > 1 and text[end - 1] == 32
                and kind(text[end]) != "white"):
            end -= 1
        result.append(text[begin:end])
        begin = end
    return result


def merge(tokens, pair, new):
    result, i = [], 0
    while i < len(tokens):
        here = tuple(tokens[i:i + 2]) == tuple(pair)
        result.append(new if here else tokens[i])
        i += 2 if here else 1
    return result


def learn(text, count):
    """Counts all pairs of all pieces from scratch for each merge."""
    tokens = [[FIRST_BYTE + byte for byte in piece] for piece in pieces(text.encode())]
    merges = []
    while len(merges) < count:
        counts = Counter(pair for piece in tokens for pair in zip(piece, piece[1:]))
        best = min(counts, key=lambda pair: (-counts[pair], pair), default=None)
        if best is None or counts[best] < 2:
            break
        tokens = [merge(piece, best, FIRST_MERGE + len(merges)) for piece in tokens]
        merges.append(best)
    return merges


def encode_piece(piece, merges):
    """One pass for each merge, in their order: the same as always taking the first one that is there."""
    tokens = [FIRST_BYTE + byte for byte in piece]
    for k, pair in enumerate(merges):
        tokens = merge(tokens, pair, FIRST_MERGE + k)
    return tokens


def encode(text, merges):
    return [token for piece in pieces(text) for token in encode_piece(piece, merges)]


def decode(ids, merges):
    result = b""
    for i in ids:
        if i >= FIRST_MERGE:
            result += decode(merges[i - FIRST_MERGE], merges)
        elif i >= FIRST_BYTE:
            result += bytes([i - FIRST_BYTE])
    return result
