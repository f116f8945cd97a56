/** One of the processes that race: it does what its parent says, at the moment that its parent says. */
import { createMfaHandler, createPostgresStore, type MfaStore, type MfaUser } from 'mfa-kit/server';
import { Pool } from 'pg';

export const ORIGIN = 'https://app.example';
export const API_KEY = 'sk_test_race';

export interface WorkerSetup {
  databaseUrl: string;
  workOsUrl: string;
}

export type Task =
  | { kind: 'migrate' }
  | { kind: 'swap'; change: Parameters<MfaStore['swap']>[0] }
  /** Reads a number, adds one and swaps, for as long as it takes. */
  | { kind: 'increment'; key: string; times: number }
  /** All at once, as far as one process can. */
  | { kind: 'send'; calls: Call[]; secondsAhead: number };

export interface Call {
  user: MfaUser;
  method: string;
  path: string;
  body?: unknown;
  idempotencyKey?: string;
}

export interface Answer {
  status: number;
  // What a test looks into, whatever it is.
  body: any;
}

export interface Done {
  /** Of `swap`. */
  isSwapped?: boolean;
  /** Of `increment`: how often another process was first. */
  retries?: number;
  /** Of `send`. */
  answers?: Answer[];
  /** How often the host was told of a right code. */
  told?: number;
}

export type FromParent = { setup: WorkerSetup } | { id: number; startAt: number; task: Task };
export type FromWorker = { isReady: true } | { id: number; done: Done } | { id: number; error: string };

let secondsAhead = 0;
let told = 0;
let store: ReturnType<typeof createPostgresStore>;
let handle: ReturnType<typeof createMfaHandler>;

async function setUp({ databaseUrl, workOsUrl }: WorkerSetup): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 4 });
  store = createPostgresStore({ query: (sql, params) => pool.query(sql, params) });
  handle = createMfaHandler({
    apiKey: API_KEY,
    apiUrl: workOsUrl,
    basePath: '/api/mfa',
    origins: [ORIGIN],
    issuer: 'Foo Corp',
    user: (request) => JSON.parse(request.headers.get('X-User') ?? 'null'),
    store,
    sms: { testNumbers: ['+15005550006', '+15555555555'] },
    now,
    onVerified: () => {
      told += 1;
    },
  });
  await Promise.all([1, 2, 3, 4].map(() => pool.query('SELECT pg_sleep(0.02)'))); // its connections are open now
}

const now = () => Date.now() + secondsAhead * 1000;

async function carryOut(task: Task): Promise<Done> {
  switch (task.kind) {
    case 'migrate':
      await store.migrate();
      return {};
    case 'swap':
      return { isSwapped: await store.swap(task.change) };
    case 'increment':
      return { retries: await increment(task.key, task.times) };
    case 'send':
      ({ secondsAhead } = task);
      told = 0;
      return { answers: await Promise.all(task.calls.map(send)), told };
  }
}

async function increment(key: string, times: number): Promise<number> {
  let retries = 0;
  for (let step = 0; step < times; step += 1) {
    for (;;) {
      const from = await store.read(key);
      const to = String(Number(from ?? '0') + 1);
      if (await store.swap({ key, from, to, at: now(), expiresAt: null })) break;
      retries += 1;
    }
  }
  return retries;
}

async function send({ user, method, path, body, idempotencyKey }: Call): Promise<Answer> {
  const headers = {
    Origin: ORIGIN,
    'X-Requested-With': 'mfa-kit',
    'X-User': JSON.stringify(user),
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await handle(new Request(`${ORIGIN}/api/mfa${path}`, init));
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

const tell = (message: FromWorker) => process.send?.(message);

process.on('message', (message: FromParent) => {
  if ('setup' in message) {
    void setUp(message.setup).then(() => tell({ isReady: true }));
    return;
  }
  const { id, startAt, task } = message;
  setTimeout(() => {
    carryOut(task).then(
      (done) => tell({ id, done }),
      (error: unknown) => tell({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) }),
    );
  }, startAt - Date.now());
});
// Its parent is gone, however that came.
process.on('disconnect', () => process.exit());
