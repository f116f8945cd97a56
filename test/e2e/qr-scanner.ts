import { decode } from 'fast-png';
import jsQR from 'jsqr';

/** Reads the QR code in a picture of the page, as the camera of a phone held before the screen does. */
export function scanScreenshot(png: Uint8Array): string | undefined {
  const { width, height, channels, data } = decode(png);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = data[pixel * channels + channel] ?? 255;
    }
  }
  return jsQR(rgba, width, height)?.data;
}
