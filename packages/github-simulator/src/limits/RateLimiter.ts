import { Principal } from '../auth/Principal';
import { SimulatorClock } from '../clock/SimulatorClock';
import { GitHubError } from '../errors';
import { SlidingCount } from './SlidingCount';

/** GitHub's limits. @public */
export interface RateLimits {
  /** REST requests an hour, for a user. */
  userRequestsPerHour: number;
  /** REST requests an hour, for an installation. */
  installationRequestsPerHour: number;
  graphqlPointsPerHour: number;
  /** Requests under way at once. */
  concurrency: number;
  /** GET 1 point, anything else 5. */
  pointsPerMinute: number;
  contentPerMinute: number;
  contentPerHour: number;
}

/** The documented ones. @public */
export const GITHUB_RATE_LIMITS: RateLimits = {
  userRequestsPerHour: 5_000,
  installationRequestsPerHour: 5_000,
  graphqlPointsPerHour: 5_000,
  concurrency: 100,
  pointsPerMinute: 900,
  contentPerMinute: 80,
  contentPerHour: 500,
};

/** @public */
export type RateLimitResource = 'core' | 'graphql';

interface Usage {
  /** End of the running hour, by resource. */
  windows: Record<RateLimitResource, { resetAt: number; used: number }>;
  underWay: number;
  points: SlidingCount;
  contentMinute: SlidingCount;
  contentHour: SlidingCount;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/**
 * Primary and secondary limits.
 *
 * As on GitHub they hold for a user over all of its tokens, and for an installation over all of its tokens.
 *
 * @public
 */
export class RateLimiter {
  readonly #clock: SimulatorClock;
  /** `undefined`: switched off. */
  readonly #limits: RateLimits | undefined;
  readonly #usages = new Map<string, Usage>();

  private constructor(clock: SimulatorClock, limits: RateLimits | undefined) {
    this.#clock = clock;
    this.#limits = limits;
  }

  static create(options: {
    clock: SimulatorClock;
    /** False switches every limit off; headers then tell of the documented ones, unused. */
    limits?: Partial<RateLimits> | false;
  }): RateLimiter {
    return new RateLimiter(
      options.clock,
      options.limits === false
        ? undefined
        : { ...GITHUB_RATE_LIMITS, ...options.limits },
    );
  }

  /**
   * Takes a request's share. Call `leave` when it is answered.
   *
   * @throws GitHubError 403 when a limit is exhausted
   */
  enter(options: {
    principal: Principal;
    resource: RateLimitResource;
    method: string;
    createsContent?: boolean;
  }): void {
    const limits = this.#limits;
    if (!limits) {
      return;
    }
    const { principal, resource, method, createsContent } = options;
    const usage = this.#usageOf(principal);
    const now = this.#clock.now();
    const window = usage.windows[resource];
    if (window.used >= this.#limitOf(principal, resource)) {
      throw new GitHubError(
        403,
        `API rate limit exceeded for ${
          principal.kind === 'installation' ? 'installation' : 'user'
        } ID ${
          principal.kind === 'installation'
            ? principal.installation.id
            : principal.account.id
        }.`,
        {
          documentationUrl:
            'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
        },
      );
    }
    const points = method === 'GET' || method === 'HEAD' ? 1 : 5;
    if (
      usage.underWay >= limits.concurrency ||
      usage.points.total(now) + points > limits.pointsPerMinute ||
      (createsContent &&
        (usage.contentMinute.total(now) >= limits.contentPerMinute ||
          usage.contentHour.total(now) >= limits.contentPerHour))
    ) {
      throw new GitHubError(
        403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        {
          documentationUrl:
            'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits',
          headers: { 'retry-after': '60' },
        },
      );
    }
    window.used++;
    usage.underWay++;
    usage.points.add({ now, amount: points });
    if (createsContent) {
      usage.contentMinute.add({ now, amount: 1 });
      usage.contentHour.add({ now, amount: 1 });
    }
  }

  /** Ends what `enter` began. A request that was answered 304 costs nothing. */
  leave(options: {
    principal: Principal;
    resource: RateLimitResource;
    free?: boolean;
  }): void {
    if (this.#limits) {
      const usage = this.#usageOf(options.principal);
      usage.underWay = Math.max(0, usage.underWay - 1);
      if (options.free) {
        const window = usage.windows[options.resource];
        window.used = Math.max(0, window.used - 1);
      }
    }
  }

  /** Takes more points, for a GraphQL request whose cost is more than 1. */
  charge(options: { principal: Principal; points: number }): void {
    if (this.#limits) {
      this.#usageOf(options.principal).windows.graphql.used += options.points;
    }
  }

  status(options: { principal: Principal; resource: RateLimitResource }): {
    limit: number;
    remaining: number;
    used: number;
    /** Seconds since 1970. */
    reset: number;
  } {
    const { principal, resource } = options;
    const limit = this.#limitOf(principal, resource);
    const { used, resetAt } = this.#usageOf(principal).windows[resource];
    return {
      limit,
      remaining: Math.max(0, limit - used),
      used,
      reset: Math.ceil(resetAt / 1000),
    };
  }

  /** The `x-ratelimit-*` headers of an answer. */
  headers(options: {
    principal: Principal;
    resource: RateLimitResource;
  }): Record<string, string> {
    const { limit, remaining, used, reset } = this.status(options);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-resource': options.resource,
    };
  }

  #limitOf(principal: Principal, resource: RateLimitResource): number {
    const limits = this.#limits ?? GITHUB_RATE_LIMITS;
    if (resource === 'graphql') {
      return limits.graphqlPointsPerHour;
    }
    return principal.kind === 'installation'
      ? limits.installationRequestsPerHour
      : limits.userRequestsPerHour;
  }

  #usageOf(principal: Principal): Usage {
    const key =
      principal.kind === 'installation'
        ? `installation:${principal.installation.id}`
        : `${principal.kind}:${principal.account.id}`;
    const now = this.#clock.now();
    let usage = this.#usages.get(key);
    if (!usage) {
      usage = {
        windows: {
          core: { resetAt: now + HOUR, used: 0 },
          graphql: { resetAt: now + HOUR, used: 0 },
        },
        underWay: 0,
        points: SlidingCount.create({ windowMilliseconds: MINUTE }),
        contentMinute: SlidingCount.create({ windowMilliseconds: MINUTE }),
        contentHour: SlidingCount.create({ windowMilliseconds: HOUR }),
      };
      this.#usages.set(key, usage);
    }
    for (const window of Object.values(usage.windows)) {
      if (window.resetAt <= now) {
        window.resetAt = now + HOUR;
        window.used = 0;
      }
    }
    return usage;
  }
}
