#!/usr/bin/env python3
"""Asks a running server what nobody should: scripts/hostile.py ADDRESS TOKEN|- WORKSPACE [SEED] [VERB,...].

Every field of every request record (read from web/src/api/types.ts) is given values of other types, at and beyond the ends of its own, and
places that are not meant; the requests they go into are the recorded ones of workbench/src/test/resources/answers. WORKSPACE is below a
--models-root, a --data-root and --outputs of the server. Prints every answer that is no answer, and the counts; ends with 1 when there is one.
"""

import concurrent.futures
import copy
import glob
import http.client
import json
import os
import random
import re
import sys
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "model/src/test/resources/golden")
MOST_SECONDS = 30
LONGEST_MESSAGE = 2000
FOREIGN = re.compile(r"Exception|\bjava\.|\bat [a-z]+\.[a-z]+\.|org\.[a-z]+\.|c10|libtorch|Cannot invoke|Index \d+ out of|NullPointer|root:x:")


class Raw(str):
    """JSON as it is written, whether it is JSON or not."""


NUMBERS = [-1, 0, 1.5, 2147483647, -2147483648, 2147483648, 9223372036854775807, 1e308, Raw("1e400"), Raw("NaN"), Raw("-Infinity"), Raw("-0"), Raw("007")]
TEXTS = ["", " ", "\x00", "\u202e\u2066", "\ud800", "🙂" * 300, "x" * 100_000, "../../../etc/passwd", "/etc/passwd", "/dev/zero", "..", "~", "*", "%s%n", "${jndi:x}", "-1", "L99N0",
         "blocks.99.hook_resid_post", "#99999999", "#-1", "é\u0301", "\ufeff"]
PER_FIELD = int(os.environ.get("HOSTILE_PER_FIELD", "1000"))


def fields():
    """The fields of every interface of types.ts, with those it extends: {name: {field: type}}."""
    source = open(os.path.join(ROOT, "web/src/api/types.ts"), encoding="utf-8").read()
    source = re.sub(r"/\*\*.*?\*/", "", source, flags=re.S)
    known, parents = {}, {}
    for name, bases, body in re.findall(r"export interface (\w+)(?: extends ([\w, ]+))? \{(.*?)\n\}", source, flags=re.S):
        known[name] = dict((field, kind.strip()) for field, kind in re.findall(r"(\w+)\??: ([^;]+);", body))
        parents[name] = [base.strip() for base in bases.split(",")] if bases else []
    for name, of in re.findall(r"export type (\w+) = ([\w &]+);", source):
        known[name], parents[name] = {}, [part.strip() for part in of.split("&")]

    def whole(name):
        merged = {}
        for base in parents.get(name, []):
            merged.update(whole(base))
        merged.update(known.get(name, {}))
        return merged

    return {name: whole(name) for name in known}


def wrong(kind, records):
    """Values that are none of a type: [(value, whether no request can mean it)]."""
    if kind == "number":
        return [(value, isinstance(value, Raw) and value not in ("-0",)) for value in NUMBERS] + [(value, True) for value in ("3", "", True, [], {}, [1])]
    if kind == "boolean":
        return [(value, True) for value in (1, 0, "true", "", [], {})]
    if kind.endswith("[]"):
        inner = kind[:-2]
        many = {"number": [3] * 20_000, "string": ["a"] * 20_000}.get(inner, [{}] * 20_000)
        found = [({}, inner in ("string", "number")), ([[]], True), ([None], True), ([], False), (many, False)]
        # A single value is a list of one.
        return found + [(value, surely) for value, surely in wrong(inner, records)[:24] if not isinstance(value, (list, dict))] + [
            ([value], surely) for value, surely in wrong(inner, records)[:24]
        ]
    if kind in records and records[kind]:
        return [(value, True) for value in ("x", 1, True, [], [1])] + [({}, False), ({"nosuch": 1}, True)]
    return [(value, False) for value in TEXTS] + [(value, True) for value in (1, 1.5, True, [], {}, ["x"])]


def requests():
    """The recorded requests, their placeholders filled in: [(verb, request)]."""
    found = []
    for file in sorted(glob.glob(os.path.join(ROOT, "workbench/src/test/resources/answers/*.json"))):
        text = open(file, encoding="utf-8").read()
        text = text.replace("${golden}", os.path.join(WORKSPACE, "golden")).replace("${data}", os.path.join(WORKSPACE, "data")).replace("${folder}", os.path.join(WORKSPACE, "outputs"))
        recorded = json.loads(text)
        found.append((recorded["verb"], recorded["request"]))
    return found


def record_of(verb):
    return "".join(part.capitalize() for part in verb.split("-")) + "Request"


def dumps(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(key) + ":" + dumps(inner) for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value)


def mutations(verb, request, records):
    """[(what was done, body, whether it must be refused, the field that is at fault)]."""
    kinds = records.get(record_of(verb), {})
    made = []
    for field, kind in kinds.items():
        for value, surely in wrong(kind, records):
            changed = copy.deepcopy(request)
            changed[field] = value
            made.append((f"{field} = {ascii(str(value)[:40])}", dumps(changed), surely, (field,)))
        inner = kind[:-2] if kind.endswith("[]") else kind
        if inner in records and records[inner]:
            seed = next(iter(request.get(field) or []), {}) if kind.endswith("[]") else request.get(field) or {}
            for under, its in records[inner].items():
                for value, surely in wrong(its, records):
                    one = dict(seed, **{under: value})
                    if inner == "InterventionSpec" and "kind" not in one:
                        one = {"kind": "ablate", "heads": ["L0H0"], **one}
                    changed = dict(request, **{field: [one] if kind.endswith("[]") else one})
                    made.append((f"{field}.{under} = {ascii(str(value)[:40])}", dumps(changed), surely, (field, under)))
    whole = dumps(request)
    first = next(iter(kinds), "model")
    made += [
        ("an unknown field", dumps(dict(request, nosuchfield=1)), True, None),
        ("a key twice", whole[:-1] + (", " if len(whole) > 2 else "") + f'"{first}": null, "{first}": null}}', True, None),
        ("two documents", whole + whole, True, None),
        ("half a document", whole[: max(1, len(whole) // 2)], True, None),
        ("a list", "[" + whole + "]", True, None),
        ("nothing", "", True, None),
        ("null", "null", True, None),
        ("deep", "[" * 20_000, True, None),
        ("deep below a field", '{"' + first + '":' + "[" * 5000 + "]" * 5000 + "}", True, None),
        ("no UTF-8", "\udcff", True, None),
    ]
    return made


def ask(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(ADDRESS.hostname, ADDRESS.port, timeout=120)
    try:
        sent = {"Content-Type": "application/json", **({"Authorization": "Bearer " + TOKEN} if TOKEN != "-" else {}), **(headers or {})}
        connection.request(method, path, body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body, sent)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


def judge(what, verb, body, surely, field):
    """What is wrong with the answer to a request; empty where nothing is."""
    begun = time.monotonic()
    try:
        status, kind, answer = ask("POST", "/api/v1/" + verb, body)
    except ConnectionRefusedError:
        sys.exit("the server is gone")
    except Exception as lost:  # whatever happens to a connection is a finding
        return [f"no answer: {lost!r}"], 0
    seconds = time.monotonic() - begun
    found = []
    if seconds > MOST_SECONDS:
        found.append(f"took {seconds:.0f} s")
    text = answer.decode("utf-8", "replace")
    try:
        document = json.loads(text, parse_constant=lambda name: found.append("not JSON: " + name))
    except ValueError:
        return found + ["no JSON: " + text[:200]], status
    if status == 200:
        if surely:
            found.append("accepted")
        return found, status
    detail = str(document.get("detail", ""))
    if status >= 500 and status != 503:
        found.append("status")
    if not kind.startswith("application/problem+json"):
        found.append("type " + kind)
    if FOREIGN.search(detail):
        found.append("foreign words")
    if len(detail) > LONGEST_MESSAGE:
        found.append(f"{len(detail)} characters")
    if "expected" not in detail and status not in (401, 404, 405):
        found.append("says not what was expected")
    if re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", detail):
        found.append("control characters")
    named = document.get("field")
    if surely and field and named is not None and named not in field and re.split(r"[.\[]", str(named))[0] not in field and named != "nosuch" and "got none" not in detail:
        found.append(f"names field {named}")
    return [f"{one}: {status} {detail[:300]}" for one in found], status


def main():
    records = fields()
    calls = []
    for verb, request in requests():
        if VERBS and verb not in VERBS:
            continue
        one = mutations(verb, request, records)
        if len(one) > PER_FIELD:
            one = RANDOM.sample(one, PER_FIELD)
        calls += [(verb, *each) for each in one]
    RANDOM.shuffle(calls)
    print(len(calls), "calls", flush=True)
    counts, findings = {}, []
    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        futures = {clients.submit(judge, what, verb, body, surely, field): (verb, what) for verb, what, body, surely, field in calls}
        for future in concurrent.futures.as_completed(futures):
            found, status = future.result()
            counts[status] = counts.get(status, 0) + 1
            for one in found:
                findings.append(one)
                print(*futures[future], "->", one.encode("utf-8", "replace").decode(), flush=True)
    print(len(calls), "calls, by status", dict(sorted(counts.items())), "-", len(findings), "findings")
    print("health afterwards:", ask("GET", "/api/v1/health")[0])
    return 1 if findings else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    ADDRESS = urllib.parse.urlsplit(sys.argv[1])
    TOKEN, WORKSPACE = sys.argv[2], os.path.abspath(sys.argv[3])
    RANDOM = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 0)
    VERBS = set(sys.argv[5].split(",")) if len(sys.argv) > 5 else set()
    sys.exit(main())
