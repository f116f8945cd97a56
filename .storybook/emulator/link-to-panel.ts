import type { TestBackend } from 'mfa-kit/testing';
import { addons } from 'storybook/preview-api';

import { moveDeviceClock } from '../../stories/device-clock.js';
import { EMULATOR_COMMAND, EMULATOR_STATE, type EmulatorCommand } from './emulator-channel.js';
import { readEmulator } from './read-emulator.js';
import { typeCode } from './type-code.js';

/**
 * Shows a story's servers in the panel and lets the panel's buttons act on them.
 * @returns How to end it.
 */
export function linkToPanel(storyId: string, backend: TestBackend): () => void {
  const channel = addons.getChannel();
  let owner = backend.user;
  // What prepared the story is not what the component asked for.
  let firstRequest = backend.requests().length;
  let skipped = 0;
  let said = '';
  let nextCodes: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  let isTelling = false;

  /** At most once for all that happens in one go. */
  async function tell() {
    owner = backend.user ?? owner;
    if (isTelling) return;
    isTelling = true;
    await Promise.resolve();
    isTelling = false;
    const servers = await readEmulator(backend, owner, firstRequest);
    if (isEnded) return;
    channel.emit(EMULATOR_STATE, { storyId, said, ...servers });
    clearTimeout(nextCodes);
    if (servers.factors.some(({ code }) => code !== undefined)) {
      nextCodes = setTimeout(() => void tell(), servers.codesEndIn);
    }
  }

  /** @returns What to say of it. */
  function carryOut(command: EmulatorCommand): string {
    switch (command.do) {
      case 'tell':
        return said;
      case 'expire-codes':
        backend.emulator.expireChallenges();
        return 'The codes sent so far have expired.';
      case 'skip-30-seconds':
        moveDeviceClock(30_000); // the servers go by it
        skipped += 30;
        return `Skipped ${skipped} s in all.`;
      case 'sign-in':
        backend.signIn(owner);
        return '';
      case 'sign-out':
        backend.signIn(null);
        return '';
      case 'clear-requests':
        firstRequest = backend.requests().length;
        return 'Cleared the requests.';
      case 'type-code':
        return typeCode(command.code) ? `Typed ${command.code}.` : 'The story has no field for a code now.';
    }
  }

  const obey = (command: EmulatorCommand) => {
    said = carryOut(command);
    void tell();
  };
  const unsubscribe = backend.subscribe(() => void tell());
  channel.on(EMULATOR_COMMAND, obey);
  void tell();
  return () => {
    isEnded = true;
    clearTimeout(nextCodes);
    unsubscribe();
    channel.off(EMULATOR_COMMAND, obey);
    channel.emit(EMULATOR_STATE, null);
  };
}
