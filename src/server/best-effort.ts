/** For what is given back or cleaned up while something else has gone wrong already: that is what is told. */
export async function bestEffort(work: () => Promise<unknown>): Promise<void> {
  await work().catch(() => undefined);
}
