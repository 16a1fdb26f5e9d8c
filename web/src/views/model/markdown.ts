/** The little of Markdown that model cards are written in, as blocks to draw; everything else stays the text it is. */
export interface Piece {
  readonly text: string;
  readonly code: boolean;
}

export type Block =
  | { readonly kind: "heading" | "paragraph" | "item"; readonly pieces: readonly Piece[] }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Piece[])[];
      readonly rows: readonly (readonly (readonly Piece[])[])[];
    };

const piecesOf = (text: string): readonly Piece[] =>
  text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll("**", "")
    .split("`")
    .map((piece, i) => ({ text: piece, code: i % 2 === 1 }))
    .filter((piece) => piece.text !== "");

const cellsOf = (line: string): readonly (readonly Piece[])[] =>
  line
    .trim()
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => piecesOf(cell.replaceAll("\\|", "|").trim()));

/** The blocks of a card; what stands between `---` at its head is for machines and left out. */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.replace(/^---\n[\s\S]*?\n---\n/, "").split("\n");
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const close = () => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", pieces: piecesOf(paragraph.join(" ")) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (line.startsWith("```")) {
      close();
      const end = lines.findIndex((other, j) => j > i && other.startsWith("```"));
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(i + 1, last).join("\n") });
      i = last;
    } else if (/^#+ /.test(line)) {
      close();
      blocks.push({ kind: "heading", pieces: piecesOf(line.replace(/^#+ /, "")) });
    } else if (/^\s*[-*] /.test(line)) {
      close();
      blocks.push({ kind: "item", pieces: piecesOf(line.replace(/^\s*[-*] /, "")) });
    } else if (line.trim().startsWith("|") && /^\s*\|[\s:|-]+$/.test(lines[i + 1] ?? "")) {
      close();
      const head = cellsOf(line);
      const rows: (readonly (readonly Piece[])[])[] = [];
      for (i += 2; (lines[i] ?? "").trim().startsWith("|"); i++) rows.push(cellsOf(lines[i] ?? ""));
      i--;
      blocks.push({ kind: "table", head, rows });
    } else if (line.trim() === "") close();
    else paragraph.push(line.trim());
  }
  close();
  return blocks;
}
