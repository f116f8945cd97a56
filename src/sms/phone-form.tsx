'use client';
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';

import type { PhoneNumberReason } from '../messages/messages.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { firstCountry } from '../phone-field/countries.js';
import { PhoneField } from '../phone-field/phone-field.js';
import { validatePhoneNumber } from '../phone-field/validate-phone-number.js';
import type { PhoneNumberRules } from '../phone-field/phone-rules.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { WithTime } from '../verification/countdown.js';
import { useIsAhead } from '../verification/use-countdown.js';
import { phoneFormSchema, type PhoneFormValues } from './phone-form.schema.js';
import { phoneExample } from './phone-example.js';
import { phoneProblemText, phoneProblemTexts } from './phone-problem.js';
import type { PhoneEntry } from './sms-enrollment.js';
import type { EnrollSmsFlow } from './use-enroll-sms.js';

export interface PhoneFormProps {
  flow: Extract<EnrollSmsFlow, { step: 'phone' }>;
  rules: PhoneNumberRules;
  children?: ReactNode;
}

/** Asks for a number and sends a code to it. A number that was refused stays in the field, with the reason. */
export function PhoneForm({ flow, rules, children }: PhoneFormProps) {
  const messages = useFlowMessages();
  const { entry, isSending, error: sendError, retryAt, sendCode, dismissError } = flow;
  const latestRules = useRef(rules);
  useEffect(() => {
    latestRules.current = rules;
  });
  const [resolver] = useState(() => standardSchemaResolver(phoneFormSchema(() => latestRules.current)));
  const { register, handleSubmit, getValues, setValue, setFocus, formState } = useForm<
    PhoneFormValues,
    unknown,
    PhoneEntry
  >({
    resolver,
    mode: 'onTouched',
    defaultValues: { phone: entry?.text ?? '', country: entry?.country ?? firstCountry(rules) },
  });
  const [country, setCountry] = useState(entry?.country ?? firstCountry(rules));
  const introId = useId();
  const consentId = useId();

  useEffect(() => {
    if (sendError) setFocus('phone');
  }, [sendError, setFocus]);
  useEffect(() => {
    const forget = () => setValue('phone', ''); // the back/forward cache keeps what stands in fields
    addEventListener('pagehide', forget);
    return () => removeEventListener('pagehide', forget);
  }, [setValue]);

  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    if (entry) setFocus('phone'); // back from the code, whose button has gone
    return () => {
      isGone.current = true;
    };
    // Only on arrival.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  // Cast: the schema's messages are reasons. Passing through an empty field is no mistake.
  const said = formState.errors.phone?.message as PhoneNumberReason | undefined;
  const reason = said === 'empty' && formState.submitCount === 0 ? undefined : said;
  const mustWait = useIsAhead(retryAt);
  const example = reason && reason !== 'country_not_allowed' ? phoneExample(country) : undefined;
  const error = reason
    ? phoneProblemText(reason, example, messages)
    : sendError && messages.errors[sendError.code];
  const { onChange, ...phone } = register('phone');

  return (
    <form
      className="mfa-phone-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSending || mustWait) return;
        void handleSubmit(async (valid) => {
          // The engine may have loaded after the person has left, or the browser has filled in another number since.
          const { phone: text, country: chosen } = getValues();
          const shown = await validatePhoneNumber(text, { ...latestRules.current, country: chosen });
          if (shown.ok && shown.e164 === valid.e164 && !isGone.current) sendCode(valid);
        })(event);
      }}
    >
      <p className="mfa-text" id={introId}>
        {messages.sms.intro}
      </p>
      <Field
        label={messages.phone.label}
        describedBy={introId}
        error={error}
        room={phoneProblemTexts(messages)}
      >
        {(control) => (
          <PhoneField
            {...control}
            {...phone}
            onChange={(event) => {
              dismissError();
              void onChange(event);
            }}
            defaultValue={entry?.text}
            defaultCountry={entry?.country ?? rules.country}
            countries={rules.countries}
            testNumbers={rules.testNumbers}
            readOnly={isSending || formState.isSubmitting}
            onCountryChange={(next) => {
              setCountry(next);
              setValue('country', next, {
                shouldValidate: formState.isSubmitted || formState.touchedFields.phone === true,
              });
            }}
          />
        )}
      </Field>
      <p className="mfa-consent" id={consentId}>
        {messages.sms.consent}
      </p>
      <div className="mfa-actions">
        <Button
          look="primary"
          type="submit"
          aria-describedby={consentId}
          isBusy={isSending || formState.isSubmitting}
          isInert={mustWait}
        >
          {isSending ? (
            messages.sms.sending
          ) : mustWait && retryAt ? (
            <WithTime text={messages.actions.tryAgainIn} deadline={retryAt} />
          ) : (
            messages.sms.send
          )}
        </Button>
        {children}
      </div>
    </form>
  );
}
