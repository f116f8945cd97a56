'use client';
import { type RefObject, useEffect, useState } from 'react';

import { loadPhoneEngine, type PhoneEngine } from './load-phone-engine.js';

/**
 * The phone engine, once it is there: after the page has settled, or as soon as somebody comes to the form. Whoever fills
 * in another of its fields may have the browser fill in this one.
 */
export function usePhoneEngine(input: RefObject<HTMLInputElement | null>): {
  engine: PhoneEngine | undefined;
  /** Somebody is here. */
  isWanted: boolean;
} {
  const [engine, setEngine] = useState<PhoneEngine>();
  const [isWanted, setWanted] = useState(false);

  useEffect(() => {
    const stop = new AbortController();
    let isAsked = false; // a second answer would be a second commit
    const load = () => {
      if (isAsked) return;
      isAsked = true;
      loadPhoneEngine().then(
        (loaded) => stop.signal.aborted || setEngine(loaded),
        () => (isAsked = false),
      );
    };
    const come = () => {
      setWanted(true);
      load();
    };
    const later = setTimeout(load, 300);
    const around = input.current?.form ?? input.current?.parentElement;
    for (const type of ['focusin', 'pointerdown'])
      around?.addEventListener(type, come, { signal: stop.signal });
    return () => {
      clearTimeout(later);
      stop.abort();
    };
  }, [input]);

  return { engine, isWanted };
}
