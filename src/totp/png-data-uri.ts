const PREFIX = 'data:image/png;base64,';
/** 200 kB of picture in base64. */
const LONGEST = PREFIX.length + Math.ceil(200_000 / 3) * 4;
/** The first eight bytes of every PNG (RFC 2083, section 3.1), in base64 as far as it is the same for all. */
const SIGNATURE = 'iVBORw0KGg';

/** Whether a URI from the server is a PNG of a reasonable size, and so nothing that could run or load anything. */
export function isPngDataUri(uri: string): boolean {
  return (
    uri.startsWith(PREFIX + SIGNATURE) &&
    uri.length <= LONGEST &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(uri.slice(PREFIX.length))
  );
}

/** The picture's bytes. */
export function pngBytes(uri: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(uri.slice(PREFIX.length)), (byte) => byte.charCodeAt(0));
}
