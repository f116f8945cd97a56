import { type FormEvent, useId, useState } from 'react';

import { Frame } from './frame.tsx';

export interface SignInPageProps {
  /** Resolves to whether the server took it. */
  onSignIn: (email: string, password: string) => Promise<boolean>;
}

export function SignInPage({ onSignIn }: SignInPageProps) {
  const [attempt, setAttempt] = useState<'none' | 'busy' | 'refused'>('none');
  const id = useId();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (attempt === 'busy') return;
    const form = Object.fromEntries(new FormData(event.currentTarget)) as Record<
      'email' | 'password',
      string
    >;
    setAttempt('busy');
    const isTaken = await onSignIn(form.email, form.password);
    if (!isTaken) setAttempt('refused');
  }

  return (
    <Frame>
      <div className="card card-narrow">
        <h1 className="page-title">Sign in</h1>
        <form className="form" onSubmit={(event) => void submit(event)}>
          <div className="form-field">
            <label className="form-label" htmlFor={`${id}-email`}>
              E-mail
            </label>
            <input
              className="input"
              id={`${id}-email`}
              name="email"
              type="email"
              autoComplete="username"
              defaultValue="ada@example.com"
              required
            />
          </div>
          <div className="form-field">
            <label className="form-label" htmlFor={`${id}-password`}>
              Password
            </label>
            <input
              className="input"
              id={`${id}-password`}
              name="password"
              type="password"
              autoComplete="current-password"
              aria-describedby={`${id}-note`}
              required
            />
            <p className="form-note" id={`${id}-note`}>
              This is a demo: any password works.
            </p>
          </div>
          <p className="form-error" role="alert">
            {attempt === 'refused' && 'That did not work. Check your e-mail address and try again.'}
          </p>
          <button type="submit" className="button" data-look="primary" aria-disabled={attempt === 'busy'}>
            {attempt === 'busy' ? 'Signing in…' : 'Sign in'}
          </button>
        </form>
      </div>
    </Frame>
  );
}
