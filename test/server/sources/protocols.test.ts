import { expect, it } from 'vitest';
import { sourceSchema } from '../../../models/park/sources/sources.ts';
import { protocols } from '../../../server/all-sources.ts';

it('every source that park.yaml may bind a point to has a way in of the same type and schema', () => {
  expect(new Set(protocols.map(({ schema }) => schema))).toEqual(new Set(sourceSchema.options));
  for (const { type, schema } of protocols) expect(schema.shape['type']).toMatchObject({ value: type });
});
