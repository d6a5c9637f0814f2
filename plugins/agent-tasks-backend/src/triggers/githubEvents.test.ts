import fc from 'fast-check';
import { githubEvents, readGithubEvent } from './githubEvents';

const repository = { full_name: 'acme/Shop', pushed_at: 1763812800 };

describe('readGithubEvent', () => {
  it.each<[string, object, string, string]>([
    [
      'push',
      { ref: 'refs/heads/main', repository },
      'push acme/shop refs/heads/main',
      '2025-11-22T12:00:00.000Z',
    ],
    [
      'dependabot_alert',
      {
        action: 'created',
        alert: { number: 7, updated_at: '2026-01-02T03:04:05Z' },
        repository,
      },
      'dependabot_alert acme/shop 7',
      '2026-01-02T03:04:05.000Z',
    ],
    [
      'repository_vulnerability_alert',
      {
        action: 'create',
        alert: { number: 3, created_at: '2026-01-02T03:04:05Z' },
        repository,
      },
      'repository_vulnerability_alert acme/shop 3',
      '2026-01-02T03:04:05.000Z',
    ],
    [
      'workflow_run',
      {
        workflow_run: { id: 99, updated_at: '2026-01-02T03:04:05Z' },
        repository,
      },
      'workflow_run acme/shop 99',
      '2026-01-02T03:04:05.000Z',
    ],
    [
      'deployment_status',
      {
        deployment: { id: 5 },
        deployment_status: { updated_at: '2026-01-02T03:04:05Z' },
        repository,
      },
      'deployment_status acme/shop 5',
      '2026-01-02T03:04:05.000Z',
    ],
  ])(
    'knows what a %s is about, and of when it is',
    (kind, payload, subject, at) => {
      const facts = readGithubEvent({ kind, payload });
      expect(facts).toEqual({
        repository: 'acme/Shop',
        subject,
        happenedAt: new Date(at),
      });
    },
  );

  it('does not take the time at which an alert began for that of its end', () => {
    expect(
      readGithubEvent({
        kind: 'repository_vulnerability_alert',
        payload: {
          action: 'resolve',
          alert: { number: 3, created_at: '2020-01-02T03:04:05Z' },
          repository,
        },
      }).happenedAt,
    ).toBeUndefined();
  });

  it('takes no other text for the name of a repository', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...githubEvents),
        fc.anything(),
        fc.string(),
        (kind, anything, text) => {
          for (const payload of [
            anything,
            { repository: anything },
            { repository: { full_name: text } },
            { repository, alert: anything, workflow_run: anything },
            { repository: { ...repository, pushed_at: anything } },
          ]) {
            const facts = readGithubEvent({ kind, payload });
            expect(facts.repository ?? 'a/b').toMatch(/^[\w.-]+\/[\w.-]+$/);
          }
        },
      ),
    );
  });
});
