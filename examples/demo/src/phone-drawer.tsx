import { useEffect, useState } from 'react';

import { ChevronIcon } from './icons.tsx';
import { post } from './session.ts';

interface Inbox {
  /** How far the server's clock was moved. */
  secondsAhead: number;
  /** Newest first. */
  messages: readonly { id: string; to: string; body: string; sentAt: number }[];
}

const EMPTY: Inbox = { secondsAhead: 0, messages: [] };

/** The phone that the emulator's text messages arrive on. It exists in the demo without a WorkOS key only. */
export function PhoneDrawer({ onReset }: { onReset: () => Promise<void> }) {
  const [{ secondsAhead, messages }, refresh] = useInbox();
  const [isOpen, setOpen] = useState(() => matchMedia('(min-width: 80rem)').matches);

  async function moveClock() {
    await post('/api/dev/clock', { seconds: 600 });
    await refresh();
  }

  async function startOver() {
    await post('/api/dev/reset', {});
    await Promise.all([refresh(), onReset()]);
  }

  return (
    <aside className="drawer" aria-label="Test phone">
      <button type="button" className="drawer-handle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>Test phone</span>
        <span className="drawer-count">
          {messages.length === 1 ? '1 message' : `${messages.length} messages`}
        </span>
        <ChevronIcon />
      </button>
      {isOpen && (
        <div className="drawer-body">
          <p className="drawer-note">
            WorkOS is emulated on this machine. Its text messages arrive here and nowhere else.
          </p>
          <ul className="messages" aria-label="Text messages">
            {messages.map(({ id, to, body, sentAt }) => (
              <li key={id} className="message">
                <p className="message-head">
                  <bdi dir="ltr">{to}</bdi>
                  <time dateTime={new Date(sentAt).toISOString()}>{TIME.format(sentAt)}</time>
                </p>
                <p className="message-body">{body}</p>
              </li>
            ))}
          </ul>
          <div className="drawer-actions">
            <button type="button" className="button" onClick={() => void moveClock()}>
              Move the clock 10 minutes
            </button>
            <button type="button" className="button" data-look="quiet" onClick={() => void startOver()}>
              Start over
            </button>
          </div>
          {secondsAhead > 0 && (
            <p className="drawer-note" role="status">
              The server’s clock is {Math.round(secondsAhead / 60)} minutes ahead. Codes of a real
              authenticator app no longer fit until you start over.
            </p>
          )}
        </div>
      )}
    </aside>
  );
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The inbox, read once a second: a message has to arrive while somebody waits for it. */
function useInbox(): [Inbox, () => Promise<void>] {
  const [inbox, setInbox] = useState(EMPTY);
  useEffect(() => {
    const read = () => void readInbox().then((next) => next && setInbox(next));
    read();
    const timer = setInterval(() => document.hidden || read(), 1000);
    return () => clearInterval(timer);
  }, []);
  return [inbox, async () => setInbox((await readInbox()) ?? EMPTY)];
}

async function readInbox(): Promise<Inbox | undefined> {
  const response = await fetch('/api/dev/inbox', { cache: 'no-store' }).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}
