import type { ErrorObject } from 'ajv';

/**
 * Schema errors as sentences for the author of a template: where, why, and what to do.
 *
 * @param errors - from an ajv that is `verbose` and gives all errors
 */
export function describeSchemaErrors(errors: ErrorObject[]): string[] {
  const choices = errors.filter(error => error.keyword === 'anyOf');
  // Where none of several shapes fits, one sentence says so, instead of one for each shape.
  const isOfChoice = (error: ErrorObject) =>
    choices.some(
      choice =>
        error !== choice &&
        error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
        error.instancePath.startsWith(choice.instancePath),
    );
  return [
    ...new Set(
      errors.filter(error => !isOfChoice(error)).map(describeSchemaError),
    ),
  ];
}

function describeSchemaError(error: ErrorObject): string {
  const path = toPath(error.instancePath);
  const at = (key: string) => (path ? `${path}.${key}` : key);
  const where = path || 'the template';
  switch (error.keyword) {
    case 'required':
      return `${at(error.params.missingProperty)}: is missing; add it`;
    case 'additionalProperties': {
      const key = error.params.additionalProperty;
      const known = Object.keys(error.parentSchema?.properties ?? {});
      return `${at(key)}: is not a key of a template; remove it or use one of ${known.join(
        ', ',
      )}`;
    }
    case 'const':
      return `${where}: must be ${JSON.stringify(
        error.params.allowedValue,
      )}; ${butIs(error.data)}`;
    case 'type':
      return `${where}: must be of type ${error.params.type}; ${butIs(
        error.data,
      )}`;
    case 'minimum':
    case 'maximum':
      return `${where}: must be from ${error.parentSchema?.minimum} to ${
        error.parentSchema?.maximum
      }; ${butIs(error.data)}`;
    case 'minLength':
      return `${where}: must not be empty; write something`;
    case 'maxLength':
      return `${where}: is longer than ${error.params.limit} characters; shorten it`;
    case 'minItems':
    case 'minProperties':
      return `${where}: must not be empty; fill it or remove it`;
    case 'pattern':
      return `${where}: must not be blank; write something`;
    case 'anyOf':
      return `${where}: must be a string or a list of strings; ${butIs(
        error.data,
      )}`;
    default:
      return `${where}: ${error.message}; correct it`;
  }
}

function toPath(instancePath: string): string {
  return instancePath
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, part) => {
      if (/^\d+$/.test(part)) {
        return `${path}[${part}]`;
      }
      // Keys of catalog filters hold dots themselves.
      return part.includes('.')
        ? `${path}["${part}"]`
        : [path, part].filter(Boolean).join('.');
    }, '');
}

function butIs(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return `it is ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}
