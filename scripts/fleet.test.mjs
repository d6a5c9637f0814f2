import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { writeFleet } from './fleet.mjs';

test('writes as many components as repositories', () => {
  const data = mkdtempSync(join(tmpdir(), 'fleet-'));
  try {
    const { catalog, organization } = writeFleet({ count: 3, data });
    const slugs = readFileSync(catalog, 'utf8').match(/project-slug: .*/g);
    assert.deepEqual(slugs, [
      'project-slug: acme/payout-adapter-001',
      'project-slug: acme/payout-adapter-002',
      'project-slug: acme/payout-adapter-003',
    ]);
    const repositories = readFileSync(organization, 'utf8');
    assert.match(repositories, /- name: payments-api\n/);
    assert.equal(repositories.match(/- name: payout-adapter-/g).length, 3);
  } finally {
    rmSync(data, { recursive: true });
  }
});

test('says what is wrong with the number', () => {
  for (const count of [0, -1, 1.5, 1001]) {
    assert.throws(
      () => writeFleet({ count, data: tmpdir() }),
      /--fleet takes a whole number from 1 to 1000/,
    );
  }
});
