import type { PhoneCase } from './numbers.ts';

/** `[country chosen, way, text, E.164, country after]`: ways of dialling that only one country knows. */
const HABITS: [string, PhoneCase['way'], string, string, string][] = [
  ['US', 'typed', '1 (213) 373-4253', '+12133734253', 'US'],
  ['US', 'typed', '011 44 7400 123456', '+447400123456', 'GB'],
  ['AU', 'typed', '0011 44 7400 123456', '+447400123456', 'GB'],
  ['JP', 'typed', '010 44 7400 123456', '+447400123456', 'GB'],
  ['KR', 'typed', '00700 44 7400 123456', '+447400123456', 'GB'],
  ['GB', 'typed', '7400 123456', '+447400123456', 'GB'],
  ['GB', 'typed', '447400123456', '+447400123456', 'GB'],
  ['RU', 'typed', '8 912 345-67-89', '+79123456789', 'RU'],
  ['HU', 'typed', '06 20 123 4567', '+36201234567', 'HU'],
  ['LT', 'typed', '8 612 34567', '+37061234567', 'LT'],
  ['BR', 'typed', '0 15 11 96123-4567', '+5511961234567', 'BR'],
  ['AR', 'typed', '011 15-2345-6789', '+5491123456789', 'AR'],
  ['IT', 'typed', '+39 312 345 6789', '+393123456789', 'IT'],
  ['CI', 'typed', '01 23 45 6789', '+2250123456789', 'CI'],
  ['FR', 'pasted', '06.12.34.56.78', '+33612345678', 'FR'],
  ['GB', 'pasted', 'Call 07400 123456 after six', '+447400123456', 'GB'],
  ['IN', 'pasted', '०८१२३४ ५६७८९', '+918123456789', 'IN'],
];

/** `[country chosen, way, texts]`: numbers that no text message reaches, or that are none. */
const REFUSED: Record<string, [string, PhoneCase['way'], string[]][]> = {
  'a landline': [
    ['GB', 'typed', ['020 7946 0018', '01212345678', '+33 1 23 45 67 89', '+4930123456']],
    ['FR', 'typed', ['01 23 45 67 89', '+44 20 7946 0018', '+39 02 1234 5678', '+54 11 2345 6789']],
    ['US', 'pasted', ['+44 (0)20 7946 0018', 'tel:+81-3-1234-5678', '+551123456789', '+34 810 12 34 56']],
    ['AU', 'autofilled', ['02 1234 5678', '+61212345678', '+41 21 234 56 78']],
    ['IN', 'typed', ['011 2345 6789']],
  ],
  'a toll-free number': [
    ['GB', 'typed', ['0800 123 4567', '+33 801 23 45 67', '+1 800 234 5678']],
    ['US', 'typed', ['(800) 234-5678', '+44 800 123 4567']],
    ['DE', 'pasted', ['+49 800 1234567890', '+7 800 123-45-67', '+61 1800 123 456']],
    ['FR', 'autofilled', ['+18888888888']],
  ],
  'a premium number': [
    ['GB', 'typed', ['0901 234 5678', '+33 891 12 34 56']],
    ['US', 'pasted', ['(900) 234-5678', '+81 990 123 456', '+49 900 1234567']],
  ],
  'a number of shared cost': [
    ['GB', 'typed', ['0843 123 4567', '+49 180 12345']],
    ['IT', 'pasted', ['848 123456', '+34 901 12 34 56', '+61 1300 123 456']],
  ],
  'a pager, a personal number or an internet phone': [
    ['GB', 'typed', ['07640 123456', '070 1234 5678', '056 1234 5678']],
    ['US', 'pasted', ['(500) 234-5678', '+33 9 12 34 56 78', '+49 164 12345', '+81 50 1234 5678']],
  ],
  'a satellite phone or a number of no country': [
    ['GB', 'typed', ['+881 6 1234 5678', '+870 773 111 632', '+800 1234 5678', '00 870 773 111 632']],
    ['US', 'pasted', ['+808 1234 5678', '+882 13 123456', '+979 1 2345 6789', 'tel:+881612345678']],
    ['FR', 'autofilled', ['+883510001234567', '+878101234567890', '+881612345678']],
  ],
  'a number that is not whole': [
    ['GB', 'typed', ['0740', '07400 12345', '+44 7400', '123456', '999']],
    ['US', 'pasted', ['213373425', '+1 213 373']],
  ],
  'a number with digits too many': [
    ['GB', 'typed', ['07400 1234567', '+44 7400 1234567']],
    ['US', 'typed', ['21337342530']],
    ['GB', 'pasted', ['+44 7400 123456 789', '+447400123456789012345', '4111 1111 1111 1111']],
    ['US', 'pasted', ['(213) 373-42530', '12345678901234567890123']],
    ['FR', 'autofilled', ['+336123456789', '06 12 34 56 789']],
  ],
  'a calling code of no country': [
    ['GB', 'typed', ['+999 123456789', '+210 12345678', '+0 7400 123456']],
    ['US', 'pasted', ['tel:+999123456789', '+210 123 456 789']],
  ],
  'what is no number': [
    ['GB', 'typed', ['phone', '07400 12B456', '++', '0000000000']],
    ['US', 'pasted', ['1-800-FLOWERS', 'someone@example.com', '(555) 555-5555']],
    ['GB', 'autofilled', ['John Smith']],
  ],
};

export const habits: PhoneCase[] = HABITS.map(([chosen, way, text, e164, country]) => ({
  chosen,
  way,
  form: 'as at home',
  text,
  e164,
  country,
}));

export const refusedNumbers: PhoneCase[] = Object.entries(REFUSED).flatMap(([form, groups]) =>
  groups.flatMap(([chosen, way, texts]) => texts.map((text) => ({ chosen, way, form, text, e164: null }))),
);
