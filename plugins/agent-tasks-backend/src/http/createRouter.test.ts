import { Server } from 'node:http';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotAllowedError, ResponseError } from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { AuditService } from '../audit/AuditService';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { BrakeService } from '../queue/BrakeService';
import { QueueService } from '../queue/QueueService';
import { TaskService } from '../queue/TaskService';
import { StatusService } from '../remotes/StatusService';
import { TeamService } from '../teams/TeamService';
import { TemplateEditor } from '../templates/TemplateEditor';
import { TemplatePreviews } from '../templates/TemplatePreviews';
import { TemplateService } from '../templates/TemplateService';
import { TriggerInbox } from '../triggers/TriggerInbox';
import { TriggerService } from '../triggers/TriggerService';
import { CampaignService } from '../campaigns/CampaignService';
import { ResponseContract } from '../__testUtils__/ResponseContract';
import { createRouter } from './createRouter';

const tasks = {
  list: jest.fn(),
  get: jest.fn(),
  listEvents: jest.fn(),
  cancel: jest.fn(),
  retry: jest.fn(),
  listRunning: jest.fn(),
  resolveStart: jest.fn(),
} satisfies TaskService;
const launches = { plan: jest.fn(), launch: jest.fn() };
const templates = { list: jest.fn(), get: jest.fn() };
const status = { get: jest.fn() };
const queue = { get: jest.fn() };
const brakes = { list: jest.fn(), pull: jest.fn(), release: jest.fn() };
const teams = {};
const campaigns = { list: jest.fn(), get: jest.fn() };
const audit = { list: jest.fn() };
const logger = mockServices.logger.mock();
const contract = ResponseContract.create();

const plan = {
  template: 'bump',
  components: ['component:default/shop'],
  parameters: { version: '1' },
};

let server: Server;

/** The router as the backend serves it, with its error middleware behind. */
beforeAll(async () => {
  const app = express();
  app.use(
    createRouter({
      tasks,
      launches: launches as unknown as AuthorizedLaunchService,
      templates: templates as unknown as TemplateService,
      templateEditor: {} as TemplateEditor,
      templatePreviews: {} as TemplatePreviews,
      status: status as unknown as StatusService,
      queue: queue as unknown as QueueService,
      brakes: brakes as unknown as BrakeService,
      teams: teams as TeamService,
      campaigns: campaigns as unknown as CampaignService,
      audit: audit as unknown as AuditService,
      triggers: {} as TriggerService,
      inbox: {} as TriggerInbox,
      httpAuth: mockServices.httpAuth(),
      logger,
    }),
  );
  app.use(
    MiddlewareFactory.create({
      config: new ConfigReader({}),
      logger: mockServices.logger.mock(),
    }).error(),
  );
  server = await new Promise<Server>(resolve => {
    const listening = app.listen(0, () => resolve(listening));
  });
});

afterAll(
  () =>
    new Promise(resolve => {
      server.close(resolve);
    }),
);

beforeEach(() => {
  jest.resetAllMocks();
  logger.child.mockReturnValue(logger);
});

async function send(method: 'get' | 'post', path: string, body?: object) {
  const sent = request(server)[method](path);
  const answer = await (body === undefined
    ? sent
    : sent.set('Idempotency-Key', 'key-0001').send(body));
  contract.check({
    method: method.toUpperCase(),
    path: path.split('?')[0],
    status: answer.status,
    body: answer.body,
  });
  return answer;
}

function expectNothingDone(): void {
  for (const service of [tasks, launches, templates, status]) {
    for (const method of Object.values(service)) {
      expect(method).not.toHaveBeenCalled();
    }
  }
  expect(logger.error).not.toHaveBeenCalled();
}

describe('createRouter', () => {
  describe('passes on', () => {
    const page = { items: [] };

    it('filters with one and with several values', async () => {
      tasks.list.mockResolvedValue(page);
      await send(
        'get',
        '/tasks?team=group:default/shop&state=queued&state=running&component=a%26b',
      );
      expect(tasks.list).toHaveBeenCalledWith({
        credentials: mockCredentials.user(),
        query: {
          team: ['group:default/shop'],
          state: ['queued', 'running'],
          component: ['a&b'],
          limit: 25,
        },
      });
    });

    it('the page of a list', async () => {
      tasks.list.mockResolvedValue(page);
      await send('get', '/tasks?limit=200&cursor=abc');
      expect(tasks.list.mock.calls[0][0].query).toEqual({
        limit: 200,
        cursor: 'abc',
      });
      tasks.listEvents.mockResolvedValue(page);
      await send('get', '/tasks/task_1/events');
      expect(tasks.listEvents).toHaveBeenCalledWith({
        credentials: mockCredentials.user(),
        id: 'task_1',
        limit: 200,
        cursor: undefined,
      });
    });

    it('names with special characters', async () => {
      templates.get.mockRejectedValue(new NotAllowedError('No.'));
      await send('get', '/templates/teams%2Fbump%20it');
      expect(templates.get).toHaveBeenCalledWith({
        credentials: mockCredentials.user(),
        name: 'teams/bump it',
      });
    });

    it('who launches, and the key', async () => {
      launches.launch.mockRejectedValue(new NotAllowedError('No.'));
      await send('post', '/campaigns', plan);
      expect(launches.launch).toHaveBeenCalledWith({
        caller: {
          credentials: mockCredentials.user(),
          requester: 'user:default/mock',
        },
        request: { ...plan, acceptChanges: false },
        idempotencyKey: 'key-0001',
      });
    });

    it('which service cancels', async () => {
      tasks.cancel.mockRejectedValue(new NotAllowedError('No.'));
      await request(server)
        .post('/tasks/task_1/cancel')
        .set('Authorization', mockCredentials.service.header())
        .send({ reason: 'wrong version' });
      expect(tasks.cancel).toHaveBeenCalledWith(
        expect.objectContaining({
          id: 'task_1',
          actor: 'external:test-service',
          reason: 'wrong version',
        }),
      );
    });
  });

  it.each(['/plans', '/campaigns', '/tasks/task_1/cancel'])(
    'lets nobody unknown POST %s',
    async path => {
      const answer = await request(server)
        .post(path)
        .set('Authorization', mockCredentials.none.header())
        .set('Idempotency-Key', 'key-0001')
        .send(path.endsWith('cancel') ? {} : plan);
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toBe(
        'Sign in, or send the token of a service, to do this.',
      );
    },
  );

  describe('refuses', () => {
    afterEach(expectNothingDone);

    it.each<[string, string, object]>([
      [
        'a field that there is not',
        'body.componets is not a field of this request',
        { componets: ['x'] },
      ],
      ['a number for a text', 'body.template must be string', { template: 1 }],
      ['an empty name', 'body.template must NOT have fewer', { template: '' }],
      [
        'an empty component',
        'body.components.0 must NOT have fewer',
        { components: [''] },
      ],
      [
        'a filter without a list',
        'body.selection.filter.0.kind must be array',
        { selection: { filter: [{ kind: 'component' }] } },
      ],
      [
        'a list for parameters',
        'body.parameters must be object',
        { parameters: [] },
      ],
      [
        'a null for parameters',
        'body.parameters must be object',
        { parameters: null },
      ],
      [
        'half an outline',
        'body.expected.templateRevision is missing',
        { expected: { tasks: [] } },
      ],
      [
        'a text for a yes',
        'body.acceptChanges must be boolean',
        { acceptChanges: 'yes' },
      ],
    ])('%s in a launch, and names the field', async (_what, said, change) => {
      const answer = await send('post', '/campaigns', { ...plan, ...change });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toEqual({
        name: 'InputError',
        message: expect.stringContaining(said),
      });
    });

    it.each(['template', 'parameters'] as const)(
      'a plan without %s',
      async field => {
        const { [field]: _missing, ...rest } = plan;
        const answer = await send('post', '/plans', rest);
        expect(answer.status).toBe(400);
        expect(answer.body.error.message).toBe(
          `The request does not fit the API: body.${field} is missing.`,
        );
      },
    );

    it.each([
      [undefined, 'idempotency-key'],
      ['short', 'idempotency-key'],
      ['a b c d e f', 'idempotency-key'],
      ['k'.repeat(256), 'idempotency-key'],
    ])('a launch with the Idempotency-Key %p', async (key, named) => {
      const sent = request(server).post('/campaigns');
      const answer = await (key ? sent.set('Idempotency-Key', key) : sent).send(
        plan,
      );
      expect(answer.status).toBe(400);
      expect(answer.body.error.message.toLowerCase()).toContain(named);
    });

    it.each([
      ['/tasks?stat=queued', 'stat'],
      ['/tasks?state=waiting', 'state'],
      ['/tasks?limit=0', 'limit'],
      ['/tasks?limit=201', 'limit'],
      ['/tasks?limit=ten', 'limit'],
      ['/tasks/task_1/events?limit=501', 'limit'],
      [`/tasks?cursor=${'c'.repeat(1001)}`, 'cursor'],
      ['/templates?page=2', 'page'],
      ['/status?verbose', 'verbose'],
    ])('%s, and names the parameter', async (path, named) => {
      const answer = await send('get', path);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain(named);
    });

    it('a body that is no JSON', async () => {
      const answer = await request(server)
        .post('/plans')
        .set('Content-Type', 'application/json')
        .send('{"template": secret-token}');
      expect(answer.status).toBe(400);
      expect(answer.body.error).toEqual({
        name: 'InputError',
        message: 'The body is not valid JSON.',
      });
    });

    it('a body of another type', async () => {
      const answer = await request(server)
        .post('/plans')
        .set('Content-Type', 'text/plain')
        .send('template: bump');
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    });

    it('a body that is too large, and says what to do', async () => {
      const answer = await send('post', '/plans', {
        ...plan,
        parameters: { version: 'x'.repeat(8 * 1024 * 1024) },
      });
      expect(answer.status).toBe(413);
      expect(answer.body.error).toMatchObject({
        name: 'PayloadTooLargeError',
        message:
          'The body is larger than 8MB. Launch fewer components at once, or select them by a filter.',
      });
    });

    it('a body that is nested without end', async () => {
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      const answer = await request(server)
        .post('/plans')
        .set('Content-Type', 'application/json')
        .send(`{"template":"bump","components":${deep}}`);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('nested more than 50');
    });

    it('a NUL character, wherever it is', async () => {
      for (const path of ['/tasks/task_%00', '/tasks?team=%00']) {
        const answer = await send('get', path);
        expect(answer.status).toBe(400);
        expect(answer.body.error.message).toContain('NUL');
      }
      for (const parameters of [{ a: ['x\0'] }, { 'a\0': 1 }]) {
        const answer = await send('post', '/plans', { ...plan, parameters });
        expect(answer.status).toBe(400);
        expect(answer.body.error.message).toContain('NUL');
      }
    });

    it('a reason that is too long', async () => {
      const answer = await send('post', '/tasks/task_1/cancel', {
        reason: 'x'.repeat(1001),
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('reason');
    });

    it('an address that cannot be decoded', async () => {
      const answer = await request(server).get('/tasks/%E0%A4%A');
      expect(answer.status).toBe(400);
    });
  });

  describe('keeps to itself', () => {
    it.each<[string, unknown]>([
      [
        'an error of the database',
        new Error("select * from tasks where id = 'x' - password=hunter2"),
      ],
      [
        'an error that pretends to be an answer',
        Object.assign(new Error('hunter2'), { statusCode: 404 }),
      ],
      ['something that is no error', 'hunter2'],
    ])('%s, and logs it', async (_what, error) => {
      tasks.get.mockRejectedValue(error);
      const answer = await send('get', '/tasks/task_1');
      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({
        error: {
          name: 'InternalError',
          message:
            'Something unexpected went wrong. It is no fault of the request; the log of the backend has the details.',
          statusCode: 500,
        },
        request: { method: 'GET', url: '/tasks/task_1' },
        response: { statusCode: 500 },
      });
      expect(answer.text).not.toContain('hunter2');
      expect(logger.error).toHaveBeenCalledWith(
        'GET /tasks/task_1 failed unexpectedly',
        expect.objectContaining({
          message: expect.stringContaining('hunter2'),
        }),
      );
    });

    it('what another service answered', async () => {
      const error = await ResponseError.fromResponse(
        Response.json(
          { error: { name: 'NotFoundError', message: 'at http://10.0.0.7/' } },
          { status: 404 },
        ),
      );
      launches.plan.mockRejectedValue(error);
      const answer = await send('post', '/plans', plan);
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain('10.0.0.7');
      expect(logger.error).toHaveBeenCalledWith(expect.any(String), error);
    });

    it('stacks', async () => {
      tasks.get.mockRejectedValue(new NotAllowedError('You may not.'));
      const answer = await send('get', '/tasks/task_1');
      expect(answer.body.error).toEqual({
        name: 'NotAllowedError',
        message: 'You may not.',
      });
      expect(logger.error).not.toHaveBeenCalled();
    });
  });

  it('answers where its description is', async () => {
    const answer = await request(server).get('/openapi.json');
    expect(answer.status).toBe(200);
    expect(answer.body.info.title).toBe('agent-tasks');
  });
});

describe('ResponseContract', () => {
  const found = { method: 'GET', path: '/tasks', status: 200 };

  it.each<[string, object, string]>([
    [
      'a field too many',
      { items: [], total: 0 },
      '"additionalProperty":"total"',
    ],
    ['a missing field', {}, "must have required property 'items'"],
    ['another type', { items: {} }, '/items must be array'],
  ])('does not let %s pass', (_what, body, problem) => {
    expect(() => contract.check({ ...found, body })).toThrow(problem);
  });

  it('does not let an error pass that has no error body', () => {
    expect(() =>
      contract.check({ ...found, status: 400, body: { message: 'No.' } }),
    ).toThrow('ListTasks answered 400');
  });

  it('does not let a status pass that is not described', () => {
    expect(() =>
      contract.check({
        ...found,
        status: 202,
        body: {
          error: { name: 'x', message: 'x' },
          response: { statusCode: 202 },
        },
      }),
    ).toThrow('which the document does not name');
  });
});
