import { SeededRandom } from '@agent-tasks/github-simulator';
import { drillShares } from './drillShares';
import { drillNewcomer, drillTurns } from './drillTurns';
import { FairPortal } from './FairPortal';

describe('the fairness drill', () => {
  it('measures how far teams are from their shares', () => {
    const portal = FairPortal.create({ weights: [3, 1], slots: 8 });
    expect(portal.lag()).toBe(6);
    portal.round([{ team: 1, count: 5 }]);
    // 0 of 6 and 5 of 2.
    expect(portal.lag()).toBe(6);
    expect(portal.free).toBe(3);
    portal.round(portal.backlog());
    expect(portal.lag()).toBe(3);
    const random = SeededRandom.create(1);
    for (let n = 0; n < 8; n += 1) {
      portal.endOne(random);
    }
    portal.round(portal.backlog());
    expect(portal.lag()).toBe(0);
  });

  it('holds, small', () => {
    const said: string[] = [];
    const random = SeededRandom.create(2);
    const shares = drillShares({
      cases: 100,
      random,
      say: line => said.push(line),
    });
    expect(shares).toMatchObject({ cases: 100, rounds: 800, idle: 0 });
    expect(shares.maxLag).toBeLessThanOrEqual(1);
    expect(shares.maxLag).toBeGreaterThan(0.5);
    expect(said).toHaveLength(10);
    expect(drillNewcomer({ cases: 10, random })).toBe(1);
    const wait = drillTurns({ cases: 5, random });
    expect(wait).toBeLessThan(2);
    expect(wait).toBeGreaterThan(0.3);
  });
});
