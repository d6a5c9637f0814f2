import fc from 'fast-check';
import { redact } from './redact';

describe('redact', () => {
  it.each([
    'github_pat_11ABCDEFG0abcdefghijkl_mnop',
    'ghs_16C7e42F292c6912E7710c838347Ae178B4a',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl',
    'Bearer abc',
  ])('takes out %s', token => {
    const text = redact({ text: `the header was "${token}".` });
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(token.replace('Bearer ', ''));
  });

  it('takes out the secrets of the request wherever they stand, and keeps one line', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z0-9]{12,40}$/),
        fc.array(fc.string(), { maxLength: 5 }),
        (secret, texts) => {
          const text = redact({
            text: texts.join(`\n${secret}\r\n`) + secret,
            secrets: [secret],
          });
          expect(text).not.toContain(secret);
          expect(text).not.toMatch(/[\r\n]/);
          expect(text.length).toBeLessThanOrEqual(401);
        },
      ),
    );
  });
});
