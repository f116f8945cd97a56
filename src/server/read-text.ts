export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/**
 * Reads a body as UTF-8, counting the bytes that really come: no header is believed.
 * @throws {TooLargeError} At the first byte over `maxBytes`.
 * @throws {TypeError} If they are not UTF-8, or no bytes at all.
 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const letGo = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', letGo, { once: true });
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += Math.max(1, part.value.byteLength); // nothing, sent without end, has an end too
      if (bytes > maxBytes) throw new TooLargeError(`More than ${maxBytes} bytes.`);
      text += utf8.decode(part.value, { stream: true });
    }
    return text + utf8.decode();
  } finally {
    signal.removeEventListener('abort', letGo);
    letGo();
  }
}
