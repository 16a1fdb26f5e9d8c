/** What experiments ask of the model before they are begun. */
import type { Session } from "../state/session.svelte";

/** Whether the model brings texts of its own: bundled models of running text do. */
export function hasTexts(session: Session): boolean {
  return session.entry?.source === "bundled" && session.info?.answers === "words";
}
