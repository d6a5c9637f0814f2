import fc from 'fast-check';
import {
  covers,
  MOST_REPOSITORIES,
  repositoryKey,
  scopeKey,
  TokenScope,
  widen,
} from './tokenScope';

const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,6}$/);
const permissions = fc.dictionary(
  fc.constantFrom('checks', 'contents', 'pull_requests'),
  fc.constantFrom('read' as const, 'write' as const),
);
const scope = fc.record<TokenScope>({
  repositories: fc.array(name, { maxLength: 6 }),
  permissions,
});

function levels({ permissions: given }: TokenScope): string {
  return JSON.stringify(Object.entries(given).sort());
}

describe('scopeKey', () => {
  it('is the same for the same scope, in whatever order and case', () => {
    fc.assert(
      fc.property(scope, given => {
        const mirrored: TokenScope = {
          repositories: [...given.repositories]
            .reverse()
            .map(each => each.toLocaleUpperCase('en-US')),
          permissions: Object.fromEntries(
            Object.entries(given.permissions).reverse(),
          ),
        };
        expect(scopeKey(mirrored)).toBe(scopeKey(given));
      }),
    );
  });

  it('differs where a level differs', () => {
    const at = (level: 'read' | 'write') =>
      scopeKey({ repositories: ['a'], permissions: { contents: level } });
    expect(at('read')).not.toBe(at('write'));
  });
});

describe('covers', () => {
  it('never gives a call more permissions than it asked for, nor fewer', () => {
    fc.assert(
      fc.property(scope, scope, (held, needed) => {
        const covered = covers({ scope: held, needed });
        const same = levels(held) === levels(needed);
        expect(covered && !same).toBe(false);
      }),
    );
  });

  it('is true for every part of a scope, and for nothing beyond it', () => {
    fc.assert(
      fc.property(scope, fc.nat(), name, (held, cut, more) => {
        const part = held.repositories.slice(0, cut % 7);
        const permissionsHeld = held.permissions;
        expect(
          covers({
            scope: held,
            needed: { repositories: part, permissions: permissionsHeld },
          }),
        ).toBe(true);
        expect(
          covers({
            scope: held,
            needed: {
              repositories: [...part, more],
              permissions: permissionsHeld,
            },
          }),
        ).toBe(
          held.repositories.map(repositoryKey).includes(repositoryKey(more)),
        );
      }),
    );
  });
});

describe('widen', () => {
  it('holds all that is needed, each once, nothing old, and never too many', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { selector: repositoryKey, maxLength: 20 }),
        fc.array(fc.tuple(name, fc.nat({ max: 100 })), { maxLength: 20 }),
        (needed, seen) => {
          const recent = new Map(seen);
          const since = 50;
          const chosen = widen({ needed, recent, since });
          expect(chosen.slice(0, needed.length)).toEqual(needed);
          expect(new Set(chosen.map(repositoryKey)).size).toBe(chosen.length);
          for (const extra of chosen.slice(needed.length)) {
            expect(recent.get(extra)).toBeGreaterThanOrEqual(since);
          }
          expect(chosen.length).toBeLessThanOrEqual(MOST_REPOSITORIES);
        },
      ),
    );
  });

  it('takes the latest where not all fit', () => {
    const recent = new Map(
      Array.from({ length: 600 }, (_, index) => [`r${index}`, index]),
    );
    const chosen = widen({ needed: ['now'], recent, since: 0 });
    expect(chosen).toHaveLength(MOST_REPOSITORIES);
    expect(chosen).toContain('r599');
    expect(chosen).toContain('r101');
    expect(chosen).not.toContain('r100');
  });
});
