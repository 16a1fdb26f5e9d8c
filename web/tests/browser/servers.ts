/** The two things the page is tested on: invented records, and the real server with a real model. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import type { AddressInfo } from "node:net";
import { fixtureMiddleware } from "../dev/fixture-server.ts";

export interface Served {
  /** With the token where there is one: it is a cookie of the context once the page is open. */
  readonly url: string;
  /** What the page is opened with, after the `#`. */
  readonly model: string | undefined;
  readonly stop: () => Promise<void>;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Serves dist with answers from files. */
export async function answered(): Promise<Served> {
  if (!existsSync("dist/index.html"))
    throw new Error("browser tests: expected dist/index.html, got none; run npm run build");
  const middleware = fixtureMiddleware();
  const server = createServer((request: IncomingMessage, response: ServerResponse) =>
    middleware(request, response, () => {
      const path = normalize((request.url ?? "/").split("?")[0] ?? "/");
      const file = join("dist", path === "/" ? "index.html" : path);
      if (!existsSync(file)) return void response.writeHead(404).end();
      response
        .writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" })
        .end(readFileSync(file));
    }),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    model: undefined,
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(() => done()))),
  };
}

/** The model to start the real server on: the bundled one, or a small one of the assets. */
function realModel(): string[] {
  if (existsSync("../models/microworld/config.json")) return [];
  const assets = process.env["LEXISCOPE_ASSETS"];
  const small = assets === undefined ? undefined : join(assets, "models/tinystories-656k");
  if (small !== undefined && existsSync(small)) return ["-m", small];
  throw new Error(
    "browser tests: expected the bundled model in models/microworld, or LEXISCOPE_ASSETS with a small one, got neither",
  );
}

/** The server that LEXISCOPE_SERVER names, or `./lexiscope serve` on a free port once it prints its address. */
export async function real(): Promise<Served> {
  const running = process.env["LEXISCOPE_SERVER"];
  if (running !== undefined) return { url: running, model: undefined, stop: () => Promise.resolve() };
  const model = realModel();
  const child: ChildProcess = spawn("../lexiscope", ["serve", "--port", "0", "--no-open", ...model], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  let said = "";
  const url = await new Promise<string>((done, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`lexiscope serve: expected an address within 10 minutes, got\n${said}`)),
      600_000,
    );
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/[^\s"]+/.exec(said)?.[0];
      if (found === undefined) return;
      clearTimeout(timer);
      done(found);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(new Error(`lexiscope serve: expected it to stay up, got exit code ${code} and\n${said}`));
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const [address = "", hash] = url.split("#");
  return { url: address, model: hash?.replace(/^model=/, ""), stop };
}
