import { createIdempotencyKey } from './createIdempotencyKey';

const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;

afterEach(() => Object.defineProperty(globalThis, 'crypto', original));

function setCrypto(randomUUID?: () => string) {
  let seed = 0;
  Object.defineProperty(globalThis, 'crypto', {
    configurable: true,
    value: {
      randomUUID,
      getRandomValues: (bytes: Uint8Array) => bytes.map(() => seed++),
    },
  });
}

describe('createIdempotencyKey', () => {
  it('is a UUID in a secure context', () => {
    setCrypto(() => '0f8fad5b-d9cb-469f-a165-70867728950e');
    expect(createIdempotencyKey()).toBe('0f8fad5b-d9cb-469f-a165-70867728950e');
  });

  it('is as long and as random elsewhere', () => {
    setCrypto();
    const first = createIdempotencyKey();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(createIdempotencyKey()).not.toBe(first);
  });
});
