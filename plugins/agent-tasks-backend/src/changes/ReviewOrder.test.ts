import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from '../__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'Changes that wait for a review slot, on %p',
  (databaseId: TestDatabaseId) => {
    it('are looked at by turns of their teams, and not of teams that have no slot', async () => {
      const knex = await databases.init(databaseId);
      const stages = await createStages({ knex, components: 5, running: 10 });
      const ids = await stages.launch(5);
      for (const [index, id] of ids.entries()) {
        await knex('tasks')
          .where({ id })
          .update({
            awaits_review: true,
            rank: index,
            team: index < 3 ? 'group:default/many' : `group:default/${index}`,
          });
      }
      const find = (limit: number, without: string[] = []) =>
        stages.taskStore.transaction(async tx =>
          (await stages.queueStore.awaitingReview(tx, { limit, without })).map(
            task => task.id,
          ),
        );
      expect(await find(3)).toEqual([ids[0], ids[3], ids[4]]);
      expect(await find(10)).toEqual(ids);
      expect(await find(10, ['group:default/many'])).toEqual(ids.slice(3));
    });
  },
);
