"""Makes the SentencePiece fixtures of SentencePieceTest: six tiny models trained on the text below, and what they encode.

    python3 -m venv DIR && DIR/bin/pip install sentencepiece==0.2.3
    DIR/bin/python make_sentencepiece_fixtures.py ../resources/io/lexiscope/model/tokenizer/sentencepiece

Training draws no random numbers; expected.json names the version and the date.
"""

import datetime
import io
import json
import pathlib
import sys
import tempfile

import sentencepiece as spm

TEXT = """
The river runs from the hills to the sea, and the old mill stands where the two valleys meet.
Every morning the miller opens the gate, counts the sacks of grain, and writes the number in a book.
In 1998 there were 1204 sacks; in 2003 there were only 877, and in 2011 no more than 65.
Her daughter plays the violin in the town band, which meets on Mondays at half past seven.
"Why do you count what you cannot keep?" the daughter asks. "Because counting is a kind of keeping," says the miller.
The baker buys the flour, the school buys the bread, and the children leave the crumbs for the sparrows.
Sparrows, swallows and one grey heron live along the water; the heron stands still for hours.
When the snow melts the water rises, the wheel turns faster, and the whole house hums.
A traveller once asked the way to the capital; the miller answered that every way leads there, some more slowly.
Rain, rain, and again rain: the road was mud, the bridge was wet, the dogs were happy.
She said: we will see. He said: we have seen. They said nothing, and that was the answer.
Café, naïve, Zürich, façade: words that came down the river with the traders.
"""

RULES = "2026\t2E 2E 2E\nFF21\t41\nFF22\t42\nFB01\t66 69\nA0\t20\n9\t20\n"

LINES = TEXT.strip().splitlines()

COMMON = dict(character_coverage=1.0, hard_vocab_limit=False, num_threads=1, minloglevel=2)

MODELS = {
    # as Llama's: bytes for unknown characters, every space kept
    "bpe": dict(model_type="bpe", vocab_size=520, byte_fallback=True, normalization_rule_name="identity",
                remove_extra_whitespaces=False, split_digits=True, allow_whitespace_only_pieces=True),
    # as Gemma's: no space before the text, other ids for the special pieces
    "bpe-no-prefix": dict(model_type="bpe", vocab_size=500, byte_fallback=True, normalization_rule_name="identity",
                          remove_extra_whitespaces=False, add_dummy_prefix=False,
                          pad_id=0, eos_id=1, bos_id=2, unk_id=3),
    # as T5's: compiled replacement of characters, extra spaces removed, no bytes, no beginning-of-text piece
    "unigram": dict(model_type="unigram", vocab_size=260, bos_id=-1, pad_id=0, eos_id=1, unk_id=2, rules=True),
    # as XLM-R's and ALBERT's: the rules that SentencePiece has by default, NFKC with more
    "unigram-nfkc": dict(model_type="unigram", vocab_size=270, normalization_rule_name="nmt_nfkc"),
    # the space of a word behind it
    "unigram-behind": dict(model_type="unigram", vocab_size=270, rules=True, treat_whitespace_as_suffix=True),
    "unigram-bytes": dict(model_type="unigram", vocab_size=480, byte_fallback=True,
                          normalization_rule_name="identity", remove_extra_whitespaces=False),
}

TEXTS = [
    "The miller counts the sacks.",
    " Paris is the capital",
    "the",
    "Sparrows, swallows and one grey heron",
    "in 1998 there were 1204 sacks; 65.",
    "  two  spaces,   three   ",
    "tab\there\nand a new line\n",
    "naïve façade in Zürich",
    "日本 and 🙂 are unknown characters",
    "ＡＢ… ﬁne",
    "thethethethe waterwheel unbelievable",
    "a",
    " ",
    "",
    "\"Why?\" -- because (it) 'is' & was; #1 @home 100%",
    "xyzzy QWERTY ÆØÅ ß",
    "   ",
    " \u3000 the\u3000\u3000river \u00a0",
    "the \u200b river\u200b ",
    "\u200bthe",
    "\u200b",
    "e\u0301 o\u0308 n\u0303\u0301 \u0301 a\u0323\u0302",
    "Cafe\u0301 nai\u0308ve Zu\u0308rich fac\u0327ade",
    "\u1100\u1161\u11a8 \uac00\u11a8 \uff76\uff9e",
    "\u00bd \u2460 \u3392 \ufdfa \u2126 \u212b",
    "the\u2581river \u2581 mill\u2581",
    "\u2581",
    "the\u0001river\u007f\u00ad mill",
    "a\u0345\u0301 \u0f71\u0f72",
    "\U0001f1e9\U0001f1ea \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u20dd",
    "the \r\n\r\n river\t\tmill",
]

# and what nobody would write
ALPHABET = ["a", "e", "the", " ", "  ", "\u0301", "\u0308", "\u0323", "\u200b", "\u3000", "\u00a0", "\uff21", "\ufb01", "\u2026",
            "\u2581", "\t", "\n", "\u1100", "\u1161", "\u11a8", "\u00bd", "river", ".", "\u200d", "\U0001f642", "\u00ad"]


def strange(count):
    state = 7
    for _ in range(count):
        parts = []
        for _ in range(9):
            state = (state * 1103515245 + 12345) % 2**31
            parts.append(ALPHABET[(state >> 16) % len(ALPHABET)])
        yield "".join(parts)


TEXTS += strange(80)


def train(options):
    options = dict(options)
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        if options.pop("rules", False):
            rules = pathlib.Path(folder, "rules.tsv")
            rules.write_text(RULES)
            options["normalization_rule_tsv"] = str(rules)
        spm.SentencePieceTrainer.train(sentence_iterator=iter(LINES), model_writer=out, **COMMON, **options)
    return out.getvalue()


def main(folder):
    folder = pathlib.Path(folder)
    cases = []
    for name, options in MODELS.items():
        model = train(options)
        (folder / (name + ".model")).write_bytes(model)
        processor = spm.SentencePieceProcessor(model_proto=model)
        for text in TEXTS:
            ids = processor.encode(text)
            cases.append(dict(model=name, text=text, ids=ids, pieces=[processor.id_to_piece(i) for i in ids],
                              decoded=processor.decode(ids)))
    header = dict(script="model/src/test/scripts/make_sentencepiece_fixtures.py", tool="sentencepiece " + spm.__version__,
                  seed="none: training draws nothing", date=datetime.date.today().isoformat())
    (folder / "expected.json").write_text(
        json.dumps(dict(header=header, cases=cases), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
