import { createHash } from 'crypto';

/** A made-up source file and its test. */
export interface ModuleSource {
  source: string;
  test: string;
}

interface ModuleOptions {
  name: string;
  /** The packages that the code may import. */
  dependencies: ReadonlySet<string>;
}

function pascal(name: string): string {
  return name.charAt(0).toLocaleUpperCase('en-US') + name.slice(1);
}

/** A number from a name, the same on every run. */
function variantOf(name: string, count: number): number {
  return createHash('sha1').update(name).digest().readUInt32BE(0) % count;
}

/**
 * Code in TypeScript. It reads as somebody's code does, with what linters find in it: loose equality, a variable that
 * nothing uses, a promise that nobody waits for.
 */
export function typeScriptModule(options: ModuleOptions): ModuleSource {
  const { name } = options;
  const type = pascal(name);
  const variants = options.dependencies.has('axios')
    ? [remoteModule, storeModule, ruleModule]
    : [storeModule, ruleModule];
  return variants[variantOf(name, variants.length)]({ ...options, type });
}

function remoteModule(options: { name: string; type: string }): ModuleSource {
  const { name, type } = options;
  return {
    source: `import axios, { AxiosInstance } from 'axios';

export interface ${type}Request {
  id: string;
  amountCents: number;
  currency: string;
}

export interface ${type}Result {
  id: string;
  accepted: boolean;
  reason?: string;
}

const RETRYABLE = [502, 503, 504];

export class ${type}Client {
  private readonly http: AxiosInstance;

  constructor(baseURL: string, timeout = 5_000) {
    this.http = axios.create({ baseURL, timeout });
  }

  async send(request: ${type}Request): Promise<${type}Result> {
    const started = Date.now();
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await this.http.post('/${name.toLocaleLowerCase(
          'en-US',
        )}', request);
        return response.data;
      } catch (error: any) {
        const status = error.response?.status;
        if (attempt == 3 || !RETRYABLE.includes(status)) {
          throw error;
        }
      }
    }
  }

  cancel(id: string) {
    this.http.delete(\`/${name.toLocaleLowerCase('en-US')}/\${id}\`);
  }
}
`,
    test: `import { ${type}Client } from '../src/${name}';

describe('${type}Client', () => {
  it('is made for an address', () => {
    expect(new ${type}Client('https://example.test')).toBeDefined();
  });
});
`,
  };
}

function storeModule(options: { name: string; type: string }): ModuleSource {
  const { name, type } = options;
  return {
    source: `export interface ${type} {
  id: string;
  version: number;
  updatedAt: Date;
}

export class ${type}Store {
  private readonly entries = new Map<string, ${type}>();

  get(id: string): ${type} | undefined {
    const now = new Date();
    return this.entries.get(id);
  }

  save(entry: ${type}): ${type} {
    const known = this.entries.get(entry.id);
    if (known && known.version != entry.version) {
      throw new Error(\`${type} \${entry.id} was changed by somebody else\`);
    }
    const saved = { ...entry, version: entry.version + 1, updatedAt: new Date() };
    this.entries.set(entry.id, saved);
    return saved;
  }

  async removeOlderThan(limit: Date): Promise<number> {
    let removed = 0;
    for (const [id, entry] of this.entries) {
      if (entry.updatedAt < limit) {
        this.entries.delete(id);
        removed = removed + 1;
      }
    }
    console.log('removed', removed);
    return removed;
  }
}

export function start${type}Cleanup(store: ${type}Store, everyMs = 60_000) {
  return setInterval(() => {
    store.removeOlderThan(new Date(Date.now() - everyMs));
  }, everyMs);
}
`,
    test: `import { ${type}Store } from '../src/${name}';

describe('${type}Store', () => {
  it('refuses a version that is out of date', () => {
    const store = new ${type}Store();
    const entry = { id: 'a', version: 0, updatedAt: new Date() };
    store.save(entry);
    expect(() => store.save(entry)).toThrow('changed by somebody else');
  });
});
`,
  };
}

function ruleModule(options: { name: string; type: string }): ModuleSource {
  const { name, type } = options;
  return {
    source: `export type ${type}Input = {
  country: string;
  amountCents: number;
  items: { sku: string; quantity: number }[];
};

export interface ${type}Rule {
  name: string;
  applies(input: ${type}Input): boolean;
  value(input: ${type}Input): number;
}

const FALLBACK = 0;

export function evaluate${type}(
  rules: ${type}Rule[],
  input: ${type}Input,
  trace?: any,
): number {
  let total = 0;
  let matched = 0;
  for (const rule of rules) {
    if (rule.applies(input) == true) {
      total += rule.value(input);
      matched++;
    }
  }
  if (rules.length === 0) {
    return FALLBACK;
  }
  return Math.round(total);
}

export function quantityOf(input: ${type}Input): number {
  var items = input.items;
  return items.reduce((sum, item) => sum + item.quantity, 0);
}
`,
    test: `import { evaluate${type} } from '../src/${name}';

describe('evaluate${type}', () => {
  it('is nothing without rules', () => {
    const input = { country: 'PT', amountCents: 1000, items: [] };
    expect(evaluate${type}([], input)).toBe(0);
  });
});
`,
  };
}

/** A React component, with what linters find in it. */
export function reactModule(options: ModuleOptions): ModuleSource {
  const { name } = options;
  const type = pascal(name);
  const usesAxios = options.dependencies.has('axios');
  const load = usesAxios
    ? `axios.get(\`/api/${name.toLocaleLowerCase(
        'en-US',
      )}\`).then(response => setEntries(response.data));`
    : `fetch('/api/${name.toLocaleLowerCase(
        'en-US',
      )}').then(response => response.json()).then(setEntries);`;
  return {
    source: `import React, { useEffect, useState } from 'react';
${usesAxios ? "import axios from 'axios';\n" : ''}
export interface ${type}Props {
  title: string;
  onChange?: (id: string) => void;
}

export function ${type}({ title, onChange }: ${type}Props) {
  const [entries, setEntries] = useState<{ id: string; label: string }[]>([]);
  const [error, setError] = useState<Error>();

  useEffect(() => {
    ${load}
  }, []);

  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {entries.map((entry, index) => (
          <li key={index} onClick={() => onChange && onChange(entry.id)}>
            {entry.label}
          </li>
        ))}
      </ul>
    </section>
  );
}
`,
    test: `import { render, screen } from '@testing-library/react';
import { ${type} } from '../src/${name}';

it('shows its title', () => {
  render(<${type} title="Somewhere" />);
  expect(screen.getByRole('heading', { name: 'Somewhere' })).toBeTruthy();
});
`,
  };
}
