import { joinPrompts } from './joinPrompts';

const prompt = (text: string) => ({ text, segments: [{ text }] });

describe('Prompts that become one', () => {
  it('stand in sections that name their components', () => {
    const joined = joinPrompts([
      { prompt: prompt('Bump to 1.'), components: ['component:default/a'] },
      { prompt: prompt('Bump to 2.'), components: ['component:default/b'] },
      { prompt: prompt('Bump to 1.'), components: ['component:default/c'] },
    ]);
    expect(joined.text).toBe(
      `This task has 2 parts, for different components of one repository. Do all of them, in one change.

## Part 1 of 2: component:default/a, component:default/c

Bump to 1.

## Part 2 of 2: component:default/b

Bump to 2.
`,
    );
    expect(joined.segments.map(segment => segment.text).join('')).toBe(
      joined.text,
    );
  });

  it('are asked for once where they are the same', () => {
    expect(
      joinPrompts([
        { prompt: prompt('Bump.'), components: ['a'] },
        { prompt: prompt('Bump.'), components: ['b'] },
      ]),
    ).toEqual(prompt('Bump.'));
  });

  it('keep what came from a parameter marked as such', () => {
    const marked = {
      text: 'Bump to 1',
      segments: [{ text: 'Bump to ' }, { text: '1', source: 'parameters.v' }],
    };
    const { segments } = joinPrompts([
      { prompt: marked, components: ['a'] },
      { prompt: prompt('Bump.'), components: ['b'] },
    ]);
    expect(segments).toContainEqual({ text: '1', source: 'parameters.v' });
  });
});
