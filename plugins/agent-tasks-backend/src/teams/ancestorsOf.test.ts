import * as fc from 'fast-check';
import { ancestorsOf } from './ancestorsOf';

describe('ancestorsOf', () => {
  it('names the nearest first', () => {
    const parents: Record<string, string[]> = {
      squad: ['tribe', 'guild'],
      tribe: ['company'],
      guild: ['company'],
    };
    expect(ancestorsOf('squad', ref => parents[ref] ?? [])).toEqual([
      'tribe',
      'guild',
      'company',
    ]);
  });

  it('ends where groups are above themselves', () => {
    const parents: Record<string, string[]> = {
      a: ['b'],
      b: ['c'],
      c: ['a', 'c'],
    };
    expect(ancestorsOf('a', ref => parents[ref])).toEqual(['b', 'c']);
  });

  it('names every group that can be reached upwards, once, and never itself', () => {
    const graph = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), {
      minLength: 10,
      maxLength: 10,
    });
    fc.assert(
      fc.property(graph, parents => {
        const parentsOf = (ref: string) => parents[Number(ref)].map(String);
        const above = ancestorsOf('0', parentsOf);
        expect(new Set(above).size).toBe(above.length);
        expect(above).not.toContain('0');
        // Closed upwards: nothing is missing.
        for (const ref of ['0', ...above]) {
          for (const parent of parentsOf(ref)) {
            expect(parent === '0' || above.includes(parent)).toBe(true);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
