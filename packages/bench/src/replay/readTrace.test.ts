import { OWN_TRACE, parseTrace, readTrace } from './readTrace';

const header = 'team,repo,created_at,closed_at,merged';
const at = '2025-01-01T00:00:00Z';
const later = '2025-01-01T01:00:00Z';

describe('readTrace', () => {
  it('reads the copy of the package', () => {
    const changes = readTrace(OWN_TRACE);
    expect(changes).toHaveLength(3_527);
    expect(changes.filter(({ openFor }) => openFor === undefined)).toHaveLength(
      652,
    );
    expect(new Set(changes.map(({ team }) => team)).size).toBe(319);
  });

  it('takes columns in any order, sorts by time, and passes over empty lines', () => {
    expect(
      parseTrace(
        `merged,closed_at,x,created_at,repo,team\r\n1,${later},,${at},r,b\n\n0,,,2024-12-31T00:00:00Z,q,a\n`,
        'f',
      ),
    ).toEqual([
      {
        team: 'a',
        repository: 'q',
        createdAt: Date.parse('2024-12-31T00:00:00Z'),
        openFor: undefined,
        merged: false,
      },
      {
        team: 'b',
        repository: 'r',
        createdAt: Date.parse(at),
        openFor: 3_600_000,
        merged: true,
      },
    ]);
  });

  it.each([
    ['', /has no column team, repo, created_at, closed_at, merged/],
    ['team,repo,created_at,closed_at\n', /has no column merged/],
    [`${header}\n`, /has 0 changes/],
    [`${header}\na,b,${at},,0,1\n`, /line 2: it has 6 fields/],
    [`${header}\n"a",b,${at},,0\n`, /line 2: fields must not be quoted/],
    [`${header}\n\na b,c,${at},,0\n`, /line 3: team 'a b' is no name/],
    [`${header}\na,,${at},,0\n`, /line 2: repo '' is no name/],
    [`${header}\na,b,yesterday,,0\n`, /line 2: created_at 'yesterday'/],
    [`${header}\na,b,2025-13-01T00:00:00Z,,0\n`, /created_at '2025-13/],
    [`${header}\na,b,${later},${at},0\n`, /closed .* before it was opened/],
    [`${header}\na,b,${at},${later},2\n`, /merged is '2'/],
    [`${header}\na,b,${at},,1\n`, /merged, and never closed/],
  ])('refuses %j', (text, message) => {
    expect(() => parseTrace(text, 'a.csv')).toThrow(message);
    expect(() => parseTrace(text, 'a.csv')).toThrow(/^The trace a\.csv /);
  });

  it('says so where there is no such file', () => {
    expect(() => readTrace('/nowhere/trace.csv')).toThrow(
      'The trace /nowhere/trace.csv cannot be read: ENOENT',
    );
  });
});
