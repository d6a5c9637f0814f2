import { GitHubError } from '../../errors';
import { isoTime } from '../../clock/SimulatorClock';
import { grants } from '../../auth/Authenticator';
import { SimulatorContext } from '../../SimulatorContext';
import {
  GitHubApp,
  Installation,
  Permissions,
  Repository,
  WebhookDelivery,
} from '../../state';
import { pageOf } from '../pagination';
import { presentAccount, presentApp } from '../present/accounts';
import { presentRepository } from '../present/repositories';
import { RestOperation, RestRequest } from '../RestOperation';
import { fingerprint } from '../../auth/fingerprint';

/** As many repositories as an installation token can be narrowed to. */
const MAX_TOKEN_REPOSITORIES = 500;

/** What an App does by its JWT: find its installations, mint their tokens, read its webhooks' log. */
export const appOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/app',
    access: 'app',
    handle: request => ({
      status: 200,
      body: presentApp(request.context, appOf(request)),
    }),
  },
  {
    method: 'GET',
    path: '/app/installations',
    access: 'app',
    handle(request) {
      const { items, headers } = pageOf({
        request,
        items: request.context.world.apps.listInstallations(appOf(request)),
      });
      return {
        status: 200,
        body: items.map(item => {
          // The contract of the list does not have it.
          const { client_id: _clientId, ...listed } = presentInstallation(
            request.context,
            item,
          );
          return listed;
        }),
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/app/installations/{installation_id}',
    access: 'app',
    handle: request => ({
      status: 200,
      body: presentInstallation(request.context, installationOf(request)),
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/installation',
    access: 'app',
    handle(request) {
      const { context, params } = request;
      const repository = context.world.repositories.getByFullName(
        `${params.owner}/${params.repo}`,
      );
      const installation =
        repository &&
        context.world.apps.installationFor({
          app: appOf(request),
          repository,
        });
      if (!installation) {
        throw GitHubError.notFound();
      }
      return { status: 200, body: presentInstallation(context, installation) };
    },
  },
  {
    method: 'GET',
    path: '/orgs/{org}/installation',
    access: 'app',
    handle(request) {
      const { context, params } = request;
      const account = context.world.accounts.getByLogin(params.org);
      const installation = context.world.apps
        .listInstallations(appOf(request))
        .find(candidate => candidate.accountId === account?.id);
      if (!installation) {
        throw GitHubError.notFound();
      }
      return { status: 200, body: presentInstallation(context, installation) };
    },
  },
  {
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    access: 'app',
    handle: mintToken,
  },
  {
    method: 'GET',
    path: '/installation/repositories',
    access: 'any',
    handle(request) {
      const { context, principal } = request;
      if (principal.kind !== 'installation') {
        throw new GitHubError(
          403,
          'You must authenticate with an installation access token in order to list repositories for an installation.',
        );
      }
      const repositories = context.world.repositories
        .list(principal.installation.accountId)
        .filter(repository => context.auth.sees({ principal, repository }));
      const { items, headers } = pageOf({ request, items: repositories });
      return {
        status: 200,
        body: {
          total_count: repositories.length,
          repository_selection: principal.installation.repositoryIds
            ? 'selected'
            : 'all',
          repositories: items.map(repository =>
            presentRepository(context, repository),
          ),
        },
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/app/hook/deliveries',
    access: 'app',
    handle(request) {
      const { context, query, search, url } = request;
      const perPage = Math.min(100, Number(query.per_page ?? 30));
      const all = context.world.apps.listDeliveries(appOf(request));
      const cursor = query.cursor as string | undefined;
      const start = cursor
        ? all.findIndex(delivery => `v1_${delivery.id}` === cursor)
        : 0;
      if (start < 0) {
        throw new GitHubError(400, 'Invalid cursor');
      }
      const next = all[start + perPage];
      const headers: Record<string, string> = {};
      if (next) {
        const link = new URLSearchParams(search);
        link.set('cursor', `v1_${next.id}`);
        headers.link = `<${url}?${link}>; rel="next"`;
      }
      return {
        status: 200,
        body: all.slice(start, start + perPage).map(presentDeliveryItem),
        headers,
      };
    },
  },
  {
    method: 'GET',
    path: '/app/hook/deliveries/{delivery_id}',
    access: 'app',
    handle(request) {
      const delivery = deliveryOf(request);
      return {
        status: 200,
        body: {
          ...presentDeliveryItem(delivery),
          url: delivery.url,
          request: {
            headers: delivery.requestHeaders,
            payload: JSON.parse(delivery.requestBody),
          },
          response: {
            headers: delivery.responseHeaders ?? null,
            payload: delivery.responseBody ?? null,
          },
        },
      };
    },
  },
  {
    method: 'POST',
    path: '/app/hook/deliveries/{delivery_id}/attempts',
    access: 'app',
    handle(request) {
      const delivery = deliveryOf(request);
      // GitHub answers before it delivers.
      request.context.redeliver(delivery);
      return { status: 202, body: {} };
    },
  },
];

function mintToken(request: RestRequest) {
  const { context, body } = request;
  const { world } = context;
  const installation = installationOf(request);
  if (installation.suspendedAt !== undefined) {
    throw new GitHubError(403, 'This installation has been suspended');
  }
  const names = body.repositories as string[] | undefined;
  const ids = body.repository_ids as number[] | undefined;
  const owner = world.accounts.require(installation.accountId);
  let repositories: Repository[] | undefined;
  if (names || ids) {
    const found = [
      ...(names ?? []).map(name =>
        world.repositories.getByFullName(`${owner.login}/${name}`),
      ),
      ...(ids ?? []).map(id => world.repositories.get(id)),
    ];
    if (found.length === 0 || found.length > MAX_TOKEN_REPOSITORIES) {
      throw GitHubError.validation(
        found.length === 0
          ? 'At least one repository is needed.'
          : `At most ${MAX_TOKEN_REPOSITORIES} repositories can be named.`,
      );
    }
    repositories = found.map(repository => {
      if (!repository || !world.apps.covers({ installation, repository })) {
        throw GitHubError.validation(
          'There is at least one repository that does not exist or is not accessible to the parent installation.',
        );
      }
      return repository;
    });
  }
  const requested = body.permissions as Permissions | undefined;
  for (const [permission, level] of Object.entries(requested ?? {})) {
    if (!grants(installation.permissions, permission, level)) {
      throw GitHubError.validation(
        'The permissions requested are not granted to this installation.',
      );
    }
  }
  const permissions: Permissions = {
    ...(requested ?? installation.permissions),
    metadata: 'read',
  };
  const token = world.tokens.createInstallationToken({
    installationId: installation.id,
    repositoryIds: repositories?.map(repository => repository.id),
    permissions,
  });
  const selected = repositories ?? selectedRepositories(context, installation);
  context.counters.tokenMinted({
    token: fingerprint(token.token),
    installationId: installation.id,
    repositories: repositories?.map(repository =>
      world.repositories.fullName(repository),
    ),
    permissions,
  });
  return {
    status: 201,
    body: {
      token: token.token,
      expires_at: isoTime(token.expiresAt),
      permissions,
      repository_selection: selected ? 'selected' : 'all',
      ...(selected
        ? {
            repositories: selected.map(repository =>
              presentRepository(context, repository),
            ),
          }
        : {}),
    },
  };
}

function selectedRepositories(
  context: SimulatorContext,
  installation: Installation,
): Repository[] | undefined {
  return installation.repositoryIds?.map(id =>
    context.world.repositories.require(id),
  );
}

function appOf({ principal }: RestRequest): GitHubApp {
  if (principal.kind !== 'app') {
    throw new Error('The operation is for Apps alone');
  }
  return principal.app;
}

function installationOf(request: RestRequest): Installation {
  const installation = request.context.world.apps.getInstallation(
    Number(request.params.installation_id),
  );
  if (!installation || installation.appId !== appOf(request).id) {
    throw GitHubError.notFound();
  }
  return installation;
}

function deliveryOf(request: RestRequest): WebhookDelivery {
  const delivery = request.context.world.apps.getDelivery(
    Number(request.params.delivery_id),
  );
  if (!delivery || delivery.appId !== appOf(request).id) {
    throw GitHubError.notFound();
  }
  return delivery;
}

function presentInstallation(
  context: SimulatorContext,
  installation: Installation,
) {
  const { accounts, apps } = context.world;
  const account = accounts.require(installation.accountId);
  const app = apps.get(installation.appId)!;
  return {
    id: installation.id,
    account: presentAccount(context, account),
    repository_selection: installation.repositoryIds ? 'selected' : 'all',
    access_tokens_url: `${context.urls.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${context.urls.api}/installation/repositories`,
    html_url: `${context.urls.html}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: app.clientId,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: isoTime(installation.createdAt),
    updated_at: isoTime(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at:
      installation.suspendedAt === undefined
        ? null
        : isoTime(installation.suspendedAt),
  };
}

function presentDeliveryItem(delivery: WebhookDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: isoTime(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId ?? null,
    repository_id: delivery.repositoryId ?? null,
  };
}
