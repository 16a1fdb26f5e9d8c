import { describe, expect, it } from "vitest";
import { Client } from "../../src/api/client";
import { Desk } from "../../src/state/desk";
import { Session } from "../../src/state/session.svelte";
import { Settings } from "../../src/state/settings";
import { defaults, fromHash, toHash, type PageState } from "../../src/state/address";

const full: PageState = {
  tab: "generate",
  part: "exit",
  model: "folder/with space & more",
  prompt: "When Mary\nand #John went, 100% ␣",
  target: " Mary",
  rival: "#17",
  row: "embed",
  position: 12,
  settings: {
    at: "attn_out",
    head: "3",
    query: "promotes:fire suppresses:water",
    sign: "-",
    "g.temperature": "0.8",
    "s.exit.agreement": "0.95",
  },
  edits: [{ kind: "scale", neurons: ["L3N12"], value: 0, name: "a & b" }],
};

/** As links were written when every view's choices had their place in the address by hand. */
const older =
  "#/neurons?part=events&prompt=Hello&at=attn_out&colour=rank&neuron=L3N12&order=score&head=3&position=2&g.n=12&s.events.kind=saturation";

describe("the address", () => {
  it("restores the whole state of the page", () => {
    expect(fromHash(toHash(full))).toEqual(full);
  });

  it("is short while everything is as usual", () => {
    expect(toHash(defaults)).toBe("#/lens");
  });

  it("reads the model that the command line names", () => {
    expect(fromHash("#model=some%2Ffolder")).toEqual({ ...defaults, model: "some/folder" });
  });

  it("reads older links, and leaves out what a view has as usual", () => {
    const session = new Session(new Desk(new Client()));
    session.page = fromHash(older);
    const neurons = new Settings(session, "", { order: "dominance" });
    const kinds = new Settings(session, "s.events.");

    expect([neurons.text("order"), kinds.text("kind"), new Settings(session, "").number("head")]).toEqual([
      "score",
      "saturation",
      3,
    ]);
    neurons.set("order", "dominance");
    kinds.set("kind", "");
    expect(session.hash).toBe(
      "#/neurons?part=events&prompt=Hello&position=2&at=attn_out&colour=rank&card=L3N12&head=3&g.n=12",
    );
  });

  it.each(["", "#", "#lens", "#/../x", "#/lens?position=many"])(
    "keeps the defaults where it says nothing sensible: %s",
    (hash) => {
      expect(fromHash(hash)).toEqual(defaults);
    },
  );
});
