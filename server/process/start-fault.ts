/** A fault that a person must correct before anything can run; only its message is printed, without a stack. */
export class StartFault extends Error {
  override name = 'StartFault';
}
