/**
 * Imitates what Windows' contrast themes do to a page, since no page can switch the browser's own mode on: system
 * colours for everything but what has `forced-color-adjust: none`, no shadows, and the rules that a stylesheet keeps for
 * `@media (forced-colors: active)`.
 * @returns How to end it.
 */
export function imitateForcedColors(): () => void {
  const rules = [...document.styleSheets].flatMap((sheet) => flatten(sheet.cssRules));
  const active = rules.filter(isForForcedColors);
  const exempt = [...rules, ...active.flatMap((rule) => flatten(rule.cssRules))]
    .filter((rule) => rule instanceof CSSStyleRule)
    .filter((rule) => rule.style.getPropertyValue('forced-color-adjust') === 'none')
    .map((rule) => rule.selectorText)
    .filter((selector) => !selector.includes('::')); // none that `:not()` takes
  const style = document.createElement('style');
  // Unlayered and without any weight, so that it beats the kit's layers, and is beaten by the rules for the mode.
  style.textContent = [modeSheet(exempt), ...active.map(withoutTheMode)].join('\n');
  document.head.append(style);
  return () => style.remove();
}

/** Rules with those inside layers and imports, but without those that hold only under a condition. */
function flatten(rules: CSSRuleList): CSSRule[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSLayerBlockRule) return flatten(rule.cssRules);
    if (rule instanceof CSSImportRule) return rule.styleSheet ? flatten(rule.styleSheet.cssRules) : [];
    return [rule];
  });
}

const MODE = /\(forced-colors:\s*active\)/;

const isForForcedColors = (rule: CSSRule): rule is CSSMediaRule =>
  rule instanceof CSSMediaRule && MODE.test(rule.conditionText);

function withoutTheMode(rule: CSSMediaRule): string {
  const inner = [...rule.cssRules].map(({ cssText }) => cssText).join('\n');
  return `@media ${rule.conditionText.replace(MODE, 'all')} {\n${inner}\n}`;
}

/** @see CSS Color Adjustment 1, section 3.1. A background keeps its transparency there; on a plain canvas that is none. */
function modeSheet(exempt: string[]): string {
  const all = exempt.length > 0 ? `:where(:not(${exempt.join(', ')}, :is(${exempt.join(', ')}) *))` : '*';
  return `
    ${all}, ${all}::before, ${all}::after {
      color: inherit;
      background-color: transparent;
      background-image: none;
      border-color: currentColor;
      outline-color: currentColor;
      text-decoration-color: currentColor;
      box-shadow: none;
      text-shadow: none;
      accent-color: auto;
    }
    :where(:root) { color: CanvasText; }
    :where(html, body, dialog, [role='dialog']) { background-color: Canvas; }
    ${all}:where(a:any-link) { color: LinkText; }
    ${all}:where(button) { color: ButtonText; background-color: ButtonFace; border-color: ButtonBorder; }
    ${all}:where(input, select, textarea) { color: FieldText; }
    ${all}:where(select) { background-color: Field; }
    ${all}:where(:disabled), ${all}::placeholder { color: GrayText; border-color: GrayText; }
    ${all}::selection { color: HighlightText; background-color: Highlight; }
  `;
}
