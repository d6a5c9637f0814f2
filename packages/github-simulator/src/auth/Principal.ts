import { Account, GitHubApp, Installation, Permissions } from '../state';

/**
 * Who makes a request.
 *
 * - `user`: a fine-grained, classic or App user token acts as its user.
 * - `installation`: an installation token acts as the App's bot.
 * - `app`: an App's JWT, good for `/app` alone.
 *
 * @public
 */
export type Principal =
  | {
      kind: 'user';
      tokenKind: 'fine_grained' | 'classic' | 'app_user';
      /** The token itself, as the key of its limits. Never to be shown. */
      token: string;
      account: Account;
      /** `owner/name` or `owner/*`; `undefined`: all that the user sees. */
      repositories?: string[];
      /** `undefined`: all that the user may. */
      permissions?: Permissions;
      scopes?: string[];
      /** Of an App user token. */
      app?: GitHubApp;
    }
  | {
      kind: 'installation';
      token: string;
      account: Account;
      app: GitHubApp;
      installation: Installation;
      repositoryIds?: number[];
      permissions: Permissions;
    }
  | { kind: 'app'; token: string; account: Account; app: GitHubApp };

/** What a principal may do with a repository. @public */
export type Access =
  /** It does not see the repository: GitHub answers 404. */
  | 'hidden'
  /** It sees the repository and lacks the permission: GitHub answers 403. */
  | 'forbidden'
  | 'granted';
