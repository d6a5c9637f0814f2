import { parseOrganizationFile } from './parseOrganizationFile';

const MINIMAL = `
organization: { login: acme }
users: [{ login: dana }]
repositories: [{ name: api, kind: node-service }]
`;

describe('parseOrganizationFile', () => {
  it('reads YAML', () => {
    expect(parseOrganizationFile(MINIMAL).repositories).toEqual([
      { name: 'api', kind: 'node-service' },
    ]);
  });

  it.each([
    ['organisation: 1', /at \/: must NOT have additional properties: organi/],
    ['teams: [{ slug: a, members: [nobody] }]', /unknown member nobody/],
    [
      'tokens: [{ token: t, user: nobody, repositories: [], permissions: {} }]',
      /unknown user nobody/,
    ],
  ])('refuses %s', (line, message) => {
    expect(() => parseOrganizationFile(`${MINIMAL}\n${line}`)).toThrow(message);
  });

  it.each([
    ['{ name: api, kind: cobol }', /\/repositories\/0\/kind/],
    ['{ name: api, kind: docs, team: nobody }', /unknown team nobody/],
    [
      '{ name: api, kind: docs }, { name: api, kind: docs }',
      /two repositories api/,
    ],
  ])('refuses the repositories %s', (repositories, message) => {
    expect(() =>
      parseOrganizationFile(
        MINIMAL.replace(
          '{ name: api, kind: node-service }',
          () => repositories,
        ),
      ),
    ).toThrow(message);
  });
});
