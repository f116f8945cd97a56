import '../../src/styles/index.css';
import { createHttpBackend, MfaProvider, PhoneField } from 'mfa-kit';

import { type PhoneCandidate, readInput } from '../field-lab/phone-host.tsx';

const backend = createHttpBackend({ baseUrl: '/api/mfa' });

const candidate: PhoneCandidate = {
  Field: ({ label, lang, country, onResult, ...props }) => (
    <MfaProvider backend={backend} {...(lang && { messages: { locale: lang } })}>
      <label htmlFor={props.id}>{label}</label>
      <PhoneField {...props} defaultCountry={country} onValueChange={onResult} />
    </MfaProvider>
  ),
  read: (root) => ({
    ...readInput(root),
    country:
      root.querySelector<HTMLSelectElement>('.mfa-phone-select')?.value ??
      root.querySelector('.mfa-phone-prefix')?.textContent?.slice(0, 2),
  }),
};

export default candidate;
