/** The API described for programs: OpenAPI 3.1 from the same schemas that check requests. */
import { z } from 'zod';
import { isWrite, type Permission, permissions, sees } from '../../models/access/permissions.ts';
import type { Operation } from '../../models/api/operation.ts';
import { problemSchema, problemsOf } from '../../models/api/problem.ts';

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description: string;
  parameters: { name: string; in: 'path' | 'query'; required: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: { required: true; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
  security?: Record<string, string[]>[];
  /** The permission that it needs. */
  'x-needs': Permission;
}

export type JsonSchema = Record<string, unknown>;

export interface OpenApiDocument {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  paths: Record<string, Partial<Record<'get' | 'post' | 'delete', OpenApiOperation>>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return rest as JsonSchema;
}

export function openApi(operations: readonly Operation[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Ecopark Twin',
      version: '1',
      description: `Parks with what flows in them and the carbon it carries. Times are ISO 8601 with offset. null is unknown; 0 is zero. Each operation, and each field that not everybody sees, says in \`x-needs\` what whoever asks must be allowed: ${Object.entries(
        permissions,
      )
        .map(([id, meaning]) => `\`${id}\` ${meaning}`)
        .join('; ')}.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: { ingestToken: { type: 'http', scheme: 'bearer', description: 'The INGEST_TOKEN of the server' } },
    },
  };
}

function describe(operation: Operation): OpenApiOperation {
  const { method, path, needs, summary, params, query, body, answer } = operation;
  const secret = !isWrite(needs) && !sees('public', needs);
  const description = secret ? `${operation.description} Not public.` : operation.description;
  const problem = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    operationId: `${method}${path.replaceAll(/[/{}]+(\w)/g, (_, c: string) => c.toUpperCase()).replaceAll(/[/{}]/g, '')}`,
    summary,
    description,
    'x-needs': needs,
    parameters: [...parametersOf(params, 'path'), ...(query ? parametersOf(query, 'query') : [])],
    ...(body && { requestBody: { required: true as const, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
    responses: {
      [answer.status ?? 200]: {
        description: answer.description,
        content: {
          [answer.type ?? 'application/json']: { schema: jsonSchema(answer.schema, 'output') },
          ...Object.fromEntries((answer.files ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
        },
      },
      ...Object.fromEntries(
        Object.entries(problemsOf(operation)).map(([status, why]) => [
          status,
          { description: why, ...(status !== '304' && { content: problem }) },
        ]),
      ),
    },
    // The empty requirement means that the operation is also possible without the token.
    ...(isWrite(needs) && { security: [{ ingestToken: [] }, ...(needs === 'readings:write' ? [] : [{}])] }),
  };
}

function parametersOf(schema: z.ZodObject, where: 'path' | 'query'): OpenApiOperation['parameters'] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema: rest,
  }));
}
