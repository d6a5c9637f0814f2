import { JsonObject } from '@backstage/types';
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { agentTaskTemplateSchema } from './agentTaskTemplateSchema';
import { parseTemplate } from './parseTemplate';

const root = resolve(__dirname, '../../../..');
const documentation = readFileSync(resolve(root, 'docs/templates.md'), 'utf8');

interface Field {
  name: string;
  required: boolean;
  schema: JsonObject;
}

/** All fields below a schema that people write, by their names from the root. */
function fieldsOf(schema: JsonObject, path = ''): Field[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonObject>;
  const required = (schema.required ?? []) as string[];
  return Object.entries(properties).flatMap(([key, inner]) => {
    const name = path ? `${path}.${key}` : key;
    if (inner.description === 'Written by the catalog.') {
      return [];
    }
    const below =
      // What stands in the parameters is JSON Schema, and documented there.
      name === 'spec.parameters' ? [] : fieldsOf(inner, name);
    return [
      { name, required: required.includes(key), schema: inner },
      ...below,
    ];
  });
}

/** What a field takes, as the documentation has it. */
function describeValues({ schema }: Field): string {
  if (schema.const !== undefined) {
    return `\`${schema.const}\``;
  }
  if (Array.isArray(schema.enum)) {
    return schema.enum.map(value => `\`${value}\``).join(', ');
  }
  const { minimum, maximum, maxLength, maxItems } = schema;
  const limits = [
    minimum !== undefined && `${minimum} to ${maximum}`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems}`,
  ].filter(Boolean);
  const names: Record<string, string> = {
    array: 'list',
    boolean: '`true`, `false`',
    integer: 'whole number',
    object: 'object',
    number: 'number',
    string: 'text',
  };
  return [names[String(schema.type)], ...limits].join(', ');
}

function toRow(field: Field): string[] {
  return [
    `\`${field.name}\``,
    field.required ? 'yes' : '',
    describeValues(field),
    String(field.schema.description ?? ''),
  ];
}

/** The cells of each row of the tables, without the spaces that line them up. */
function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}

describe('The documentation of templates', () => {
  it('has every field of the schema, as the schema has it, and no other', () => {
    const expected = fieldsOf(agentTaskTemplateSchema).map(toRow);
    expect(expected.length).toBeGreaterThan(50);
    expect(rowsOf(documentation)).toEqual(expected);
  });

  it('describes every field', () => {
    for (const { name, schema } of fieldsOf(agentTaskTemplateSchema)) {
      expect({ name, description: schema.description }).toEqual({
        name,
        description: expect.stringMatching(/^\S.*\.$/),
      });
    }
  });

  it('shows templates without a problem', () => {
    const examples = [...documentation.matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, text]) => text,
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(parseTemplate(example).problems).toEqual([]);
    }
  });

  it('comes with the schema as a file, for editors', () => {
    const file = resolve(
      __dirname,
      '../../schema/agent-task-template.schema.json',
    );
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
      agentTaskTemplateSchema,
    );
  });
});

describe('The schema of templates', () => {
  const hasShape = new Ajv({ allErrors: true, strict: false }).compile(
    agentTaskTemplateSchema,
  );

  it.each([
    'bump-dependency',
    'fix-lint',
    'migrate-api',
    'write-docs',
    'cover-with-tests',
    'fix-advisory',
  ])('takes the demo template %s, as editors understand it', name => {
    const template = parse(
      readFileSync(resolve(root, `catalog/templates/${name}.yaml`), 'utf8'),
    );
    hasShape(template);
    expect(hasShape.errors).toBeNull();
    template.spec.promt = 'x';
    expect(hasShape(template)).toBe(false);
  });
});
