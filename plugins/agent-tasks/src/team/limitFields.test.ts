import * as fc from 'fast-check';
import { exampleSettings } from '../../dev/exampleTeams';
import {
  findLimitProblem,
  isFixed,
  limitFields,
  limitRanges,
  type NumberField,
  toLimitChanges,
  toLimitTexts,
} from './limitFields';

const numberFields = limitFields.filter(
  (field): field is NumberField => field !== 'cohort',
);

describe('findLimitProblem', () => {
  it.each([
    ['openChanges', '7', undefined],
    ['openChanges', '0', undefined],
    ['openChanges', '10', undefined],
    ['openChanges', '11', { kind: 'raised', max: 10 }],
    ['openChanges', '2.5', { kind: 'whole' }],
    ['openChanges', '-1', { kind: 'number' }],
    ['openChanges', '1e3', { kind: 'number' }],
    ['openChanges', 'many', { kind: 'number' }],
    ['openChanges', '999999999', { kind: 'range', min: 0, max: 10_000 }],
    ['weight', '0', { kind: 'range', min: 0.01, max: 1_000 }],
    ['weight', '0,5', undefined],
    // Where no limit holds yet, any limit is lower.
    ['launchesPerDay', '500', undefined],
  ] as const)(
    'of who may lower alone finds in %s %p: %p',
    (field, text, problem) => {
      expect(
        findLimitProblem({
          field,
          text,
          settings: exampleSettings(),
          mayRaise: false,
        }),
      ).toEqual(problem);
    },
  );

  it('lets nobody raise a limit by going back to a higher default', () => {
    const settings = exampleSettings({
      running: { value: 2, default: 4, from: 'set' },
      openChanges: { value: 12, default: 10, from: 'set' },
    });
    const clear = (field: NumberField, mayRaise: boolean) =>
      findLimitProblem({ field, text: '', settings, mayRaise });
    expect(clear('running', false)).toEqual({ kind: 'raised', max: 2 });
    expect(clear('running', true)).toBeUndefined();
    expect(clear('openChanges', false)).toBeUndefined();
  });

  it.each([
    ['commerce', undefined],
    ['a', undefined],
    ['', undefined],
    ['-x', { kind: 'name' }],
    ['two words', { kind: 'name' }],
  ])('of the cohort %p finds %p', (text, problem) => {
    expect(
      findLimitProblem({
        field: 'cohort',
        text,
        settings: exampleSettings({ cohort: { value: 'old', from: 'set' } }),
        mayRaise: true,
      }),
    ).toEqual(problem);
  });

  it('never lets through what goes beyond the limit in force, unless one may raise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...numberFields),
        fc.nat(12_000),
        fc.nat(12_000),
        (field, inForce, wanted) => {
          const settings = exampleSettings({
            [field]: { value: inForce, default: 5, from: 'set' },
          });
          const problem = findLimitProblem({
            field,
            text: String(wanted),
            settings,
            mayRaise: false,
          });
          const { min, max } = limitRanges[field];
          const isAllowed =
            wanted === inForce ||
            (wanted <= inForce && wanted >= min && wanted <= max);
          expect(problem === undefined).toBe(isAllowed);
        },
      ),
    );
  });
});

describe('toLimitChanges', () => {
  const settings = exampleSettings({
    openChanges: { value: 8, default: 10, from: 'set' },
    cohort: { value: 'commerce', from: 'set' },
  });

  it('names nothing where nothing was changed', () => {
    expect(toLimitChanges({ texts: toLimitTexts(settings), settings })).toEqual(
      {},
    );
  });

  it('names what was changed, and null for what goes back to the default', () => {
    expect(
      toLimitChanges({
        texts: {
          ...toLimitTexts(settings),
          openChanges: '',
          running: ' 3 ',
          weight: '0,5',
          cohort: 'money',
        },
        settings,
      }),
    ).toEqual({ openChanges: null, running: 3, weight: 0.5, cohort: 'money' });
  });
});

describe('isFixed', () => {
  it('leaves cohort and weight to those who manage limits', () => {
    const fixed = (mayRaise: boolean) =>
      limitFields.filter(field => isFixed({ field, mayRaise }));
    expect(fixed(false)).toEqual(['cohort', 'weight']);
    expect(fixed(true)).toEqual([]);
  });
});
