import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { findTemplateProblems, parseTemplate } from './parseTemplate';

const good = `apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  name: bump-dependency
  title: Bump a dependency
  description: Raises one dependency.
spec:
  type: dependency
  owner: group:default/team-platform
  parameters:
    type: object
    required: [dependency]
    properties:
      dependency:
        type: string
        pattern: ^[a-z]+$
        ui:autofocus: true
      level:
        type: string
        enum: [patch, minor]
        default: patch
  prompt: |
    Bump \${{ parameters.dependency }} by a \${{ parameters.level }}
    in \${{ repository.name }}.
  constraints:
    allowedPaths: [package.json, '**/package.json']
    forbiddenPaths: [.github/**]
    maxChangedFiles: 20
    maxChangedLines: 4000
    forbiddenSecrets: ['*PROD*']
  execution:
    timeoutSeconds: 3600
    priority: high
  review:
    reviewers: [group:default/team-platform, user:default/ada]
    requireApproval: true
    minApprovals: 2
  batching:
    perRepository: true
    windowSeconds: 600
  rollout:
    waves: [1, 5, 25%, 100%]
    continue: approval
    soakSeconds: 3600
    stopOn:
      failedPercent: 20
      minTasks: 2
`;

function swap(before: string, after: string): string {
  expect(good).toContain(before);
  return good.replace(before, after);
}

function told(text: string): string[] {
  return parseTemplate(text).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

/** The text in which a problem stands, from its place to the end of the line. */
function pointedAt(text: string): string[] {
  const lines = text.split('\n');
  return parseTemplate(text).problems.map(({ line, column }) =>
    lines[line - 1].slice(column - 1),
  );
}

describe('parseTemplate', () => {
  it('reads a template that uses every section', () => {
    const { template, problems } = parseTemplate(good);
    expect(problems).toEqual([]);
    expect(template).toEqual(parse(good));
  });

  const demo = resolve(__dirname, '../../../../catalog/templates');
  it.each(readdirSync(demo))('finds nothing in the demo template %s', file => {
    const text = readFileSync(join(demo, file), 'utf8');
    expect(parseTemplate(text).problems).toEqual([]);
    expect(findTemplateProblems(parse(text))).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    [
      'a misspelt field',
      swap('prompt: |', 'promt: |'),
      [
        '7:1 spec.prompt is missing. Add it.',
        "22:3 spec.promt is not a field of a template. Did you mean 'prompt'?",
      ],
    ],
    [
      'a field that means nothing',
      swap('timeoutSeconds: 3600', 'colour: red'),
      [
        '32:5 spec.execution.colour is not a field of a template. Remove it, or use one of timeoutSeconds, maxAttempts, queueTimeoutSeconds, reviewTimeoutSeconds, priority.',
      ],
    ],
    [
      'a field in short',
      swap('timeoutSeconds: 3600', 'timeout: 3600'),
      [
        "32:5 spec.execution.timeout is not a field of a template. Did you mean 'timeoutSeconds'?",
      ],
    ],
    [
      'a wrong type',
      swap('timeoutSeconds: 3600', 'timeoutSeconds: 1h'),
      [
        '32:21 spec.execution.timeoutSeconds must be a whole number; it is "1h".',
      ],
    ],
    [
      'a number that is too large',
      swap('timeoutSeconds: 3600', 'timeoutSeconds: 86401'),
      [
        '32:21 spec.execution.timeoutSeconds must be from 60 to 86400; it is 86401.',
      ],
    ],
    [
      'a word that is not one of a few',
      swap('priority: high', 'priority: hihg'),
      [
        '33:15 spec.execution.priority must be one of low, normal, high; it is "hihg". Did you mean \'high\'?',
      ],
    ],
    [
      'a list that is a text',
      swap('forbiddenPaths: [.github/**]', 'forbiddenPaths: .github'),
      [
        '27:21 spec.constraints.forbiddenPaths must be a list; it is ".github".',
      ],
    ],
    [
      'an undefined variable, each time it is used',
      swap(
        'in ${{ repository.name }}.',
        'in ${{ repository.nam }},\n    ${{ repository.nam }}.',
      ),
      [
        expect.stringMatching(
          /^24:8 \$\{\{ repository\.nam }} is undefined: did you mean repository\.name\?/,
        ) as unknown as string,
        expect.stringMatching(/^25:5 /) as unknown as string,
      ],
    ],
    [
      'an undefined parameter',
      swap('${{ parameters.level }}', '${{ parameters.levle }}'),
      [
        "23:44 ${{ parameters.levle }} is undefined: did you mean parameters.level? Otherwise declare 'levle' in spec.parameters.properties.",
      ],
    ],
    [
      'a parameter that may be undefined',
      swap('required: [dependency]', 'required: []'),
      [
        "23:10 ${{ parameters.dependency }} may be undefined: make 'dependency' required, or give it a default.",
      ],
    ],
    [
      'a word that JSON Schema does not have',
      swap('pattern: ^[a-z]+$', 'patern: ^[a-z]+$'),
      [
        "16:9 spec.parameters.properties.dependency.patern is no word of JSON Schema. Did you mean 'pattern'?",
      ],
    ],
    [
      'a type that JSON Schema does not have',
      swap('type: string\n        pattern', 'type: strin\n        pattern'),
      [
        expect.stringMatching(
          /^15:15 spec\.parameters\.properties\.dependency\.type must be .*"strin"\.$/,
        ) as unknown as string,
      ],
    ],
    [
      'a default that does not fit',
      swap('default: patch', 'default: major'),
      [
        '21:18 spec.parameters.properties.level.default must be one of patch, minor; it is "major".',
      ],
    ],
    [
      'a parameter that is required but not declared',
      swap('required: [dependency]', 'required: [dependency, levl]'),
      ["12:28 'levl' is required but not declared. Did you mean 'level'?"],
    ],
    [
      'a reference to nothing',
      swap('pattern: ^[a-z]+$', "$ref: '#/definitions/name'"),
      [
        '16:15 spec.parameters.properties.dependency.$ref points to nothing: there is no #/definitions/name in these parameters. Add it, or correct the reference.',
      ],
    ],
    [
      'a reference to another place',
      swap('pattern: ^[a-z]+$', '$ref: https://acme.example/name.json'),
      [
        '16:15 spec.parameters.properties.dependency.$ref must point into these parameters, such as #/definitions/name; it is "https://acme.example/name.json".',
      ],
    ],
    [
      'a circular reference',
      swap(
        '    properties:\n      dependency:',
        `    definitions:
      one: { properties: { two: { $ref: '#/definitions/two' } } }
      two: { $ref: '#/definitions/one' }
    properties:
      dependency:`,
      ),
      [
        '15:20 spec.parameters.definitions.two.$ref is circular: it leads back to spec.parameters.definitions.one, which it is a part of. Write out as many levels as the form should have.',
      ],
    ],
    [
      'a reference to the whole',
      swap('pattern: ^[a-z]+$', "$ref: '#'"),
      [
        '16:15 spec.parameters.properties.dependency.$ref is circular: it leads back to spec.parameters, which it is a part of. Write out as many levels as the form should have.',
      ],
    ],
    [
      'a regular expression that explodes',
      swap('^[a-z]+$', '^([a-z]+-?)+$'),
      [
        '16:18 spec.parameters.properties.dependency.pattern explodes: a repetition of something that is itself repeated, or of choices that match the same text, can take hours on a short text. Let each repetition begin or end with a character that its inside cannot match.',
      ],
    ],
    [
      'a regular expression that grows',
      swap('^[a-z]+$', '^((a{100}){100}){100}$'),
      [
        '16:18 spec.parameters.properties.dependency.pattern stands for more than 5000 characters, since it repeats so much. Use maxLength for the length of a text.',
      ],
    ],
    [
      'a regular expression with a lookahead',
      swap('^[a-z]+$', '^(?=a)[a-z]+$'),
      [
        expect.stringMatching(
          /^16:18 .*\.pattern is no pattern that can be used .*Lookaheads/,
        ) as unknown as string,
      ],
    ],
    [
      'a name that the API uses',
      swap('name: bump-dependency', 'name: schema'),
      ["4:9 metadata.name must not be 'schema': the API uses that word."],
    ],
    [
      'a name that cannot be one',
      swap('name: bump-dependency', 'name: Bump a dependency'),
      [
        '4:9 metadata.name must be letters and digits, with single - _ . between them, such as bump-dependency; it is "Bump a dependency".',
      ],
    ],
    [
      'an owner that is neither group nor user',
      swap('owner: group:default/team-platform', 'owner: component:web'),
      [
        "9:10 spec.owner is 'component:web', a component. Name a group or a user, such as group:default/team-platform.",
      ],
    ],
    [
      'a reviewer that is no person',
      swap('user:default/ada', "'group:'"),
      [
        "35:46 spec.review.reviewers[1] is 'group:', which is no entity ref. Name a group or a user, such as group:default/team-platform.",
      ],
    ],
    [
      'a path out of the repository',
      swap('[.github/**]', '[../other/**, /etc]'),
      [
        "27:22 spec.constraints.forbiddenPaths[0] must not hold '..': a change cannot leave its repository.",
        "27:35 spec.constraints.forbiddenPaths[1] begins at the root of the repository anyway. Write 'etc'.",
      ],
    ],
    [
      'waves that do not ascend',
      swap('[1, 5, 25%, 100%]', '[5, 5, 25%, 10%, 100%]'),
      [
        '42:16 spec.rollout.waves[1] is 5, which is not more than 5 before it.',
        '42:24 spec.rollout.waves[3] is 10%, which is not more than 25% before it.',
      ],
    ],
    [
      'waves that end early',
      swap('[1, 5, 25%, 100%]', '[25%, 1]'),
      [
        '42:18 spec.rollout.waves[1] is a number after a share. Write numbers first: 1, 5, 25%.',
        '42:18 spec.rollout.waves[1] is the last wave and must be 100%, so that every task has its turn; it is 1.',
      ],
    ],
    [
      'a wave that is no share',
      swap('[1, 5, 25%, 100%]', '[0, 250%, 100%]'),
      [
        '42:13 spec.rollout.waves[0] must be a whole number from 1 to 50000 or a share such as 25%; it is 0.',
        '42:16 spec.rollout.waves[1] must be a whole number from 1 to 50000 or a share such as 25%; it is "250%".',
      ],
    ],
    [
      'stop rules without a rule',
      swap('      failedPercent: 20\n', ''),
      [
        '46:7 spec.rollout.stopOn has no rule. Add one such as failedPercent: 20, or remove it.',
      ],
    ],
  ])('says where and why, and what to do: %s', (_, text, problems) => {
    expect(told(text)).toEqual(problems);
    expect(parseTemplate(text).template).toBeUndefined();
  });

  it.each<[string, string, string]>([
    [
      'that does not matter without waves',
      swap('    waves: [1, 5, 25%, 100%]\n', ''),
      'approval',
    ],
    [
      'that another makes idle',
      swap(
        '    requireApproval: true',
        '    requireApproval: true\n    autoMerge: true',
      ),
      'true',
    ],
  ])('warns of something %s, and takes the template', (_, text, at) => {
    const { template, problems } = parseTemplate(text);
    expect(template).toBeDefined();
    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringContaining('has no effect'),
      }),
    ]);
    expect(pointedAt(text)).toEqual([at]);
  });

  describe('of a text that is no document', () => {
    it.each<[string, string, RegExp]>([
      ['nothing', '', /^1:1 The text is empty/],
      ['a comment', '# nothing\n', /^1:1 The text is empty/],
      ['a list', '- a\n', /^1:1 The template must be an object/],
      [
        'two documents',
        `${good}---\n${good}`,
        /^48:1 A second document begins here/,
      ],
      [
        'a key that stands twice',
        swap('  type: dependency', '  type: dependency\n  type: lint'),
        /^9:3 'type' stands here a second time/,
      ],
      [
        'an open bracket',
        swap('[1, 5, 25%, 100%]', '[1, 5'),
        /^\d+:\d+ This is not valid YAML: /,
      ],
      [
        'a tab',
        swap('  type: dependency', '\ttype: dependency'),
        /Use spaces\.$/,
      ],
      ['a tag', swap('type: dependency', 'type: !!binary aGVsbG8='), /^8:\d+ /],
      [
        'a number that JSON does not have',
        swap('3600\n    priority', '.inf\n    priority'),
        /^32:21 This is no value/,
      ],
      [
        'a key of a prototype',
        swap('type: dependency', '__proto__: {}'),
        /^8:3 This cannot be a key/,
      ],
      [
        'a key that is a list',
        swap('type: dependency', '? [a]\n  : b'),
        /^8:\d+ This cannot be a key/,
      ],
      [
        'an alias of itself',
        'a: &a\n  b: *a\n',
        /^2:6 The alias \*a stands inside/,
      ],
      ['an alias of nothing', 'a: *b\n', /^1:4 /],
    ])('says so of %s', (_, text, problem) => {
      const { problems, template } = parseTemplate(text);
      expect(template).toBeUndefined();
      expect(problems.length).toBeGreaterThan(0);
      expect(told(text)[0]).toMatch(problem);
    });

    it('refuses a megabyte before it looks at it', () => {
      const text = `${good}# ${'x'.repeat(1024 * 1024)}`;
      const began = performance.now();
      expect(told(text)).toEqual([
        '1:1 The text has 1026 kB; a template has at most 256 kB. Shorten it: what an agent should know can stand in the repository.',
      ]);
      expect(performance.now() - began).toBeLessThan(200);
    });

    it('counts bytes, not letters', () => {
      expect(told(`# ${'ü'.repeat(131_072)}`)[0]).toMatch(
        /^1:1 The text has 257 kB/,
      );
    });

    it('resolves the aliases that a person writes', () => {
      const text = swap(
        `[package.json, '**/package.json']`,
        '&manifests [package.json]',
      ).replace('[.github/**]', '*manifests');
      expect(told(text)).toEqual([
        "26:31 spec.constraints.allowedPaths[0] is 'package.json', which is forbidden below. Remove one of the two.",
      ]);
    });

    it('stops at aliases that stand for billions of values', () => {
      const bomb = [
        'a0: &a0 [x, x, x, x, x, x, x, x, x]',
        ...Array.from({ length: 12 }, (_, i) => {
          const alias = `*a${i}`;
          return `a${i + 1}: &a${i + 1} [${Array(9).fill(alias).join(', ')}]`;
        }),
      ].join('\n');
      const began = performance.now();
      const [problem] = told(bomb);
      expect(performance.now() - began).toBeLessThan(2000);
      expect(problem).toMatch(
        /^\d+:\d+ With this the template has more than 20000 values/,
      );
    });

    const size = 256 * 1024;
    it.each<[string, string]>([
      ['brackets without end', '['.repeat(size)],
      ['braces without end', '{a: '.repeat(size / 4)],
      ['lists in lists', '- '.repeat(size / 2)],
      [
        'many keys',
        Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'),
      ],
      ['one key, many times', 'a: 1\n'.repeat(size / 5)],
      ['many documents', '---\n'.repeat(size / 4)],
      ['many unknown aliases', '- *x\n'.repeat(size / 5)],
      ['many tabs', '\t'.repeat(size)],
      ['many quotes', '"'.repeat(size)],
      ['many comments', '#\n'.repeat(size / 2)],
      ['many anchors', '- &a\n'.repeat(size / 5)],
      ['many tags', '- !a b\n'.repeat(size / 7)],
      ['many variables', swap('Bump', '${{ a }}'.repeat(20_000))],
      ['many open variables', swap('Bump', '${{'.repeat(20_000))],
    ])('has an answer soon for %s', (_, text) => {
      const began = performance.now();
      const { problems } = parseTemplate(text);
      expect(performance.now() - began).toBeLessThan(5000);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(100);
    });
  });

  it('points into the text, whatever becomes of the text', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(60),
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            '\n',
            '  ',
            '- ',
            ': ',
            '*a',
            '&a ',
            '${{',
            '}}',
            '%',
            '"',
          ),
        ),
        (from, length, inserted) => {
          const text =
            good.slice(0, from) + inserted + good.slice(from + length);
          const lines = text.split('\n');
          const { problems, template } = parseTemplate(text);
          expect(template !== undefined).toBe(
            problems.every(({ severity }) => severity === 'warning'),
          );
          for (const { line, column, message } of problems) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(message).not.toMatch(/undefined\.$|\[object/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('makes no code at run time, as in a browser that forbids it', () => {
    const script = `
      const { parseTemplate } = require('./parseTemplate.ts');
      const { problems } = parseTemplate(process.argv[1]);
      process.stdout.write(problems.map(({ path }) => path).join());
    `;
    const answer = execFileSync(
      process.execPath,
      [
        '--disallow-code-generation-from-strings',
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '--eval',
        script,
        swap('timeoutSeconds: 3600', 'timeoutSeconds: 1h'),
      ],
      { cwd: __dirname, encoding: 'utf8' },
    );
    expect(answer).toBe('/spec/execution/timeoutSeconds');
  });

  it('finds in a value what it finds in its text', () => {
    const value = parse(good);
    value.spec.execution.timeoutSeconds = 5;
    value.spec.promt = value.spec.prompt;
    delete value.spec.prompt;
    expect(
      new Set(findTemplateProblems(value).map(({ message }) => message)),
    ).toEqual(
      new Set(
        parseTemplate(stringify(value)).problems.map(({ message }) => message),
      ),
    );
  });
});
