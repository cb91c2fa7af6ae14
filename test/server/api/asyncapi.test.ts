import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { decodeUpdate, encodeUpdate, type ServerEvents, type Snapshot } from '../../../models/wire/codec.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import { asyncApi } from '../../../server/api/asyncapi.ts';
import { type BinaryField, clientMessages, serverMessages } from '../../../server/api/asyncapi-live.ts';
import { docsPage } from '../../../server/api/docs.ts';
import { openApi } from '../../../server/api/openapi.ts';
import { isMqtt } from '../../../server/sources/mqtt/message.ts';
import { buildMqttPark, mqttYaml } from '../sources/mqtt/mqtt-park.ts';

const park = buildMqttPark(mqttYaml);
const document = asyncApi([park], 'full');
const bytesOf = { float64: 8, float32: 4, uint32: 4 } as const;

describe('the AsyncAPI document', () => {
  it.each(['full', 'public'] as const)('is one of AsyncAPI 3.0 for the audience %s', (audience) => {
    const schema = JSON.parse(readFileSync(new URL('../../../node_modules/@asyncapi/specs/schemas/3.0.0.json', import.meta.url), 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false }).compile(schema);
    const told = JSON.parse(JSON.stringify(asyncApi([park], audience)));
    expect(validate(told), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(validate({ ...told, asyncapi: '2.0.0' })).toBe(false);
  });

  it('holds every event of the live line, and says who says it', () => {
    const events: Record<keyof ServerEvents, true> = { snapshot: true, update: true };
    const { channels, operations } = document;
    expect(Object.keys(channels['live']?.messages ?? {})).toEqual([...Object.keys(events), 'resync', 'seen']);
    const said = (id: string) => operations[id]?.messages?.map(({ $ref }) => $ref.split('/').at(-1));
    expect(said('tell')).toEqual(Object.keys(serverMessages));
    expect(said('hear')).toEqual(Object.keys(clientMessages));
  });

  it('lays an update out as it is written', () => {
    const update = {
      epoch: 1_750_000_000_123,
      time: 1_750_000_060_000,
      seq: 7,
      slots: Uint32Array.of(3, 9),
      values: Float32Array.of(1.5, -2),
    };
    const bytes = encodeUpdate(update);
    const view = new DataView(bytes.buffer);
    const read: Record<string, number[]> = {};
    let at = 0;
    for (const { name, type, many } of serverMessages.update.payload['x-little-endian'] as BinaryField[]) {
      const count = many ? (read['count']?.[0] ?? 0) : 1;
      read[name] = Array.from({ length: count }, (_, i) => {
        const where = at + i * bytesOf[type];
        if (type === 'uint32') return view.getUint32(where, true);
        return type === 'float32' ? view.getFloat32(where, true) : view.getFloat64(where, true);
      });
      at += count * bytesOf[type];
    }
    expect(at).toBe(bytes.byteLength);
    const { slots, values, ...head } = decodeUpdate(bytes);
    expect(read).toEqual({
      ...Object.fromEntries(Object.entries(head).map(([name, value]) => [name, [value]])),
      count: [2],
      slots: [...slots],
      values: [...values],
    });
  });

  it('describes a snapshot as it is', () => {
    const snapshot: Snapshot = {
      park: park.id,
      revision: 'r',
      audience: 'full',
      epoch: 1,
      seq: 0,
      time: 1,
      base: 0,
      mode: 'live',
      speed: 1,
      preliminary: true,
      values: new Uint8Array(4 * layoutOf(park, 'full').size),
    };
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(serverMessages.snapshot.payload);
    // The attachment is bytes, which JSON Schema can only call a string.
    expect(validate({ ...snapshot, values: '' }), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...snapshot, values: '', epoch: 'today' })).toBe(false);
  });

  it('has a channel for every topic that a point is bound to, with every binding', () => {
    const bound = park.points.filter(isMqtt);
    expect(bound.length).toBeGreaterThan(3);
    const channels = Object.values(document.channels);
    for (const { id, unit, source } of bound) {
      const channel = channels.find(({ address }) => address === source.topic);
      expect(channel?.['x-points'], id).toContainEqual(expect.objectContaining({ point: id, unit, pointer: source.pointer }));
    }
    const topics = new Set(bound.map(({ source }) => source.topic));
    expect(channels.length).toBe(topics.size + 2);
    expect(channels.map(({ address }) => address)).toContain(`ecopark/${park.id}/status`);
  });

  it('describes messages as devices send them', () => {
    const channel = Object.values(document.channels).find(({ 'x-points': points }) =>
      points?.some(({ point }) => point === 'office.power'),
    );
    const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(channel?.messages['message']?.payload ?? false);
    const time = '2026-01-01T12:00:00';
    expect(validate({ Time: time, ENERGY: { Power: 120, Total: 5, Voltage: 230 } }), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ Time: time, ENERGY: { Power: 'much' } })).toBe(false);
  });

  it('keeps how the park is wired from the public', () => {
    const told = JSON.stringify(asyncApi([park], 'public'));
    for (const { source } of park.points.filter(isMqtt)) expect(told).not.toContain(source.topic);
    expect(Object.keys(asyncApi([park], 'public').channels)).toEqual(['live']);
  });

  it('is shown on the page beside the OpenAPI, as text', () => {
    const hostile = { ...park, name: { en: '<img onerror=alert(1)>' } };
    const page = docsPage(openApi([]), asyncApi([hostile], 'full'));
    expect(page).not.toContain('<img');
    expect(page).toContain('asyncapi.json');
    for (const name of ['snapshot', 'update', 'resync', 'seen']) expect(page).toContain(`<code>${name}</code>`);
    for (const { source } of park.points.filter(isMqtt)) expect(page).toContain(`<code>${source.topic}</code>`);
  });
});
