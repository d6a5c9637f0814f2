/** A secret that must be nowhere but where it is meant to be. */
export interface Canary {
  /** Such as `starter token`. */
  kind: string;
  /** The secret without the part that all of its kind have in common. */
  secret: string;
}

/** A place to search. */
export interface Place {
  name: string;
  text: string;
}

/** Whatever it is good for. */
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{20,}/;

/** Shorter parts could be there by chance. */
const PART = 12;

/**
 * Searches text for secrets: whole, in part (any 23 letters of one hold one of its parts), in Base64, in hexadecimal
 * numbers, and escaped as JSON or in an address.
 */
export class Canaries {
  readonly #needles = new Map<string, Canary>();
  /** All needles have the same length, so that one pass over a text finds every one of them. */
  readonly #kinds = new Set<string>();

  private constructor() {}

  static create(canaries: Canary[]): Canaries {
    const result = new Canaries();
    canaries.forEach(canary => result.add(canary));
    return result;
  }

  get kinds(): string[] {
    return [...this.#kinds].sort();
  }

  add(canary: Canary): void {
    this.#kinds.add(canary.kind);
    // Line ends are written in many ways; a key in PEM format has many lines.
    for (const line of canary.secret.split(/\s+|\\n/).filter(Boolean)) {
      if (line.startsWith('-----')) {
        continue;
      }
      if (line.length < PART) {
        // The last line of a key has as many letters as are left.
        if (canary.secret.length > 4 * PART) {
          continue;
        }
        throw new Error(`The ${canary.kind} is too short to be searched for`);
      }
      const bytes = Buffer.from(line);
      const forms = [
        line,
        encodeURIComponent(line),
        bytes.toString('hex'),
        // In Base64 the letters depend on where in the text the secret begins.
        ...[0, 1, 2].map(before =>
          Buffer.concat([Buffer.alloc(before), bytes])
            .toString('base64')
            .slice(before ? 4 : 0)
            .replace(/.{2}$/, ''),
        ),
      ];
      for (const form of forms) {
        for (const part of partsOf(form)) {
          this.#needles.set(part, canary);
        }
      }
    }
  }

  /** Which kinds are in which places: `kind in place`, sorted and each once. */
  find(places: Iterable<Place>): string[] {
    const found = new Set<string>();
    for (const { name, text } of places) {
      for (let start = 0; start + PART <= text.length; start++) {
        const canary = this.#needles.get(text.slice(start, start + PART));
        if (canary) {
          found.add(`${canary.kind} in ${name}`);
        }
      }
    }
    return [...found].sort();
  }
}

/** Where there are JSON web tokens, of any origin. */
export function findJsonWebTokens(places: Place[]): string[] {
  return places
    .filter(({ text }) => JSON_WEB_TOKEN.test(text))
    .map(({ name }) => name);
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start + PART <= text.length; start += PART) {
    parts.push(text.slice(start, start + PART));
  }
  return parts;
}
