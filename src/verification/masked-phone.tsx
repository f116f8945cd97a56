'use client';
import { format, splitAt } from '../messages/format.js';
import { useFlowMessages } from '../messages/messages-context.js';

/** `•••• 0006`: always four dots and the last four digits, the last two of a number shorter than eight. */
export function maskPhone(phoneNumber: string): string {
  return `•••• ${lastDigits(phoneNumber)}`;
}

/** A phone number as far as it may be shown, read digit by digit. Takes a whole number or one masked by the proxy. */
export function MaskedPhone({ phoneNumber }: { phoneNumber: string }) {
  const { phone } = useFlowMessages();
  return (
    <bdi dir="ltr" className="mfa-masked-phone">
      <span aria-hidden="true">{maskPhone(phoneNumber)}</span>
      <span className="mfa-visually-hidden">
        {format(phone.endingIn, { digits: lastDigits(phoneNumber).split('').join(' ') })}
      </span>
    </bdi>
  );
}

/** A message whose `{target}` is a phone number. */
export function WithPhone({ text, phoneNumber }: { text: string; phoneNumber: string }) {
  const [before, after] = splitAt(text, 'target');
  return (
    <>
      {before}
      <MaskedPhone phoneNumber={phoneNumber} />
      {after}
    </>
  );
}

function lastDigits(phoneNumber: string): string {
  const digits = phoneNumber.replace(/\D/g, '');
  const isWhole = phoneNumber.startsWith('+');
  return digits.slice(isWhole && digits.length < 8 ? -2 : -4);
}
