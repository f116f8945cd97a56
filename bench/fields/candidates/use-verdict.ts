import { useRef } from 'react';

import type { PhoneResult } from '../../../test/field-lab/phone-host.tsx';

export interface Verdict {
  /** After each change of the field. */
  changed: (result: PhoneResult) => void;
  /** When the field is left. */
  left: (result: PhoneResult) => void;
}

/**
 * When to find fault is left to the app by these libraries. This app takes a good number at once, and says what is wrong
 * when the field is left, and from then on after each change.
 */
export function useVerdict(onResult: (result: PhoneResult) => void): Verdict {
  const told = useRef<PhoneResult>(undefined);
  const wasLeft = useRef(false);
  const tell = (result: PhoneResult) => {
    told.current = result;
    onResult(result);
  };
  return {
    changed(result) {
      if (result.e164 !== undefined || wasLeft.current) tell(result);
      else if (told.current) tell({}); // what was good before is not any more
    },
    left(result) {
      if (result.reason === 'empty' && !told.current) return; // only passed through
      wasLeft.current = true;
      if (result.e164 === undefined || result.e164 !== told.current?.e164) tell(result);
    },
  };
}
