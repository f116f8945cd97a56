export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * Gives work a time limit, in milliseconds. The signal tells the work to stop; if it does not listen, it is left behind.
 * @throws {TimeLimitError} Once the time is up.
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new TimeLimitError(`Not done within ${milliseconds} ms.`);
      reject(error);
      stop.abort(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
