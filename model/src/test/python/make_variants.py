"""Makes tiny random variants of every family with reference values, for VariantParityTest.

    python3 -m venv V && V/bin/pip install torch transformers==5.18.0
    OMP_NUM_THREADS=1 V/bin/python model/src/test/python/make_variants.py model/src/test/resources/variants [NAME ...]

Each covers settings that the golden folders do not. `older` rewrites config.json into the dialect of transformers 4.
Reference values are computed in float32 from the weights as stored; versions and seed stand in the header of golden.safetensors.
"""

import json
import os
import sys
import zlib

import torch
import transformers as hf
from safetensors.torch import save_file

TOKENS = 20
GREEDY = 8
NO_SPECIALS = dict(bos_token_id=None, eos_token_id=None, pad_token_id=None)
SIZES = dict(vocab_size=64, hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4)
LONG = dict(**SIZES, max_position_embeddings=64, **NO_SPECIALS)
GPT = dict(vocab_size=64, n_positions=40, n_embd=32, n_layer=3, n_head=4, **NO_SPECIALS)
OPT = dict(
    vocab_size=64, hidden_size=32, ffn_dim=48, num_hidden_layers=3, num_attention_heads=4,
    max_position_embeddings=40, bos_token_id=None, eos_token_id=None, pad_token_id=1,
)
NEO = dict(vocab_size=64, hidden_size=32, intermediate_size=48, max_position_embeddings=64, **NO_SPECIALS)
HALF = torch.bfloat16


def longrope(context):
    factors = dict(short_factor=[1.0, 1.1, 1.2, 1.3], long_factor=[1.0, 2.0, 3.5, 5.0])
    return dict(original_max_position_embeddings=context, rope_scaling=dict(type="longrope", **factors))


def rope(kind, theta=10000.0, **more):
    return dict(rope_parameters=dict(rope_theta=theta, rope_type=kind, **more))


# name: (configuration, options)
VARIANTS = {
    "bert-classifier": (hf.BertConfig(**LONG, num_labels=3), dict(cls=hf.BertForSequenceClassification, older=True)),
    "bert-decoder": (hf.BertConfig(**LONG, is_decoder=True), dict(cls=hf.BertModel, dtype=HALF, shard="20KB")),
    "bert-masked-untied": (hf.BertConfig(**LONG, tie_word_embeddings=False), dict(cls=hf.BertForMaskedLM)),
    "bert-masked": (hf.BertConfig(**LONG, hidden_act="gelu_new", type_vocab_size=3), dict(cls=hf.BertForMaskedLM)),
    "gemma2-bare-half": (
        hf.Gemma2Config(**{**LONG, "hidden_size": 40}, num_key_value_heads=2, head_dim=8, sliding_window=4, query_pre_attn_scalar=16),
        dict(cls=hf.Gemma2Model, dtype=HALF, older=True, shard="20KB"),
    ),
    "gemma2-uncapped": (
        hf.Gemma2Config(
            **LONG, num_key_value_heads=1, head_dim=16, sliding_window=4, query_pre_attn_scalar=32,
            attn_logit_softcapping=None, final_logit_softcapping=None,
        ),
        {},
    ),
    "gemma3-capped": (
        hf.Gemma3TextConfig(
            **{**LONG, "num_hidden_layers": 4}, num_key_value_heads=2, head_dim=8, sliding_window=4,
            query_pre_attn_scalar=16, sliding_window_pattern=2, attn_logit_softcapping=0.5, final_logit_softcapping=2.0,
        ),
        dict(cls=hf.Gemma3ForCausalLM),
    ),
    "gemma3-scaled": (
        hf.Gemma3TextConfig(
            **{**LONG, "num_hidden_layers": 5}, num_key_value_heads=1, head_dim=16, sliding_window=4,
            query_pre_attn_scalar=16, sliding_window_pattern=3,
            rope_parameters=dict(
                full_attention=dict(rope_type="linear", factor=8.0, rope_theta=1e6),
                sliding_attention=dict(rope_type="default", rope_theta=10000.0),
            ),
        ),
        dict(cls=hf.Gemma3ForCausalLM, older=True),
    ),
    "gpt-neo-untied": (
        hf.GPTNeoConfig(
            **NEO, num_layers=3, num_heads=2, window_size=5, tie_word_embeddings=False,
            attention_types=[[["global"], 1], [["local", "local"], 1]],
        ),
        dict(older=True),
    ),
    "gpt-neox-linear": (hf.GPTNeoXConfig(**LONG, **rope("linear", factor=2.0, partial_rotary_factor=0.5)), {}),
    "gpt-neox-sequential": (
        hf.GPTNeoXConfig(**LONG, use_parallel_residual=False, **rope("default", 20000.0, partial_rotary_factor=0.5)),
        dict(older=True),
    ),
    "gpt-neox-tied": (
        hf.GPTNeoXConfig(
            **LONG, attention_bias=False, tie_word_embeddings=True, hidden_act="gelu_new",
            **rope("default", partial_rotary_factor=1.0),
        ),
        dict(dtype=HALF),
    ),
    "gpt2-bare-half": (hf.GPT2Config(**GPT), dict(cls=hf.GPT2Model, dtype=HALF, older=True, shard="20KB")),
    "gpt2-half": (hf.GPT2Config(**GPT), dict(dtype=torch.float16, older=True)),
    "gpt2-unscaled": (hf.GPT2Config(**GPT, scale_attn_weights=False), dict(dtype=HALF)),
    "gpt2-untied": (
        hf.GPT2Config(
            **GPT, scale_attn_by_inverse_layer_idx=True, tie_word_embeddings=False, n_inner=48, activation_function="relu"
        ),
        dict(older=True),
    ),
    "gptj-tied": (hf.GPTJConfig(**GPT, rotary_dim=4, tie_word_embeddings=True), {}),
    "gptj-whole": (hf.GPTJConfig(**GPT, rotary_dim=8, n_inner=48), dict(dtype=HALF, older=True)),
    "llama-biased": (hf.LlamaConfig(**LONG, head_dim=12, attention_bias=True, mlp_bias=True), {}),
    "llama-dynamic": (
        hf.LlamaConfig(**{**LONG, "max_position_embeddings": 16}, **rope("dynamic", factor=2.0)), dict(older=True)
    ),
    "llama-half": (hf.LlamaConfig(**LONG, num_key_value_heads=2), dict(dtype=HALF, older=True, shard="20KB")),
    "llama-linear": (hf.LlamaConfig(**LONG, tie_word_embeddings=True, **rope("linear", factor=4.0)), dict(older=True)),
    "llama-three": (
        hf.LlamaConfig(
            **{**LONG, "max_position_embeddings": 512}, num_key_value_heads=1,
            **rope(
                "llama3", 50000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                original_max_position_embeddings=64,
            ),
        ),
        dict(older=True),
    ),
    "llama-yarn": (hf.LlamaConfig(**LONG, **rope("yarn", factor=4.0, original_max_position_embeddings=16)), {}),
    "mistral-unwindowed": (
        hf.MistralConfig(**LONG, num_key_value_heads=2, sliding_window=None, head_dim=16, tie_word_embeddings=True), {}
    ),
    "olmo2-tied": (
        hf.Olmo2Config(**LONG, tie_word_embeddings=True, attention_bias=True, **rope("default", 500000.0)), dict(older=True)
    ),
    "opt-biasless": (hf.OPTConfig(**OPT, enable_bias=False, tie_word_embeddings=False, activation_function="gelu"), {}),
    "opt-narrow": (hf.OPTConfig(**OPT, do_layer_norm_before=False, word_embed_proj_dim=16), dict(older=True)),
    "opt-unnormed": (hf.OPTConfig(**OPT, _remove_final_layer_norm=True), {}),
    "phi-normed": (
        hf.PhiConfig(**LONG, num_key_value_heads=2, qk_layernorm=True, partial_rotary_factor=1.0), {}
    ),
    "phi-tied": (hf.PhiConfig(**LONG, tie_word_embeddings=True), dict(dtype=HALF, older=True)),
    "phi3-default": (hf.Phi3Config(**LONG, num_key_value_heads=2), dict(dtype=HALF, older=True, shard="20KB")),
    "phi3-long": (hf.Phi3Config(**LONG, **longrope(16)), dict(older=True)),
    "phi3-partial": (
        hf.Phi3Config(
            **LONG, num_key_value_heads=2, partial_rotary_factor=0.5, sliding_window=6, tie_word_embeddings=True
        ),
        {},
    ),
    "phi3-short": (hf.Phi3Config(**LONG, **longrope(48)), {}),
    "qwen2-windowed": (
        hf.Qwen2Config(**LONG, num_key_value_heads=2, use_sliding_window=True, sliding_window=5, max_window_layers=1),
        dict(older=True),
    ),
    "qwen2-yarn": (
        hf.Qwen2Config(**LONG, num_key_value_heads=2, **rope("yarn", 1e6, factor=4.0, original_max_position_embeddings=32)),
        dict(older=True),
    ),
    "qwen3-windowed": (
        hf.Qwen3Config(
            **LONG, num_key_value_heads=4, head_dim=16, attention_bias=True, use_sliding_window=True, sliding_window=5,
            max_window_layers=1,
        ),
        {},
    ),
}


def older_dialect(config):
    """Rewrites a configuration as transformers 4 wrote it."""
    config["torch_dtype"] = config.pop("dtype", "float32")
    config["transformers_version"] = "4.40.0"
    config.pop("layer_types", None)
    parameters = config.pop("rope_parameters", None)
    if parameters is None:
        return config
    if "full_attention" in parameters:
        config["rope_local_base_freq"] = parameters["sliding_attention"]["rope_theta"]
        parameters = parameters["full_attention"]
    theta = parameters.pop("rope_theta")
    fraction = parameters.pop("partial_rotary_factor", None)
    if config["model_type"] == "gpt_neox":
        config["rotary_emb_base"], config["rotary_pct"] = theta, fraction
    else:
        config["rope_theta"] = theta
        if fraction is not None:
            config["partial_rotary_factor"] = fraction
    kind = parameters["rope_type"]
    if config["model_type"] == "phi3":
        parameters.pop("original_max_position_embeddings", None)
    if kind in ("linear", "dynamic", "longrope"):
        parameters["type"] = parameters.pop("rope_type")
    config["rope_scaling"] = None if kind == "default" else parameters
    return config


def randomise(model):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                parameter.copy_(torch.randn_like(parameter) * 0.25)
            else:
                centre = 0 if "bias" in name or model.config.model_type.startswith("gemma") else 1
                parameter.copy_(torch.randn_like(parameter) * 0.3 + centre)


def reference(model, ids):
    out = model(ids, output_hidden_states=True)
    values = {"input_ids": ids}
    for layer, hidden in enumerate(out.hidden_states):
        values[f"hidden.{layer}"] = hidden
    if "last_hidden_state" in out:
        values["last_hidden"] = out.last_hidden_state
        if out.get("pooler_output") is not None:
            values["pooled"] = out.pooler_output
    elif not isinstance(model, hf.BertForSequenceClassification):
        values["logits"] = out.logits
    if "logits" in values and model.config.model_type != "bert":
        torch.nn.functional.cross_entropy(out.logits[0, :-1], ids[0, 1:]).backward()
        for name, parameter in model.named_parameters():
            if parameter.grad is not None and parameter.dim() == 2 and ".0." in name:
                values["grad." + name] = parameter.grad
        # Whole passes: a cache of the reference keeps keys turned by angles that a longer sequence no longer has.
        longer = model.generate(
            ids, max_new_tokens=GREEDY, do_sample=False, use_cache=False, eos_token_id=None, pad_token_id=0
        )
        values["greedy"] = longer[:, TOKENS:]
    return {name: value.detach().contiguous().clone() for name, value in values.items()}


def make(name, config, folder, cls=None, dtype=None, older=False, shard=None):
    seed = zlib.crc32(name.encode()) % 100000
    torch.manual_seed(seed)
    cls = cls or hf.AutoModelForCausalLM
    config._attn_implementation = "eager"
    model = cls(config) if hasattr(cls, "base_model_prefix") else cls.from_config(config, attn_implementation="eager")
    randomise(model)
    os.makedirs(folder, exist_ok=True)
    model.to(dtype or torch.float32).save_pretrained(folder, **({"max_shard_size": shard} if shard else {}))
    path = os.path.join(folder, "config.json")
    with open(path) as file:
        written = json.load(file)
    model = type(model).from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    values = reference(model, torch.randint(2, 64, (1, TOKENS)))
    with open(path, "w") as file:
        json.dump(older_dialect(written) if older else written, file, indent=1)
        file.write("\n")
    header = dict(made_by="make_variants.py", transformers=hf.__version__, torch=torch.__version__, seed=str(seed))
    save_file(values, os.path.join(folder, "golden.safetensors"), metadata=header)
    generation = os.path.join(folder, "generation_config.json")
    if os.path.exists(generation):
        os.remove(generation)


if __name__ == "__main__":
    hf.logging.set_verbosity_error()
    for name, (config, options) in VARIANTS.items():
        if len(sys.argv) == 2 or name in sys.argv[2:]:
            make(name, config, os.path.join(sys.argv[1], name), **options)
            print(name, flush=True)
