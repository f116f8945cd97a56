import { encode } from 'fast-png';
import { encodeQR } from 'qr';

/** As recorded: a symbol of 37 modules is 592 pixels wide. */
const PIXELS_PER_MODULE = 16;
/** At one bit a pixel a module is exactly so many bytes, which spares all shifting. */
const BYTES_PER_MODULE = PIXELS_PER_MODULE / 8;

/**
 * The most characters of ASCII that a QR code of error correction level M holds.
 * @see ISO/IEC 18004:2024, table 7 (version 40)
 */
export const QR_CAPACITY = 2331;

/**
 * A QR code as a `data:image/png;base64,…` URI: black on white, one bit a pixel and, like WorkOS's own,
 * **without a quiet zone**. Whoever shows it has to leave four modules of white around it.
 * @param text ASCII, at most `QR_CAPACITY` characters.
 */
export function qrPng(text: string): string {
  // The encoder insists on a border of at least one module.
  const bordered = encodeQR(text, 'raw', { border: 1, ecc: 'medium' });
  const modules = bordered.slice(1, -1).map((row) => row.slice(1, -1));
  const size = modules.length * PIXELS_PER_MODULE;
  const data = new Uint8Array((size / 8) * size).fill(0xff); // white
  for (const [y, row] of modules.entries()) {
    const line = new Uint8Array(size / 8).fill(0xff);
    for (const [x, isDark] of row.entries()) {
      if (isDark) line.fill(0, x * BYTES_PER_MODULE, (x + 1) * BYTES_PER_MODULE);
    }
    for (let repeat = 0; repeat < PIXELS_PER_MODULE; repeat++) {
      data.set(line, (y * PIXELS_PER_MODULE + repeat) * line.length);
    }
  }
  const png = encode({ width: size, height: size, data, depth: 1, channels: 1 }, { zlib: { level: 9 } });
  return `data:image/png;base64,${btoa(String.fromCharCode(...png))}`;
}
