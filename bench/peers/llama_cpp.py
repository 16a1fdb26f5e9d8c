"""Takes turns between `lexiscope bench --paced` and llama.cpp on the same GGUF file, both on two threads, both warm:

    npm i @node-llama-cpp/linux-x64@3.21.1 && export LLAMA_LIBS=node_modules/@node-llama-cpp/linux-x64/bins/linux-x64
    python bench/peers/llama_cpp.py FILE.gguf llama_reference.py [--rounds 15]      # llama_reference.py: llama.cpp through ctypes

`forward-16`: a prompt of 16 tokens, logits of every position. `generate`: 64 tokens after a prompt of 64, greedy. Each round times both once, the order changing; a ratio is the median of the
pairs (theirs over ours: above 1 is faster), with the interval of order statistics. The two do not compute the same: llama.cpp rounds activations to 8 bits and keeps keys and values in half
precision, here everything but the weights is float32.
"""
import argparse, ctypes as C, importlib.util, json, platform, sys, time
import numpy
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from compare import Side
from grid import prompt
from results import interval

THREADS = 2
ROOT = Path(__file__).resolve().parents[2]


class Llama:
    def __init__(self, reference, file):
        spec = importlib.util.spec_from_file_location("llama_reference", reference)
        self.reference = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.reference)
        self.lib = lib = self.reference.load()
        lib.llama_set_n_threads.argtypes = [C.c_void_p, C.c_int32, C.c_int32]
        lib.llama_get_memory.restype, lib.llama_get_memory.argtypes = C.c_void_p, [C.c_void_p]
        lib.llama_memory_clear.argtypes = [C.c_void_p, C.c_bool]
        self.model = self.reference.model(lib, file)
        self.vocabulary = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(self.model))
        self.context = lib.llama_init_from_model(self.model, lib.llama_context_default_params())
        lib.llama_set_n_threads(self.context, THREADS, THREADS)
        self.batch = lib.llama_batch_init(512, 0, 1)

    def decode(self, ids, start, every):
        b = self.batch
        b.n_tokens = len(ids)
        for i, t in enumerate(ids):
            b.token[i], b.pos[i], b.n_seq_id[i], b.logits[i] = t, start + i, 1, int(every or i == len(ids) - 1)
            b.seq_id[i][0] = 0
        if self.lib.llama_decode(self.context, b):
            sys.exit("llama_decode failed")


    def seconds(self, task):
        self.lib.llama_memory_clear(self.lib.llama_get_memory(self.context), True)
        chosen = 0.0
        start = time.perf_counter()
        if task == "forward-16":
            self.decode(prompt(16, self.vocabulary), 0, True)
        else:
            self.decode(prompt(64, self.vocabulary), 0, False)
            for position in range(64, 64 + 63):
                # Choosing in Python is not llama.cpp's time.
                before = time.perf_counter()
                token = self.pick()
                chosen += time.perf_counter() - before
                self.decode([token], position, False)
        self.lib.llama_get_logits_ith(self.context, self.batch.n_tokens - 1)
        return time.perf_counter() - start - chosen

    def pick(self):


        logits = self.lib.llama_get_logits_ith(self.context, self.batch.n_tokens - 1)
        return int(numpy.ctypeslib.as_array(logits, (self.vocabulary,)).argmax())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("reference")
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    llama = Llama(asked.reference, asked.file)
    ours = Side([str(ROOT / "lexiscope"), "bench", "--paced", "-m", asked.file, "--threads", str(THREADS)], str(ROOT))
    print(f"{platform.machine()}, {next(l.split(':')[1].strip() for l in open('/proc/cpuinfo') if l.startswith('model name'))}, {THREADS} threads")
    for task in ("generate", "forward-16"):
        ours.ask(f"prepare {task}")
        for _ in range(3):
            llama.seconds(task)
        pairs = []
        for index in range(asked.rounds):
            if index % 2:
                theirs, own = llama.seconds(task), ours.round()["seconds"]
            else:
                own = ours.round()["seconds"]
                theirs = llama.seconds(task)
            pairs.append((own, theirs))
        said = {"task": task, "ours": interval([p[0] for p in pairs]), "theirs": interval([p[1] for p in pairs]), "faster": interval([p[1] / p[0] for p in pairs])}
        print(json.dumps(said), flush=True)
    ours.close()


main()
