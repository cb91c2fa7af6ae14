/**
 * Listens to SIGHUP from the first moment on, because without a listener that signal ends the process: imported before all else.
 */
let heard = false;
let answer: (() => void) | null = null;

process.on('SIGHUP', () => {
  if (answer) answer();
  else heard = true;
});

/** From now on SIGHUP is answered so, and also the one that was heard before. */
export function atHangup(work: () => void): void {
  answer = work;
  if (heard) work();
}
