import { parseTemplate } from '@agent-tasks/plugin-agent-tasks-common';
import { copyTemplate } from './copyTemplate';
import { starterTemplate } from './starterTemplate';

describe('starterTemplate', () => {
  it('is a template that can be saved', () => {
    expect(parseTemplate(starterTemplate)).toMatchObject({
      problems: [],
      template: { metadata: { name: 'my-template' } },
    });
  });
});

describe('copyTemplate', () => {
  it('gives the copy a name and a title of its own, and keeps comments and the prompt', () => {
    const copy = copyTemplate(starterTemplate);
    const { template, problems } = parseTemplate(copy);
    expect(problems).toEqual([]);
    expect(template?.metadata).toMatchObject({
      name: 'my-template-copy',
      title: 'What people choose it by (copy)',
    });
    expect(template?.spec.prompt).toBe(
      parseTemplate(starterTemplate).template?.spec.prompt,
    );
    expect(copy).toContain('# The group that answers for it.');
  });

  it('leaves out what the catalog wrote', () => {
    const copy = copyTemplate(
      starterTemplate.replace(
        '  name: my-template',
        `  name: ${'x'.repeat(63)}\n  namespace: recipes\n  uid: '1'\n  annotations:\n    backstage.io/managed-by-location: url:https://example.com`,
      ),
    );
    expect(copy).not.toMatch(/annotations|namespace|uid/);
    expect(parseTemplate(copy).template?.metadata.name).toHaveLength(63);
  });

  it('leaves alone what is no YAML', () => {
    expect(copyTemplate('a: [')).toBe('a: [');
  });
});
