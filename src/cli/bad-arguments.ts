/** The command line says something that cannot be done. `message` says what would do, and repeats no value. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments';
}
