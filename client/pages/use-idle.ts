/** Calls `onIdle` when there was no input for some seconds. */
import { useEffect } from 'react';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

export function useIdle(seconds: number, onIdle: () => void): void {
  useEffect(() => {
    let timer = setTimeout(onIdle, 1000 * seconds);
    const start = () => {
      clearTimeout(timer);
      timer = setTimeout(onIdle, 1000 * seconds);
    };
    for (const sign of signs) addEventListener(sign, start, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, start);
    };
  }, [seconds, onIdle]);
}
