/** What is typed into the prompt: a text, or `#1,2,3` for exactly these token ids. */
export type Asked = { readonly text: string } | { readonly tokens: number[] };

export function promptOf(typed: string): Asked {
  return /^#\d+(\s*[, ]\s*#?\d+)*\s*$/.test(typed)
    ? { tokens: [...typed.matchAll(/\d+/g)].map(([id]) => Number(id)) }
    : { text: typed };
}
