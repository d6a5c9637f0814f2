import { parseWaves } from './parseWaves';

describe('parseWaves', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['1, 5, 25%, 100%', [1, 5, '25%', '100%']],
    ['1 5 25%', [1, 5, '25%', '100%']],
    ['10', [10, '100%']],
    ['100%', ['100%']],
  ])('reads %p', (text, waves) => {
    expect(parseWaves(text)).toEqual({ waves });
  });

  it.each([
    ['0', 'form'],
    ['five', 'form'],
    ['1.5', 'form'],
    ['-1', 'form'],
    ['120%', 'form'],
    ['5, 1', 'order'],
    ['5, 5', 'order'],
    ['50%, 25%', 'order'],
    ['100%, 5', 'order'],
  ])('refuses %p', (text, problem) => {
    expect(parseWaves(text)).toEqual({ problem });
  });
});
