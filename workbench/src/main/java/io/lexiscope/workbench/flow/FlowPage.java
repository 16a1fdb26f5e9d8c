package io.lexiscope.workbench.flow;

/// A graph as one page that zooms, moves, and says what is pointed at, without a server or a
/// network.
final class FlowPage {
  private FlowPage() {}

  static String of(FlowResult result) {
    FlowPicture picture = FlowPicture.of(result);
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title>
        <style>
        body{margin:0;font:14px/1.4 system-ui,sans-serif;overflow:hidden;background:%s;color:%s}
        main{height:100vh;overflow:hidden;cursor:grab;touch-action:none}
        svg{transform-origin:0 0}
        circle:hover,circle:focus{stroke-width:3;stroke:#e8590c}
        #says{position:fixed;left:12px;right:12px;bottom:8px;margin:0;padding:6px 10px;background:%s;border:1px solid #8886;border-radius:6px}
        </style></head><body>
        <main tabindex="0" aria-label="Flow graph: wheel or + and - zoom, drag moves, arrows go through the nodes">%s</main>
        <p id="says" aria-live="polite">wheel or + −: zoom · drag: move · arrows or pointing at a node: what it is</p>
        <script>
        const main=document.querySelector("main"),svg=main.querySelector("svg"),says=document.getElementById("says");
        const nodes=[...svg.querySelectorAll("circle")];
        let k=Math.min(1,innerWidth/svg.width.baseVal.value),x=0,y=0,held,at=-1;
        const draw=()=>{svg.style.transform="translate("+x+"px,"+y+"px) scale("+k+")"};
        const zoom=(f,px,py)=>{x=px-(px-x)*f;y=py-(py-y)*f;k*=f;draw()};
        const tell=n=>{says.textContent=n.querySelector("title").textContent};
        draw();
        main.addEventListener("wheel",e=>{e.preventDefault();zoom(Math.exp(-e.deltaY/400),e.clientX,e.clientY)},{passive:false});
        main.addEventListener("pointerdown",e=>{held=[e.clientX-x,e.clientY-y]});
        main.addEventListener("pointermove",e=>{if(held){x=e.clientX-held[0];y=e.clientY-held[1];draw()}});
        addEventListener("pointerup",()=>{held=undefined});
        nodes.forEach(n=>n.addEventListener("pointerenter",()=>tell(n)));
        main.addEventListener("keydown",e=>{
          if(e.key==="+"||e.key==="=")zoom(1.25,innerWidth/2,innerHeight/2);
          else if(e.key==="-")zoom(.8,innerWidth/2,innerHeight/2);
          else if(e.key==="ArrowRight"||e.key==="ArrowLeft"){at=(at+(e.key==="ArrowRight"?1:-1)+nodes.length)%%nodes.length;nodes.forEach(n=>n.style.strokeWidth="");nodes[at].style.strokeWidth="4";tell(nodes[at])}
          else return;
          e.preventDefault()});
        </script></body></html>
        """
        .formatted(
            FlowPicture.escaped(result.sentence()),
            picture.ground(),
            picture.ink(),
            picture.ground(),
            picture.svg());
  }
}
