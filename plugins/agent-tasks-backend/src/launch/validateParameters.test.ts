import { JsonObject } from '@backstage/types';
import { TemplateRevision } from '../templates/TemplateStore';
import { validateParameters } from './validateParameters';

let revisions = 0;

function template(parameters: JsonObject): TemplateRevision {
  revisions += 1;
  return {
    id: `trev_${revisions}`,
    template: 'bump',
    number: revisions,
    entityRef: 'agenttasktemplate:default/bump',
    title: 'Bump a dependency',
    type: 'dependency',
    owner: 'group:default/platform',
    tags: [],
    parameters,
    prompt: '',
  };
}

const bump = template({
  type: 'object',
  required: ['dependency', 'version'],
  properties: {
    dependency: { type: 'string', minLength: 2, 'ui:autofocus': true },
    version: { type: 'string', pattern: '^\\d+\\.\\d+$' },
    level: { type: 'string', enum: ['patch', 'minor'], default: 'patch' },
    count: { type: 'integer', minimum: 1, 'ui:widget': 'updown' },
    repair: { type: 'boolean', default: true },
    contact: { type: 'string', format: 'email' },
    targets: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: { type: 'string' }, 'a/b~c': { type: 'string' } },
      },
    },
    kept: { const: 'yes' },
  },
});

const good = { dependency: 'left-pad', version: '1.3' };

describe('validateParameters', () => {
  it('is not held up by a pattern that explodes', () => {
    // With the built-in engine this text takes longer than the age of the universe.
    const explosive = template({
      type: 'object',
      properties: { text: { type: 'string', pattern: '^(\\w+\\s?)*$' } },
    });
    expect(() =>
      validateParameters({
        template: explosive,
        parameters: { text: `${'a'.repeat(200)}!` },
      }),
    ).toThrow("'text' must match pattern");
  });

  it('says that a pattern with a lookahead cannot be used', () => {
    const lookahead = template({
      type: 'object',
      properties: { text: { type: 'string', pattern: '^(?=a)b' } },
    });
    expect(() =>
      validateParameters({ template: lookahead, parameters: { text: 'b' } }),
    ).toThrow(/no valid JSON Schema .*Ask its owner/);
  });

  it('checks at once, whatever the schema says of promises', () => {
    const later = template({
      $async: true,
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string' } },
    });
    expect(() =>
      validateParameters({ template: later, parameters: {} }),
    ).toThrow("'text' is required");
  });

  it('fills in defaults, and leaves what it was given as it was', () => {
    const parameters = { ...good, count: 2 };
    const before = structuredClone(parameters);
    expect(validateParameters({ template: bump, parameters })).toEqual({
      dependency: 'left-pad',
      version: '1.3',
      level: 'patch',
      count: 2,
      repair: true,
    });
    expect(parameters).toEqual(before);
  });

  it.each<[string, JsonObject, string]>([
    ['is missing', { dependency: 'left-pad' }, "'version' is required"],
    [
      'is not one of the template',
      { ...good, verson: '1' },
      "'verson' is not a parameter of this template",
    ],
    ['has another type', { ...good, count: '2' }, "'count' must be integer"],
    ['is null', { ...good, count: null }, "'count' must be integer"],
    ['is no whole number', { ...good, count: 1.5 }, "'count' must be integer"],
    ['is too small', { ...good, count: 0 }, "'count' must be >= 1"],
    [
      'is too short',
      { ...good, dependency: 'a' },
      "'dependency' must NOT have fewer than 2 characters",
    ],
    [
      'is none of the choices',
      { ...good, level: 'major' },
      "'level' must be one of patch, minor",
    ],
    ['is not the one value', { ...good, kept: 'no' }, `'kept' must be "yes"`],
    [
      'does not match',
      { ...good, version: 'latest' },
      `'version' must match pattern "^\\d+\\.\\d+$"`,
    ],
    [
      'has no such format',
      { ...good, contact: 'nobody' },
      `'contact' must match format "email"`,
    ],
    [
      'lacks something inside',
      { ...good, targets: [{ name: 'a' }, {}] },
      "'targets.1.name' is required",
    ],
    [
      'holds something unknown inside',
      { ...good, targets: [{ name: 'a', nam: 'b' }] },
      "'targets.0.nam' is not a parameter of this template",
    ],
    [
      'is wrong below a name with special characters',
      { ...good, targets: [{ name: 'a', 'a/b~c': 1 }] },
      "'targets.0.a/b~c' must be string",
    ],
    [
      'bears a name that every object has',
      JSON.parse('{"dependency":"left-pad","version":"1.3","__proto__":{}}'),
      "'__proto__' is not a parameter of this template",
    ],
  ])('says so where a parameter %s', (_what, parameters, message) => {
    expect(() => validateParameters({ template: bump, parameters })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: `The parameters do not fit the template 'Bump a dependency': ${message}.`,
      }),
    );
  });

  it('names everything that is wrong, once', () => {
    expect(() =>
      validateParameters({
        template: bump,
        parameters: { dependency: 'a', count: 'x', extra: 1 },
      }),
    ).toThrow(
      /: 'version' is required; 'extra' is not a parameter of this template; 'dependency' must NOT have fewer than 2 characters; 'count' must be integer\.$/,
    );
  });

  it('says so where the parameters together are wrong', () => {
    const either = template({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    });
    expect(() =>
      validateParameters({ template: either, parameters: { a: '1', b: '2' } }),
    ).toThrow('the whole must match exactly one schema in oneOf');
  });

  it('takes no hint of a form for a constraint', () => {
    const hints = template({
      type: 'object',
      'ui:order': ['a'],
      properties: {
        a: { type: 'string', 'ui:options': { minLength: 9 } },
        b: {
          type: 'array',
          items: { type: 'string', 'ui:placeholder': 'b' },
          'ui:widget': 'checkboxes',
        },
      },
    });
    expect(
      validateParameters({ template: hints, parameters: { a: '', b: ['x'] } }),
    ).toEqual({ a: '', b: ['x'] });
  });

  it('allows further parameters where the template says so', () => {
    const open = template({ type: 'object', additionalProperties: true });
    expect(
      validateParameters({ template: open, parameters: { any: 1 } }),
    ).toEqual({ any: 1 });
  });

  it('checks against each revision, even where their schemas have the same id', () => {
    const schema = (type: string) => ({
      $id: 'https://acme.example/bump',
      type: 'object',
      properties: { a: { type } },
    });
    const [first, second] = [
      template(schema('string')),
      template(schema('number')),
    ];
    expect(
      validateParameters({ template: first, parameters: { a: 'x' } }),
    ).toEqual({ a: 'x' });
    expect(
      validateParameters({ template: second, parameters: { a: 1 } }),
    ).toEqual({
      a: 1,
    });
    expect(() =>
      validateParameters({ template: second, parameters: { a: 'x' } }),
    ).toThrow("'a' must be number");
  });

  it('names whom to ask where the schema itself is wrong', () => {
    const broken = template({
      type: 'object',
      properties: { a: { type: 'strin' } },
    });
    expect(() =>
      validateParameters({ template: broken, parameters: {} }),
    ).toThrow(
      /^The parameters of the template 'Bump a dependency' are no valid JSON Schema \(.*\)\. Ask its owner group:default\/platform to correct it\.$/,
    );
  });
});
