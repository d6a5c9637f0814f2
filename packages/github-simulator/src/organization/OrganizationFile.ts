import { Permissions } from '../state/entities';

/** How the contents of a package are made up. @public */
export type PackageKind =
  'node-service' | 'node-library' | 'web-app' | 'web-library';

/** How the contents of a repository are made up. @public */
export type RepositoryKind =
  | PackageKind
  /** A service or library at the top, and further packages below. */
  | 'node-workspace'
  /** A web application at the top, and further packages below. */
  | 'web-workspace'
  /** Nothing but packages. */
  | 'node-monorepo'
  /** Texts and SQL; no package. */
  | 'docs';

/** A workflow job that runs on every pull request. @public */
export interface FileCheck {
  name: string;
  /** Shortest and longest time that it takes. */
  seconds: [number, number];
  /** The share of runs that fail for no reason, 0 to 1. */
  flakiness?: number;
}

/** @public */
export interface FilePackage {
  /** Folder below the repository's. */
  path: string;
  kind: PackageKind;
  name: string;
  version: string;
  /** Package to exact version. */
  dependencies?: Record<string, string>;
  /** Names of source files to make up. */
  modules?: string[];
}

/** Settings of a repository that all may share. @public */
export interface FileRepositorySettings {
  /** 0: no review is needed to merge. */
  requiredApprovals?: number;
  requireCodeOwnerReview?: boolean;
  /** Workflows on the agent's pull requests wait for a person. */
  workflowApproval?: boolean;
  checks?: FileCheck[];
  /** Names of checks and contexts of statuses that must be green to merge. */
  requiredChecks?: string[];
}

/** @public */
export interface FileRepository extends FileRepositorySettings {
  name: string;
  kind: RepositoryKind;
  /** Slug of the team that CODEOWNERS names. */
  team?: string;
  description?: string;
  version?: string;
  archived?: boolean;
  dependencies?: Record<string, string>;
  modules?: string[];
  packages?: FilePackage[];
  /** Names of secrets that an agent in the repository can read. */
  secrets?: string[];
  variables?: { name: string; value: string }[];
  /** Path to content, laid over what the kind makes up. */
  files?: Record<string, string>;
}

/**
 * An organisation as people write it down, such as `catalog/github.yaml`: contents of repositories are made up from what
 * kind they are.
 *
 * @public
 */
export interface OrganizationFile {
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
  defaults?: FileRepositorySettings;
  repositories: FileRepository[];
}
