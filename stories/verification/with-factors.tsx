import { type AuthenticationFactor, VerifyCode, type VerifyCodeProps } from 'mfa-kit';

import { backendOf, enrolledFactor, OTHER_SAMPLE_PHONE, SAMPLE_PHONE } from '../act.js';

type Context = { loaded: Record<string, unknown> };

/** What a person has set up. */
export type Method = 'app' | 'phone' | 'other phone';

/** The factors of the story, as the app's server listed them. */
export function factorsOf({ loaded }: Context): AuthenticationFactor[] {
  return loaded.factors as AuthenticationFactor[]; // `withFactors` put them there; Storybook's type knows of none
}

/**
 * A person who has set those up before.
 * @param change What the app's server lists instead, in the wire's own form.
 */
export const withFactors =
  (methods: Method[], change?: (listed: object[]) => object[]) =>
  async (context: Context): Promise<void> => {
    const backend = backendOf(context);
    for (const method of methods) {
      if (method === 'app') await enrolledFactor(backend, 'totp');
      else await enrolledFactor(backend, 'sms', method === 'phone' ? SAMPLE_PHONE : OTHER_SAMPLE_PHONE);
    }
    if (change) {
      backend.faults.next('GET /factors', {
        kind: 'tampered',
        change: (body) => ({ data: change((body as { data: object[] }).data) }), // the handler's own answer
      });
    }
    context.loaded.factors = await backend.listFactors();
  };

/** As a server lists them that keeps nothing but their type. */
export const typesOnly = (listed: object[]): object[] =>
  listed.map((factor) => ({ ...factor, totp: undefined, sms: undefined }));

/** The component with the factors of the story. */
export function renderWithFactors({ onVerified, onCancel }: VerifyCodeProps, context: Context) {
  return <VerifyCode factors={factorsOf(context)} onVerified={onVerified} onCancel={onCancel} />;
}
