/** Shows the progress of a long command on one line of a terminal; nothing where the output is not a terminal. */

export interface ProgressBar {
  show(done: number, of: number): void;
  /** Leaves the line empty. */
  end(): void;
}

interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const most = 40;
const clearLine = '\r\u001b[K';

export function progressBar(screen: Screen, unit: string): ProgressBar {
  let shown = -1;
  return {
    show(done, of) {
      const percent = of > 0 ? Math.floor((100 * done) / of) : 100;
      if (screen.isTTY !== true || percent === shown) return;
      shown = percent;
      const width = Math.max(10, Math.min(most, (screen.columns ?? 80) - 40));
      const full = Math.round((width * percent) / 100);
      screen.write(`${clearLine}${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %  ${done} of ${of} ${unit}`);
    },
    end() {
      if (shown >= 0) screen.write(clearLine);
    },
  };
}
