// Fails when the page grows beyond what a first visit should load.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

// The glossary is 37,000 of them: what a question mark says must not wait for a server.
// The canvas of the Flow view, its pins and graph files are 12,000.
const limit = 655_000;

function sizes(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sizes(join(folder, entry.name)) : [statSync(join(folder, entry.name)).size],
  );
}

const total = sizes("dist").reduce((sum, size) => sum + size, 0);
console.log(`dist: ${total} bytes of ${limit} allowed`);
if (total > limit) {
  console.error(
    `size: expected at most ${limit} bytes in dist, got ${total}; drop an asset or raise the limit with a reason`,
  );
  process.exit(1);
}
