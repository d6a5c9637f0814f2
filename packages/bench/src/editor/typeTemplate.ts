/** Where somebody puts the cursor, behind a text, and what they type there; `⌫` takes back the letter before. */
interface Visit {
  behind: string;
  type: string;
}

/** Written and then given up. */
const TAKEN_BACK =
  '\n      somethingElse:\n        type: object\n        properties: {}';

/**
 * What an author does in an hour: a new parameter with its pattern, a sentence with variables, a slip of the pen that is
 * put right, limits and waves, and something that is taken back as a whole.
 */
const VISITS: Visit[] = [
  {
    behind: '        default: false',
    type: [
      '',
      '      reviewerTeam:',
      '        tyep⌫⌫pe: string',
      '        title: Who looks at it',
      '        description: The team that knows the succesor⌫⌫⌫sor.',
      '        pattern: ^[a-z][a-z0-9-]*(/[a-z0-9-]+){0,SESSION}$',
      '        default: team-platform',
      '        maxLenght⌫⌫th: 63',
    ].join('\n'),
  },
  {
    behind: 'and keeps what the code does.',
    type: '⌫⌫⌫⌫⌫ does, test by test.',
  },
  {
    behind: '    How to do it:',
    type: '\n    - Ask ${{ parameters.reviewerTaem⌫⌫⌫eam }} of ${{ repository.owner }} before you change ${{ components }}.',
  },
  {
    behind: "      - '**/migrations/**'",
    type: "\n      - '**/infra/**'\n      - deploy/**",
  },
  { behind: '      - 25%', type: '\n      - 50 %⌫⌫%' },
  {
    behind: '    timeoutSeconds: 7200',
    type: '⌫⌫⌫⌫1h⌫⌫5400\n    priorty⌫⌫ity: low',
  },
  { behind: '        maxLength: 63', type: TAKEN_BACK },
  {
    behind: `        maxLength: 63${TAKEN_BACK}`,
    type: '⌫'.repeat(TAKEN_BACK.length),
  },
];

/**
 * Types a template as a person does, letter by letter.
 *
 * @param session - which of several it is: in each another pattern is typed, so that none is known from the one before
 * @returns the text after each key, the first of them being the text before any
 * @throws Error where the text has no place to type at
 */
export function* typeTemplate(text: string, session = 1): Generator<string> {
  let typed = text;
  yield typed;
  for (const { behind, type } of VISITS) {
    const found = typed.indexOf(behind);
    if (found < 0) {
      throw new Error(`The text has no '${behind.trim()}' to type behind`);
    }
    let cursor = found + behind.length;
    for (const key of type.replace('SESSION', String(session))) {
      if (key === '⌫') {
        typed = typed.slice(0, cursor - 1) + typed.slice(cursor);
        cursor -= 1;
      } else {
        typed = typed.slice(0, cursor) + key + typed.slice(cursor);
        cursor += key.length;
      }
      yield typed;
    }
  }
}
