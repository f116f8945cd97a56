import { createServer, type IncomingMessage } from 'node:http';

import type { WorkOsEmulator } from '../../src/emulator/index.js';

export interface EmulatorServer {
  port: number;
  close: () => Promise<void>;
}

/** Puts the emulator on a free port of this machine, for clients that insist on a network. */
export async function serveEmulator(emulator: WorkOsEmulator): Promise<EmulatorServer> {
  const server = createServer((incoming, outgoing) => {
    const answer = async () => {
      const response = await emulator.fetch(await toRequest(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(await response.text());
    };
    // A crash ends the connection, so that the client fails at once instead of waiting.
    answer().catch((error: Error) => outgoing.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return new Request(new URL(incoming.url ?? '/', `http://${incoming.headers.host}`), {
    method: incoming.method ?? 'GET',
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
    body: chunks.length > 0 ? Buffer.concat(chunks) : null,
  });
}
