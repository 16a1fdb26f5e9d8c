/** Files from what is on the page: JSON of the view record, SVG and PNG of its picture. */

/** Fields as one record of a table, quoted where their text would be read as more than one. */
function recordOf(fields: readonly string[]): string {
  return fields
    .map((text) => (/[",\n\r]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text))
    .join(",");
}

/** The same fields on every record of a table as text: their names on its first, their values on the others. */
export function withFields(table: string, fields: Readonly<Record<string, string | undefined>>): string {
  const names = recordOf(Object.keys(fields));
  const values = recordOf(Object.values(fields).map((value) => value ?? ""));
  const records = table.match(/(?:"(?:[^"]|"")*"|[^"\r\n])+/g) ?? [];
  return records.map((record, i) => `${record},${i === 0 ? names : values}`).join("\r\n") + "\r\n";
}

export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveText(name: string, type: string, content: string): void {
  save(name, new Blob([content], { type: `${type};charset=utf-8` }));
}

/** Draws an SVG document at twice its size. */
export async function png(svg: string): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    const pen = canvas.getContext("2d");
    if (pen === null) throw new Error("export PNG: expected a 2d canvas, got none; export SVG instead");
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob((blob) =>
        blob === null
          ? fail(new Error("export PNG: the browser made no image; export SVG instead"))
          : done(blob),
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A file name that says what is inside: microworld-lens-resid-post. */
export function fileName(...parts: readonly string[]): string {
  return parts
    .map((p) =>
      p
        .toLowerCase()
        .replaceAll(/[^a-z0-9.]+/g, "-")
        .replaceAll(/^-+|-+$/g, ""),
    )
    .filter((p) => p !== "")
    .join("-")
    .slice(0, 100);
}
