import { createWorkOsEmulator, type WorkOsEmulatorOptions } from '../../src/emulator/index.js';

export const API_KEY = 'sk_test_emulator';

/** The recording's own minute, and the beginning of a TOTP step of 30 s. */
export const START = Date.UTC(2022, 1, 15, 15, 14);

export interface Answer {
  status: number;
  headers: Headers;
  /** As sent, to see what must not be in it. */
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- what the wire holds is what the tests look at
  body: any;
}

/** An emulator with a clock to turn, and calls on it that need no network. */
export function startEmulator(options: Partial<WorkOsEmulatorOptions> = {}) {
  const clock = { time: START };
  const emulator = createWorkOsEmulator({ apiKey: API_KEY, now: () => clock.time, ...options });

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await emulator.fetch(
      new Request(`https://api.workos.com${path}`, {
        method,
        headers: { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'application/json', ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
    return answer;
  }

  const post = (path: string, body: unknown = {}) => call('POST', path, body);
  return {
    emulator,
    clock,
    call,
    post,
    get: (path: string) => call('GET', path),
    enrollTotp: (issuer = 'Foo Corp', user = 'alan.turing@example.com') =>
      post('/auth/factors/enroll', { type: 'totp', totp_issuer: issuer, totp_user: user }),
    enrollSms: (phoneNumber = '+15005550006') =>
      post('/auth/factors/enroll', { type: 'sms', phone_number: phoneNumber }),
    challenge: (factorId: string, body?: unknown) => post(`/auth/factors/${factorId}/challenge`, body),
    verify: (challengeId: string, code: string) => post(`/auth/challenges/${challengeId}/verify`, { code }),
  };
}
