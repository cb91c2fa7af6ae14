/**
 * Reads of typed arrays, which TypeScript calls possibly undefined. One accessor a type of array, because one for all would
 * see every type and be some 30 times slower (docs/decisions/typed-arrays.md).
 *
 * Each returns the element at `i` and throws a RangeError where there is none: an index outside is a mistake of ours, and
 * would otherwise go on as NaN and be shown as unknown.
 */

export function f64(array: Readonly<Float64Array>, i: number): number {
  return array[i] ?? outside(array, i);
}

export function f32(array: Readonly<Float32Array>, i: number): number {
  return array[i] ?? outside(array, i);
}

export function i32(array: Readonly<Int32Array>, i: number): number {
  return array[i] ?? outside(array, i);
}

export function u32(array: Readonly<Uint32Array>, i: number): number {
  return array[i] ?? outside(array, i);
}

export function u8(array: Readonly<Uint8Array>, i: number): number {
  return array[i] ?? outside(array, i);
}

function outside(array: { readonly length: number }, i: number): never {
  throw new RangeError(`There is no element ${i} in an array of ${array.length}.`);
}
