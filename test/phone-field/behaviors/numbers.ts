import examples from 'libphonenumber-js/mobile/examples';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  type PhoneNumber,
} from 'libphonenumber-js/max';

/** One way to write one number, and what has to come of it. */
export interface PhoneCase {
  /** The country chosen before. */
  chosen: string;
  way: 'typed' | 'pasted' | 'autofilled';
  /** What is special about it. */
  form: string;
  text: string;
  /** Null: no number may come out. */
  e164: string | null;
  /** The country shown after; undefined where countries share a numbering plan and any of them will do. */
  country?: string | undefined;
}

interface Form {
  way: PhoneCase['way'];
  form: string;
  /** Written for people of the same country, who have chosen it. */
  isNational?: true;
  /** Ways of writing it, which take turns. */
  texts: ((number: PhoneNumber) => string)[];
}

const international = (number: PhoneNumber) => number.formatInternational();
const national = (number: PhoneNumber) => number.formatNational();
const withBlanks = (blank: string) => (number: PhoneNumber) => international(number).replace(/ /g, blank);
/** Digits of another script, by its zero. */
const inDigits = (zero: number, text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

const FORMS: Form[] = [
  { way: 'typed', form: 'national', isNational: true, texts: [national] },
  {
    way: 'typed',
    form: 'international',
    texts: [international, ({ number }) => number, withBlanks('-')],
  },
  {
    way: 'typed',
    form: 'with 00 for the +',
    texts: [({ number }) => `00${number.slice(1)}`, (number) => `00 ${international(number).slice(1)}`],
  },
  {
    way: 'typed',
    form: 'in digits of another script',
    texts: [
      ({ number }) => inDigits(0x660, number),
      ({ number }) => inDigits(0x6f0, number),
      ({ number }) => inDigits(0x966, number),
    ],
  },
  {
    way: 'pasted',
    form: 'with punctuation',
    texts: [
      withBlanks('.'),
      withBlanks('-'),
      withBlanks('\u00a0'),
      withBlanks(' / '),
      withBlanks('\u2011'),
      (number) => international(number).replace(/^\+\d+/, '($&)'),
      (number) => ` Mobile: ${international(number)}\n`,
    ],
  },
  {
    way: 'pasted',
    form: 'national',
    isNational: true,
    texts: [national, (number) => ` ${national(number)} `],
  },
  {
    way: 'pasted',
    form: 'as a tel: link',
    texts: [(number) => number.getURI(), (number) => `tel:${withBlanks('-')(number)}`],
  },
  {
    way: 'pasted',
    form: 'with an extension',
    texts: [
      (number) => `${international(number)} ext. 12`,
      (number) => `${international(number)} x12`,
      (number) => `${number.getURI()};ext=12`,
    ],
  },
  {
    way: 'pasted',
    form: 'in full-width characters',
    texts: [
      (number) => `＋${inDigits(0xff10, international(number).slice(1))}`,
      (number) => inDigits(0xff10, number.number),
    ],
  },
  {
    way: 'pasted',
    form: 'with characters that cannot be seen',
    texts: [
      (number) => `\u202a${international(number)}\u202c`,
      (number) => `\u200e${withBlanks('\u200b \u200b')(number)}\ufeff`,
      (number) => `\u2066${international(number)}\u2069\u200f`,
    ],
  },
  { way: 'autofilled', form: 'international', texts: [({ number }) => number, international] },
  {
    way: 'autofilled',
    form: 'national',
    isNational: true,
    texts: [national, (number) => national(number).replace(/\D/g, '')],
  },
];

/** Where a 0 stands before numbers at home and not abroad, and people write it abroad all the same. */
const TRUNK_FORMS: Form[] = [
  {
    way: 'pasted',
    form: 'with (0) after the calling code',
    texts: [
      (number) => international(number).replace(/ /, ' (0)'),
      (number) => international(number).replace(/ /, ' (0) '),
      (number) => international(number).replace(/ /, '(0)'),
    ],
  },
  {
    way: 'typed',
    form: 'with a 0 after the calling code',
    texts: [
      (number) => international(number).replace(/ /, ' (0)'),
      (number) => international(number).replace(/ /, ' 0'),
      (number) => international(number).replace(/ /, '0').replace(/ /g, ''),
    ],
  },
];

/** Whose person might paste a number of any other country. */
const ELSEWHERE: CountryCode[] = ['US', 'GB', 'FR', 'IN'];

const NUMBERS = getCountries().flatMap((country) => {
  const number = getExampleNumber(country, examples);
  return number ? [{ country, number }] : [];
});
const callingCodes = NUMBERS.map(({ country }) => getCountryCallingCode(country));
const isShared = (country: CountryCode) =>
  callingCodes.filter((code) => code === getCountryCallingCode(country)).length > 1;

function phoneCase(country: CountryCode, number: PhoneNumber, at: number, form: Form): PhoneCase {
  const others = ELSEWHERE.filter((other) => getCountryCallingCode(other) !== getCountryCallingCode(country));
  const write = form.texts[at % form.texts.length] ?? national;
  return {
    chosen: form.isNational ? country : (others[at % others.length] ?? country),
    way: form.way,
    form: form.form,
    text: write(number),
    e164: number.number,
    country: !form.isNational && isShared(country) ? undefined : country,
  };
}

/** Two forms for each country, another two for the next, until every form has met every kind of country. */
const general = NUMBERS.flatMap(({ country, number }, at) => {
  const round = Math.floor(at / FORMS.length);
  return [at, at + 1 + (round % (FORMS.length - 1))].flatMap((turn) => {
    const form = FORMS[turn % FORMS.length];
    return form ? [phoneCase(country, number, round, form)] : [];
  });
});

const withTrunk = NUMBERS.filter(
  ({ number }) => national(number).replace(/\D/g, '') === `0${number.nationalNumber}`,
);
const trunks = TRUNK_FORMS.flatMap((form, each) =>
  withTrunk
    .filter((_, at) => at % 3 !== each)
    .slice(0, 40)
    .map(({ country, number }, at) => phoneCase(country, number, at, form)),
);

/** The mobile number of every country of the world, each written in two ways or more. */
export const mobileNumbers: PhoneCase[] = [...general, ...trunks];
