import { readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { parseOrganizationFile } from './parseOrganizationFile';
import { toSimulatorSeed } from './toSimulatorSeed';

const CATALOG = join(__dirname, '../../../../catalog');

interface CatalogEntity {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { targets?: string[]; memberOf?: string[] };
}

function readEntities(path: string): CatalogEntity[] {
  return parseAllDocuments(readFileSync(join(CATALOG, path), 'utf8')).map(
    document => document.toJS(),
  );
}

function repositoryOf({ metadata }: CatalogEntity): string | undefined {
  const annotations = metadata.annotations ?? {};
  const slug = annotations['github.com/project-slug'];
  const location = annotations['backstage.io/source-location'] ?? '';
  return slug ?? /github\.com\/([\w-]+\/[\w-]+)/.exec(location)?.[1];
}

describe('the demo organisation', () => {
  const file = parseOrganizationFile(
    readFileSync(join(CATALOG, 'github.yaml'), 'utf8'),
  );
  const [organization] = toSimulatorSeed(file).organizations;
  const entities = readEntities('all.yaml')
    .flatMap(({ spec }) => spec.targets ?? [])
    .flatMap(readEntities);
  const ofKind = (kind: string) =>
    entities.filter(entity => entity.kind === kind);
  const logins = organization.users.map(({ login }) => login);

  it('has the repository of each component, and no other', () => {
    const named = new Set(ofKind('Component').map(repositoryOf));
    named.delete(undefined);
    expect(
      organization.repositories.map(({ name }) => `acme/${name}`).sort(),
    ).toEqual([...named].sort());
  });

  it('holds 40 components in 30 repositories that are not archived', () => {
    const archived = organization.repositories
      .filter(repository => repository.archived)
      .map(({ name }) => `acme/${name}`);
    const components = ofKind('Component').filter(component => {
      const repository = repositoryOf(component);
      return repository !== undefined && !archived.includes(repository);
    });
    expect(archived).toEqual(['acme/loyalty-points']);
    expect(components).toHaveLength(40);
    expect(new Set(components.map(repositoryOf)).size).toBe(30);
  });

  it('knows each user of the catalog by login, and their teams', () => {
    expect(logins.sort()).toEqual(
      [
        ...ofKind('User').map(
          user => user.metadata.annotations!['github.com/user-login'],
        ),
        'acme-agent-bot',
      ].sort(),
    );
    for (const team of organization.teams ?? []) {
      expect(team.members.sort()).toEqual(
        ofKind('User')
          .filter(user => user.spec.memberOf?.includes(team.slug))
          .map(user => user.metadata.name)
          .sort(),
      );
    }
  });

  it('has a folder for each path that a component names', () => {
    const folders = ofKind('Component').flatMap(({ metadata }) => {
      const location = metadata.annotations?.['backstage.io/source-location'];
      const [, name, folder] =
        /github\.com\/acme\/([\w-]+)\/tree\/main\/(.+)\/$/.exec(
          location ?? '',
        ) ?? [];
      return folder ? [{ name, folder }] : [];
    });
    expect(folders.length).toBeGreaterThan(10);
    for (const { name, folder } of folders) {
      const { files = {} } = organization.repositories.find(
        candidate => candidate.name === name,
      )!;
      expect(Object.keys(files)).toContainEqual(
        expect.stringMatching(`^${folder}/`),
      );
    }
  });

  it('gives code a lockfile with what package.json asks for', () => {
    const code = organization.repositories.filter(
      ({ files }) => files?.['package.json'] !== undefined,
    );
    expect(code).toHaveLength(30);
    for (const { files = {} } of code) {
      const manifest = JSON.parse(files['package.json']);
      const lock = JSON.parse(files['package-lock.json']);
      expect(lock.packages[''].dependencies).toEqual(manifest.dependencies);
      const locked = Object.keys(manifest.dependencies).map(name => [
        name,
        `^${lock.packages[`node_modules/${name}`]?.version}`,
      ]);
      expect(Object.fromEntries(locked)).toEqual(manifest.dependencies);
    }
  });
});
