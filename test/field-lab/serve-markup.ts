/** Puts markup in the place of the root, as a server sends it. `innerHTML` is refused under trusted types. */
export function serveMarkup(root: HTMLElement, markup: string): void {
  const policy = trustedTypes?.createPolicy(`served-${performance.now()}`, { createHTML: (html) => html });
  const served = document.createElement('div');
  served.id = root.id;
  served.style.width = root.style.width;
  served.innerHTML = (policy?.createHTML(markup) ?? markup) as string;
  root.replaceWith(served);
}

/** In Chromium's global scope, and not in TypeScript's `lib.dom` yet. */
declare const trustedTypes:
  | {
      createPolicy: (
        name: string,
        rules: { createHTML: (html: string) => string },
      ) => { createHTML: (html: string) => unknown };
    }
  | undefined;
