/** What a person has to mend before anything can run: said as it is, without a stack. */
export class StartFault extends Error {
  override name = 'StartFault';
}
