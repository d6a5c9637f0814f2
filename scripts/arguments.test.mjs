import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseArguments } from './arguments.mjs';

const OPTIONS = {
  port: { type: 'number', describe: '' },
  data: { type: 'text', describe: '' },
  watch: { type: 'flag', describe: '' },
};
const parse = (...args) => parseArguments({ args, options: OPTIONS });

describe('parseArguments', () => {
  it('reads values after a space or an equals sign, flags and the rest', () => {
    assert.deepEqual(
      parse('--port', '3100', '--data=a=b', '--watch', 'one', '--', '--two'),
      {
        values: { port: 3100, data: 'a=b', watch: true },
        rest: ['one', '--two'],
      },
    );
  });

  it('refuses what it does not know, naming what there is', () => {
    assert.throws(() => parse('--prot', '1'), /Unknown option --prot.*--port/);
  });

  it('refuses a missing value and a number that is none', () => {
    assert.throws(() => parse('--data'), /--data needs a value/);
    assert.throws(
      () => parse('--port', 'http'),
      /must be a number, not 'http'/,
    );
    assert.throws(() => parse('--port='), /must be a number/);
  });
});
