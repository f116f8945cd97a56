import { loadPhoneEngine } from './load-phone-engine.js';
import {
  interpretPhoneNumber,
  type PhoneNumberResult,
  type PhoneNumberRules,
  readE164,
} from './phone-rules.js';

/**
 * Whether a text message can be sent to a number, and its E.164 form. Takes every national and international way of
 * writing it. Where the engine cannot be loaded, anything of E.164's form passes, for the server to decide.
 */
export async function validatePhoneNumber(
  text: string,
  rules: PhoneNumberRules = {},
): Promise<PhoneNumberResult> {
  const engine = await loadPhoneEngine().catch(() => undefined);
  return engine ? interpretPhoneNumber(text, rules, engine) : readE164(text);
}
