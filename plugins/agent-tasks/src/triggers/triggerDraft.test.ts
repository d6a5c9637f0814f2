import { exampleTriggers } from '../../dev/exampleTriggers';
import {
  choicesFor,
  findMissing,
  newDraft,
  toDraft,
  toRequest,
} from './triggerDraft';

describe('A draft of a trigger', () => {
  it.each(exampleTriggers().map(({ trigger }) => [trigger.name, trigger]))(
    'of %s is the trigger again',
    (_name, trigger) => {
      const {
        id: _id,
        usage: _usage,
        hookPath: _path,
        paused: _paused,
        createdBy: _createdBy,
        createdAt: _createdAt,
        updatedBy: _updatedBy,
        updatedAt: _updatedAt,
        nextRunAt: _next,
        lastRun: _last,
        problem: _problem,
        mayManage: _may,
        version,
        ...rest
      } = trigger;
      const draft = toDraft(trigger);
      expect(findMissing(draft)).toEqual([]);
      expect(toRequest(draft, version)).toEqual({
        ...rest,
        expectedVersion: version,
      });
    },
  );

  it('says what is missing, and what is wrong', () => {
    expect(findMissing(newDraft())).toEqual([
      'name',
      'owner',
      'template',
      'list',
    ]);
    expect(
      findMissing({
        ...newDraft(),
        type: 'webhook',
        source: 'generic',
        name: 'Not A Name',
        owner: 'x',
        template: 'x',
        choice: 'filter',
        filterLines: 'no condition',
        tasksPerHour: '1.5',
      }),
    ).toEqual(['name', 'secret', 'filterLines', 'tasksPerHour']);
    expect(
      findMissing({ ...newDraft(), cron: '0 0 30 2 *', jitterSeconds: 'x' }),
    ).toEqual(expect.arrayContaining(['cron', 'jitter']));
  });

  it('gives no value to a parameter that has an expression', () => {
    const { parameters, webhook } = toRequest({
      ...newDraft(),
      type: 'webhook',
      parameters: { a: '1', b: '2' },
      expressions: { a: 'event.a', c: ' ' },
    });
    expect(parameters).toEqual({ b: '2' });
    expect(webhook?.parameters).toEqual({ a: 'event.a' });
  });

  it('offers the repository of an event for those of GitHub alone', () => {
    expect(choicesFor({ type: 'schedule', source: 'github' })).toEqual([
      'list',
      'filter',
    ]);
    expect(choicesFor({ type: 'webhook', source: 'generic' })).not.toContain(
      'event',
    );
    expect(choicesFor({ type: 'webhook', source: 'github' })).toContain(
      'event',
    );
  });
});
