import { parseTemplate } from '@agent-tasks/plugin-agent-tasks-common';
import { countLines, longTemplate } from './longTemplate';
import { typeTemplate } from './typeTemplate';

describe('The template that is typed', () => {
  it('has 200 lines, and nothing is wrong with it', () => {
    const text = longTemplate();
    expect(countLines(text)).toBe(200);
    expect(parseTemplate(text).problems).toEqual([]);
  });

  it('is typed key by key, is often wrong meanwhile, and is good in the end', () => {
    const texts = [...typeTemplate(longTemplate())];
    for (const [index, text] of texts.slice(1).entries()) {
      expect(Math.abs(text.length - texts[index].length)).toBe(1);
    }
    const last = texts[texts.length - 1];
    expect(parseTemplate(last).problems).toEqual([]);
    expect(last).toContain(
      'Ask ${{ parameters.reviewerTeam }} of ${{ repository.owner }}',
    );
    const wrong = texts.filter(text => !parseTemplate(text).template);
    expect(wrong.length).toBeGreaterThan(texts.length / 10);
    expect(wrong.length).toBeLessThan(texts.length * 0.8);
  });

  it('cannot be typed into another text', () => {
    expect(() => [...typeTemplate('a: b\n')]).toThrow(
      /has no 'default: false'/,
    );
  });
});
