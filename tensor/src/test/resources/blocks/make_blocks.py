"""Makes golden.bin, random blocks of every type beside the floats that the reference gives, and grids.bin, the published grids.

    python3 -m venv V; V/bin/pip install gguf==0.19.0 numpy==2.4.6
    V/bin/python make_blocks.py golden.bin ../../../main/resources/io/lexiscope/tensor/block/grids.bin

Types that the package does not dequantise (Q8_K, Q1_0) are computed here from their published definitions. Seed 20261130.

golden.bin, little-endian: number of types; for each the length of its name, its name, the number of blocks, their bytes, their floats.
"""
import struct
import sys

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as T
from gguf import quants

TYPES = "Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K IQ4_NL IQ4_XS MXFP4 NVFP4 IQ2_XXS IQ2_XS IQ2_S IQ3_XXS IQ3_S IQ1_S IQ1_M TQ1_0 TQ2_0 Q1_0".split()
# Where the half-precision scales of a block lie.
HALVES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "IQ4_NL": [0], "IQ4_XS": [0],
          "IQ2_XXS": [0], "IQ2_XS": [0], "IQ2_S": [0], "IQ3_XXS": [0], "IQ3_S": [0], "IQ1_S": [0], "TQ1_0": [52], "TQ2_0": [64], "Q1_0": [0]}


def by_definition(name, blocks):
    if name == "Q8_K":
        d = blocks[:, :4].copy().view(np.float32)
        return d * blocks[:, 4:260].view(np.int8).astype(np.float32)
    d = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    bits = np.unpackbits(blocks[:, 2:], axis=1, bitorder="little")
    return np.where(bits == 1, d, -d)


def main(golden, grids):
    random = np.random.default_rng(20261130)
    with open(golden, "wb") as out:
        out.write(struct.pack("<i", len(TYPES)))
        for name in TYPES:
            elements, size = GGML_QUANT_SIZES[T[name]]
            count = 6 if elements < 256 else 3
            blocks = random.integers(0, 256, (count, size), dtype=np.uint8)
            scales = (random.standard_normal((count, 2)) * 0.01).astype(np.float16)
            scales[-1, :] = np.float16(6e-8)  # the smallest there is
            for i, at in enumerate(HALVES.get(name, [])):
                blocks[:, at : at + 2] = scales[:, i : i + 1].view(np.uint8)
            if name == "Q8_K":
                blocks[:, :4] = random.standard_normal((count, 1)).astype(np.float32).view(np.uint8)
            if name == "IQ1_M":  # an exponent that is not that of infinity
                blocks[:, 55] &= 0x3F
            if name == "MXFP4":  # the smallest two, and ordinary exponents
                blocks[:, 0] = [0, 1, 2, 118, 125, 140]
            if name == "NVFP4":
                blocks[:, :4] &= 0x7F
            floats = by_definition(name, blocks) if name in ("Q8_K", "Q1_0") else quants.dequantize(blocks, T[name])
            floats = np.ascontiguousarray(floats, dtype=np.float32)
            assert np.isfinite(floats).all(), name
            out.write(struct.pack("<i", len(name)) + name.encode() + struct.pack("<i", count))
            out.write(blocks.tobytes() + floats.tobytes())
    with open(grids, "wb") as out:
        for name in ["IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S", "IQ1_S"]:
            out.write(bytes.fromhex(getattr(quants, name).grid_hex.decode()))


main(sys.argv[1], sys.argv[2])
