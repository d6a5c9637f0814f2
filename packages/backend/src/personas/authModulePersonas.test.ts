import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import personas from '.';

const dana: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'dana', namespace: 'default' },
  spec: { profile: { displayName: 'Dana Okafor' } },
  relations: [{ type: 'memberOf', targetRef: 'group:default/team-payments' }],
};

async function start(options: { persona?: object | null }) {
  return startTestBackend({
    features: [
      authPlugin,
      personas,
      catalogServiceMock.factory({ entities: [dana] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          auth: { providers: { persona: options.persona } },
        },
      }),
    ],
  });
}

describe('authModulePersonas', () => {
  const nodeEnv = process.env.NODE_ENV;
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: nodeEnv });
  });

  it.each(['dana', 'user:default/dana', 'User:default/Dana'])(
    'signs %s in as a user of the catalog',
    async name => {
      const { server } = await start({ persona: {} });
      const response = await request(server)
        .get('/api/auth/persona/refresh')
        .set('x-agent-tasks-persona', name);
      expect(response.status).toBe(200);
      expect(response.body.profile).toEqual({ displayName: 'Dana Okafor' });
      expect(response.body.backstageIdentity.identity).toEqual({
        type: 'user',
        userEntityRef: 'user:default/dana',
        ownershipEntityRefs: [
          'user:default/dana',
          'group:default/team-payments',
        ],
      });
      const [, claims] = response.body.backstageIdentity.token.split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).sub).toBe(
        'user:default/dana',
      );
    },
  );

  it.each([
    [undefined, 401, /No persona was chosen/],
    ['nobody', 404, /nobody|not found/i],
    ['group:default/team-payments', 400, /A persona is a user/],
    ['::', 400, /name or entity ref of a user/],
  ])('refuses %s with %i', async (name, status, message) => {
    const { server } = await start({ persona: {} });
    const response = await request(server)
      .get('/api/auth/persona/refresh')
      .set(name ? { 'x-agent-tasks-persona': name } : {});
    expect(response.status).toBe(status);
    expect(response.body.error.message).toMatch(message);
    expect(response.body.backstageIdentity).toBeUndefined();
  });

  it('is off where it is not configured', async () => {
    const { server } = await start({ persona: null });
    const response = await request(server)
      .get('/api/auth/persona/refresh')
      .set('x-agent-tasks-persona', 'dana');
    expect(response.status).toBe(404);
  });

  it('stops the start in production', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(start({ persona: {} })).rejects.toThrow(
      /Persona sign-in is for development only/,
    );
  });

  it('lets production start where it is not configured', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(start({ persona: null })).resolves.toBeDefined();
  });
});
