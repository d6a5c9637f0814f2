import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  countJest,
  countNodeTests,
  countPlaywright,
  describeCounts,
  readCounts,
  sumCounts,
} from './testCounts.mjs';

describe('testCounts', () => {
  it('counts a jest file that cannot be loaded as a failure', () => {
    const counts = countJest({
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'passed', name: 'a', assertionResults: [] },
        {
          status: 'failed',
          name: 'b',
          message: '\u001b[31mno\u001b[39m',
          assertionResults: [{ status: 'failed' }],
        },
        {
          status: 'failed',
          name: 'c',
          message: 'broken',
          assertionResults: [],
        },
      ],
    });
    assert.deepEqual(counts, {
      passed: 3,
      failed: 2,
      skipped: 2,
      failures: [
        { title: 'b', message: 'no' },
        { title: 'c', message: 'broken' },
      ],
    });
  });

  it('counts browser tests at any depth, and flaky ones as failures', () => {
    const spec = (title, status, errors = []) => ({
      title,
      tests: [{ status, results: [{ errors }] }],
    });
    const counts = countPlaywright({
      errors: [],
      suites: [
        {
          title: 'file',
          specs: [spec('one', 'expected')],
          suites: [
            {
              title: 'inner',
              specs: [
                spec('two', 'flaky', [{ message: 'late' }]),
                spec('three', 'skipped'),
              ],
            },
          ],
        },
      ],
    });
    assert.deepEqual(counts, {
      passed: 1,
      failed: 1,
      skipped: 1,
      listed: 3,
      failures: [{ title: 'file › inner › two', message: 'late' }],
    });
  });

  it('counts an error outside of all browser tests', () => {
    const counts = countPlaywright({
      errors: [{ message: 'the portal did not start' }],
      suites: [],
    });
    assert.equal(counts.failed, 1);
    assert.match(counts.failures[0].message, /did not start/);
  });

  it('reads the summary of node --test, with what failed', () => {
    const tap = [
      'TAP version 13',
      '# Subtest: a',
      'not ok 1 - a',
      '  ---',
      "  error: 'boom'",
      '  ...',
      '1..1',
      '# tests 4',
      '# pass 2',
      '# fail 1',
      '# cancelled 0',
      '# skipped 1',
      '# todo 0',
    ].join('\n');
    const counts = countNodeTests(tap);
    assert.deepEqual([counts.passed, counts.failed, counts.skipped], [2, 1, 1]);
    assert.match(counts.failures[0].message, /boom/);
  });

  it('calls a run without a summary a failure', () => {
    assert.equal(countNodeTests('').failed, 1);
  });

  it('writes counts that it can read', () => {
    for (const counts of [
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 12, failed: 3, skipped: 4 },
    ]) {
      const text = `before\n${describeCounts(counts)}\n`;
      assert.deepEqual(readCounts(text), counts);
    }
    assert.equal(readCounts('no counts'), undefined);
    assert.deepEqual(
      sumCounts([
        { passed: 1, failed: 0, skipped: 0 },
        { passed: 2, failed: 1, skipped: 1 },
      ]),
      { passed: 3, failed: 1, skipped: 1 },
    );
  });
});
