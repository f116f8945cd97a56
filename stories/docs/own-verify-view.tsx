import {
  type AuthenticationFactor,
  CodeInput,
  type CodeProblem,
  Countdown,
  useCountdown,
  useMfaMessages,
  useVerifyCode,
  type VerifyCodeFlow,
} from 'mfa-kit';
import { useId } from 'react';

export interface OwnVerifyViewProps {
  factors: readonly AuthenticationFactor[];
  onVerified: () => void;
}

export function OwnVerifyView({ factors, onVerified }: OwnVerifyViewProps) {
  const { errors } = useMfaMessages();
  const flow = useVerifyCode({ factors, onVerified });
  switch (flow.step) {
    case 'unavailable':
      return <p>Set up a second factor first.</p>;
    case 'sending':
      return <p role="status">One moment…</p>;
    case 'failed':
      return (
        <>
          <p role="alert">{errors[flow.error.code]}</p>
          <button type="button" disabled={flow.isRetrying} onClick={flow.retry}>
            Try again
          </button>
        </>
      );
    case 'code':
      // A key for each factor, so that one's digits do not stand in the other's field.
      return <CodeForm key={flow.factor?.id} flow={flow} />;
    case 'done':
      return <p role="status">Welcome back.</p>;
  }
}

function CodeForm({ flow }: { flow: Extract<VerifyCodeFlow, { step: 'code' }> }) {
  const id = useId();
  const { factor, choices, choose, code, submit, resend } = flow;
  const resendIn = useCountdown(code.resendAt) ?? 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget).get('code') as string); // a field of text, so never a file
      }}
    >
      <label htmlFor={id}>Code from your {nameOf(factor)}</label>
      <CodeInput
        id={id}
        name="code"
        required
        readOnly={code.activity === 'verifying'}
        aria-describedby={`${id}-error`}
        aria-invalid={code.problem ? true : undefined}
        onComplete={submit}
      />
      <p id={`${id}-error`} role="alert">
        {/* A key that changes with each problem, so that the same one is read out again. */}
        {code.problem && <Problem key={code.problems} problem={code.problem} />}
      </p>
      {code.expiry && !code.wantsNewCode && (
        <p>
          <Countdown deadline={code.expiry} />
        </p>
      )}
      <button type="submit">Sign in</button>
      {resend && (
        <button type="button" disabled={resendIn > 0 || code.activity === 'sending'} onClick={resend}>
          {resendIn > 0 ? `Another code in ${resendIn} s` : 'Send another code'}
        </button>
      )}
      {choices
        .filter((choice) => choice.id !== factor?.id)
        .map((choice) => (
          <button key={choice.id} type="button" onClick={() => choose(choice)}>
            Use your {nameOf(choice)} instead
          </button>
        ))}
    </form>
  );
}

function Problem({ problem }: { problem: CodeProblem }) {
  const { errors } = useMfaMessages();
  const lockedFor = useCountdown(problem.kind === 'locked' ? problem.until : undefined) ?? 0;
  switch (problem.kind) {
    case 'wrong_code':
      return problem.rejections > 1 ? 'Still not right. Is your phone’s clock?' : 'That is not the code.';
    case 'expired':
    case 'used':
      return 'That code is of no use any more. Take the next one.';
    case 'locked':
      // Said once, and not again with each second.
      return lockedFor > 0 ? 'Too many tries. Wait a little.' : 'You can try again now.';
    case 'failed':
      return errors[problem.error.code];
  }
}

const nameOf = (factor: AuthenticationFactor | undefined) =>
  factor?.type === 'totp' ? 'authenticator app' : 'phone';
