import { Permissions, RepositoryRole } from './state';

/** What a simulator starts with. @public */
export interface SimulatorSeed {
  organizations: SeedOrganization[];
  fineGrainedTokens?: SeedFineGrainedToken[];
  app?: SeedApp;
}

/** @public */
export interface SeedOrganization {
  login: string;
  name?: string;
  /** The role of members in every repository: `write` when left out. */
  baseRole?: RepositoryRole;
  users: { login: string; name?: string; email?: string }[];
  teams?: { slug: string; name?: string; members: string[] }[];
  repositories: SeedRepository[];
}

/** @public */
export interface SeedRepository {
  /** Without the owner. */
  name: string;
  description?: string;
  /** `main` when left out. */
  defaultBranch?: string;
  /** True when left out. */
  private?: boolean;
  archived?: boolean;
  /** Path to content. */
  files?: Record<string, string>;
  /** Content of `.github/CODEOWNERS`. */
  codeowners?: string;
  /** Names of CI checks that run on pushes to pull requests: `build` and `test` when left out. */
  checks?: string[];
  /** Names of checks and statuses without which nothing is merged into the default branch. */
  requiredChecks?: string[];
  /** 1 when left out. */
  requiredApprovals?: number;
  requireCodeOwnerReview?: boolean;
  dismissStaleReviews?: boolean;
  /** Whether the cloud agent may work here: true when left out. */
  agentEnabled?: boolean;
  /** Names of secrets that an agent here can read. */
  secrets?: string[];
  /** Name to value of variables that an agent here can read. */
  variables?: Record<string, string>;
  organizationSecrets?: string[];
  organizationVariables?: Record<string, string>;
  /** Login to role, beside the members of the organisation. */
  collaborators?: Record<string, RepositoryRole>;
}

/** @public */
export interface SeedFineGrainedToken {
  token: string;
  /** Login. */
  user: string;
  /** `owner/name` or `owner/*`. */
  repositories: string[];
  permissions: Permissions;
  /** ISO 8601. */
  expiresAt?: string;
}

/** @public */
export interface SeedApp {
  id: number;
  slug: string;
  name?: string;
  clientId: string;
  clientSecret: string;
  /** The App's key; its public half is all that the simulator keeps. */
  privateKeyPem?: string;
  publicKeyPem?: string;
  webhookSecret?: string;
  webhookUrl?: string;
  /** What it asks for: all that the installations have when left out. */
  permissions?: Permissions;
  events?: string[];
  installations: SeedInstallation[];
  /** User tokens that exist from the start. */
  userTokens?: {
    token: string;
    refreshToken: string;
    /** Login. */
    user: string;
    /** ISO 8601: eight hours from the start when left out. */
    expiresAt?: string;
  }[];
}

/** @public */
export interface SeedInstallation {
  id: number;
  /** Login of an organisation or user. */
  account: string;
  /** Names without the owner. */
  repositories: 'all' | string[];
  permissions: Permissions;
}
