// @vitest-environment node
import { CodeInput, EnrollSms, EnrollTotp, FactorList, MfaProvider, PhoneField, VerifyCode } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const factor = {
  id: 'auth_factor_01',
  type: 'sms',
  status: 'verified',
  sms: { phoneNumber: '•••• 0006' },
} as const;

it.each<[string, ReactElement]>([
  ['EnrollTotp', <EnrollTotp key="totp" onCancel={() => {}} />],
  ['EnrollSms', <EnrollSms key="sms" />],
  ['FactorList', <FactorList key="factors" onAdd={() => {}} />],
  ['VerifyCode', <VerifyCode key="verify" factor={factor} />],
  ['CodeInput', <CodeInput key="code" aria-label="Code" />],
  ['PhoneField', <PhoneField key="phone" defaultCountry="GB" />],
])('%s renders on the server: no request, no warning, no inline style', (_name, element) => {
  const backend = createTestBackend();
  const markup = renderToString(<MfaProvider backend={backend}>{element}</MfaProvider>);
  expect(markup).toContain('mfa-');
  expect(markup).not.toMatch(/<style|style="/);
  expect((markup.match(/<option/g) ?? []).length).toBeLessThanOrEqual(1);
  expect(backend.requests()).toEqual([]);
  expect(console.error).not.toHaveBeenCalled();
});
