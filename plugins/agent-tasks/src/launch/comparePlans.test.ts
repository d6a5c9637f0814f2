import { examplePlan, examplePlannedTask } from '../../dev/examplePlan';
import { comparePlans } from './comparePlans';

const task = (name: string, team = 'payments') =>
  examplePlannedTask({
    repository: {
      ref: `github.example.com/acme/${name}`,
      url: `https://github.example.com/acme/${name}`,
    },
    team: `group:default/team-${team}`,
  });

describe('comparePlans', () => {
  it('finds no difference between plans that would launch the same', () => {
    const before = examplePlan({ tasks: [task('a'), task('b')] });
    const now = examplePlan({ tasks: [task('b'), task('a')] });
    expect(comparePlans({ before, now })).toBeUndefined();
  });

  it('names what came, what went, and what has another team or other components', () => {
    const before = examplePlan({ tasks: [task('a'), task('b'), task('c')] });
    const now = examplePlan({
      tasks: [task('b', 'checkout'), task('c'), task('d'), task('e')],
      revision: 4,
    });
    expect(comparePlans({ before, now })).toEqual({
      revision: { before: 3, now: 4 },
      counts: { before: 3, now: 4 },
      added: ['acme/d', 'acme/e'],
      removed: ['acme/a'],
      changed: ['acme/b'],
    });
  });
});
