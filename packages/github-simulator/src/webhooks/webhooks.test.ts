import { readFileSync } from 'fs';
import Ajv2019 from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import { SignJWT, importPKCS8 } from 'jose';
import {
  collectReferences,
  Schema,
  toJsonSchema,
} from '../contract/openApiSchemas';
import { GithubSimulator } from '../GithubSimulator';
import { openTestPullRequest } from '../testing/openTestPullRequest';
import { TEST_APP_ID, TEST_APP_KEY, testSeed } from '../testing/testSeed';
import { WebhookReceiver } from '../testing/WebhookReceiver';
import { webhookSignature } from './signature';

const SECRET = "It's a Secret to Everybody";

/** Checks bodies against GitHub's description of its webhooks. */
function loadWebhookContract(
  wanted: string[],
): (name: string, payload: unknown) => string[] {
  const { components } = JSON.parse(
    readFileSync(
      require.resolve('@octokit/openapi/generated/api.github.com.json'),
      'utf8',
    ),
  ) as { components: { schemas: Record<string, Schema> } };
  const { schemas } = components;
  const names = new Set(wanted);
  for (const name of wanted) {
    collectReferences({
      schema: schemas[name],
      components: schemas,
      into: names,
    });
  }
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    logger: false,
    inlineRefs: false,
  });
  addFormats(ajv);
  ajv.addSchema({
    $id: 'loose',
    components: {
      schemas: Object.fromEntries(
        [...names]
          .filter(name => schemas[name])
          .map(name => [
            name,
            toJsonSchema({
              schema: schemas[name],
              strict: false,
              combined: true,
            }),
          ]),
      ),
    },
  });
  return (name, payload) => {
    if (!schemas[name]) {
      return [`GitHub has no ${name}`];
    }
    const validate = ajv.getSchema(`loose#/components/schemas/${name}`)!;
    validate(payload);
    return (validate.errors ?? []).map(
      error => `${name}${error.instancePath} ${error.message}`,
    );
  };
}

describe('webhooks', () => {
  let simulator: GithubSimulator;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
    simulator = await GithubSimulator.start({
      seed: {
        ...testSeed,
        app: { ...testSeed.app!, webhookUrl: receiver.url },
      },
    });
  });
  afterEach(async () => {
    await simulator.close();
    await receiver.close();
  });

  /** A pull request from the agent to the merge, with all that happens on the way. */
  function liveThrough(): void {
    const { world } = simulator;
    const pullRequest = openTestPullRequest(simulator);
    const repository = world.pullRequests.repositoryOf(pullRequest);
    const ada = world.accounts.getByLogin('ada')!;
    const { copilot } = world.accounts;
    world.conversations.addLabels({
      pullRequest,
      names: ['agent'],
      sender: ada,
    });
    world.repositories.pushCommit({
      repository,
      branch: pullRequest.headRef,
      message: 'And the rest',
      author: copilot,
      files: { 'NOTES.md': 'Notes.\n' },
    });
    world.pullRequests.markReadyForReview({ pullRequest, sender: ada });
    world.pullRequests.convertToDraft({ pullRequest, sender: ada });
    world.pullRequests.markReadyForReview({ pullRequest, sender: ada });
    for (const name of ['build', 'test']) {
      world.checks.setCheck({
        repository,
        sha: pullRequest.headSha,
        name,
        status: 'completed',
        conclusion: 'success',
      });
    }
    world.checks.setStatus({
      repository,
      sha: pullRequest.headSha,
      state: 'success',
      context: 'agent-tasks/gate',
      creator: ada,
    });
    for (const run of world.workflowRuns.list(repository)) {
      world.workflowRuns.complete({ run, conclusion: 'success' });
    }
    world.reviews.submit({ pullRequest, user: ada, state: 'APPROVED' });
    world.pullRequests.merge({ pullRequest, sender: ada });
    world.repositories.setArchived({ repository, archived: true, sender: ada });
  }

  it('tell the whole life of a pull request, as GitHub describes them', async () => {
    liveThrough();
    await simulator.webhooks.idle();
    expect(simulator.world.events.errors).toEqual([]);
    expect([...new Set(receiver.names)].sort()).toEqual(
      expect.arrayContaining([
        'check_run.completed',
        'check_run.created',
        'check_suite.completed',
        'check_suite.requested',
        'pull_request.closed',
        'pull_request.converted_to_draft',
        'pull_request.labeled',
        'pull_request.opened',
        'pull_request.ready_for_review',
        'pull_request.review_requested',
        'pull_request.synchronize',
        'pull_request_review.submitted',
        'push',
        'repository.archived',
        'status',
        'workflow_run.completed',
        'workflow_run.requested',
      ]),
    );
    const schemaOf = (name: string) => `webhook-${name.replace(/[_.]/g, '-')}`;
    const problemsOf = loadWebhookContract(receiver.names.map(schemaOf));
    const problems = new Set<string>();
    for (const [index, { payload }] of receiver.received.entries()) {
      problemsOf(schemaOf(receiver.names[index]), payload).forEach(problem =>
        problems.add(problem),
      );
      expect(payload).toMatchObject({
        repository: { full_name: 'acme/shop' },
        installation: { id: 777 },
        sender: { login: expect.any(String) },
      });
    }
    expect([...problems]).toEqual([]);
  });

  it('tell of a vulnerability that is found and fixed, as GitHub describes it', async () => {
    simulator.world.apps.get(TEST_APP_ID)!.events = ['dependabot_alert'];
    const post = async (body: object) => {
      const response = await fetch(
        `${simulator.url}/_simulator/repos/acme/shop/dependabot-alerts`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
      );
      return response.status;
    };
    expect(await post({ package: 'lodash', severity: 'critical' })).toBe(201);
    expect(await post({ number: 1 })).toBe(200);
    expect(await post({ number: 2 })).toBe(404);
    expect(await post({})).toBe(400);
    await simulator.webhooks.idle();
    expect(receiver.names.sort()).toEqual([
      'dependabot_alert.created',
      'dependabot_alert.fixed',
    ]);
    const schemas = [
      'webhook-dependabot-alert-created',
      'webhook-dependabot-alert-fixed',
    ];
    const problemsOf = loadWebhookContract(schemas);
    for (const { payload } of receiver.received) {
      const { action, alert } = payload as {
        action: string;
        alert: { dependency: object };
      };
      expect(problemsOf(`webhook-dependabot-alert-${action}`, payload)).toEqual(
        [],
      );
      expect(alert.dependency).toMatchObject({ package: { name: 'lodash' } });
    }
  });

  it('bear a signature of the exact body, and an id of the delivery', async () => {
    openTestPullRequest(simulator);
    await simulator.webhooks.idle();
    const [{ headers, body }] = receiver.received;
    expect(headers).toMatchObject({
      'x-github-event': 'push',
      'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-hub-signature-256': webhookSignature({ secret: SECRET, body }),
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
    });
  });

  it('go to Apps that are installed there, for events that they want', async () => {
    const { world } = simulator;
    world.apps.get(TEST_APP_ID)!.events = ['pull_request'];
    openTestPullRequest(simulator);
    world.apps.getInstallation(777)!.repositoryIds = [];
    openTestPullRequest(simulator, { branch: 'copilot/other' });
    await simulator.webhooks.idle();
    expect(receiver.names).toEqual(['pull_request.opened']);
  });

  it('are not repeated after a failure, but can be redelivered with the same id', async () => {
    simulator.world.apps.get(TEST_APP_ID)!.events = ['pull_request'];
    receiver.status = 500;
    openTestPullRequest(simulator);
    await simulator.webhooks.idle();
    expect(receiver.received).toHaveLength(1);

    receiver.status = 202;
    const jwt = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(String(TEST_APP_ID))
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importPKCS8(TEST_APP_KEY, 'RS256'));
    const headers = { authorization: `Bearer ${jwt}` };
    const list = async () => {
      const answer = await fetch(`${simulator.apiUrl}/app/hook/deliveries`, {
        headers,
      });
      return (await answer.json()) as {
        id: number;
        guid: string;
        status: string;
        status_code: number;
        redelivery: boolean;
      }[];
    };
    const [failed] = await list();
    expect(failed).toMatchObject({
      status: 'Invalid HTTP Response: 500',
      status_code: 500,
      redelivery: false,
    });
    const attempt = await fetch(
      `${simulator.apiUrl}/app/hook/deliveries/${failed.id}/attempts`,
      { method: 'POST', headers },
    );
    expect(attempt.status).toBe(202);
    await simulator.webhooks.idle();
    expect(await list()).toMatchObject([
      { guid: failed.guid, status: 'OK', status_code: 202, redelivery: true },
      { guid: failed.guid, redelivery: false },
    ]);
    const [first, second] = receiver.received;
    expect(second.body).toBe(first.body);
    expect(second.headers['x-github-delivery']).toBe(failed.guid);
  });

  it('are noted when nobody listens', async () => {
    simulator.world.apps.get(TEST_APP_ID)!.webhookUrl = 'http://127.0.0.1:9/';
    openTestPullRequest(simulator);
    await simulator.webhooks.idle();
    const app = simulator.world.apps.get(TEST_APP_ID)!;
    expect(simulator.world.apps.listDeliveries(app)[0]).toMatchObject({
      statusCode: 0,
      status: 'failed to connect to host',
    });
  });

  describe('with faults', () => {
    beforeEach(() => {
      simulator.world.apps.get(TEST_APP_ID)!.events = ['pull_request'];
    });

    it('are lost', async () => {
      simulator.faults.add({
        route: 'pull_request',
        fault: { kind: 'webhook_lost' },
      });
      openTestPullRequest(simulator);
      await simulator.webhooks.idle();
      expect(receiver.names).toEqual([]);
    });

    it('come twice with the same id', async () => {
      simulator.faults.add({ fault: { kind: 'webhook_twice' } });
      openTestPullRequest(simulator);
      await simulator.webhooks.idle();
      expect(receiver.names).toEqual([
        'pull_request.opened',
        'pull_request.opened',
      ]);
      const ids = receiver.received.map(
        ({ headers }) => headers['x-github-delivery'],
      );
      expect(new Set(ids).size).toBe(1);
    });

    it('come out of order, each with the state of its own time', async () => {
      simulator.faults.add({
        times: 1,
        fault: { kind: 'webhook_late', ms: 50 },
      });
      const pullRequest = openTestPullRequest(simulator);
      simulator.world.pullRequests.close({
        pullRequest,
        sender: simulator.world.accounts.copilot,
      });
      await simulator.webhooks.idle();
      expect(receiver.names).toEqual([
        'pull_request.closed',
        'pull_request.opened',
      ]);
      expect(receiver.received[1].payload).toMatchObject({
        pull_request: { state: 'open' },
      });
    });
  });
});
