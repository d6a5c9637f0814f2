import { SimulatorContext } from '../SimulatorContext';
import { Principal } from '../auth/Principal';
import { Permissions, Repository } from '../state';

/** A request whose operation, caller, repository and parameters are known and checked. */
export interface RestRequest {
  context: SimulatorContext;
  principal: Principal;
  /** Path parameters, decoded. */
  params: Record<string, string>;
  /** Query parameters, with the types and defaults of the contract. */
  query: Record<string, unknown>;
  /** Checked against the contract. */
  body: Record<string, unknown>;
  headers: Record<string, string | string[] | undefined>;
  /** Address of the request without its query, as `Link` needs it. */
  url: string;
  /** All query parameters as they came. */
  search: URLSearchParams;
}

/** A request to a path below `/repos/{owner}/{repo}`. */
export interface RepositoryRequest extends RestRequest {
  repository: Repository;
}

export interface RestResponse {
  status: number;
  /** Written as JSON unless it is a string. */
  body?: unknown;
  headers?: Record<string, string>;
}

interface OperationBase {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI has it, such as `/repos/{owner}/{repo}`. */
  path: string;
  /** Counts against the limits on creating content. */
  createsContent?: boolean;
}

/** An operation of REST: who may call it, and what it does. */
export type RestOperation = OperationBase &
  (
    | {
        /** On a repository named in the path; any one of these sets of permissions is enough. */
        access: 'repository';
        anyOf: Permissions[];
        /** Installation tokens are refused, whatever they may. */
        usersOnly?: boolean;
        handle(
          request: RepositoryRequest,
        ): RestResponse | Promise<RestResponse>;
      }
    | {
        /** By an App's JWT alone; by a user token (`permission` at least in general); by anybody. */
        access: 'app' | 'user' | 'any';
        anyOf?: Permissions[];
        handle(request: RestRequest): RestResponse | Promise<RestResponse>;
      }
  );

/** `X-Accepted-GitHub-Permissions`: alternatives by `;`, those needed together by `,`. */
export function acceptedPermissions(anyOf: Permissions[] | undefined): string {
  return (anyOf ?? [])
    .map(permissions =>
      Object.entries(permissions)
        .map(([permission, level]) => `${permission}=${level}`)
        .join(','),
    )
    .join('; ');
}
