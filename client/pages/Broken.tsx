/** Catches unexpected errors of a page and shows a message instead of an empty screen. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../ui/Message.tsx';

export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    return this.state.broken ? <BrokenMessage /> : this.props.children;
  }
}

function BrokenMessage() {
  const { t } = useWords();
  return (
    <Message mark={t('product')} title={t('error.broken')} body={t('error.brokenBody')}>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {t('error.reload')}
      </button>
    </Message>
  );
}
