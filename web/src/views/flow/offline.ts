/** A flow graph as one HTML file that zooms and says what is pointed at, without a server or a network. */
import type { FlowResult } from "../../api/types";
import { escapeXml } from "../../visual/export";
import type { Theme } from "../../visual/scales";
import { svgOf } from "../../visual/scene";
import { placed } from "./layout";
import { colourOf, footerOf, sceneOf, sentenceOf } from "./picture";

export function pageOf(result: FlowResult, by: string, theme: Theme, edits: number): string {
  const drawing = placed(result);
  const scene = sceneOf(result, drawing, colourOf(result, by, theme), {
    title: result.sentence,
    footer: footerOf(result, edits),
  });
  const svg = svgOf(scene, theme, result.sentence, footerOf(result, edits));
  const spots = drawing.nodes
    .map(
      ({ node, x, y }) =>
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="12" fill="transparent"><title>${escapeXml(sentenceOf(node, result))}</title></circle>`,
    )
    .join("\n");
  const whole = svg.replace("</svg>", `${spots}\n</svg>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeXml(result.sentence)}</title>
<style>body{margin:0;font:14px system-ui,sans-serif;overflow:hidden;background:${theme === "dark" ? "#171c23" : "#ffffff"};color:${theme === "dark" ? "#e6eaf0" : "#1b2430"}}main{height:100vh;overflow:hidden;cursor:grab}svg{transform-origin:0 0}p{position:fixed;left:12px;right:12px;bottom:8px;margin:0}</style>
<main>${whole}</main><p>wheel: zoom · drag: move · point at a node: what it is</p>
<script>
const main=document.querySelector("main"),svg=main.querySelector("svg");let k=1,x=0,y=0,held;
const draw=()=>{svg.style.transform="translate("+x+"px,"+y+"px) scale("+k+")"};
main.addEventListener("wheel",e=>{e.preventDefault();const f=Math.exp(-e.deltaY/400);x=e.clientX-(e.clientX-x)*f;y=e.clientY-(e.clientY-y)*f;k*=f;draw()},{passive:false});
main.addEventListener("pointerdown",e=>{held=[e.clientX-x,e.clientY-y]});
main.addEventListener("pointermove",e=>{if(held){x=e.clientX-held[0];y=e.clientY-held[1];draw()}});
addEventListener("pointerup",()=>{held=undefined});
</script></html>
`;
}
