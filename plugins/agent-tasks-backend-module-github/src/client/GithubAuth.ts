/** What a token may do, by GitHub's names of permissions. */
export type TokenPermissions = Readonly<Record<string, 'read' | 'write'>>;

/** Whose credential a request uses, and what it is good for. Recorded with each request. */
export type CredentialScope =
  | { kind: 'starter' }
  | { kind: 'app' }
  | {
      kind: 'installation';
      installationId: number;
      /** `owner/name`; `all` stands for every repository of the installation. */
      repositories: readonly string[] | 'all';
      permissions: TokenPermissions;
    };

/** A credential for one request. */
export interface GithubAuth {
  token: string;
  scope: CredentialScope;
  /** Called when GitHub refused the token, so that it is not used again. */
  onRefused?(): void;
}
