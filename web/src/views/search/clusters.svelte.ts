/** Clusters of value vectors: neurons that write the same, whatever layer they are in. */
import { given } from "../../api/client";
import type { Linkage, ClustersRequest, ClusterView } from "../../api/types";
import { Settings } from "../../state/settings";
import { visible } from "../../visual/text";
import type { Bench } from "../bench";
import { State } from "../view";

export const linkages = [
  { value: "complete", label: "complete", title: "Clusters are as far apart as their farthest members" },
  { value: "average", label: "average", title: "Clusters are as far apart as their members on average" },
] as const;

export const orders = [
  { value: "size", label: "largest", title: "Clusters with the most neurons first" },
  { value: "cohesion", label: "tightest", title: "Clusters whose vectors point most the same way first" },
] as const;

export class Clusters extends State {
  readonly settings: Settings<"k" | "linkage" | "order" | "with">;
  readonly found = this.question("clusters", { long: true, stays: true });

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "s.clusters.");
  }

  get linkage(): Linkage {
    return this.settings.text("linkage") === "average" ? "average" : "complete";
  }

  get order(): "size" | "cohesion" {
    return this.settings.text("order") === "cohesion" ? "cohesion" : "size";
  }

  /** The clusters that hold what is looked for, in the order wanted; single neurons are no tight cluster. */
  get shown(): readonly ClusterView[] {
    const wanted = this.settings.text("with").trim().toLowerCase().replaceAll("␣", " ");
    const holds = (c: ClusterView) =>
      wanted === "" ||
      c.neurons.some((n) => n.toLowerCase() === wanted) ||
      c.top.some((w) => w.text.toLowerCase().includes(wanted));
    const found = (this.found.result?.clusters ?? []).filter(holds);
    if (this.order === "size") return found;
    return found.filter((c) => c.size > 1).toSorted((a, b) => (b.cohesion ?? 0) - (a.cohesion ?? 0));
  }

  find(): Promise<boolean> {
    return this.found.ask(
      given<ClustersRequest>({
        model: this.session.modelName,
        k: this.settings.number("k"),
        linkage: this.linkage,
        top: 12,
      }),
      { again: true },
    );
  }

  /** The cluster of a number, once clusters are found. */
  named(id: number): ClusterView | undefined {
    return this.found.result?.clusters.find((c) => c.id === id);
  }

  /** What an edit of a cluster is called, and where it comes from. */
  labelled(cluster: ClusterView): { readonly name: string; readonly notes: string } {
    return {
      name: nameOf(cluster),
      notes: `cluster ${cluster.id} of ${this.found.result?.clusters.length ?? 0}, ${this.found.result?.linkage ?? ""} linkage`,
    };
  }
}

export function nameOf(cluster: ClusterView): string {
  const words = cluster.top
    .slice(0, 2)
    .map((w) => visible(w.text))
    .join(" ");
  return `cluster ${cluster.id}: ${words}`;
}
