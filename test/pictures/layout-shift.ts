/** Something that was on the screen already, and moved. Positions are CSS pixels of the window. */
export interface Shift {
  /** Its share of the cumulative layout shift. */
  value: number;
  /** What moved, such as `button.mfa-button "Cancel": 48,512 208×44 → 48,536 208×44`. At most five, the largest first. */
  moved: string[];
}

/** As browsers report it; not in TypeScript's `lib.dom`. */
interface LayoutShiftEntry extends PerformanceEntry {
  value: number;
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/**
 * Keeps every layout shift with something inside of `within` that moved, also the ones that follow a key or a click and
 * that the metric called CLS forgives. What moves outside is the host's. Runs in the page, before its own script;
 * browsers pass over moves of less than 3 px.
 */
export function watchShifts(within: string): void {
  const shifts: Shift[] = [];
  const box = ({ x, y, width, height }: DOMRectReadOnly) =>
    `${Math.round(x)},${Math.round(y)} ${Math.round(width)}×${Math.round(height)}`;
  const name = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement;
    const text = node?.textContent?.trim().replace(/\s+/g, ' ').slice(0, 40);
    return `${element?.localName ?? 'removed'}${[...(element?.classList ?? [])].map((own) => `.${own}`).join('')}${text ? ` "${text}"` : ''}`;
  };
  /** Text aligned to its end, such as a time that loses a digit, begins elsewhere though its box stays where it is. */
  const hasMoved = ({ previousRect, currentRect }: LayoutShiftEntry['sources'][number]) =>
    box(previousRect) !== box(currentRect);
  /** A node that is gone by now is known by where it was. */
  const isInside = ({ node, previousRect }: LayoutShiftEntry['sources'][number]) => {
    if (node) return Boolean((node instanceof Element ? node : node.parentElement)?.closest(within));
    return [...document.querySelectorAll(within)].some((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const { x, y } = previousRect;
      return x >= left && x < right && y >= top && y < bottom;
    });
  };
  const keep = (entries: PerformanceEntryList) => {
    for (const entry of entries as LayoutShiftEntry[]) {
      const inside = entry.sources.filter(isInside).filter(hasMoved);
      if (inside.length === 0) continue;
      shifts.push({
        value: entry.value,
        moved: inside.map(
          ({ node, previousRect, currentRect }) =>
            `${name(node)}: ${box(previousRect)} → ${box(currentRect)}`,
        ),
      });
    }
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  Object.assign(globalThis, {
    layoutShifts: () => {
      keep(observer.takeRecords());
      return shifts;
    },
  });
}

/** What has moved so far. Runs in the page, after two frames: the browser reports a shift after it has painted it. */
export async function readShifts(): Promise<Shift[]> {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await nextFrame();
  await nextFrame();
  return (globalThis as unknown as { layoutShifts: () => Shift[] }).layoutShifts(); // put there by `watchShifts`
}
