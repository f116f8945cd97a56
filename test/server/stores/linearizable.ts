/** A call of a store under one key, as its caller saw it: what was asked, when, and what came of it. */
export interface Call {
  /** Instants are counted, not measured: the n-th thing that happened. */
  began: number;
  ended: number;
  made: { read: string | null } | { from: string | null; to: string | null; isSwapped: boolean };
}

/**
 * Whether the calls could have been made one after the other, each at some instant between its beginning and its end,
 * with these very results. That is what "one atomic step" means to those who make them.
 * @see Wing and Gong, "Testing and Verifying Concurrent Objects" (1993).
 */
export function isLinearizable(calls: readonly Call[], there: string | null = null): boolean {
  if (calls.length === 0) return true;
  const firstEnd = Math.min(...calls.map(({ ended }) => ended));
  return calls.some((call) => {
    if (call.began > firstEnd) return false; // another one was over before it began
    const after = apply(call, there);
    return (
      after !== undefined &&
      isLinearizable(
        calls.filter((each) => each !== call),
        after,
      )
    );
  });
}

/** What is there afterwards; `undefined` where the call would have ended otherwise. */
function apply({ made }: Call, there: string | null): string | null | undefined {
  if ('read' in made) return made.read === there ? there : undefined;
  if (made.isSwapped !== (made.from === there)) return undefined;
  return made.isSwapped ? made.to : there;
}
