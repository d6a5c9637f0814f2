import { readFileSync } from 'node:fs';

const SAMPLE_MS = 20;

/** Looks from outside how much memory a process has. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peakMb = 0;

  private constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  static start(options: { pid: number }): MemoryWatch {
    return new MemoryWatch(options.pid);
  }

  /** The most since the last call. */
  takePeak(): number {
    this.#sample();
    const peak = this.#peakMb;
    this.#peakMb = 0;
    return peak;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    this.#peakMb = Math.max(this.#peakMb, kilobytes / 1024);
  }
}
