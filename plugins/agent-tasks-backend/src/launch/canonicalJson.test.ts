import fc from 'fast-check';
import { canonicalJson } from './canonicalJson';

/** The same value with the keys of its objects in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, reversed(inner)]),
    );
  }
  return value;
}

describe('canonicalJson', () => {
  it('is the same text whatever the order of keys, and loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(text).toHaveLength(JSON.stringify(value).length);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it('tells a missing key from a null, and leaves undefined out', () => {
    expect(canonicalJson({ b: null, a: undefined })).toBe('{"b":null}');
  });

  it('keeps a key that objects treat in their own way', () => {
    const parsed = JSON.parse('{"__proto__":{"b":1,"a":2}}');
    expect(canonicalJson(parsed)).toBe('{"__proto__":{"a":2,"b":1}}');
  });
});
