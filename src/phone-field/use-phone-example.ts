'use client';
import type { CountryCode, Examples } from 'libphonenumber-js/core';
import { useEffect, useState } from 'react';

import { loadPhoneEngine } from './load-phone-engine.js';

/**
 * A mobile number of a country as people there write it, once it has loaded.
 * @param country `undefined` while no example is wanted; nothing is loaded then.
 */
export function usePhoneExample(country: string | undefined): string | undefined {
  const [example, setExample] = useState<{ country: string; text: string }>();
  useEffect(() => {
    if (!country) return undefined;
    let isGone = false;
    const load = async () => {
      const [{ getExampleNumber, metadata }, { default: examples }] = await Promise.all([
        loadPhoneEngine(),
        import('libphonenumber-js/mobile/examples') as Promise<{ default: Examples }>,
      ]);
      const number = getExampleNumber(country as CountryCode, examples, metadata);
      if (number && !isGone) setExample({ country, text: number.formatNational() });
    };
    load().catch(() => undefined); // the reason alone has to do
    return () => {
      isGone = true;
    };
  }, [country]);
  return example?.country === country ? example?.text : undefined;
}
