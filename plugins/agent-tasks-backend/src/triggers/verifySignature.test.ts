import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { verifySignature } from './verifySignature';

const secret = 'a-secret-of-some-length';
const now = new Date('2026-11-22T12:00:00Z');
const seconds = String(now.getTime() / 1000);
const body = Buffer.from('{"a":1}');

function sign(text: string | Buffer, key = secret) {
  return `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;
}

function verify(
  scheme: 'github' | 'generic',
  headers: Record<string, string>,
  given = body,
) {
  return verifySignature({
    scheme,
    secret,
    request: { body: given, header: name => headers[name] },
    now,
    windowSeconds: 300,
  });
}

describe('A signature', () => {
  it('of GitHub is over the body', () => {
    expect(
      verify('github', {
        'x-hub-signature-256': sign(body),
        'x-github-delivery': 'd-1',
      }),
    ).toEqual({ deliveryId: 'd-1', signed: body });
  });

  it('of another sender is over the time and the body', () => {
    expect(
      verify('generic', {
        'x-agent-tasks-timestamp': seconds,
        'x-agent-tasks-signature': sign(`${seconds}.{"a":1}`),
      }),
    ).toEqual({ sentAt: now, signed: Buffer.from(`${seconds}.{"a":1}`) });
  });

  it('is over the delivery too, where the sender names it', () => {
    const headers = {
      'x-agent-tasks-timestamp': seconds,
      'x-agent-tasks-delivery': 'build-7',
      'x-agent-tasks-signature': sign(`${seconds}.build-7.{"a":1}`),
    };
    expect(verify('generic', headers)?.deliveryId).toBe('build-7');
    expect(
      verify('generic', { ...headers, 'x-agent-tasks-delivery': 'build-8' }),
    ).toBeUndefined();
  });

  it.each([
    ['none', {}],
    ['an empty one', { 'x-hub-signature-256': '' }],
    ['one without digits', { 'x-hub-signature-256': 'sha256=' }],
    ['one that is too short', { 'x-hub-signature-256': 'sha256=00' }],
    ['a wrong one', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
    ['one by another secret', { 'x-hub-signature-256': sign(body, 'other') }],
    ['one of an old kind', { 'x-hub-signature': sign(body) }],
    [
      'one for the other scheme',
      {
        'x-agent-tasks-timestamp': seconds,
        'x-agent-tasks-signature': sign(`${seconds}.{"a":1}`),
      },
    ],
  ])('of GitHub is refused: %s', (_what, headers) => {
    expect(verify('github', headers as Record<string, string>)).toBeUndefined();
  });

  it.each([
    ['an hour old', -3600],
    ['just too old', -301],
    ['from the future', 301],
  ])('is refused that is %s, though it is right', (_what, offset) => {
    const at = String(Number(seconds) + offset);
    expect(
      verify('generic', {
        'x-agent-tasks-timestamp': at,
        'x-agent-tasks-signature': sign(`${at}.{"a":1}`),
      }),
    ).toBeUndefined();
  });

  it.each(['', 'now', '1e9', '-1', '2026-11-22', '9'.repeat(20)])(
    'is refused with the time %j',
    at => {
      expect(
        verify('generic', {
          'x-agent-tasks-timestamp': at,
          'x-agent-tasks-signature': sign(`${at}.{"a":1}`),
        }),
      ).toBeUndefined();
    },
  );

  it('is refused for any other body', () => {
    fc.assert(
      fc.property(fc.uint8Array(), other => {
        fc.pre(!body.equals(other));
        expect(
          verify(
            'github',
            { 'x-hub-signature-256': sign(body) },
            Buffer.from(other),
          ),
        ).toBeUndefined();
      }),
    );
  });
});
