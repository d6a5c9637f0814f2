import { webhookSignature } from './signature';

describe('webhookSignature', () => {
  it('makes the signature of GitHub’s test vector', () => {
    expect(
      webhookSignature({
        secret: "It's a Secret to Everybody",
        body: 'Hello, World!',
      }),
    ).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  it('is of the bytes, so that other characters count as UTF-8', () => {
    expect(webhookSignature({ secret: 's', body: 'é' })).not.toBe(
      webhookSignature({ secret: 's', body: 'e' }),
    );
  });
});
