/** Parts of an AsyncAPI 3.0 document. */
import type { JsonSchema } from './openapi.ts';

export interface AsyncMessage {
  name: string;
  title?: string;
  summary?: string;
  description?: string;
  contentType: string;
  payload: JsonSchema;
}

export interface Reference {
  $ref: string;
}

export interface AsyncChannel {
  address: string;
  title: string;
  description?: string;
  servers: Reference[];
  parameters?: Record<string, { description: string; enum: string[] }>;
  messages: Record<string, AsyncMessage>;
  /** For an MQTT topic: the points bound to it, and where their values and times are in the message. */
  'x-points'?: Record<string, unknown>[];
}

export interface AsyncOperation {
  action: 'send' | 'receive';
  channel: Reference;
  summary?: string;
  messages?: Reference[];
  bindings?: Record<string, unknown>;
}

export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: { title: string; version: string; description: string; license: { name: string } };
  defaultContentType: string;
  servers: Record<string, Record<string, unknown>>;
  channels: Record<string, AsyncChannel>;
  operations: Record<string, AsyncOperation>;
}
