import { format } from '../messages/format.js';
import type { FlowMessages, PhoneNumberReason } from '../messages/messages.js';

/** Why a number is not taken and, where it is known, what one of its country looks like. */
export function phoneProblemText(
  reason: PhoneNumberReason,
  example: string | undefined,
  { phone }: FlowMessages,
): string {
  const text = phone.reasons[reason];
  // Never broken across lines inside the number.
  return example ? `${text} ${format(phone.example, { example: example.replaceAll(' ', '\u00a0') })}` : text;
}

/** What the phone form can come to say, so that its place is large enough from the start. */
export function phoneProblemTexts({ phone, errors }: FlowMessages): string[] {
  // The example's name is nearly as long as an example.
  const reasons = Object.values(phone.reasons).map((reason) => `${reason} ${phone.example} 0000`);
  return [...reasons, ...Object.values(errors)];
}
