"""Bodies within limits: what is decoded, what is cut off, what is refused."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._body import MAX_ERROR_BYTES, RATIO_FLOOR, BodyReader, BrokenBody, RefusedBody

MIB = 1024 * 1024
PLENTY = 512 * MIB


def read(raw, encoding=None, *, status=200, length=None, max_bytes=PLENTY, piece=16384):
    reader = BodyReader(status, encoding, length, max_bytes=max_bytes)
    for start in range(0, len(raw), piece):
        if not reader.feed(raw[start : start + piece]):
            break
    return reader.finish(), reader


def raw_deflate(data):
    encoder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return encoder.compress(data) + encoder.flush()


ENCODERS = {
    None: bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    " GZIP ": gzip.compress,
    "deflate": zlib.compress,
}


@given(
    data=st.binary(max_size=5000),
    encoding=st.sampled_from(list(ENCODERS)),
    piece=st.integers(1, 700),
)
def test_a_body_comes_back_whatever_the_pieces(data, encoding, piece):
    assert read(ENCODERS[encoding](data), encoding, piece=piece)[0] == data


@given(data=st.binary(max_size=5000), piece=st.integers(1, 700))
def test_deflate_without_its_header_is_understood(data, piece):
    # One byte does not tell the two forms apart; the first piece has to hold the header.
    assert read(raw_deflate(data), "deflate", piece=max(piece, 2))[0] == data


def test_a_large_body_survives():
    data = json.dumps({str(i): random.Random(i).random() for i in range(200_000)}).encode()
    assert read(gzip.compress(data, 1), "gzip")[0] == data


def test_a_million_equal_shots_are_no_bomb():
    data = b"[" + b"0," * 1_000_000 + b"0]"
    packed = gzip.compress(data)
    assert len(data) / len(packed) > 500
    assert read(packed, "gzip")[0] == data


def test_an_empty_body_may_claim_any_known_encoding():
    assert read(b"", "gzip")[0] == b""


def test_a_bomb_is_refused_by_its_ratio_and_never_unfolds():
    bomb = gzip.compress(bytes(200 * MIB), 9)
    tracemalloc.start()
    with pytest.raises(RefusedBody, match="decompression bomb"):
        read(bomb, "gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < RATIO_FLOOR + 12 * MIB


def test_a_bomb_in_one_piece_does_not_unfold_either():
    bomb = zlib.compress(bytes(200 * MIB), 9)
    tracemalloc.start()
    with pytest.raises(RefusedBody, match="bomb"):
        read(bomb, "deflate", piece=len(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < RATIO_FLOOR + 12 * MIB


def test_the_ceiling_holds_for_decoded_bytes():
    data = random.Random(1).randbytes(3000)
    assert read(gzip.compress(data), "gzip", max_bytes=3000)[0] == data
    with pytest.raises(RefusedBody, match="longer than the 2999 bytes"):
        read(gzip.compress(data), "gzip", max_bytes=2999)


def test_the_ceiling_holds_for_plain_bytes():
    assert read(b"x" * 3000, max_bytes=3000)[0] == b"x" * 3000
    with pytest.raises(RefusedBody, match="longer than the 2999 bytes"):
        read(b"x" * 3000, max_bytes=2999)


def test_an_announced_length_beyond_the_ceiling_is_refused_before_reading():
    with pytest.raises(RefusedBody, match="5000 bytes"):
        BodyReader(200, None, "5000", max_bytes=4999)
    BodyReader(200, None, "5000", max_bytes=5000)
    BodyReader(200, None, "soon", max_bytes=1)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "x" * 99])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(RefusedBody, match="not asked for"):
        read(b"data", encoding)


@pytest.mark.parametrize("keep", [1, 10, 40, -8, -1])
def test_a_body_that_is_cut_off_is_told_from_a_whole_one(keep):
    packed = gzip.compress(random.Random(3).randbytes(100))
    with pytest.raises(BrokenBody, match="cut off"):
        read(packed[:keep], "gzip")


def test_a_body_that_is_not_what_its_header_says_is_broken():
    with pytest.raises(BrokenBody, match="cannot be decoded"):
        read(b'{"plain": true}', "gzip")
    with pytest.raises(BrokenBody, match="cannot be decoded"):
        read(b'{"plain": true}', "deflate")


def test_damage_in_the_middle_is_noticed():
    packed = bytearray(zlib.compress(random.Random(3).randbytes(50_000)))
    packed[30_000] ^= 0xFF
    with pytest.raises(BrokenBody):
        read(bytes(packed), "deflate")


def test_what_follows_the_end_is_ignored():
    assert read(gzip.compress(b"{}") + b"\0\0\0", "gzip")[0] == b"{}"


# --- Errors: the status matters, the body is a help ---


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
@pytest.mark.parametrize("status", [400, 404, 500, 599])
def test_an_errors_body_is_cut_off_at_64_kib(status, encoding):
    data = random.Random(5).randbytes(100_000)
    body, reader = read(ENCODERS[encoding](data), encoding, status=status)
    assert body == data[:MAX_ERROR_BYTES]
    assert len(body) == 65536
    assert reader.truncated


def test_an_errors_body_of_just_64_kib_is_whole():
    body, reader = read(b"x" * 65536, status=400)
    assert (len(body), reader.truncated) == (65536, False)


def test_an_errors_bomb_is_cut_off_without_unfolding():
    bomb = gzip.compress(bytes(100 * MIB), 9)
    tracemalloc.start()
    body, _ = read(bomb, "gzip", status=500)
    assert tracemalloc.get_traced_memory()[1] < 2 * MIB
    tracemalloc.stop()
    assert body == bytes(65536)


@pytest.mark.parametrize(
    ("raw", "encoding", "expected"),
    [
        (b"who knows", "br", b""),
        (b"<html>", "gzip", b""),
        (gzip.compress(b"not all of it")[:-8], "gzip", b"not all of it"),
    ],
    ids=["unknown", "wrong", "cut off"],
)
def test_of_an_errors_body_what_can_be_read_is_kept(raw, encoding, expected):
    assert read(raw, encoding, status=502)[0] == expected


def test_an_error_may_announce_any_length():
    assert read(b"x", status=500, length="99999999999")[0] == b"x"
