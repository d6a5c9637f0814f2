import { isoTime } from '../../clock/SimulatorClock';
import { Account, nodeId, Team } from '../../state';
import { pageUrls } from '../../urls';
import { GraphqlSession } from '../GraphqlSession';

const KINDS = {
  User: 'U',
  Organization: 'O',
  Bot: 'BOT',
} as const;

/** Database ids are 32-bit in GraphQL: what does not fit is null there. */
export function databaseId(id: number): number | undefined {
  return id <= 2_147_483_647 ? id : undefined;
}

/** An account under the login that GraphQL shows: `Copilot` is `copilot-swe-agent`. */
export function accountNode(session: GraphqlSession, account: Account) {
  const login = account.graphqlLogin ?? account.login;
  const { html } = session.context.urls;
  const url = pageUrls.account(session.context, account);
  return {
    __typename: account.type,
    id: nodeId({ kind: KINDS[account.type], id: account.id }),
    databaseId: databaseId(account.id),
    login,
    name: account.name,
    email: account.type === 'User' ? account.email : undefined,
    createdAt: isoTime(account.createdAt),
    url,
    resourcePath: url.slice(html.length),
    avatarUrl: `${html}/_avatars/${account.id}`,
  };
}

export function teamNode(session: GraphqlSession, team: Team) {
  const { world, urls } = session.context;
  const organization = world.accounts.require(team.organizationId);
  const path = `/orgs/${organization.login}/teams/${team.slug}`;
  return {
    __typename: 'Team',
    id: nodeId({ kind: 'T', id: team.id }),
    databaseId: databaseId(team.id),
    slug: team.slug,
    name: team.name,
    combinedSlug: `${organization.login}/${team.slug}`,
    organization: () => accountNode(session, organization),
    url: `${urls.html}${path}`,
    resourcePath: path,
  };
}
