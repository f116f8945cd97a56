import { build } from 'esbuild';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Done, FromParent, FromWorker, Task, WorkerSetup } from './race-worker.js';

/** From the order to the start, in milliseconds: until then the order has reached every process. */
const NOTICE = 30;

export interface RaceProcesses {
  /** Gives each process its task, to be begun at the same moment. The results are in their order. */
  race: (task: (index: number) => Task) => Promise<Done[]>;
  /** Gives one of them a task of its own. */
  alone: (task: Task) => Promise<Done>;
  stop: () => Promise<void>;
}

/** Real processes, each with the kit and connections of its own. */
export async function startProcesses(count: number, setup: WorkerSetup): Promise<RaceProcesses> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mfa-race-'));
  const file = path.join(folder, 'worker.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'race-worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['pg-native'],
    outfile: file,
    logLevel: 'error',
  });
  const workers = Array.from({ length: count }, () => new Worker(file));
  await Promise.all(workers.map((worker) => worker.setUp(setup)));
  return {
    race: (task) => {
      const startAt = Date.now() + NOTICE;
      return Promise.all(workers.map((worker, index) => worker.carryOut(task(index), startAt)));
    },
    alone: (task) => workers[0]!.carryOut(task, Date.now()),
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

class Worker {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (done: Done) => void; reject: (error: Error) => void }>();
  readonly #exited: Promise<void>;
  #ids = 0;
  #ready: () => void = () => {};

  constructor(file: string) {
    this.#process = fork(file, { execArgv: [] });
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', (code) => {
        for (const { reject } of this.#waiting.values()) reject(new Error(`A process ended with ${code}.`));
        resolve();
      });
    });
    this.#process.on('message', (message: FromWorker) => this.#hear(message));
  }

  setUp(setup: WorkerSetup): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.#ready = resolve;
    });
    const ended = this.#exited.then(() => Promise.reject(new Error('A process did not start.')));
    this.#send({ setup });
    return Promise.race([ready, ended]);
  }

  carryOut(task: Task, startAt: number): Promise<Done> {
    this.#ids += 1;
    const id = this.#ids;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, startAt, task });
    });
  }

  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#exited;
  }

  #send(message: FromParent): void {
    this.#process.send(message);
  }

  #hear(message: FromWorker): void {
    if ('isReady' in message) return this.#ready();
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.done);
  }
}
