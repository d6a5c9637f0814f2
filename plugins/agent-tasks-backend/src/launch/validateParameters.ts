import { InputError, toError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { TemplateRevision } from '../templates/TemplateStore';

/** Characters of the parameters as JSON: they become part of the prompt of every task. */
const longestParameters = 65_536;

/** Hints for forms stand beside the schema, as in scaffolder templates; they are no part of it. */
function withoutHints(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.map(item => withoutHints(item) ?? null);
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        // `$async` would make the answer a promise, and everything valid.
        .filter(([key]) => !key.startsWith('ui:') && key !== '$async')
        .map(([key, inner]) => [key, withoutHints(inner)]),
    );
  }
  return value;
}

/**
 * Matches in a time that grows with the text alone. With the built-in engine a pattern such as `^(\\w+\\s?)*$` stops the
 * whole backend for minutes, on a text of fifty characters. Lookaheads and back-references do not exist in it: a template
 * that has them is refused with that reason.
 */
const linearRegExp = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return { test: (text: string) => compiled.matcher(text).find() };
  },
  { code: 'linearRegExp' },
);

// A revision never changes, and compiling a schema costs more than using it.
const validators = new Map<string, ValidateFunction>();
const validatorsKept = 500;

function compile(template: TemplateRevision): ValidateFunction {
  // One for each: a schema with an `$id` of its own must not meet the one of another revision.
  const ajv = addFormats(
    new Ajv({
      allErrors: true,
      strict: false,
      useDefaults: true,
      logger: false,
      code: { regExp: linearRegExp },
    }),
  );
  try {
    return ajv.compile({
      // A parameter that the template does not have is a misspelt one.
      additionalProperties: false,
      ...(withoutHints(template.parameters) as JsonObject),
      type: 'object',
    });
  } catch (error) {
    throw new InputError(
      `The parameters of the template '${template.title}' are no valid JSON Schema (${
        toError(error).message
      }). Ask its owner ${template.owner} to correct it.`,
    );
  }
}

function validatorOf(template: TemplateRevision): ValidateFunction {
  let validator = validators.get(template.id);
  if (!validator) {
    if (validators.size >= validatorsKept) {
      validators.clear();
    }
    validator = compile(template);
    validators.set(template.id, validator);
  }
  return validator;
}

/** Where an error is, as people write it: `targets.0.name`. */
function toPath(instancePath: string): string {
  return instancePath
    .slice(1)
    .split('/')
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

function describe(error: ErrorObject): string {
  const path = toPath(error.instancePath);
  const subject = path ? `'${path}'` : 'the whole';
  switch (error.keyword) {
    case 'required':
      return `'${[path, error.params.missingProperty].filter(Boolean).join('.')}' is required`;
    case 'additionalProperties':
      return `'${[path, error.params.additionalProperty].filter(Boolean).join('.')}' is not a parameter of this template`;
    case 'enum':
      return `${subject} must be one of ${error.params.allowedValues.join(', ')}`;
    case 'const':
      return `${subject} must be ${JSON.stringify(error.params.allowedValue)}`;
    default:
      return `${subject} ${error.message}`;
  }
}

/**
 * Checks the parameters of a launch against the template's schema and fills in defaults.
 *
 * @throws InputError that names every parameter that does not fit
 */
export function validateParameters(options: {
  template: TemplateRevision;
  parameters: JsonObject;
}): JsonObject {
  const { template } = options;
  const { length } = JSON.stringify(options.parameters);
  if (length > longestParameters) {
    throw new InputError(
      `The parameters are ${length} characters long, more than the ${longestParameters} that a launch may have. Name a file in the repository that holds the rest.`,
    );
  }
  const parameters = structuredClone(options.parameters);
  const validate = validatorOf(template);
  if (!validate(parameters)) {
    const problems = [...new Set((validate.errors ?? []).map(describe))];
    throw new InputError(
      `The parameters do not fit the template '${template.title}': ${problems.join('; ')}.`,
    );
  }
  return parameters;
}
