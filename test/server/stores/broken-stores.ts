import type { MfaStore } from 'mfa-kit/server';

type Change = Parameters<MfaStore['swap']>[0];
interface Kept {
  text: string;
  expiresAt: number | null;
}

/** The parts of a plain store, each of which can be broken. */
class Parts {
  kept = new Map<string, Kept>();
  keyOf = (key: string): string => key;
  isEqual = (there: string | null, from: string | null): boolean => there === from;
  written = (text: string): string => text;
  answer = (swapped: boolean): unknown => swapped;
  nothing: unknown = null;
  before = (_change: Change): void | Promise<void> => {};
  expiryOf = (change: Change, _there: Kept | undefined): number | null => change.expiresAt;
  isGone = (_kept: Kept, _at: number | undefined): boolean => false;

  there(key: string, at?: number): Kept | undefined {
    const kept = this.kept.get(this.keyOf(key));
    return kept && this.isGone(kept, at) ? undefined : kept;
  }

  write(change: Change): void {
    const key = this.keyOf(change.key);
    const expiresAt = this.expiryOf(change, this.there(key));
    if (change.to === null) this.kept.delete(key);
    else this.kept.set(key, { text: this.written(change.to), expiresAt });
  }

  store(): MfaStore {
    return {
      // The casts: what a store gives that is not written in TypeScript, or not checked.
      read: async (key) => (this.there(key)?.text ?? this.nothing) as string | null,
      swap: async (change) => {
        const there = this.there(change.key, change.at)?.text ?? null;
        const isSwapped = this.isEqual(there, change.from);
        const wait = this.before(change);
        if (wait) await wait;
        if (isSwapped) this.write(change);
        return this.answer(isSwapped) as boolean;
      },
    };
  }
}

export const broken = (changes: Partial<Parts>) => (): MfaStore[] => [
  Object.assign(new Parts(), changes).store(),
];

const comparing = (normal: (text: string) => string) =>
  broken({
    isEqual: (there, from) =>
      there === null || from === null ? there === from : normal(there) === normal(from),
  });

const soon = () => new Promise<void>((resolve) => setTimeout(resolve));

/** What a driver makes of a text as it turns it into UTF-8. */
const toUtf8 = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

function asJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Two instances, each with a copy of what it last saw. */
function caching(): MfaStore[] {
  const shared = new Parts();
  return [1, 2].map(() => {
    const seen = new Map<string, string | null>();
    const store = shared.store();
    return {
      async read(key) {
        if (!seen.has(key)) seen.set(key, await store.read(key));
        return seen.get(key) ?? null;
      },
      async swap(change) {
        if ((await this.read(change.key)) !== change.from) return false;
        shared.write(change);
        seen.set(change.key, change.to);
        return true;
      },
    };
  });
}

/** Two instances, the second of which hears of a change a little later. @param compares Whether it compares by that, too. */
const replicated = (compares: boolean) => (): MfaStore[] => {
  const primary = new Parts();
  const replica = new Parts();
  const instances: MfaStore[] = [
    primary.store(),
    {
      read: (key) => replica.store().read(key),
      async swap(change) {
        if (compares && (replica.there(change.key)?.text ?? null) !== change.from) return false;
        return primary.store().swap(change);
      },
    },
  ];
  return instances.map((store) => ({
    ...store,
    async swap(change) {
      const isSwapped = await store.swap(change);
      if (isSwapped) setTimeout(() => replica.write(change), 5);
      return isSwapped;
    },
  }));
};

/** All records in one file, which is read, changed and written. */
function inOneFile(): MfaStore[] {
  let file = '{}';
  const read = async (): Promise<Record<string, string>> => {
    await soon();
    return JSON.parse(file);
  };
  return [
    {
      read: async (key) => (await read())[key] ?? null,
      async swap({ key, from, to }) {
        const records = await read();
        if ((records[key] ?? null) !== from) return false;
        if (to === null) delete records[key];
        else records[key] = to;
        await soon();
        file = JSON.stringify(records);
        return true;
      },
    },
  ];
}

/** Stores as people write them, each with the checks that have to catch it. */
export const BROKEN_STORES: Record<string, { stores: () => MfaStore[]; caught: string[] }> = {
  'ignores case': {
    stores: comparing((text) => text.toLowerCase()),
    caught: ['compares texts byte by byte'],
  },
  'ignores blanks at the end': {
    stores: comparing((text) => text.trimEnd()),
    caught: ['compares texts byte by byte'],
  },
  'compares in normal form': {
    stores: comparing((text) => text.normalize('NFC')),
    caught: ['compares texts byte by byte'],
  },
  'compares as a collation does': {
    stores: comparing((text) => text.normalize('NFKD').replace(/\p{Mark}|\p{Format}/gu, '')),
    caught: ['compares texts byte by byte'],
  },
  'compares as JSON': { stores: comparing(asJson), caught: ['compares texts byte by byte'] },
  'compares the first 255 characters': {
    stores: comparing((text) => text.slice(0, 255)),
    caught: ['keeps texts of 256 kB, and compares them to the end'],
  },
  'cuts texts at 64 kB': {
    stores: broken({ written: (text) => text.slice(0, 65_535) }),
    caught: ['keeps texts of 256 kB, and compares them to the end'],
  },
  'trims texts': {
    stores: broken({ written: (text) => text.trim() }),
    caught: ['gives every text back to the letter'],
  },
  'keeps texts in a JSON column': {
    stores: broken({ written: asJson }),
    caught: ['gives every text back to the letter'],
  },
  'loses half characters of texts': {
    stores: broken({ written: toUtf8 }),
    caught: ['keeps a text that holds NUL or half a character as it is, or refuses it'],
  },
  'ignores case of keys': {
    stores: broken({ keyOf: (key) => key.toLowerCase() }),
    caught: ['keeps keys apart that look alike'],
  },
  'trims keys': {
    stores: broken({ keyOf: (key) => key.trim() }),
    caught: ['keeps keys apart that look alike'],
  },
  'cuts keys at 255 characters': {
    stores: broken({ keyOf: (key) => key.slice(0, 255) }),
    caught: ['takes keys of 512 characters, and compares them to the end'],
  },
  'loses half characters of keys': {
    stores: broken({ keyOf: toUtf8 }),
    caught: ['keeps keys apart that hold NUL or half a character, or refuses them'],
  },
  'ends keys at NUL': {
    stores: broken({ keyOf: (key) => key.replace(/\0.*/s, '') }),
    caught: ['keeps keys apart that hold NUL or half a character, or refuses them'],
  },
  'gives undefined for nothing': {
    stores: broken({ nothing: undefined }),
    caught: ['gives null for what is not there'],
  },
  'gives an empty text for nothing': {
    stores: broken({ nothing: '' }),
    caught: ['gives null for what is not there'],
  },
  'gives how many rows it changed': {
    stores: broken({ answer: Number }),
    caught: ['replaces and removes a text only while it is what the caller says'],
  },
  'says yes to everything': {
    stores: broken({ answer: () => true }),
    caught: ['replaces and removes a text only while it is what the caller says'],
  },
  'takes nothing and an empty text for the same': {
    stores: broken({ isEqual: (there, from) => (there ?? '') === (from ?? '') }),
    caught: ['tells nothing from a text, an empty one too'],
  },
  'writes over what is there for a caller that saw nothing': {
    stores: broken({ isEqual: (there, from) => from === null || there === from }),
    caught: ['tells nothing from a text, an empty one too'],
  },
  'writes anew what was removed': {
    stores: broken({ isEqual: (there, from) => there === null || there === from }),
    caught: ['replaces and removes a text only while it is what the caller says'],
  },
  'writes even when it says no': {
    stores: broken({
      before(this: Parts, change: Change) {
        this.write(change);
      },
    }),
    caught: ['replaces and removes a text only while it is what the caller says'],
  },
  'compares, and writes a moment later': {
    stores: broken({ before: soon }),
    caught: ['lets one of many first writers win'],
  },
  'compares, and changes a moment later': {
    stores: broken({ before: ({ from, to }) => (from !== null && to !== null ? soon() : undefined) }),
    caught: ['lets one of many changes win', 'loses none of many changes at once'],
  },
  'compares, and removes a moment later': {
    stores: broken({ before: ({ to }) => (to === null ? soon() : undefined) }),
    caught: ['lets one of many removals win'],
  },
  'compares, and removes or changes a moment later': {
    stores: broken({ before: ({ from }) => (from === null ? undefined : soon()) }),
    caught: ['does not bring back what was removed at the same moment'],
  },
  'writes all records at once': {
    stores: inOneFile,
    caught: ['keeps changes of different keys at once apart'],
  },
  'compares with a copy of its own': {
    stores: caching,
    caught: ['shows a change to every instance at once'],
  },
  'compares with a replica': {
    stores: replicated(true),
    caught: ['shows a change to every instance at once'],
  },
  'reads from a replica': {
    stores: replicated(false),
    caught: ['shows a change to every instance at once'],
  },
  'drops by its own clock': {
    stores: broken({ isGone: ({ expiresAt }) => expiresAt !== null && expiresAt <= Date.now() }),
    caught: ['keeps what has not expired by the clock it is told, whatever its own says'],
  },
  'takes milliseconds for seconds': {
    stores: broken({
      isGone: ({ expiresAt }, at) => expiresAt !== null && at !== undefined && expiresAt / 1000 <= at,
    }),
    caught: ['keeps what has not expired by the clock it is told, whatever its own says'],
  },
  'keeps the first expiry': {
    stores: broken({
      expiryOf: (change, there) => there?.expiresAt ?? change.expiresAt,
      isGone: ({ expiresAt }, at) => expiresAt !== null && at !== undefined && expiresAt <= at,
    }),
    caught: ['counts the expiry it was told last'],
  },
  'reads the expired, and swaps from nothing': {
    stores: broken({
      isGone: ({ expiresAt }, at) => expiresAt !== null && at !== undefined && expiresAt <= at,
    }),
    caught: ['swaps from what it reads of the expired'],
  },
};
