// What the test runners report, brought to one shape: `{ passed, failed, skipped, failures }`, where each failure has
// a title and a message for people.

const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;

/** From the object that jest writes with `--json`. */
export function countJest(result) {
  const failures = [];
  let crashed = 0;
  for (const suite of result.testResults) {
    if (suite.status !== 'failed') {
      continue;
    }
    // A file that cannot even be loaded has no tests to count: it counts as one failure itself.
    if (!suite.assertionResults.some(test => test.status === 'failed')) {
      crashed += 1;
    }
    failures.push({ title: suite.name, message: strip(suite.message) });
  }
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + crashed,
    skipped: result.numPendingTests + result.numTodoTests,
    failures,
  };
}

/** From the object that Playwright's JSON reporter writes. `listed` counts the tests, run or not. */
export function countPlaywright(result) {
  const failures = result.errors.map(error => ({
    title: 'browser tests',
    message: strip(error.stack ?? error.message),
  }));
  const tests = result.suites.flatMap(suite => testsOf(suite, []));
  const counts = { passed: 0, failed: result.errors.length, skipped: 0 };
  for (const { title, test } of tests) {
    if (test.status === 'skipped') {
      counts.skipped += 1;
    } else if (test.status === 'expected') {
      counts.passed += 1;
    } else {
      // A test that passed at a second try only is a failure too: it would fail somebody's pull request one day.
      counts.failed += 1;
      const errors = test.results.flatMap(({ errors: found }) => found);
      failures.push({
        title,
        message: strip(errors.map(error => error.message).join('\n')),
      });
    }
  }
  return { ...counts, failures, listed: tests.length };
}

function testsOf(suite, path) {
  const here = [...path, suite.title].filter(Boolean);
  return [
    ...(suite.specs ?? []).flatMap(spec =>
      spec.tests.map(test => ({
        title: [...here, spec.title].join(' › '),
        test,
      })),
    ),
    ...(suite.suites ?? []).flatMap(inner => testsOf(inner, here)),
  ];
}

/** From the TAP text of `node --test`. */
export function countNodeTests(tap) {
  const numberOf = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const ran = /^# tests \d+$/m.test(tap);
  const failed = ran ? numberOf('fail') + numberOf('cancelled') : 1;
  return {
    passed: numberOf('pass'),
    failed,
    skipped: numberOf('skipped') + numberOf('todo'),
    failures:
      failed > 0
        ? [
            {
              title: 'tests of the scripts',
              message: failedPartsOf(tap) || tap,
            },
          ]
        : [],
  };
}

/** Each `not ok` line with the block of details below it. */
function failedPartsOf(tap) {
  const parts = tap.match(/^ *not ok .*\n( *---\n[\s\S]*?^ *\.\.\.$)?/gm) ?? [];
  return parts.join('\n');
}

export function sumCounts(all) {
  const sum = name => all.reduce((total, counts) => total + counts[name], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
  };
}

/** `12 passed, 1 failed`, and the skipped ones where there are any. */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${
    skipped > 0 ? `, ${skipped} skipped` : ''
  }`;
}

/** The counts in the last line of `text` that looks like one of `describeCounts`. */
export function readCounts(text) {
  const lines = text.match(/^\d+ passed, \d+ failed(, \d+ skipped)?$/gm);
  if (!lines) {
    return undefined;
  }
  const [passed, failed, skipped = 0] = lines.pop().match(/\d+/g).map(Number);
  return { passed, failed, skipped };
}

function strip(text) {
  return (text ?? '').replace(ANSI, '');
}
