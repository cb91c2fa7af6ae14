/** What the ledger's bytes say, and the bytes of what is to be said. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Block, SummedBlock } from '../../models/ledger/block.ts';
import { packBlock, packSums, unpackBlock, unpackSums } from '../../models/ledger/pack.ts';

export const pack = {
  /** The pieces are small and already packed tightly, so a low deflate level gains most of what is left. */
  block: (block: Block) => deflateRawSync(packBlock(block), { level: 3 }),
  sums: (sums: SummedBlock) => deflateRawSync(packSums(sums), { level: 3 }),
  slots: (names: readonly string[]) => deflateRawSync(Buffer.from(names.join('\n'))),
};
export const unpack = {
  block: (bytes: Uint8Array) => unpackBlock(inflateRawSync(bytes)),
  sums: (bytes: Uint8Array) => unpackSums(inflateRawSync(bytes)),
  slots: (bytes: Uint8Array) => inflateRawSync(bytes).toString().split('\n'),
};
