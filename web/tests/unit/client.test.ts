import { afterEach, describe, expect, it, vi } from "vitest";
import { Client, given, problemOf, ProblemError } from "../../src/api/client";

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: string) {
  const fetch = vi.fn(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

describe("a call", () => {
  it("posts the request to its verb and leaves the token to the browser", async () => {
    const fetch = answer(200, '{"completions":[],"total":0,"model":"m"}');

    await new Client().call("complete", { prefix: " M" });
    const [path, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];

    expect(path).toBe("api/v1/complete");
    expect(init.body).toBe('{"prefix":" M"}');
    expect(init.headers).toEqual({ Accept: "application/json", "Content-Type": "application/json" });
  });

  it("fails with the server's own sentence", async () => {
    answer(
      422,
      '{"title":"Cannot be answered","detail":"lens: expected a prompt, got none","status":422,"field":"text"}',
    );

    await expect(new Client().call("lens", { text: "" })).rejects.toMatchObject({
      title: "Cannot be answered",
      detail: "lens: expected a prompt, got none",
      field: "text",
    });
  });

  it("fails with a sentence when the server has none", async () => {
    answer(502, "<html>bad gateway</html>");

    await expect(new Client().call("models", {})).rejects.toMatchObject({
      detail: expect.stringContaining("status 502"),
    });
  });

  it("says so when nobody answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

    await expect(new Client().call("models", {})).rejects.toMatchObject({ title: "No answer" });
  });

  it("asks for a table by its media type, and refuses what is none", async () => {
    const table = new Response("at,layer\r\n", { headers: { "Content-Type": "text/csv; charset=utf-8" } });
    const fetch = vi.fn(() => Promise.resolve(table.clone()));
    vi.stubGlobal("fetch", fetch);

    const rows = await (await new Client().table("lens", { text: "Hello" })).text();
    const [path, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];

    expect([path, init.body, rows]).toEqual(["api/v1/lens", '{"text":"Hello"}', "at,layer\r\n"]);
    expect(init.headers).toMatchObject({ Accept: "text/csv" });

    await new Client().table("ffn", { text: "Hello" }, "events.csv");
    expect((fetch.mock.calls[1] as unknown as [string])[0]).toBe("api/v1/ffn?table=events.csv");

    answer(200, "{}");
    await expect(new Client().table("ffn", { text: "Hello" })).rejects.toMatchObject({
      title: "The server makes no table of ffn",
    });
  });

  it("is silent when it was cancelled", () => {
    expect(problemOf(new DOMException("x", "AbortError"))).toBeUndefined();
    expect(problemOf(new ProblemError("a", "b"))).toBeInstanceOf(ProblemError);
    expect(problemOf(new Error("boom"))?.detail).toBe("boom");
  });
});

it("an option that is not given is left out of the request", () => {
  expect(given<{ a?: number; b?: string }>({ a: 1, b: undefined })).toEqual({ a: 1 });
});
