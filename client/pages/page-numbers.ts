/** Prints page numbers and a running title, with CSS margin boxes where the browser has them. */

/** Returns a function that removes them. */
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

/** A CSS string of any text: a park's name may hold any character. */
export function cssString(text: string): string {
  return `"${text.replace(/["\\\n\r\f<]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;
}
