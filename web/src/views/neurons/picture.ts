/** The account of every layer as one SVG document: what it did to the target, and which neurons did it. */
import type { FfnResult } from "../../api/types";
import { escapeXml } from "../../visual/export";
import { looks, mono, sans } from "../../visual/print";
import type { Theme } from "../../visual/scales";
import { shortened, signed, visible } from "../../visual/text";
import { written } from "./words";

export function picture(result: FfnResult, theme: Theme, title: string): string {
  const look = looks[theme];
  const layers = result.layers.toReversed();
  const row = 58;
  const width = 1040;
  const middle = 250;
  const reach = 110;
  const height = 70 + layers.length * row;
  const most = Math.max(1e-12, ...layers.map((l) => Math.abs(l.balance.change ?? 0)));
  const out: string[] = [];
  const text = (x: number, y: number, content: string, fill: string, more = "", face = sans) =>
    out.push(
      `<text x="${x}" y="${y}" font-family="${face}" font-size="11" fill="${fill}" ${more}>${escapeXml(content)}</text>`,
    );
  const target = `${visible(layers[0]?.target.text ?? "")}${result.against ? ` − ${visible(result.against.text)}` : ""}`;
  text(16, 24, title, look.ink, 'font-weight="600"');
  text(
    16,
    44,
    `Feed-forward layers at position ${layers[0]?.position ?? 0}: change of the logit of ${target}, and the neurons listed first`,
    look.dim,
  );
  layers.forEach((layer, i) => {
    const y = 70 + i * row;
    const change = layer.balance.change ?? 0;
    const length = (Math.abs(change) / most) * reach;
    const colour = change < 0 ? look.rival : look.target;
    text(16, y + 18, `layer ${layer.layer}`, look.ink, 'font-weight="600"');
    text(16, y + 34, `rank ${layer.before.target.rank} → ${layer.after.target.rank}`, look.dim);
    out.push(
      `<line x1="${middle}" x2="${middle}" y1="${y}" y2="${y + row - 8}" stroke="${look.line}"/>`,
      `<rect x="${(change < 0 ? middle - length : middle).toFixed(1)}" y="${y + 8}" width="${length.toFixed(1)}" height="12" rx="3" fill="${colour}"/>`,
    );
    text(middle + reach + 12, y + 18, signed(layer.balance.change), look.ink, 'text-anchor="start"');
    layer.subUpdates.slice(0, 3).forEach((u, n) => {
      const line = y + 12 + n * 15;
      text(440, line, u.name, look.ink, "", mono);
      text(570, line, `× ${signed(u.coefficient)}`, look.dim, 'text-anchor="end"');
      text(630, line, signed(u.score), (u.score ?? 0) < 0 ? look.rival : look.target, 'text-anchor="end"');
      text(
        646,
        line,
        written(u)
          .slice(0, 5)
          .map((w) => shortened(w.text, 12))
          .join(" "),
        look.dim,
        "",
        mono,
      );
    });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${look.page}"/>${out.join("")}</svg>`;
}
