import type { Attachment } from "svelte/attachments";

/** A box that arrow keys can scroll while it holds more than it shows; it says what is in it. */
export function reachable(label: string): Attachment<HTMLElement> {
  return (box) => {
    const look = () => {
      const more = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
      for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": label }))
        if (more) box.setAttribute(name, value);
        else box.removeAttribute(name);
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    for (const child of box.children) sizes.observe(child);
    return () => sizes.disconnect();
  };
}
