import { extractUiSchema } from './extractUiSchema';

describe('extractUiSchema', () => {
  it('parts hints from the schema, at every depth', () => {
    const { schema, uiSchema } = extractUiSchema({
      parameters: {
        type: 'object',
        'ui:order': ['version', '*'],
        required: ['version'],
        properties: {
          version: {
            type: 'string',
            title: 'Version',
            'ui:placeholder': '1.2.3',
            'ui:widget': 'textarea',
            'ui:options': { rows: 3 },
          },
          paths: {
            type: 'array',
            items: { type: 'string', 'ui:placeholder': 'src/**' },
          },
        },
      },
    });
    expect(schema).toEqual({
      type: 'object',
      required: ['version'],
      properties: {
        version: { type: 'string', title: 'Version' },
        paths: { type: 'array', items: { type: 'string' } },
      },
    });
    expect(uiSchema).toEqual({
      'ui:order': ['version', '*'],
      version: {
        'ui:placeholder': '1.2.3',
        'ui:widget': 'textarea',
        'ui:options': { rows: 3 },
      },
      paths: { items: { 'ui:placeholder': 'src/**' } },
    });
  });

  it('leaves out fields and widgets that this form does not have', () => {
    const { schema, uiSchema } = extractUiSchema({
      parameters: {
        type: 'object',
        properties: {
          owner: { type: 'string', 'ui:field': 'OwnerPicker' },
          colour: { type: 'string', 'ui:widget': 'ColourWheel' },
        },
      },
    });
    expect(uiSchema).toEqual({});
    expect(schema.properties).toEqual({
      owner: { type: 'string' },
      colour: { type: 'string' },
    });
  });

  it('takes a property for a property, even if it is called like a keyword', () => {
    const { schema } = extractUiSchema({
      parameters: {
        type: 'object',
        properties: { items: { type: 'string' }, if: { type: 'string' } },
      },
    });
    expect(schema.properties).toEqual({
      items: { type: 'string' },
      if: { type: 'string' },
    });
  });

  it('reads the branches of a condition', () => {
    const { schema, uiSchema } = extractUiSchema({
      parameters: {
        type: 'object',
        properties: { all: { type: 'boolean' } },
        if: { properties: { all: { const: false } } },
        then: {
          properties: { why: { type: 'string', 'ui:widget': 'textarea' } },
        },
      },
    });
    expect(schema.then).toEqual({ properties: { why: { type: 'string' } } });
    expect(uiSchema).toEqual({ why: { 'ui:widget': 'textarea' } });
  });
});
