import fc from 'fast-check';
import { bearsMarker } from './bearsMarker';

const MARKER = 'att_01JD0000000000000000000001';
const markerText = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);

describe('bearsMarker', () => {
  it.each([
    ['alone', MARKER, true],
    ['in a comment', `<!-- ${MARKER} -->`, true],
    ['at the end of a sentence', `It is ${MARKER}.`, true],
    ['on a line of its own', `Fix it.\n\n${MARKER}\n`, true],
    ['after a colon', `agent-tasks:${MARKER}`, true],
    ['beside an emoji', `😀${MARKER}😀`, true],
    ['as the beginning of another', `${MARKER}2`, false],
    ['as the end of another', `x${MARKER}`, false],
    ['within a word', `wörd${MARKER}ö`, false],
    ['with a hyphen', `${MARKER}-retry`, false],
    ['only after a false one', `${MARKER}0 ${MARKER}`, true],
    ['not at all', 'Fix it.', false],
  ])('finds it %s', (_, prompt, found) => {
    expect(bearsMarker({ prompt, marker: MARKER })).toBe(found);
  });

  it('never finds a marker where there is none to tell', () => {
    expect(bearsMarker({ prompt: 'anything', marker: '' })).toBe(false);
  });

  it('finds a marker wherever it stands between others', () => {
    fc.assert(
      fc.property(
        markerText,
        fc.array(markerText),
        fc.array(markerText),
        fc.constantFrom(' ', '\n', ',', '<', ':', '"'),
        (marker, before, after, separator) => {
          const words = [...before, marker, ...after];
          expect(bearsMarker({ prompt: words.join(separator), marker })).toBe(
            true,
          );
        },
      ),
    );
  });

  it('finds no marker among others', () => {
    fc.assert(
      fc.property(markerText, fc.array(markerText), (marker, others) => {
        const prompt = others.filter(other => other !== marker).join(' ');
        expect(bearsMarker({ prompt, marker })).toBe(false);
      }),
    );
  });
});
