import {
  CodeHost,
  HostRepository,
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Remotes } from '../remotes/Remotes';
import { RepositoryReader } from './RepositoryReader';

function repository(name: string): RepositoryRef {
  return { host: 'github.com', owner: 'acme', name };
}

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => repository(`r${index}`));

function setUp(
  getRepositories: (asked: RepositoryRef[]) => Promise<RepositoryRef[]>,
) {
  const asked: number[] = [];
  let underWay = 0;
  let most = 0;
  const codeHost = {
    title: 'GitHub',
    host: 'github.com',
    getRepositories: async ({ repositories }) => {
      asked.push(repositories.length);
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        const found = await getRepositories(repositories);
        return new Map(
          found.map(ref => [
            stringifyRepositoryRef(ref),
            { ref, archived: false } as HostRepository,
          ]),
        );
      } finally {
        underWay -= 1;
      }
    },
  } as Pick<CodeHost, 'title' | 'host' | 'getRepositories'>;
  const reader = RepositoryReader.create({
    remotes: {
      codeHosts: [codeHost],
      explain: (error: Error) => error.message,
    } as unknown as Remotes,
  });
  return { reader, asked, mostAtOnce: () => most };
}

describe('RepositoryReader', () => {
  it('asks for each repository once, some at a time', async () => {
    const { reader, asked, mostAtOnce } = setUp(async refs => refs);
    const { known, warnings } = await reader.read({
      repositories: [...names(2_000), ...names(2_000)],
    });
    expect(known.size).toBe(2_000);
    expect(warnings).toEqual([]);
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(2_000);
    expect(Math.max(...asked)).toBe(250);
    expect(mostAtOnce()).toBe(4);
  });

  it('tells which the host does not have', async () => {
    const { reader } = setUp(async refs => refs.slice(1));
    const { known } = await reader.read({ repositories: names(2) });
    expect(known.get('github.com/acme/r0')).toBe('not-found');
    expect(known.get('github.com/acme/r1')).toMatchObject({ archived: false });
  });

  it('keeps what it learned where one question fails, and warns once', async () => {
    const { reader } = setUp(async refs => {
      if (refs.some(ref => ['r0', 'r600'].includes(ref.name))) {
        throw new Error('GitHub did not answer.');
      }
      return refs;
    });
    const { known, warnings } = await reader.read({ repositories: names(750) });
    expect(known.get('github.com/acme/r0')).toBe('unknown');
    expect(known.get('github.com/acme/r300')).toMatchObject({
      archived: false,
    });
    expect(known.get('github.com/acme/r600')).toBe('unknown');
    expect(warnings).toEqual([
      'Whether the repositories exist and are not archived could not be checked. GitHub did not answer.',
    ]);
  });

  it('asks nobody for nothing', async () => {
    const { reader, asked } = setUp(async refs => refs);
    const { known } = await reader.read({ repositories: [] });
    expect(known.size).toBe(0);
    expect(asked).toEqual([]);
  });
});
