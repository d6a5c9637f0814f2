import { formatCursor, parseCursor } from './changedTasksCursor';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('changedTasksCursor', () => {
  it('comes back as it was written', () => {
    const cursor = {
      since: '2026-11-22T11:00:00Z',
      etag: 'W/"abc"',
      archivedSince: '2026-11-22T10:00:00Z',
      archivedListedAt: '2026-11-22T11:58:00Z',
    };
    expect(parseCursor({ cursor: formatCursor(cursor), now: NOW })).toEqual(
      cursor,
    );
  });

  it.each([undefined, '', 'nonsense', '{}', '{"since":"yesterday"}'])(
    'begins six hours ago for %s',
    cursor => {
      expect(parseCursor({ cursor, now: NOW })).toEqual({
        since: '2026-11-22T06:00:00.000Z',
        archivedSince: '2026-11-22T06:00:00.000Z',
      });
    },
  );

  it('leaves out a tag that is too long to keep', () => {
    const written = formatCursor({
      since: '2026-11-22T11:00:00Z',
      archivedSince: '2026-11-22T11:00:00Z',
      etag: 'x'.repeat(201),
    });
    expect(parseCursor({ cursor: written, now: NOW }).etag).toBeUndefined();
  });
});
