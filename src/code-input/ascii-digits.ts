const DECIMAL_DIGIT = /\p{Nd}/u;

/** Writes every decimal digit of Unicode as its ASCII one: `١٢٣`, `१२३` and `１２３` all become `123`. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // Decimal digits stand in runs of ten, zero first (Unicode Standard, section 4.6); some runs adjoin.
    let zero = code;
    while (DECIMAL_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}
