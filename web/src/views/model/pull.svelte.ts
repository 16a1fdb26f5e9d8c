/** Fetching a model from the hub: one at a time, with its progress. */
import { State } from "../view";

export class Pull extends State {
  readonly fetched = this.question("pull", { aside: true, long: true });

  /** Fetches a model into the standard cache; the list of models then holds it. */
  async fetch(id: string): Promise<void> {
    if (await this.fetched.ask({ id }, { again: true })) await this.session.list();
  }

  /** Another model may be opened while one comes. */
  override clear(): void {}
}
