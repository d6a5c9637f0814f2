import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { Seed } from './Seed';
import { seedSchema } from './seedSchema';

/**
 * Reads a seed from YAML or JSON.
 *
 * @throws an `Error` that names the first path that is wrong, and why
 * @public
 */
export function parseSeed(text: string): Seed {
  const seed: unknown = parse(text);
  const ajv = new Ajv({ allErrors: false, strictTuples: false });
  addFormats(ajv);
  const validate = ajv.compile<Seed>(seedSchema);
  if (!validate(seed)) {
    const [error] = validate.errors ?? [];
    const extra =
      error?.keyword === 'additionalProperties'
        ? `: ${error.params.additionalProperty}`
        : '';
    throw new Error(
      `The seed is wrong at ${error?.instancePath || '/'}: ${
        error?.message
      }${extra}`,
    );
  }
  refuseUnknownNames(seed);
  return seed;
}

/** Logins and teams that others refer to must exist, or a pull request would later have no author. */
function refuseUnknownNames(seed: Seed): void {
  const logins = new Set(seed.users.map(user => user.login));
  const teams = new Set(seed.teams?.map(team => team.slug));
  const names = new Set<string>();
  const refuse = (what: string) => {
    throw new Error(`The seed is wrong: ${what}`);
  };
  for (const team of seed.teams ?? []) {
    for (const member of team.members) {
      if (!logins.has(member)) {
        refuse(`team ${team.slug} has the unknown member ${member}`);
      }
    }
  }
  for (const { user } of seed.tokens ?? []) {
    if (!logins.has(user)) {
      refuse(`a token belongs to the unknown user ${user}`);
    }
  }
  for (const { name, team } of seed.repositories) {
    if (team !== undefined && !teams.has(team)) {
      refuse(`repository ${name} belongs to the unknown team ${team}`);
    }
    if (names.has(name)) {
      refuse(`there are two repositories ${name}`);
    }
    names.add(name);
  }
}
