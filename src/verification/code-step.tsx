'use client';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

import { CodeInput } from '../code-input/code-input.js';
import { format } from '../messages/format.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { typeInto } from '../ui/type-into.js';
import type { CodeState } from './code-state.js';
import { Countdown, CountdownFrame, WithTime } from './countdown.js';
import { type CodeSource, problemText, problemTexts } from './problem-text.js';
import { ResendRoom } from './resend-room.js';
import { useIsAhead } from './use-countdown.js';
import { receiveSmsCode } from './web-otp.js';

/** WorkOS sends and accepts six digits. */
const LENGTH = 6;

export interface CodeStepProps {
  source: CodeSource;
  code: CodeState;
  /** Where to find the code. */
  hint: ReactNode;
  /** As much room as the hint will ever want, where it changes. */
  hintRoom?: string | undefined;
  submit: (code: string) => void;
  resend?: (() => void) | undefined;
  /** On arrival the field takes the focus: always, only where nothing else has it, or never. */
  focus: 'take' | 'if-free' | 'leave';
  /** More actions, after the step's own. */
  children?: ReactNode;
}

/** The step that verification and both enrolments share: a code, how long it lasts, and what became of it. */
export function CodeStep({ source, code, hint, hintRoom, submit, resend, focus, children }: CodeStepProps) {
  const messages = useFlowMessages();
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [isIncomplete, setIncomplete] = useState(false);
  const isCoolingDown = useIsAhead(code.resendAt);
  const { activity, problem, resent, expiry } = code;
  const isVerifying = activity === 'verifying';
  // By the clock alone it may be right all the same: only the server refuses a code.
  const isSpent = code.wantsNewCode && !expiry;
  const isLocked = problem?.kind === 'locked';

  const clear = () => {
    if (!input.current) return;
    input.current.value = '';
    input.current.dispatchEvent(new Event('input', { bubbles: true })); // so that the field knows
  };

  useEffect(() => {
    const { activeElement } = document;
    // This screen's title has it where another way to verify was chosen.
    const isFree =
      activeElement === document.body ||
      (activeElement?.matches('.mfa-title') && activeElement.parentElement?.contains(input.current));
    if (focus === 'take' || (focus === 'if-free' && isFree)) input.current?.focus();
    addEventListener('pagehide', clear); // the back/forward cache keeps what stands in fields
    return () => removeEventListener('pagehide', clear);
    // Only on arrival.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  useEffect(() => {
    // A code that is of no use any more is replaced by typing; one that has expired is kept until a new one was sent.
    if (problem?.kind !== 'wrong_code' && problem?.kind !== 'used') return;
    const { activeElement } = document;
    // Whoever has moved on to another control meanwhile is not called back.
    const isHere = activeElement === document.body || activeElement?.closest('form') === input.current?.form;
    if (isHere && !activeElement?.matches('[type=button]')) input.current?.focus();
    input.current?.select();
  }, [problem]);

  useEffect(() => {
    if (resent === 0) return;
    clear();
    input.current?.focus();
  }, [resent]);

  const awaitsMessage = source === 'message' && activity === 'idle';
  useEffect(() => {
    if (!awaitsMessage) return undefined;
    const stop = new AbortController();
    void receiveSmsCode(stop.signal).then((received) => {
      if (received && input.current && !stop.signal.aborted) typeInto(input.current, received);
    });
    return () => stop.abort();
  }, [awaitsMessage, resent]);

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    const value = input.current?.value ?? '';
    setIncomplete(value.length < LENGTH);
    if (value.length < LENGTH) input.current?.focus();
    else submit(value);
  }

  const error = isIncomplete
    ? format(messages.code.incomplete, { length: LENGTH })
    : problem && (
        <ProblemText key={code.problems} problem={problem} source={source} canResend={resend !== undefined} />
      );
  return (
    <form className="mfa-code-step" noValidate onSubmit={handleSubmit} data-problem={problem?.kind}>
      <div className="mfa-text mfa-room" data-room={hintRoom}>
        <div id={hintId}>{hint}</div>
      </div>
      <Field
        label={messages.code.label}
        aside={
          source === 'message' &&
          (expiry && !code.wantsNewCode ? <Countdown deadline={expiry} /> : <CountdownFrame />)
        }
        describedBy={hintId}
        error={error}
        // Nothing is wrong with a code that could not be sent, or has to wait.
        isInvalid={isIncomplete || (problem && !isLocked && problem.kind !== 'failed')}
        note={code.isNew && activity === 'idle' && <span key={resent}>{messages.code.sent}</span>}
        room={problemTexts(source, messages)}
      >
        {(control) => (
          <CodeInput
            {...control}
            ref={input}
            length={LENGTH}
            readOnly={isVerifying}
            aria-busy={isVerifying || undefined}
            onValueChange={() => setIncomplete(false)}
            onComplete={submit}
          />
        )}
      </Field>
      {/* The two never change places: what is pressed is what was meant. */}
      <div className="mfa-actions">
        <Button
          look={code.wantsNewCode && resend ? 'link' : 'primary'}
          type="submit"
          isBusy={isVerifying}
          isInert={isLocked || isSpent || activity === 'sending'}
        >
          {isVerifying ? messages.code.verifying : messages.code.submit}
        </Button>
        {resend && (
          <ResendRoom>
            <Button
              look={code.wantsNewCode ? 'primary' : 'link'}
              isBusy={activity === 'sending'}
              isInert={isCoolingDown || isVerifying || isLocked}
              onClick={resend}
            >
              {activity === 'sending' ? (
                messages.code.sending
              ) : isCoolingDown && code.resendAt ? (
                <WithTime text={messages.code.sendNewIn} deadline={code.resendAt} />
              ) : (
                messages.code.sendNew
              )}
            </Button>
          </ResendRoom>
        )}
        {children}
      </div>
    </form>
  );
}

interface ProblemTextProps {
  problem: NonNullable<CodeState['problem']>;
  source: CodeSource;
  canResend: boolean;
}

/** A wait is shown ticking, but said once: a live region that changes each second would never be silent. */
function ProblemText({ problem, source, canResend }: ProblemTextProps) {
  const messages = useFlowMessages();
  const text = problemText(problem, source, messages, canResend);
  if (problem.kind !== 'locked') return <span>{text}</span>;
  return (
    <>
      <span className="mfa-visually-hidden">{text}</span>
      <span aria-hidden="true">
        <WithTime text={messages.code.locked} deadline={problem.until} />
      </span>
    </>
  );
}
