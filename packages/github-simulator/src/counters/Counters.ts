/** What a test can read. @public */
export interface CounterValues {
  /** All requests to REST and GraphQL. */
  requests: number;
  /** Route, such as `GET /repos/{owner}/{repo}`, to requests. GraphQL is `POST /graphql`. */
  byRoute: Record<string, number>;
  /** Fingerprint of a token to requests by route. */
  byToken: Record<string, Record<string, number>>;
  /** Status of the answer to requests. */
  byStatus: Record<string, number>;
  /** Requests that were answered 304 and cost nothing. */
  notModified: number;
  graphqlRequests: number;
  tasksCreated: number;
  /** Marker in a prompt to tasks. More than 1 means that an attempt was started twice. */
  tasksByMarker: Record<string, number>;
  /** Most tasks that the agent worked on in one moment. */
  maxConcurrentTasks: number;
  /** Most tasks that were started and had not settled in one moment: those that wait for the agent or a person count. */
  maxUnsettledTasks: number;
  /** The same for each repository, by `owner/name`. */
  maxUnsettledTasksByRepository: Record<string, number>;
  /** Each installation token that was minted. */
  tokensMinted: {
    /** Its fingerprint, as in `byToken`. */
    token: string;
    installationId: number;
    /** `undefined`: all that the installation covers. */
    repositories?: string[];
    permissions: Record<string, string>;
  }[];
  /** Each request that a token had no right to: what it wanted, and the answer. */
  refusals: {
    route: string;
    repository?: string;
    permission?: string;
    status: number;
  }[];
}

/** How many of the listed entries are kept. */
const MAX_ENTRIES = 100_000;
const MARKER = /att_[0-9A-HJKMNP-TV-Z]{26}/g;

/** Counts what reaches the simulator, as its only witness. @public */
export class Counters {
  #values = empty();
  #running = 0;
  readonly #unsettled = new Set<string>();
  readonly #unsettledByRepository = new Map<string, number>();

  private constructor() {}

  static create(): Counters {
    return new Counters();
  }

  get values(): Readonly<CounterValues> {
    return this.#values;
  }

  /** Markers for which more than one task was created. */
  get duplicateMarkers(): string[] {
    return Object.entries(this.#values.tasksByMarker)
      .filter(([, count]) => count > 1)
      .map(([marker]) => marker);
  }

  reset(): void {
    this.#values = empty();
    this.#values.maxConcurrentTasks = this.#running;
    this.#values.maxUnsettledTasks = this.#unsettled.size;
    this.#values.maxUnsettledTasksByRepository = Object.fromEntries(
      this.#unsettledByRepository,
    );
  }

  request(options: { route: string; token: string; status: number }): void {
    const { route, token, status } = options;
    const values = this.#values;
    values.requests++;
    increment(values.byRoute, route);
    increment(values.byStatus, String(status));
    values.byToken[token] ??= {};
    increment(values.byToken[token], route);
    if (status === 304) {
      values.notModified++;
    }
    if (route === 'POST /graphql') {
      values.graphqlRequests++;
    }
  }

  taskCreated(prompt: string): void {
    this.#values.tasksCreated++;
    for (const marker of new Set(prompt.match(MARKER) ?? [])) {
      increment(this.#values.tasksByMarker, marker);
    }
  }

  /** Called whenever a task is created or changes its state. */
  taskState(options: {
    id: string;
    repository: string;
    settled: boolean;
  }): void {
    const { id, repository, settled } = options;
    const known = this.#unsettled.has(id);
    if (known !== settled) {
      return;
    }
    const values = this.#values;
    const count =
      (this.#unsettledByRepository.get(repository) ?? 0) + (settled ? -1 : 1);
    this.#unsettledByRepository.set(repository, count);
    if (settled) {
      this.#unsettled.delete(id);
    } else {
      this.#unsettled.add(id);
      values.maxUnsettledTasks = Math.max(
        values.maxUnsettledTasks,
        this.#unsettled.size,
      );
      values.maxUnsettledTasksByRepository[repository] = Math.max(
        values.maxUnsettledTasksByRepository[repository] ?? 0,
        count,
      );
    }
  }

  runningTasks(count: number): void {
    this.#running = count;
    this.#values.maxConcurrentTasks = Math.max(
      this.#values.maxConcurrentTasks,
      count,
    );
  }

  tokenMinted(token: CounterValues['tokensMinted'][number]): void {
    keep(this.#values.tokensMinted, token);
  }

  refused(refusal: CounterValues['refusals'][number]): void {
    keep(this.#values.refusals, refusal);
  }
}

function empty(): CounterValues {
  return {
    requests: 0,
    byRoute: {},
    byToken: {},
    byStatus: {},
    notModified: 0,
    graphqlRequests: 0,
    tasksCreated: 0,
    tasksByMarker: {},
    maxConcurrentTasks: 0,
    maxUnsettledTasks: 0,
    maxUnsettledTasksByRepository: {},
    tokensMinted: [],
    refusals: [],
  };
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function keep<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > MAX_ENTRIES) {
    list.splice(0, MAX_ENTRIES / 2);
  }
}
