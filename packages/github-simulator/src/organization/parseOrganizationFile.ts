import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { OrganizationFile } from './OrganizationFile';
import { organizationFileSchema } from './organizationFileSchema';

/**
 * Reads an organisation from YAML or JSON.
 *
 * @throws an `Error` that names the first path that is wrong, and why
 * @public
 */
export function parseOrganizationFile(text: string): OrganizationFile {
  const file: unknown = parse(text);
  const ajv = new Ajv({ allErrors: false, strictTuples: false });
  addFormats(ajv);
  const validate = ajv.compile<OrganizationFile>(organizationFileSchema);
  if (!validate(file)) {
    const [error] = validate.errors ?? [];
    const extra =
      error?.keyword === 'additionalProperties'
        ? `: ${error.params.additionalProperty}`
        : '';
    throw new Error(
      `The organisation is wrong at ${error?.instancePath || '/'}: ${
        error?.message
      }${extra}`,
    );
  }
  refuseUnknownNames(file);
  return file;
}

/** Logins and teams that others refer to must exist, or a pull request would later have no author. */
function refuseUnknownNames(file: OrganizationFile): void {
  const logins = new Set(file.users.map(user => user.login));
  const teams = new Set(file.teams?.map(team => team.slug));
  const names = new Set<string>();
  const refuse = (what: string) => {
    throw new Error(`The organisation is wrong: ${what}`);
  };
  for (const team of file.teams ?? []) {
    for (const member of team.members) {
      if (!logins.has(member)) {
        refuse(`team ${team.slug} has the unknown member ${member}`);
      }
    }
  }
  for (const { user } of file.tokens ?? []) {
    if (!logins.has(user)) {
      refuse(`a token belongs to the unknown user ${user}`);
    }
  }
  for (const { name, team } of file.repositories) {
    if (team !== undefined && !teams.has(team)) {
      refuse(`repository ${name} belongs to the unknown team ${team}`);
    }
    if (names.has(name)) {
      refuse(`there are two repositories ${name}`);
    }
    names.add(name);
  }
}
