"""The lens and the vocabulary readings in PyTorch, as a good engineer would write them: one product for all vectors, then whole-matrix reductions."""

import torch
from torch.nn import functional as F

LENGTH = 16
TOP = 10
TARGET = 100
WORDS = 50


def prompt(length, vocabulary=50257):
    """The ids that `lexiscope bench` uses."""
    return [(13 + i * 7919) % vocabulary for i in range(length)]


def residuals(model, ids):
    """The residual stream before, within and after every block, [3 * layers, positions, d_model]; the head is not run."""
    kept = []
    handles = []
    for block in model.transformer.h:
        handles += [
            block.ln_1.register_forward_pre_hook(lambda module, inputs: kept.append(inputs[0][0])),
            block.ln_2.register_forward_pre_hook(lambda module, inputs: kept.append(inputs[0][0])),
            block.register_forward_hook(
                lambda module, inputs, output: kept.append((output[0] if isinstance(output, tuple) else output)[0])
            ),
        ]
    model.transformer(ids, use_cache=False)
    for handle in handles:
        handle.remove()
    return torch.stack([tensor.reshape(ids.shape[1], -1) for tensor in kept])


def lens_grid(model):
    """Entropy in nats, the ten largest logits with their ids, and the rank of a word, for 36 places x 16 positions."""
    ids = torch.tensor([prompt(LENGTH)])
    vectors = residuals(model, ids).flatten(0, 1)
    logits = F.linear(model.transformer.ln_f(vectors), model.transformer.wte.weight)
    top = logits.topk(TOP, dim=-1)
    rank = (logits > logits[:, TARGET : TARGET + 1]).sum(-1) + 1
    log_probabilities = logits.log_softmax(-1)
    entropy = -(log_probabilities.exp() * log_probabilities).sum(-1)
    return entropy, top, rank


def vocabulary_words(vectors, unembedding):
    """The fifty words at either end."""
    logits = vectors @ unembedding.T
    return logits.topk(WORDS, dim=-1), logits.topk(WORDS, dim=-1, largest=False)
