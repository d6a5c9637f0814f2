// More components than the demo organisation has, all alike: what a campaign over many of them is tried on.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './layout.mjs';

const OWNER = 'team-payments';
const SYSTEM = 'payments';
const MOST = 1_000;

const nameOf = index => `payout-adapter-${String(index).padStart(3, '0')}`;

function componentOf(index) {
  return `---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${nameOf(index)}
  title: Payout adapter ${index}
  description: Pays out to the banks of market ${index}.
  annotations:
    github.com/project-slug: acme/${nameOf(index)}
  tags:
    - payout-adapter
spec:
  type: library
  lifecycle: production
  owner: group:default/${OWNER}
  system: ${SYSTEM}
`;
}

function repositoryOf(index) {
  return `  - name: ${nameOf(index)}
    kind: node-library
    team: ${OWNER}
    description: Pays out to the banks of market ${index}
    version: 1.${index}.0
    dependencies: { axios: 1.7.4 }
    modules: [payout]
`;
}

/**
 * Writes `count` libraries with a repository each to the folder `data`, beside the demo organisation. Returns the paths of
 * the file for the catalog and of the organisation as the simulator reads it.
 *
 * @throws an `Error` with a sentence for people where the number is none that can be
 */
export function writeFleet({ count, data }) {
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw new Error(`--fleet takes a whole number from 1 to ${MOST}`);
  }
  const indexes = Array.from({ length: count }, (_, index) => index + 1);
  const catalog = join(data, 'fleet.yaml');
  writeFileSync(catalog, indexes.map(componentOf).join(''));
  const organization = join(data, 'github.yaml');
  // The list of repositories is the last part of the file.
  const demo = readFileSync(join(ROOT, 'catalog/github.yaml'), 'utf8');
  writeFileSync(organization, demo + indexes.map(repositoryOf).join(''));
  return { catalog, organization };
}
