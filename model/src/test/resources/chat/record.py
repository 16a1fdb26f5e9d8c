"""Records what transformers makes of chat templates, published ones and small ones for the parts of Jinja they use:

    python record.py MODEL.gguf chat_templates.py > chat.json

transformers 5.24, jinja2 3.1.6. MODEL.gguf: SmolLM2-135M-Instruct. chat_templates.py: of the package unsloth 2026.10.9 (Apache-2.0), which holds the templates of published models.
"""
import ast, datetime, json, sys
import gguf
import transformers.utils.chat_template_utils as chat

NOW = datetime.datetime(2026, 11, 3, 14, 5, 9)
class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return NOW
chat.datetime = Fixed

SPECIALS = {"bos_token": "<s>", "eos_token": "</s>"}
SYSTEM, USER = {"role": "system", "content": "Answer in one word."}, {"role": "user", "content": "  What is \"A & B\" in Œuvre?\nSay it.  "}
CHATS = [
    [USER],
    [SYSTEM, USER],
    [SYSTEM, USER, {"role": "assistant", "content": "<think>\nhm\n</think>\n\nNo."}, {"role": "user", "content": "Why?"}],
    [USER, USER],
]

def constants(path):
    """Every template in the file, by the name it is given there."""
    world, found = {}, {}
    for node in ast.parse(open(path).read()).body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and node.targets[0].id.endswith("_template"):
            try: world[node.targets[0].id] = eval(compile(ast.Expression(node.value), path, "eval"), {}, world)
            except Exception: continue
            value = world[node.targets[0].id]
            if isinstance(value, str) and "messages" in value and "_ollama" not in node.targets[0].id: found[node.targets[0].id.removesuffix("_template")] = value
    return found

SNIPPETS = r"""
{{ 1 }} {{ 1.0 }} {{ 1e20 }} {{ 1.5e-7 }} {{ true }} {{ none }} {{ missing }} {{ [1, 'a', none, (2,), {'k': true}] }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 'ab' * 3 }} {{ 1 ~ 'a' ~ none }} {{ 3 - -2 }} {{ -2 ** 2 }}
{{ 1 < 2 < 3 }} {{ 1 < 2 > 3 }} {{ 'a' in 'cat' }} {{ 'k' in {'k': 1} }} {{ 2 not in [1, 3] }} {{ 1 == 1.0 }} {{ true == 1 }} {{ [1] == [1] }} {{ (1,) == [1] }} {{ not 1 == 2 }}
{{ 'x' if false }}|{{ 'x' if true else 'y' }}|{{ 'a' if 0 else 'b' if 0 else 'c' }}|{{ 0 or 'z' }}|{{ '' and 'q' }}|{{ missing or 'd' }}
{{ 'héllo wörld'.title() }} {{ 'hELLO'.capitalize() }} {{ '  x '.strip() }}| {{ 'xxaxx'.strip('x') }} {{ 'a,b,,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a b c'.split(' ', 1) }} {{ 'a b c'.rsplit(' ', 1) }} {{ 'a-b'.partition('-') }}
{{ 'abc'[1] }} {{ 'abc'[-1] }} {{ 'abc'[::-1] }} {{ [1,2,3,4][1:3] }} {{ [1,2,3,4][:-1] }} {{ [1,2,3,4][-2:] }} {{ [1,2,3,4][::2] }} {{ 'ab'[5:] }}| {{ [0][7] }}|
{{ 'aXbX'.replace('X', '-') }} {{ 'aXbX'.replace('X', '-', 1) }} {{ 'abc'.startswith('ab') }} {{ 'abc'.startswith(('x', 'a')) }} {{ 'abc'.endswith('bc') }} {{ 'banana'.count('an') }} {{ 'banana'.find('n') }} {{ 'banana'.rfind('n') }} {{ 'a\nb\r\nc'.splitlines() }}
{{ '%s-%d-%.2f' % ('a', 3, 1.005) }} {{ '{} {a} {}'.format('x', 1, a='y') }} {{ '{1}{0}'.format(1, 2) }} {{ 'ab'.upper() }} {{ 'AB'.lower() }} {{ '12'.isdigit() }} {{ '-'.join(['a', 'b']) }} {{ 'prefix-x'.removeprefix('prefix-') }}
{{ {'a': 1, 'b': [1, 2.5, "q\"'é"]} | tojson }} {{ {'a': {'b': [1, {}]}, 'c': []} | tojson(indent=2) }} {{ {'b': 1, 'a': 2} | tojson(sort_keys=true, separators=(',', ':')) }} {{ 'é' | tojson(ensure_ascii=true) }}
{{ ['b', 'A', 'c'] | sort }} {{ ['b', 'A', 'c'] | sort(reverse=true, case_sensitive=true) }} {{ [3, 1, 2] | sort | join('+') }} {{ {'b': 1, 'A': 2} | dictsort }} {{ [1, 2, 1] | unique | list }} {{ [1, 2, 3] | reverse | list }} {{ 'abc' | reverse }}
{{ [{'n': 'x', 'f': {'k': 1}}, {'n': 'y', 'f': {'k': 0}}] | map(attribute='n') | list }} {{ [{'n': 'x'}, {'n': 'y'}] | selectattr('n', 'equalto', 'y') | list }} {{ [{'n': 'x'}, {}] | rejectattr('n', 'defined') | list }} {{ ['a', 'b'] | map('upper') | join }} {{ [1, 0, 2] | select | list }} {{ [1, 2, 3] | select('odd') | list }}
{{ 'a' is string }} {{ 1 is number }} {{ [] is iterable }} {{ {} is mapping }} {{ none is none }} {{ x is defined }} {{ x is not defined }} {{ 3 is odd }} {{ 4 is divisibleby 2 }} {{ 1 is eq 1 }} {{ true is boolean }} {{ 'ab' is in 'abc' }} {{ [] is sequence }} {{ 1 is sameas 1 }}
{{ [1, 2, 3] | first }} {{ [1, 2, 3] | last }} {{ [] | first is defined }} {{ [1, 2] | length }} {{ 'ab' | length }} {{ {'a': 1} | count }} {{ x | default('d') }} {{ '' | default('e', true) }} {{ '3' | int + 1 }} {{ 'x' | int(7) }} {{ '2.5' | float }} {{ 2.567 | round(2) }} {{ [1, 2] | sum }} {{ [1, 5, 2] | max }} {{ -3 | abs }} {{ ' t ' | trim }}| {{ 'a\nb' | indent(2) }} {{ 'a\nb' | indent(2, true) }} {{ 'a b c' | wordcount }}
{% for x in [1, 2, 3] %}{{ loop.index }}/{{ loop.index0 }}/{{ loop.revindex }}/{{ loop.first }}/{{ loop.last }}/{{ loop.length }}/{{ loop.previtem }}/{{ loop.nextitem }}/{{ loop.cycle('a', 'b') }} {% endfor %}
{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}{% for x in [] %}x{% else %}none{% endfor %}{% for x in range(10) if x is even %}{{ loop.index }}:{{ x }},{% endfor %}{% for c in 'añb' %}[{{ c }}]{% endfor %}
{% for x in range(6) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{{ x }}{% endfor %}{{ x }}{% set ns = namespace(a=1, b='q') %}{% for i in [1, 2] %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}{{ ns.b }}{% if true %}{% set x = 5 %}{% endif %}{{ x }}
{% for i in [1, 2] %}{{ y is defined }}{% set y = 1 %}{% endfor %}{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set z %}<{{ a }}>{% endset %}{{ z }}{% set w | upper | trim %} hi {% endset %}{{ w }}
{% macro m(a, b=2, c='x') %}[{{ a }},{{ b }},{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, c=3) }}{{ m() }}{% macro r(n) %}{{ n }}{% if n > 0 %}{{ r(n - 1) }}{% endif %}{% endmacro %}{{ r(3) }}
{% macro w(t) %}<{{ t }}>{{ caller('in') }}</{{ t }}>{% endmacro %}{% call(x) w('b') %}-{{ x }}-{% endcall %}{% filter upper %}abc{{ 'd' }}{% endfilter %}{% with a = 3, b = 4 %}{{ a * b }}{% endwith %}
{%- for x in [[1, [2, [3]]]] recursive -%}{{ loop.depth }}{% if x is iterable and x is not string %}{{ loop(x) }}{% else %}:{{ x }}{% endif %}{%- endfor -%}
a
  {% if true %}
    b
  {% endif %}
c {# comment #} d
  {#- x -#}  e
{%- if true -%}  f  {%- endif +%}
g {%+ if true %} h {% endif %}
{{ 'i' }}
j {{- ' k' -}} l
{% raw %}{{ not }} {% this %}{% endraw %}|{{ "{{" }}{{ '}}' }}{{ '%}' }}|{{ 'a\tb\\n\'"\u00e9' }}|{{ "x" 'y' }}|{% generation %}G{% endgeneration %}
{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%A, %B %d, %H:%M:%S %p %j %y') }}|{{ strftime_now('%Y-%m-%d') }}
{{ messages[0]['role'] }}{{ messages[0].content | trim }}{{ messages | length }}{{ messages[-1].get('name', 'none') }}{{ messages[0].tool_calls is defined }}{{ tools is none }}{{ bos_token }}{{ add_generation_prompt }}{{ messages[0].items() | list | length }}{{ messages[0].keys() | list }}
{{ none.x }}
{{ missing.x }}
{{ 1 / 0 }}
{{ 'a' + 1 }}
{{ messages.append(1) }}
{{ raise_exception('no "system"') }}
{{ ''.__class__ }}|{{ messages.__class__ }}|{{ namespace.__init__ }}
{{ 5 | nofilter }}
{% unknown %}
{% for x in 5 %}{% endfor %}
{{ '[' * 3 + ']' }}{{ {'a': 1}['a'] }}{{ {'a': 1}.b is defined }}{{ ({'a': 1} | items | list)[0][1] }}{{ (1, 2)[0] }}{{ [[1, 2], [3]] | sum(start=[]) }}{{ 'x' ~ ([1] + [2]) }}
{{ 'Straße'.upper() }}{{ 'ǅx'.title() }}{{ "it's o'clock".title() }}{{ '\u00a0x\u00a0'.strip() }}|{{ 'a\u2028b'.splitlines() | length }}
{{ 0.1 + 0.2 }} {{ 1e15 }} {{ 1e16 }} {{ 123456789.0 * 10 }} {{ 10 ** 15 }} {{ 3.0 }} {{ 1 / 3 }} {{ 1e-4 }} {{ 0.00001 }} {{ 7.0 // 2 }} {{ -7.5 % 2 }}
{{ '<a&b>' | e }} {{ '<a>' | safe }} {{ {'a': none} | string }} {{ "q'q" | string }} {{ ["q'q", 'd"d', 'n\nn'] }} {{ true | tojson }} {{ 1.0 | tojson }} {{ [true, none] | tojson }}
""".strip("\n")

def snippets():
    """One a line, but lines between `a` and `{% raw` are one."""
    lines = SNIPPETS.split("\n"); start, end = lines.index("a"), next(i for i, l in enumerate(lines) if l.startswith("{% raw"))
    return lines[:start] + ["\n".join(lines[start:end]) + "\n"] + lines[end:]

def rendered(template, messages, specials):
    try: return {"text": chat.render_jinja_template([messages], chat_template=template, add_generation_prompt=True, **specials)[0][0]}
    except Exception as error: return {"error": type(error).__name__}

def main():
    fields = gguf.GGUFReader(sys.argv[1]).fields
    templates = {"smollm2": fields["tokenizer.chat_template"].contents()} | constants(sys.argv[2])
    for left_out in ("unsloth", "vicuna_old", "gemma_chatml", "gemma2_chatml", "gemma2", "gemma4_thinking", "gemma4_empty_thought", "qwen3_instruct"): templates.pop(left_out, None)
    published = [{"name": n, "template": t, "chats": [rendered(t, c, SPECIALS) for c in CHATS]} for n, t in templates.items()]
    small = [{"template": t, "result": rendered(t, CHATS[1], SPECIALS)} for t in snippets()]
    print(json.dumps({"now": NOW.isoformat(), "specials": SPECIALS, "chats": CHATS, "published": published, "small": small}, ensure_ascii=False, indent=1))

main()
