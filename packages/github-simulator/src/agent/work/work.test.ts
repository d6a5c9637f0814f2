import { SeededRandom } from '../../random/SeededRandom';
import { testSeed } from '../../testing/testSeed';
import { requestedBump } from './bumpDependency';
import { planWork, rewrittenName } from '.';

const files = testSeed.organizations[0].repositories[0].files!;

function plan(prompt: string, over: Record<string, string> = files) {
  return planWork({
    prompt,
    name: 'Implement: it',
    files: over,
    random: SeededRandom.create(3),
    realChanges: true,
  });
}

const paths = (prompt: string) =>
  plan(prompt).commits.flatMap(commit => Object.keys(commit.files));

describe('planWork', () => {
  it.each([
    ['Bump `lodash` to `4.17.21` everywhere', 'bump-dependency'],
    ['Upgrade the dependency express', 'bump-dependency'],
    ['Fix all ESLint findings', 'fix-lint'],
    ['Improve the docs of this component', 'docs'],
    ['Add a database migration for orders', 'migration'],
    ['Make a change which breaks its tests', 'break-tests'],
    ['Update .github/workflows to newer actions', 'workflow'],
    ['Add a helper that trims names', 'code'],
  ])('recognises %j as %s', (prompt, kind) => {
    expect(plan(prompt).kind).toBe(kind);
  });

  it('does what is asked first, not what constraints name', () => {
    const prompt = `Bump lodash to 4.17.21.

Run the linter and fix failing tests. Update the docs.

- Do not touch .github/workflows or migrations.
agent-task-marker: att_01ARZ3NDEKTSV4RRFFQ69G5FAV`;
    expect(plan(prompt).kind).toBe('bump-dependency');
    expect(paths(prompt)).toEqual(['package.json', 'package-lock.json']);
  });

  it('bumps manifest and lockfile to the version asked for, and nothing else', () => {
    // As the portal writes it: what came from a form stands in tags.
    const [commit] = plan(
      'Update the npm dependency `<data name="parameters.dependency">lodash</data>` to version `<data name="parameters.version">4.17.21</data>`',
    ).commits;
    const manifest = JSON.parse(commit.files['package.json']!);
    expect(manifest.dependencies).toEqual({
      lodash: '^4.17.21',
      express: '^4.18.0',
    });
    const lock = JSON.parse(commit.files['package-lock.json']!);
    expect(lock.packages['']).toEqual({ dependencies: { lodash: '^4.17.21' } });
    expect(lock.packages['node_modules/lodash']).toEqual({
      version: '4.17.21',
      resolved: 'https://packages.example.com/lodash/-/lodash-4.17.21.tgz',
      integrity: expect.stringMatching(/^sha512-.{80,}/),
    });
  });

  it('bumps yarn.lock, requirements.txt and go.mod', () => {
    const yarn = plan('Bump left-pad to 1.3.0', {
      'package.json': '{"dependencies":{"left-pad":"^1.0.0"}}',
      'yarn.lock':
        '# yarn\n\nleft-pad@^1.0.0:\n  version "1.0.0"\n  resolved "https://packages.example.com/left-pad/-/left-pad-1.0.0.tgz#x"\n  integrity sha512-old\n\nother@^1.0.0:\n  version "1.0.0"\n',
    }).commits[0].files['yarn.lock']!;
    expect(yarn).toContain(
      'left-pad@^1.3.0:\n  version "1.3.0"\n  resolved "https://packages.example.com/left-pad/-/left-pad-1.3.0.tgz"',
    );
    expect(yarn).toContain('other@^1.0.0:\n  version "1.0.0"');
    expect(
      plan('Bump requests to 2.32.0', {
        'requirements.txt': 'flask==3.0.0\nrequests==2.31.0\n',
      }).commits[0].files['requirements.txt'],
    ).toBe('flask==3.0.0\nrequests==2.32.0\n');
    expect(
      plan('Bump golang.org/x/net to 0.30.0', {
        'go.mod': 'module a\n\nrequire (\n\tgolang.org/x/net v0.20.0\n)\n',
      }).commits[0].files['go.mod'],
    ).toContain('golang.org/x/net v0.30.0');
  });

  it('fixes lint findings', () => {
    expect(plan('Fix lint').commits[0].files['src/index.js']).toContain(
      'const total = 0;',
    );
    expect(plan('Fix lint').commits[0].files['src/index.js']).toContain(
      'a === b',
    );
  });

  it('numbers migrations after those that are there', () => {
    expect(paths('Add a migration')).toEqual([
      'migrations/0002_implement_it.sql',
    ]);
  });

  it('touches workflows, and breaks tests, only where that is asked', () => {
    expect(paths('Change the GitHub Actions')).toEqual([
      '.github/workflows/ci.yml',
    ]);
    expect(plan('Change it so that it breaks the tests').breaksChecks).toEqual([
      '*',
    ]);
    expect(plan('Fix lint').breaksChecks).toEqual([]);
  });
});

describe('small changes', () => {
  it('never touch the same file, and keep the repository small', () => {
    const random = SeededRandom.create(1);
    const tree: Record<string, string> = { 'README.md': 'x' };
    const added: string[] = [];
    for (let i = 0; i < 100; i++) {
      const [commit] = planWork({
        prompt: 'Fix lint',
        name: 'It',
        files: tree,
        random,
        realChanges: false,
      }).commits;
      for (const [path, content] of Object.entries(commit.files)) {
        if (content === undefined) {
          delete tree[path];
        } else {
          tree[path] = content;
          added.push(path);
        }
      }
    }
    expect(new Set(added).size).toBe(100);
    expect(Object.keys(tree).length).toBeLessThanOrEqual(21);
    expect(tree['README.md']).toBe('x');
  });
});

describe('requestedBump', () => {
  const known = ['lodash', '@types/node', 'react'];
  it.each([
    ['Bump lodash to 4.17.21', 'lodash', '4.17.21'],
    ['Bump `@types/node` from 18.0.0 to v22.1.0.', '@types/node', '22.1.0'],
    ['Upgrade "react" to ^19.0', 'react', '19.0'],
    ['dependency: lodash\nversion: 5.0.0', 'lodash', '5.0.0'],
    ['Upgrade something', undefined, undefined],
  ])('reads %j', (prompt, name, version) => {
    expect(requestedBump({ prompt, known })).toEqual({ name, version });
  });
});

describe('rewrittenName', () => {
  it('is never the prompt, and never holds the marker', () => {
    const prompt = 'Fix lint att_01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const name = rewrittenName({ prompt, random: SeededRandom.create(1) });
    expect(name).not.toBe(prompt);
    expect(name).not.toContain('att_');
    expect(name).toContain('Fix lint');
  });
});
