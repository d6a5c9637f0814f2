import { LoggerService } from '@backstage/backend-plugin-api';
import { GithubClient } from './client/GithubClient';
import { PooledFetch } from './client/pooledFetch';
import { GithubConfig } from './config/readGithubConfig';
import { AppCredential } from './credentials/AppCredential';
import { CoveredRepositories } from './credentials/CoveredRepositories';
import { Installations } from './credentials/Installations';
import { InstallationTokens } from './credentials/InstallationTokens';
import { SharedReadTokens } from './credentials/SharedReadTokens';
import { StarterCredential } from './credentials/StarterCredential';
import { GithubCodeHost } from './host/GithubCodeHost';
import { CopilotAgentProvider } from './provider/CopilotAgentProvider';

/** Puts the provider and the code host together. Sends nothing: GitHub may be out of reach when the portal starts. */
export function createGithub(options: {
  config: GithubConfig;
  fetch: PooledFetch['fetch'];
  logger: LoggerService;
}): { provider: CopilotAgentProvider; codeHost: GithubCodeHost } {
  const { config, fetch, logger } = options;
  const { host, apiBaseUrl } = config;
  const client = GithubClient.create({ apiBaseUrl, fetch, logger });
  const app = AppCredential.create({
    appId: config.app.appId,
    privateKey: config.app.privateKey,
    now: () => client.now(),
  });
  const installations = Installations.create({
    client,
    app,
    installationId: config.app.installationId,
  });
  const tokens = InstallationTokens.create({ client, app, installations });
  const covered = CoveredRepositories.create({ client, app, tokens });
  const sharedTokens = SharedReadTokens.create({ tokens, covered });
  return {
    provider: CopilotAgentProvider.create({
      client,
      starter: StarterCredential.create(config.starter),
      host,
    }),
    codeHost: GithubCodeHost.create({
      host,
      client,
      tokens,
      sharedTokens,
      logger,
    }),
  };
}
