import { createIdempotencyKey } from './createIdempotencyKey';

const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;

afterEach(() => Object.defineProperty(globalThis, 'crypto', original));

describe('createIdempotencyKey', () => {
  it.each([
    ['with', { randomUUID: () => '0f8fad5b-d9cb-469f-a165-70867728950e' }],
    ['without', {}],
  ])(
    'is printable and long enough %s a secure context',
    (_, { randomUUID }: { randomUUID?: () => string }) => {
      let seed = 0;
      Object.defineProperty(globalThis, 'crypto', {
        configurable: true,
        value: {
          randomUUID,
          getRandomValues: (bytes: Uint8Array) => bytes.map(() => seed++),
        },
      });
      expect(createIdempotencyKey()).toMatch(/^[\x21-\x7e]{32,255}$/);
      if (!randomUUID) {
        expect(createIdempotencyKey()).not.toBe(createIdempotencyKey());
      }
    },
  );
});
