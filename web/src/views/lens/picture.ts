/** The lens grid and its chart as one SVG document, for files; the page itself draws a table. */
import type { LensResult } from "../../api/types";
import { escapeXml } from "../../visual/export";
import { looks, mono, sans } from "../../visual/print";
import type { ColourBy, ColourScale, Theme } from "../../visual/scales";
import { shortened, smallRank, visible } from "../../visual/text";
import { chartOf } from "./chart";
import { quantityOf } from "./colour";
import { tokenAt, type Row } from "./rows";

interface Wanted {
  readonly result: LensResult;
  readonly rows: readonly Row[];
  readonly scale: ColourScale;
  readonly by: ColourBy;
  readonly theme: Theme;
  readonly position: number;
  readonly title: string;
}

export function picture({ result, rows, scale, by, theme, position, title }: Wanted): string {
  const look = looks[theme];
  const cell = { width: 68, height: rows.length > 24 ? 21 : 32, gap: 2 };
  const left = 58;
  const top = 62;
  const gridWidth = result.tokens.length * (cell.width + cell.gap);
  const gridHeight = rows.length * (cell.height + cell.gap);
  const width = Math.max(640, left + gridWidth + 16);
  const chartTop = top + gridHeight + 58;
  const chart = chartOf({
    rows,
    position,
    follow: "probability",
    vocabulary: result.vocabulary,
    width: Math.min(width, 1200),
    height: 160,
  });
  const height = chartTop + (chart.series.length > 0 ? 180 : 0);
  const out: string[] = [];
  const text = (x: number, y: number, content: string, attributes: string) =>
    out.push(`<text x="${round(x)}" y="${round(y)}" ${attributes}>${escapeXml(content)}</text>`);

  text(16, 24, title, `font-family="${sans}" font-size="13" font-weight="600" fill="${look.ink}"`);
  result.tokens.forEach((token, i) =>
    text(
      left + i * (cell.width + cell.gap) + cell.width / 2,
      top - 8,
      shortened(token.text, 9),
      `font-family="${mono}" font-size="11" text-anchor="middle" fill="${look.dim}"`,
    ),
  );
  rows.forEach((row, r) => {
    const y = top + (rows.length - 1 - r) * (cell.height + cell.gap);
    text(
      left - 8,
      y + cell.height / 2 + 4,
      row.label,
      `font-family="${sans}" font-size="11" text-anchor="end" fill="${look.dim}"`,
    );
    row.cells.forEach((reading, i) => {
      if (reading === undefined) return;
      const x = left + i * (cell.width + cell.gap);
      const paint = scale.of(quantityOf(by, reading));
      out.push(
        `<rect x="${x}" y="${y}" width="${cell.width}" height="${cell.height}" rx="4" fill="${paint.background}"/>`,
      );
      text(
        x + 5,
        y + (cell.height > 24 ? 15 : 14),
        shortened(reading.top[0]?.text ?? "", 8),
        `font-family="${mono}" font-size="11" fill="${paint.ink}"`,
      );
      if (reading.target !== undefined && cell.height > 24)
        text(
          x + cell.width - 4,
          y + cell.height - 4,
          smallRank(reading.target.rank),
          `font-family="${sans}" font-size="8.5" text-anchor="end" fill="${paint.ink}"`,
        );
    });
  });
  legend(out, scale, left, top + gridHeight + 18, look, result);
  if (chart.series.length > 0) {
    const read = tokenAt(result, position);
    text(
      16,
      chartTop - 8,
      `Probability at position ${position} “${visible(read.text)}”, layer by layer`,
      `font-family="${sans}" font-size="12" font-weight="600" fill="${look.dim}"`,
    );
    drawChart(out, chart, chartTop, look);
  }
  const provenance = `${result.provenance.model} · weights ${result.provenance.weightHash.slice(0, 12)} · ${result.convention.description} · Lexiscope ${result.provenance.codeVersion}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(provenance)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${look.page}"/>`,
    ...out,
    "</svg>",
  ].join("\n");
}

type Look = (typeof looks)["light"];

function legend(
  out: string[],
  scale: ColourScale,
  x: number,
  y: number,
  look: Look,
  result: LensResult,
): void {
  const { label, low, high, stops } = scale.legend;
  const style = `font-family="${sans}" font-size="11" fill="${look.dim}"`;
  out.push(`<text x="${x}" y="${y}" ${style}>${escapeXml(`${label}: ${low}`)}</text>`);
  const from = x + (label.length + low.length + 2) * 5.6 + 6;
  stops.forEach((colour, i) =>
    out.push(`<rect x="${from + i * 12}" y="${y - 9}" width="12" height="10" fill="${colour}"/>`),
  );
  const rank =
    result.target === undefined
      ? ""
      : `    small number: rank of ${visible(result.target.text)} among ${result.vocabulary}`;
  out.push(
    `<text x="${from + stops.length * 12 + 6}" y="${y}" ${style} xml:space="preserve">${escapeXml(high + rank)}</text>`,
  );
}

function drawChart(out: string[], chart: ReturnType<typeof chartOf>, top: number, look: Look): void {
  const style = `font-family="${sans}" font-size="10.5" fill="${look.dim}"`;
  out.push(`<g transform="translate(0 ${top})">`);
  for (const tick of chart.yTicks) {
    out.push(
      `<line x1="${chart.plot.left}" x2="${round(chart.plot.right)}" y1="${round(tick.y)}" y2="${round(tick.y)}" stroke="${look.line}"/>`,
    );
    out.push(
      `<text x="${chart.plot.left - 7}" y="${round(tick.y + 3.5)}" text-anchor="end" ${style}>${tick.label}</text>`,
    );
  }
  for (const tick of chart.xTicks)
    out.push(
      `<text x="${round(tick.x)}" y="${chart.height - 6}" text-anchor="middle" ${style}>${escapeXml(tick.label)}</text>`,
    );
  for (const series of chart.series.toReversed()) {
    const colour = look[series.role];
    const dash = series.role === "rival" ? ' stroke-dasharray="5 3"' : "";
    out.push(`<path d="${series.path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`);
    for (const point of series.points)
      out.push(`<circle cx="${round(point.x)}" cy="${round(point.y)}" r="3.2" fill="${colour}"/>`);
    out.push(
      `<text x="${round(chart.plot.right + 9)}" y="${round(series.labelY + 4)}" font-family="${mono}" font-size="11" fill="${colour}">${escapeXml(shortened(series.name, 10))}</text>`,
    );
  }
  out.push("</g>");
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
