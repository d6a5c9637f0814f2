import fc from 'fast-check';
import { compareOutlines } from './compareOutlines';
import { mostOutlined, outlineOf } from './planOutline';

function tasksOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    repository: `github.com/acme/${index}`,
    team: 'group:default/shop',
    components: [`component:default/${index}`],
  }));
}

const outline = (tasks: ReturnType<typeof tasksOf>, templateRevision = 1) =>
  outlineOf({ templateRevision, tasks });

describe('outlineOf', () => {
  it('names up to 1,000 tasks, and of more tells a digest alone', () => {
    expect(outline(tasksOf(mostOutlined)).tasks).toHaveLength(1_000);
    const large = outline(tasksOf(mostOutlined + 1));
    expect(large).toEqual({
      templateRevision: 1,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      counts: { tasks: 1_001, components: 1_001 },
    });
  });

  it('keeps what else a task has to itself', () => {
    const [task] = outline([
      { ...tasksOf(1)[0], prompt: 'secret' } as never,
    ]).tasks!;
    expect(Object.keys(task)).toEqual(['repository', 'team', 'components']);
  });

  it('tells apart any two plans, large or small, and not their order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { minLength: 1 }),
        fc.boolean(),
        (changed, large) => {
          const all = tasksOf(large ? 2_001 : 20);
          const same = [...all].reverse();
          expect(compareOutlines(outline(all), outline(same))).toEqual([]);
          const other = all.map((task, index) =>
            changed.includes(index)
              ? { ...task, team: 'group:default/pay' }
              : task,
          );
          const differs = changed.some(index => index < all.length);
          expect(compareOutlines(outline(all), outline(other)).length > 0).toBe(
            differs,
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('compares a plan that has become a large one', () => {
    expect(
      compareOutlines(outline(tasksOf(2)), outline(tasksOf(1_001), 2)),
    ).toEqual([
      'the template is now at revision 2, not 1',
      'other tasks would be launched: now 1001 for 1001 components, not 2 for 2 components',
    ]);
  });

  it('takes an outline without tasks for another one', () => {
    expect(
      compareOutlines({ templateRevision: 1 }, outline(tasksOf(1))),
    ).toEqual([
      'other tasks would be launched: now 1 for 1 components, not others',
    ]);
  });
});
