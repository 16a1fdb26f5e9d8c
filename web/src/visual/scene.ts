/**
 * A picture said once: marks with their places, roles and colours. `parts/Picture.svelte` draws it on the page, in the
 * colours of the theme as it changes; {@link svgOf} turns it into a document, of which `png` makes an image. Both take
 * the same elements from {@link elementsOf}, so that a file is what the page shows.
 */
import { escapeXml } from "./export";
import type { Theme } from "./scales";
import { faces, tokens, type Token } from "./tokens";

/** A colour of the theme by its role, or one of a scale. */
export type Paint = Token | `#${string}`;

interface Common {
  /** What the mark stands for, such as `target` or `grid`; a class on the page. */
  readonly look?: string;
}

export type Mark = Common &
  (
    | {
        readonly kind: "rect";
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
        readonly round?: number;
        readonly fill: Paint;
      }
    | {
        readonly kind: "line";
        readonly at: readonly [number, number, number, number];
        readonly stroke: Paint;
        readonly dash?: string | undefined;
      }
    | {
        readonly kind: "path";
        readonly d: string;
        readonly stroke: Paint;
        readonly width?: number;
        readonly dash?: string | undefined;
      }
    | {
        readonly kind: "dot";
        readonly x: number;
        readonly y: number;
        readonly r: number;
        readonly fill: Paint;
        /** Sets it apart from what it lies on. */
        readonly edge?: Paint;
      }
    | {
        readonly kind: "text";
        readonly x: number;
        readonly y: number;
        readonly text: string;
        readonly fill: Paint;
        readonly size?: number;
        readonly anchor?: "start" | "middle" | "end";
        readonly face?: keyof typeof faces;
        readonly bold?: boolean;
        /** Sets it apart from the lines it crosses. */
        readonly halo?: Paint;
      }
    | { readonly kind: "group"; readonly x: number; readonly y: number; readonly marks: readonly Mark[] }
  );

/** Where something can be pressed, and what it says when pointed at. Files have none. */
export interface Hit {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly says: string;
  /** Handed back when pressed. */
  readonly datum: number;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly hits?: readonly Hit[];
}

/** An element of SVG. */
export interface Drawn {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly inside?: readonly Drawn[];
}

/** The elements of marks; the two functions say how a colour and a typeface are written. */
export function elementsOf(
  marks: readonly Mark[],
  colour: (paint: Paint) => string,
  face: (name: keyof typeof faces) => string,
): readonly Drawn[] {
  return marks.map((mark) => {
    const look = mark.look === undefined ? {} : { class: mark.look };
    switch (mark.kind) {
      case "rect":
        return {
          tag: "rect",
          attributes: {
            ...look,
            x: short(mark.x),
            y: short(mark.y),
            width: short(mark.width),
            height: short(mark.height),
            ...(mark.round === undefined ? {} : { rx: mark.round }),
            fill: colour(mark.fill),
          },
        };
      case "line": {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = mark.at.map(short);
        return {
          tag: "line",
          attributes: { ...look, x1, y1, x2, y2, stroke: colour(mark.stroke), ...dashed(mark.dash) },
        };
      }
      case "path":
        return {
          tag: "path",
          attributes: {
            ...look,
            d: mark.d,
            fill: "none",
            stroke: colour(mark.stroke),
            "stroke-width": mark.width ?? 2,
            "stroke-linejoin": "round",
            ...dashed(mark.dash),
          },
        };
      case "dot":
        return {
          tag: "circle",
          attributes: {
            ...look,
            cx: short(mark.x),
            cy: short(mark.y),
            r: mark.r,
            fill: colour(mark.fill),
            ...(mark.edge === undefined ? {} : { stroke: colour(mark.edge) }),
          },
        };
      case "text":
        return {
          tag: "text",
          text: mark.text,
          attributes: {
            ...look,
            x: short(mark.x),
            y: short(mark.y),
            "font-family": face(mark.face ?? "sans"),
            "font-size": mark.size ?? 11,
            ...(mark.bold ? { "font-weight": 600 } : {}),
            ...(mark.anchor === undefined ? {} : { "text-anchor": mark.anchor }),
            fill: colour(mark.fill),
            "xml:space": "preserve",
            ...(mark.halo === undefined
              ? {}
              : {
                  stroke: colour(mark.halo),
                  "stroke-width": 3,
                  "stroke-linejoin": "round",
                  "paint-order": "stroke",
                }),
          },
        };
      case "group":
        return {
          tag: "g",
          attributes: { ...look, transform: `translate(${short(mark.x)} ${short(mark.y)})` },
          inside: elementsOf(mark.marks, colour, face),
        };
    }
  });
}

function dashed(dash: string | undefined): Record<string, string> {
  return dash === undefined ? {} : { "stroke-dasharray": dash };
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A scene with lines of small type below it, broken where they are too long. */
export function captioned(scene: Scene, lines: readonly string[]): Scene {
  const letters = Math.max(24, Math.floor((scene.width - 32) / 5.6));
  const broken = lines.flatMap(
    (line) => line.match(new RegExp(`.{1,${letters}}(?:\\s|$)|.{1,${letters}}`, "gu")) ?? [],
  );
  const marks = broken.map((text, i): Mark => ({
    kind: "text",
    x: 16,
    y: scene.height + 12 + i * 14,
    text: text.trimEnd(),
    size: 10,
    fill: "dim",
  }));
  return { ...scene, height: scene.height + 14 * broken.length + 10, marks: [...scene.marks, ...marks] };
}

/** A picture as a document of its own; what it shows and where it comes from stand inside. */
export function svgOf(scene: Scene, theme: Theme, title: string, origin?: string): string {
  const colour = (paint: Paint) => (paint.startsWith("#") ? paint : tokens[theme][paint as Token]);
  const written = (elements: readonly Drawn[]): string =>
    elements
      .map(({ tag, attributes, text, inside }) => {
        const list = Object.entries(attributes).map(
          ([name, value]) => ` ${name}="${escapeXml(String(value))}"`,
        );
        const content = text === undefined ? written(inside ?? []) : escapeXml(text);
        return content === "" ? `<${tag}${list.join("")}/>` : `<${tag}${list.join("")}>${content}</${tag}>`;
      })
      .join("\n");
  const { width, height } = scene;
  const page: Mark = { kind: "rect", x: 0, y: 0, width, height, fill: "panel" };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}">`,
    `<title>${escapeXml(title)}</title>`,
    ...(origin === undefined ? [] : [`<desc>${escapeXml(origin)}</desc>`]),
    written(elementsOf([page, ...scene.marks], colour, (name) => faces[name])),
    "</svg>",
  ].join("\n");
}
