/** The page that documents the API, made from the OpenAPI and AsyncAPI documents. No script; all text is escaped. */
import type { AsyncApiDocument, AsyncMessage } from './asyncapi-parts.ts';
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from './openapi.ts';

export function docsPage(document: OpenApiDocument, events: AsyncApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as OpenApiOperation })),
  );
  const title = `${document.info.title} API`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<main>
<h1>${text(title)}</h1>
<p>${code(document.info.description)}</p>
<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${text(document.openapi)}) and, for the <a href="#events">live line and MQTT</a>, <a href="/api/v1/asyncapi.json">asyncapi.json</a> (AsyncAPI ${text(events.asyncapi)}). All paths begin with <code>/api/v1</code>. Beside it: <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a>.</p>
<nav><ul>${operations.map(({ path, method, operation }) => `<li><a href="#${text(operation.operationId)}"><b>${method.toUpperCase()}</b> <code>${text(path)}</code></a> ${text(operation.summary)}</li>`).join('')}</ul></nav>
${operations.map(({ path, method, operation }) => section(path, method, operation)).join('\n')}
${eventsSection(events)}
</main>
</body>
</html>
`;
}

function section(path: string, method: string, operation: OpenApiOperation): string {
  const { operationId, summary, description, parameters, requestBody, responses, security, 'x-needs': needs } = operation;
  const rows = parameters.map(
    ({ name, in: where, required, description: meaning, schema }) =>
      `<tr><td><code>${text(name)}</code></td><td>${where}</td><td>${text(typeOf(schema))}${required ? '' : ', optional'}${'default' in schema ? `, default ${text(String(schema['default']))}` : ''}</td><td>${text(meaning ?? '')}</td></tr>`,
  );
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  const answers = Object.entries(responses).map(([status, { description: meaning, content }]) => {
    const [type, media] = Object.entries(content ?? {})[0] ?? [];
    const shown =
      media && status.startsWith('2') ? `<details><summary>${text(type ?? '')}</summary>${schemaBlock(media.schema)}</details>` : '';
    return `<tr><td><code>${status}</code></td><td>${text(meaning)}${shown}</td></tr>`;
  });
  return `<section id="${text(operationId)}">
<h2><b>${method.toUpperCase()}</b> <code>${text(path)}</code></h2>
<p>${text(summary)}. ${code(description)}</p>
<p>Needs <code>${text(needs)}</code>${security ? `: <code>Authorization: Bearer</code> and the ingest token${security.length > 1 ? ", unless it comes from the server's own computer" : ''}` : ''}.</p>
${rows.length > 0 ? `<table><thead><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>` : ''}
${body ? `<h3>Body</h3>${schemaBlock(body)}` : ''}
<table><thead><tr><th>Status</th><th>Meaning</th></tr></thead><tbody>${answers.join('')}</tbody></table>
</section>`;
}

function eventsSection({ info, channels, operations }: AsyncApiDocument): string {
  const actions = (id: string, name: string) =>
    Object.values(operations)
      .filter(
        ({ channel, messages }) => channel.$ref === `#/channels/${id}` && (messages?.some(({ $ref }) => $ref.endsWith(`/${name}`)) ?? true),
      )
      .map(({ action }) => `the twin ${action}s`);
  const shown = Object.entries(channels).map(([id, { address, title, description, messages, 'x-points': points }]) => {
    const rows = Object.entries(messages).map(([name, message]) => messageRow(actions(id, name).join(', '), message));
    return `<h3 id="${text(id)}"><code>${text(address)}</code></h3>
<p>${text(title)}. ${code(description ?? '')}</p>
<table><thead><tr><th>Message</th><th>Who</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>
${points ? schemaBlock({ points }) : ''}`;
  });
  return `<section id="events">
<h2>Live line and MQTT</h2>
<p>${code(info.description)}</p>
${shown.join('\n')}
</section>`;
}

function messageRow(who: string, { name, title, summary, description, payload }: AsyncMessage): string {
  const words = [title, summary, description].filter((words) => words !== undefined).map((words) => words.replace(/\.$/, ''));
  const shape = `<details><summary>payload</summary>${schemaBlock(payload)}</details>`;
  return `<tr><td><code>${text(name)}</code></td><td>${text(who)}</td><td>${code(`${words.join('. ')}.`)}${shape}</td></tr>`;
}

function schemaBlock(schema: JsonSchema): string {
  return `<pre><code>${text(JSON.stringify(schema, null, 2))}</code></pre>`;
}

function typeOf(schema: JsonSchema): string {
  return typeof schema['type'] === 'string' ? schema['type'] : 'any';
}

/** Text of a page, escaped; `like this` becomes code. */
function code(value: string): string {
  return text(value).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

export function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export const docsStyle = `:root { color-scheme: light dark; --line: light-dark(#dde3e0, #333b38); --soft: light-dark(#f4f7f5, #1a201e); --accent: light-dark(#0b6b4f, #7fd6b3); }
body { margin: 0; font: 16px/1.6 Inter, system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif; background: light-dark(#fff, #121715); color: light-dark(#1c2421, #e4eae7); }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 1.5rem 6rem; }
h1 { font-size: 2rem; line-height: 1.2; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; }
h2 b, nav b { color: var(--accent); font-weight: 600; font-size: .8em; letter-spacing: .04em; }
section { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 2.5rem; }
a { color: var(--accent); } nav ul { list-style: none; padding: 0; } nav li { padding: .2rem 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .94rem; } th { text-align: left; font-weight: 600; }
th, td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
code, pre { font: .88em/1.5 ui-monospace, Menlo, Consolas, monospace; } pre { background: var(--soft); padding: 1rem; border-radius: 8px; overflow: auto; max-height: 28rem; }
summary { cursor: pointer; color: var(--accent); }
`;
