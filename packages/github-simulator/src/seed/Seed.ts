import { Permissions } from '../state/entities';

/** How the contents of a package are made up. @public */
export type SeedPackageKind =
  'node-service' | 'node-library' | 'web-app' | 'web-library';

/** How the contents of a repository are made up. @public */
export type SeedRepositoryKind =
  | SeedPackageKind
  /** A service or library at the top, and further packages below. */
  | 'node-workspace'
  /** A web application at the top, and further packages below. */
  | 'web-workspace'
  /** Nothing but packages. */
  | 'node-monorepo'
  /** Texts and SQL; no package. */
  | 'docs';

/** A workflow job that runs on every pull request. @public */
export interface SeedCheck {
  name: string;
  /** Shortest and longest time that it takes. */
  seconds: [number, number];
  /** The share of runs that fail for no reason, 0 to 1. */
  flakiness?: number;
}

/** @public */
export interface SeedPackage {
  /** Folder below the repository's. */
  path: string;
  kind: SeedPackageKind;
  name: string;
  version: string;
  /** Package to exact version. */
  dependencies?: Record<string, string>;
  /** Names of source files to make up. */
  modules?: string[];
}

/** Settings of a repository that all may share. @public */
export interface SeedRepositorySettings {
  /** 0: no review is needed to merge. */
  requiredApprovals?: number;
  requireCodeOwnerReview?: boolean;
  /** Workflows on the agent's pull requests wait for a person. */
  workflowApproval?: boolean;
  checks?: SeedCheck[];
  /** Names of checks and contexts of statuses that must be green to merge. */
  requiredChecks?: string[];
}

/** @public */
export interface SeedRepository extends SeedRepositorySettings {
  name: string;
  kind: SeedRepositoryKind;
  /** Slug of the team that CODEOWNERS names. */
  team?: string;
  description?: string;
  version?: string;
  archived?: boolean;
  dependencies?: Record<string, string>;
  modules?: string[];
  packages?: SeedPackage[];
  /** Names of secrets that an agent in the repository can read. */
  secrets?: string[];
  variables?: { name: string; value: string }[];
  /** Path to content, laid over what the kind makes up. */
  files?: Record<string, string>;
}

/** An organisation to begin with: `applySeed` makes it. @public */
export interface Seed {
  organization: { login: string; name?: string };
  users: { login: string; name?: string; role?: 'admin' | 'member' }[];
  teams?: { slug: string; name?: string; members: string[] }[];
  /** Fine-grained personal access tokens. */
  tokens?: {
    token: string;
    user: string;
    /** `owner/name` or `owner/*`. */
    repositories: string[];
    permissions: Permissions;
    /** ISO 8601; without it the token does not expire. */
    expiresAt?: string;
  }[];
  apps?: {
    id: number;
    slug: string;
    name: string;
    installationId: number;
    clientId: string;
    clientSecret: string;
    webhookSecret?: string;
    permissions: Permissions;
    events?: string[];
  }[];
  /** What a repository has unless it says otherwise. */
  defaults?: SeedRepositorySettings;
  repositories: SeedRepository[];
}
