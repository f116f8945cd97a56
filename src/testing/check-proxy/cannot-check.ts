/** Nothing could be checked. `message` is a sentence for whoever started it, with what to do. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
}
