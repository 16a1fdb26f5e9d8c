import { describe, expect, it } from "vitest";
import { Desk } from "../../src/state/desk";
import { placeOf, type InterventionSpec } from "../../src/state/interventions";
import { absent, holderOf, partIn, partOfEdit, placeKey, placesOf, told } from "../../src/state/parts";
import { views } from "../../src/views";
import { Bench } from "../../src/views/bench";
import { Heads } from "../../src/views/heads/heads.svelte";
import { Card } from "../../src/views/neurons/card.svelte";
import { Chosen } from "../../src/views/parts/chosen.svelte";
import { Clusters } from "../../src/views/search/clusters.svelte";
import { Answering } from "./answering";
import { attribution, clusters, flow, info, lens } from "../fixtures";

function opened() {
  const client = new Answering({ info: () => info, lens: () => lens, clusters: () => clusters });
  const bench = new Bench(new Desk(client), views);
  return { bench, session: bench.session, edits: bench.session.edits, chosen: bench.use(Chosen), client };
}

describe("the name of a part", () => {
  it.each([
    ["L3H4", "head", "L3H4"],
    ["head 3.4", "head", "L3H4"],
    ["L3H4 from 8", "head", "L3H4"],
    ["L05N012", "neuron", "L5N12"],
    ["L5H5D2", "direction of a head", "L5H5D2"],
    ["MLP 5", "MLP", "MLP 5"],
    ["mlp 5", "MLP", "MLP 5"],
    ["rest of MLP 5", "MLP", "MLP 5"],
    ["bias of MLP 5", "MLP", "MLP 5"],
    ["L5.b_mlp", "MLP", "MLP 5"],
    ["blocks.5.hook_mlp_out", "MLP", "MLP 5"],
    ["attention bias 2", "attention", "attention 2"],
    ["blocks.2.hook_attn_out", "attention", "attention 2"],
    ["layer 4", "layer", "layer 4"],
    ["L4", "layer", "layer 4"],
    ["cluster 7", "cluster", "cluster 7"],
    ["position 13", "position", "position 13"],
  ])("%s is a %s, called %s everywhere", (text, kind, name) => {
    expect(partIn(text)).toMatchObject({ kind, name });
    expect(partIn(name)).toEqual(partIn(text));
  });

  it.each(["", "others (12)", "token embedding", "3.4", "prediction", "blocks.2.attn.hook_q", "L3E4"])(
    "%s names none",
    (text) => {
      expect(partIn(text)).toBeUndefined();
    },
  );

  it("is found in every label of what wrote the answer, but for what stands for several or for the embedding", () => {
    const labels = attribution.contributions.filter((c) => c.kind === "head" || c.kind === "mlp");
    expect(labels.length).toBeGreaterThan(3);
    for (const { label } of labels) expect(partIn(label)?.name).toBe(label);
    const nodes = flow.nodes.filter((n) => ["head", "value", "mlp", "neuron", "mlpBias"].includes(n.kind));
    expect(nodes.length).toBeGreaterThan(3);
    for (const node of nodes) expect(partIn(node.label)?.layer, node.label).toBe(node.layer);
  });

  it("comes with a sentence, and with why it is not in a model", () => {
    const part = (name: string) => partIn(name) ?? { kind: "layer" as const, name };

    expect(told(part("L3N812"))).toContain("layer 3, neuron 812");
    expect(told(part("L3H4D2"))).toContain("direction 2");
    expect(absent(part("L9N0"), info)).toBe("expected a layer from 0 to 5, got 9");
    expect(absent(part("L1H8"), info)).toBe("expected a head from 0 to 7, got 8");
    expect(absent(part("MLP 6"), info)).toBe("expected a layer from 0 to 5, got 6");
    expect(absent(part("L5H7"), info)).toBeUndefined();
    expect(holderOf(part("L3H4D2")).name).toBe("L3H4");
  });

  it("is that of its edit, however the edit is spelled", () => {
    const all: [InterventionSpec, string][] = [
      [{ kind: "ablate", at: "blocks.4.attn.hook_z", head: 1 }, "L4H1"],
      [{ kind: "set", at: "blocks.4.mlp.hook_post", neuron: 7, value: 1 }, "L4N7"],
      [{ kind: "scale", at: "blocks.4.hook_mlp_out", value: 0 }, "MLP 4"],
      [{ kind: "scale", at: "blocks.4.hook_attn_out", value: 0 }, "attention 4"],
      [{ kind: "scale", at: "hook_embed", positions: [3], value: 0 }, "position 3"],
      [{ kind: "scale", heads: ["L4H1"], value: 0 }, "L4H1"],
    ];
    for (const [spec, name] of all) {
      expect(partOfEdit(spec)?.name).toBe(name);
      expect(placeOf(spec)).toBe(name);
    }
    expect(placeKey({ at: "blocks.4.attn.hook_z", head: 1 })).toBe(placeKey({ heads: ["L4H1"] }));
    expect(placeKey({ heads: ["L4H1"], positions: [2] })).not.toBe(placeKey({ heads: ["L4H1"] }));
    expect(partOfEdit({ kind: "scale", neurons: ["L1N1", "L1N2"], value: 0 })).toBeUndefined();
  });
});

describe("the card", () => {
  it("is one for all views, in the address, under one name", () => {
    const { bench, session, chosen } = opened();

    chosen.open("head 4.6");
    expect([bench.use(Heads).chosen, bench.use(Card).name]).toEqual(["L4H6", undefined]);
    expect(session.hash).toBe("#/lens?card=L4H6");
    chosen.open("L3N12");
    expect([bench.use(Heads).chosen, bench.use(Card).name]).toEqual([undefined, "L3N12"]);
    chosen.open("nothing");
    expect(chosen.part).toBeUndefined();
  });

  it("gives every part a dose, which is one edit at each of its places", () => {
    const { edits, chosen } = opened();
    const layer = partIn("layer 2") ?? { kind: "layer" as const, name: "" };

    edits.dose(chosen.placesOf(layer), "scale", 0);
    expect(edits.all).toEqual([
      { kind: "scale", at: "blocks.2.hook_attn_out", value: 0 },
      { kind: "scale", at: "blocks.2.hook_mlp_out", value: 0 },
    ]);
    edits.dose(chosen.placesOf(layer), "scale", 2);
    expect(edits.all.map((e) => e.value)).toEqual([2, 2]);
    const mlp = placesOf(partIn("MLP 2") ?? layer);
    expect(edits.doseOf(mlp)).toMatchObject({ value: 2, on: true, edited: true });
    edits.undose(mlp, "MLP 2");
    expect(edits.all).toHaveLength(1);
    expect(chosen.changed(layer)).toBe(true);
    expect(chosen.changed(partIn("layer 3") ?? layer)).toBe(false);
  });

  it("takes over an edit that was typed in another spelling, and one that is off counts as none", () => {
    const { edits } = opened();
    edits.add({ kind: "ablate", at: "blocks.4.attn.hook_z", head: 1 });
    const places = [{ heads: ["L4H1"] }];

    expect(edits.doseOf(places)).toMatchObject({ kind: "scale", value: 0, on: true });
    edits.dose(places, "scale", 0.5);
    expect(edits.all).toHaveLength(1);
    edits.switchAll(false);
    expect(edits.doseOf(places)).toMatchObject({ on: false, edited: true });
  });

  it("says why an edit of a part that is not in the model is left out", async () => {
    const { session, edits } = opened();
    await session.opening.ask({});
    const places = placesOf(partIn("MLP 9") ?? { kind: "MLP", name: "" });

    edits.dose(places, "scale", 0);
    expect(edits.doseOf(places).problem).toBe("blocks.9.hook_mlp_out: expected a layer from 0 to 5, got 9");
    expect(edits.inForce).toEqual([]);
  });

  it("switches a cluster as a group, under the name of its words", async () => {
    const { bench, edits, chosen } = opened();
    await bench.use(Clusters).find();
    const [first] = clusters.clusters;
    const part = partIn(`cluster ${first?.id}`) ?? { kind: "cluster" as const, name: "" };

    edits.dose(chosen.placesOf(part), "scale", 0);
    expect(edits.all).toEqual([
      expect.objectContaining({ kind: "scale", value: 0, neurons: first?.neurons }),
    ]);
    expect(edits.all[0]?.name).toContain(`cluster ${first?.id}: `);
    expect(chosen.changed(part)).toBe(true);
    const member = partIn(first?.neurons[0] ?? "") ?? part;
    if ((first?.neurons.length ?? 0) > 1) expect(chosen.groupsOf(member)).toEqual([edits.all[0]?.name]);
    expect(chosen.changed(member)).toBe(true);
  });

  it("reads what an MLP writes at the position that is looked at", async () => {
    const { session, chosen, client } = opened();
    session.page.prompt = "Hello";
    await session.opening.ask({});

    chosen.open("MLP 3");
    await chosen.ask();
    expect(client.requests("lens").at(-1)).toMatchObject({ at: ["blocks.3.hook_mlp_out"], positions: [-1] });
    chosen.open("position 0");
    await chosen.ask();
    expect(client.requests("lens").at(-1)).toMatchObject({ at: ["blocks.0.hook_resid_pre"], positions: [0] });
    const before = client.requests("lens").length;
    chosen.open("L3N12");
    await chosen.ask();
    expect(client.requests("lens")).toHaveLength(before);
    expect(chosen.read.result).toBeUndefined();
  });
});

describe("the way back", () => {
  const spec = (neuron: string): InterventionSpec => ({ kind: "scale", neurons: [neuron], value: 0 });
  const names = (list: readonly InterventionSpec[]) => list.map((e) => e.neurons?.[0]);

  it("leads through several removals, and keeps what came meanwhile", () => {
    const { session, edits } = opened();
    edits.add(spec("L0N1"), spec("L0N2"), spec("L0N3"));

    edits.remove(1);
    edits.remove(0);
    edits.add(spec("L0N4"));
    expect(session.undo.offered?.what).toBe("Removed L0N1 × 0");
    session.undo.take();
    expect(names(edits.all)).toEqual(["L0N1", "L0N3", "L0N4"]);
    session.undo.take();
    expect(names(edits.all)).toEqual(["L0N1", "L0N2", "L0N3", "L0N4"]);
    expect(session.undo.offered).toBeUndefined();
    edits.clear();
    edits.add(spec("L0N5"));
    session.undo.take();
    expect(names(edits.all)).toEqual(["L0N1", "L0N2", "L0N3", "L0N4", "L0N5"]);
  });
});
