import type { CallPattern, Fault, TestBackend } from 'mfa-kit/testing';
import { spyOn } from 'storybook/test';

interface Failure {
  /** What the person reads. */
  says: string;
  /** Lets each call of that kind fail from now on. */
  befall: (backend: TestBackend, call: CallPattern) => void;
}

const withFault =
  (fault: Fault): Failure['befall'] =>
  (backend, call) => {
    backend.faults.always(call, fault);
  };

/** Answers the same whatever is asked, as a gateway or a proxy of another version does. */
const answering = (status: number, body: unknown) => withFault({ kind: 'answer', status, body });

/** How a call can fail at each step, and what is said of it. */
export const FAILURES = {
  offline: {
    says: 'You are offline. Check your connection, then try again.',
    befall(backend, call) {
      // The browser's own word on whether the device has a network. Put right again before the next story.
      spyOn(Navigator.prototype, 'onLine', 'get').mockReturnValue(false);
      backend.faults.always(call, { kind: 'offline' });
    },
  },
  unreachable: {
    says: 'The connection failed. Check it, then try again.',
    befall: withFault({ kind: 'unreachable' }),
  },
  tooOften: {
    says: 'That was a little too often. Wait a moment, then try again.',
    befall: (backend) => backend.emulator.rateLimitFor(30),
  },
  serverError: {
    says: 'Something went wrong on our side. Try again in a moment.',
    befall: answering(503, { code: 'server_error', message: 'The service is not available.' }),
  },
  badAnswer: {
    says: 'Something went wrong on our side. Try again in a moment.',
    befall: answering(200, '<!doctype html><title>Welcome</title>'),
  },
  signedOut: {
    says: 'You are signed out. Sign in again to go on.',
    befall: (backend) => backend.signIn(null),
  },
  forbidden: {
    says: 'Your account is not allowed to do this. Ask your administrator.',
    befall: answering(403, { code: 'forbidden', message: 'Not for this account.' }),
  },
} satisfies Record<string, Failure>;

export type FailureName = keyof typeof FAILURES;
