/**
 * What does not fit the window: a page wider than it, or text and images that are cut off by a box around them.
 * Runs in the page.
 */
export function readLayoutFaults(): string[] {
  const faults: string[] = [];
  const name = ({ localName, id, classList }: Element) =>
    [localName, ...classList].join('.') + (id && `#${id}`);

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const outside = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map(name);
    faults.push(`${scrollWidth} px wide in a window of ${clientWidth} px: ${outside.join(', ')}`);
  }

  /** The box that cuts off what is in it, unless it can be scrolled or is there for screen readers alone. */
  const cutterOf = (inner: Element | null): Element | undefined => {
    if (!inner) return undefined;
    const { overflowX, overflowY } = getComputedStyle(inner);
    if (overflowX === 'visible' && overflowY === 'visible') return cutterOf(inner.parentElement);
    const { width, height } = inner.getBoundingClientRect();
    return /auto|scroll/.test(overflowX + overflowY) || width <= 1 || height <= 1 ? undefined : inner;
  };
  const check = (what: string, cutter: Element | undefined, rects: Iterable<DOMRect>) => {
    const box = cutter?.getBoundingClientRect();
    if (!cutter || !box) return;
    for (const { left, right, top, bottom } of rects) {
      const cut = Math.max(box.left - left, right - box.right, box.top - top, bottom - box.bottom);
      if (cut > 1) faults.push(`${name(cutter)} cuts ${Math.round(cut)} px off ${what}`);
    }
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.nodeValue?.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    check(`"${text.nodeValue}"`, cutterOf(text.parentElement), range.getClientRects());
  }
  for (const image of document.querySelectorAll('img, svg, canvas'))
    check(name(image), cutterOf(image.parentElement), image.getClientRects());
  for (const input of document.querySelectorAll('.mfa-phone-input'))
    if (input.scrollWidth > input.clientWidth)
      faults.push(`${name(input)} cuts ${input.scrollWidth - input.clientWidth} px off its text`);
  return faults;
}

/** How much of the window, from its top, the story needs: all of it where the story is longer. Runs in the page. */
export function measureHeight(): number {
  const bottoms = [...document.querySelectorAll('body *')]
    .map((element) => element.getBoundingClientRect())
    // What fills the window is the page, or what lies behind a dialog.
    .filter(({ width, height }) => width > 0 && height > 0 && height < innerHeight)
    .map(({ bottom }) => bottom);
  const margin = 16; // for shadows and focus rings
  return Math.min(innerHeight, Math.ceil(Math.max(0, ...bottoms)) + margin);
}
