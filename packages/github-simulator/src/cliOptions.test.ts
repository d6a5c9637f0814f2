import { parseCliOptions } from './cliOptions';

describe('parseCliOptions', () => {
  it('has a default for what is left out', () => {
    expect(parseCliOptions([])).toMatchObject({
      port: 7010,
      host: 'localhost',
      agentSeconds: undefined,
    });
  });

  it.each([
    ['8..20', { min: 8, max: 20 }],
    ['0.5..1.5', { min: 0.5, max: 1.5 }],
    ['8', { min: 8, max: 8 }],
  ])('reads --agent-duration %s', (value, seconds) => {
    expect(parseCliOptions(['--agent-duration', value])?.agentSeconds).toEqual(
      seconds,
    );
  });

  it.each([
    ['--agent-duration', '20..8'],
    ['--agent-duration', 'long'],
    ['--port', '70000'],
    ['--port', '7e3'],
    ['--webhook-url', 'localhost:7007'],
    ['--prot', '7010'],
  ])('refuses %s %s', (name, value) => {
    expect(() => parseCliOptions([name, value])).toThrow(name);
  });

  it('asks for help', () => {
    expect(parseCliOptions(['--help'])).toBeUndefined();
  });
});
