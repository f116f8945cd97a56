import { build, type BuildOptions } from 'esbuild';
import { createServer } from 'node:http';
import path from 'node:path';

const HERE = import.meta.dirname;

export interface Candidate {
  name: string;
  /** A module whose default export is the candidate, as the host page takes it. */
  entry: string;
}

export interface LabServer {
  /** Where a candidate's page is. `csp` serves it under a policy that allows no inline style or script. */
  address: (candidate: Candidate, options?: { csp?: boolean }) => string;
  close: () => Promise<void>;
}

const POLICY = "default-src 'self'; require-trusted-types-for 'script'";
/** No style of the page's own: each candidate brings what it documents. */
const page = (lang: string) => `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Field lab</title><link rel="stylesheet" href="style.css"></head>
<body><div id="root"></div><script type="module" src="script.js"></script></body>
</html>`;

/** Bundles each candidate with its host page and serves them on loopback: for production, and below `development/`. */
export async function serveLab(
  host: 'code' | 'phone',
  candidates: readonly Candidate[],
  options: BuildOptions = {},
): Promise<LabServer> {
  const files = new Map<string, { type: string; body: string | Uint8Array }>();
  const bundle = async (entry: string, folder: string, mode: 'production' | 'development') => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import candidate from ${JSON.stringify(entry)};
          import { start } from ${JSON.stringify(path.join(HERE, `${host}-host.tsx`))};
          start(candidate);`,
        resolveDir: HERE,
        loader: 'tsx',
      },
      outdir: '/',
      entryNames: 'script',
      chunkNames: 'chunk-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      write: false,
      minify: mode === 'production',
      target: 'esnext',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
      loader: { '.png': 'file', '.webp': 'file', '.svg': 'file' },
      logLevel: 'error',
      ...options,
    });
    files.set(folder, { type: 'text/html', body: page('en') });
    files.set(`${folder}style.css`, { type: 'text/css', body: '' });
    for (const { path: file, contents } of outputFiles ?? []) {
      const base = path.basename(file).replace(/^script\.css$/, 'style.css');
      const type = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }[
        path.extname(base)
      ];
      files.set(`${folder}${base}`, { type: type ?? 'application/octet-stream', body: contents });
    }
  };
  for (const { name, entry } of candidates) await bundle(entry, `/${slug(name)}/`, 'production');

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lab');
    const developed = candidates.find(({ name }) => pathname === `/${slug(name)}/development/`);
    const built = developed && !files.has(pathname) && bundle(developed.entry, pathname, 'development');
    void Promise.resolve(built).then(() => {
      const file = files.get(pathname);
      if (searchParams.has('csp')) response.setHeader('Content-Security-Policy', POLICY);
      response.writeHead(file ? 200 : 404, { 'Content-Type': file?.type ?? 'text/plain' });
      response.end(file?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: ({ name }, { csp } = {}) => `http://127.0.0.1:${port}/${slug(name)}/${csp ? '?csp' : ''}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const slug = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
