/** Numbers the pages of paper, with what they belong to: margin boxes of CSS, where the browser has them. */

/** Returns how to take it away again. */
export function numberPages(running: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page {
    @bottom-left { content: ${cssString(running)}; font: 7.5pt var(--font, sans-serif); color: #63625a; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt var(--font, sans-serif); color: #63625a; }
  }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}

/** A park's name is text, whatever it holds. */
export function cssString(text: string): string {
  return `"${text.replace(/["\\\n\r\f<]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;
}
