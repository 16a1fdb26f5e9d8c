/** Paints marks on a canvas: what has thousands of marks and moves is painted anew each frame, where elements of SVG would be laid out anew. */
import type { Mark, Paint } from "./scene";

/** What is painted: lines and dots. Words are laid over them as elements. */
export type Painted = Mark & { readonly kind: "path" | "dot" };

/** How a sheet lies on the screen. */
export interface Look {
  readonly zoom: number;
  readonly left: number;
  readonly above: number;
}

const curves = new WeakMap<Mark, Path2D>();

function curveOf(mark: Mark & { kind: "path" }): Path2D {
  const known = curves.get(mark);
  if (known !== undefined) return known;
  const made = new Path2D(mark.d);
  curves.set(mark, made);
  return made;
}

/** Paints marks of a sheet as it lies; what is outside of the canvas is left out where that can be told. */
export function paintMarks(
  pen: CanvasRenderingContext2D,
  marks: readonly Painted[],
  colour: (paint: Paint) => string,
  look: Look,
): void {
  const { zoom, left, above } = look;
  const { width, height } = pen.canvas;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  const density = pen.canvas.clientWidth > 0 ? width / pen.canvas.clientWidth : 1;
  pen.setTransform(zoom * density, 0, 0, zoom * density, left * density, above * density);
  const seen = (x: number, y: number, reach: number) => {
    const sx = (x * zoom + left) * density;
    const sy = (y * zoom + above) * density;
    const r = reach * zoom * density;
    return sx > -r && sy > -r && sx < width + r && sy < height + r;
  };
  for (const mark of marks)
    switch (mark.kind) {
      case "path":
        pen.strokeStyle = colour(mark.stroke);
        pen.lineWidth = mark.width ?? 2;
        pen.setLineDash(mark.dash === undefined ? [] : mark.dash.split(" ").map(Number));
        pen.stroke(curveOf(mark));
        break;
      case "dot":
        if (!seen(mark.x, mark.y, mark.r + 2)) break;
        pen.beginPath();
        pen.arc(mark.x, mark.y, mark.r, 0, 2 * Math.PI);
        pen.fillStyle = colour(mark.fill);
        pen.fill();
        if (mark.edge !== undefined) {
          pen.setLineDash([]);
          pen.lineWidth = mark.edge === "ink" ? 2.5 : 1;
          pen.strokeStyle = colour(mark.edge);
          pen.stroke();
        }
        break;
    }
}
