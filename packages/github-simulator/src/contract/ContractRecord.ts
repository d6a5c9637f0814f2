/** Something that does not fit GitHub's contract. @public */
export interface ContractViolation {
  /** Whose fault it is: the client's, or the simulator's. */
  side: 'request' | 'response';
  /** Such as `GET /repos/{owner}/{repo}`. */
  operation: string;
  /** Of the response. */
  status?: number;
  problems: string[];
}

/** How many violations are kept. */
const MAX_VIOLATIONS = 1_000;

/** Records what did not fit. @public */
export class ContractRecord {
  readonly #violations: ContractViolation[] = [];
  readonly #checked = new Map<string, { success: number; error: number }>();

  private constructor() {}

  static create(): ContractRecord {
    return new ContractRecord();
  }

  get violations(): readonly ContractViolation[] {
    return this.#violations;
  }

  /** Operation to the number of its checked answers. */
  get checked(): ReadonlyMap<string, { success: number; error: number }> {
    return this.#checked;
  }

  violation(violation: ContractViolation): void {
    if (this.#violations.length < MAX_VIOLATIONS) {
      this.#violations.push(violation);
    }
  }

  count(options: { operation: string; status: number }): void {
    const counts = this.#checked.get(options.operation) ?? {
      success: 0,
      error: 0,
    };
    counts[options.status < 400 ? 'success' : 'error']++;
    this.#checked.set(options.operation, counts);
  }

  clear(): void {
    this.#violations.length = 0;
  }
}
