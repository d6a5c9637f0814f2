import {
  Account,
  Installation,
  nodeId,
  Repository,
  WorldEventMap,
  WorldEventName,
} from '../state';
import { presentAccount } from '../rest/present/accounts';
import { presentRepository } from '../rest/present/repositories';
import { SimulatorContext } from '../SimulatorContext';
import { PAYLOADS } from './payloads';

/** The body of a webhook, as GitHub's description of it has it. */
export function webhookPayload<K extends WorldEventName>(options: {
  context: SimulatorContext;
  name: K;
  event: WorldEventMap[K];
  installation: Installation;
}): Record<string, unknown> {
  const { context, name, event, installation } = options;
  const { repository, sender } = event as {
    repository: Repository;
    sender: Account;
  };
  const owner = context.world.accounts.require(repository.ownerId);
  return {
    ...PAYLOADS[name]?.(context, event),
    repository: presentRepository(context, repository),
    sender: presentAccount(context, sender),
    installation: {
      id: installation.id,
      node_id: nodeId({ kind: 'A', id: installation.id }),
    },
    ...(owner.type === 'Organization' && {
      organization: presentOrganization(context, owner),
    }),
  };
}

function presentOrganization(context: SimulatorContext, account: Account) {
  const url = `${context.urls.api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId({ kind: 'O', id: account.id }),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: presentAccount(context, account).avatar_url,
    description: account.name ?? '',
  };
}
