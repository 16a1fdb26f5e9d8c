/** Which Chromium the tests run in: the system's own, never a downloaded one. */
import { existsSync } from "node:fs";

/** Its path, or nothing where there is none. */
export function browserPath(): string | undefined {
  const candidates = [
    process.env["CHROMIUM"],
    process.env["LEXISCOPE_BROWSER"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  return candidates.find((c): c is string => c !== undefined && existsSync(c));
}
