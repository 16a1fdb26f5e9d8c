// @vitest-environment node
import ts from "typescript";
import { expect, it } from "vitest";

/** What each recorded file is. */
const types: Record<string, string> = {
  attribution: "AttributionResult",
  checks: "ParityResult",
  clusters: "ClustersResult",
  detox: "DetoxResult",
  events: "EventsResult",
  exit: "ExitResult",
  ffn: "FfnResult",
  flow: "FlowResult",
  gradients: "GradientsResult",
  "heads-card": "HeadsResult",
  heads: "HeadsResult",
  info: "InfoResult",
  invert: "InvertResult",
  "lens-head": "LensResult",
  lens: "LensResult",
  models: "ModelsResult",
};

/** What the compiler says of records written as literals: it knows every name and every word that may stand there. */
function complaints(records: Record<string, string>): string[] {
  const source = Object.entries(records).map(
    ([name, json]) =>
      `export const ${name.replaceAll("-", "_")}: import("./src/api/types").${types[name] ?? "never"} & Partial<import("./src/api/types").Result> = ${json};`,
  );
  const file = `${ts.sys.getCurrentDirectory()}/recorded.ts`;
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => (path === file ? source.join("\n") : readFile.call(host, path));
  host.fileExists = (path) => path === file || fileExists.call(host, path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, version, ...more) =>
    path === file
      ? ts.createSourceFile(path, source.join("\n"), version)
      : getSourceFile(path, version, ...more);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((d) => ts.flattenDiagnosticMessageText(d.messageText, "\n").slice(0, 400));
}

const files = import.meta.glob<string>("../fixtures/*.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const recorded = Object.fromEntries(
  Object.entries(files).map(([path, json]) => [path.replace(/^.*\/|\.json$/g, ""), json]),
);

it("recorded answers have the shape that the server's records have", () => {
  expect(Object.keys(recorded).sort()).toEqual(Object.keys(types).sort());
  expect(complaints(recorded)).toEqual([]);
}, 60_000);

it("a field that is missing, and a word that no record knows, are told", () => {
  const { lens = "" } = recorded;
  expect(complaints({ lens: lens.replace('"vocabulary":', '"words":') })).not.toEqual([]);
  expect(complaints({ lens: lens.replace('"name":"finalNorm"', '"name":"other"') })).not.toEqual([]);
}, 60_000);
