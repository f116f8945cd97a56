import { decode } from 'fast-png';
import jsQR from 'jsqr';

const QUIET_ZONE = 4;

/** Reads a `data:image/png` QR code as a phone's camera would, once the page has put white around it. */
export function scanQrPng(dataUri: string) {
  const base64 = dataUri.replace(/^data:image\/png;base64,/, '');
  const { width, height, depth, channels, data } = decode(
    Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
  );
  if (depth !== 1 || channels !== 1) throw new Error('Only one bit a pixel is read here.');
  const stride = Math.ceil(width / 8);
  const isWhite = (x: number, y: number) => ((data[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;

  const pixelsPerModule = runOfBlack(isWhite, width) / 7; // the top row begins with a finder pattern, 7 modules wide
  const margin = QUIET_ZONE * pixelsPerModule;
  const size = width + 2 * margin;
  const rgba = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isWhite(x, y))
        rgba.fill(0, ((y + margin) * size + x + margin) * 4, ((y + margin) * size + x + margin) * 4 + 3);
    }
  }
  return { text: jsQR(rgba, size, size)?.data, width, height, pixelsPerModule };
}

function runOfBlack(isWhite: (x: number, y: number) => number, width: number) {
  let run = 0;
  while (run < width && !isWhite(run, 0)) run += 1;
  return run;
}
