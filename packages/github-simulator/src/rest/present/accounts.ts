import { SimulatorContext } from '../../SimulatorContext';
import { Account, GitHubApp, nodeId, Team } from '../../state';
import { isoTime } from '../../clock/SimulatorClock';
import { pageUrls } from '../../urls';

/** `simple-user` */
export function presentAccount(context: SimulatorContext, account: Account) {
  const url = `${context.urls.api}/users/${encodeURIComponent(account.login)}`;
  const kind = { User: 'U', Organization: 'O', Bot: 'BOT' } as const;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId({ kind: kind[account.type], id: account.id }),
    avatar_url: `${context.urls.html}/_avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: pageUrls.account(context, account),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** `public-user`, as `GET /user` answers for tokens without the profile's permissions. */
export function presentAuthenticatedUser(
  context: SimulatorContext,
  account: Account,
) {
  return {
    ...presentAccount(context, account),
    user_view_type: 'public',
    name: account.name ?? null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: isoTime(account.createdAt),
    updated_at: isoTime(account.createdAt),
  };
}

/** `team` */
export function presentTeam(context: SimulatorContext, team: Team) {
  return { ...presentSimpleTeam(context, team), parent: null };
}

/** `team-simple` */
export function presentSimpleTeam(context: SimulatorContext, team: Team) {
  const organization = context.world.accounts.require(team.organizationId);
  const url = `${context.urls.api}/organizations/${organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId({ kind: 'T', id: team.id }),
    url,
    html_url: `${context.urls.html}/orgs/${organization.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'push',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: organization.id,
  };
}

/** `integration` */
export function presentApp(context: SimulatorContext, app: GitHubApp) {
  const { accounts, apps } = context.world;
  return {
    id: app.id,
    slug: app.slug,
    node_id: app.nodeId,
    client_id: app.clientId,
    owner: presentAccount(context, accounts.require(app.ownerId)),
    name: app.name,
    description: '',
    external_url: `${context.urls.html}/apps/${app.slug}`,
    html_url: `${context.urls.html}/apps/${app.slug}`,
    created_at: isoTime(app.createdAt),
    updated_at: isoTime(app.createdAt),
    permissions: app.permissions,
    events: app.events,
    installations_count: apps.listInstallations(app).length,
  };
}
