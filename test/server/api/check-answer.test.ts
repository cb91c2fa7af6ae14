import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { operation } from '../../../models/api/operation.ts';
import { checkAnswer } from '../../../server/api/check-answer.ts';

const described = operation({
  method: 'get',
  path: '/thing',
  needs: 'park:read',
  summary: '',
  description: '',
  params: z.strictObject({}),
  answer: { description: '', schema: z.strictObject({ value: z.number().nullable() }) },
  problems: { 409: 'It is so' },
});

let url = '';
let close = () => {};
let answer: express.RequestHandler = () => {};
beforeAll(async () => {
  const app = express();
  app.get('/thing', checkAnswer(described), (...all) => answer(...all));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thing`;
  close = () => server.close();
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterAll(() => {
  close();
  vi.restoreAllMocks();
});

async function asked(handler: express.RequestHandler): Promise<{ status: number; body: { message?: string } }> {
  answer = handler;
  const response = await fetch(url);
  return { status: response.status, body: await response.json().catch(() => ({})) };
}

describe('an answer that is as its contract says', () => {
  it('goes out as it is, in one piece or in many', async () => {
    expect(await asked((_, response) => void response.json({ value: null }))).toEqual({ status: 200, body: { value: null } });
    const inPieces: express.RequestHandler = (_, response) => {
      response.type('json').write('{"val');
      response.write(Buffer.from('ue":'));
      response.end('12}');
    };
    expect(await asked(inPieces)).toEqual({ status: 200, body: { value: 12 } });
    expect((await asked((_, response) => void response.status(409).json({ error: 'so', message: 'it is so' }))).status).toBe(409);
  });
});

describe('an answer that is not', () => {
  it.each([
    ['a field of another kind', (response: express.Response) => response.json({ value: '12' }), 'value: '],
    ['a field too many', (response: express.Response) => response.json({ value: 1, more: 2 }), '"more"'],
    ['a field that is missing', (response: express.Response) => response.json({}), 'value: '],
    ['another status', (response: express.Response) => response.status(201).json({ value: 1 }), 'a status 201'],
    ['a problem that nobody described', (response: express.Response) => response.status(418).json({ error: 'x', message: 'x' }), '418'],
    ['text in place of JSON', (response: express.Response) => response.type('text').send('12'), 'text/plain in place of application/json'],
    ['a problem of another shape', (response: express.Response) => response.status(409).json({ wrong: true }), 'error: '],
    ['a problem that is no JSON', (response: express.Response) => response.status(409).type('text').send('no'), 'text/plain'],
  ])('is a 500 that names the field: %s', async (_, send, named) => {
    const { status, body } = await asked((_request, response) => void send(response));
    expect(status).toBe(500);
    expect(body.message).toContain('get /thing');
    expect(body.message).toContain(named);
  });
});
