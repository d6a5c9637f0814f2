import { alpha, makeStyles } from '@material-ui/core/styles';
import type { HoldReason } from './holdReasons';

/** Lines at an angle, so that shades of one colour can be told apart without seeing colours. */
const stripes = (color: string, angle: number) =>
  `repeating-linear-gradient(${angle}deg, ${color} 0 4px, ${alpha(color, 0.35)} 4px 8px)`;

const dots = (color: string) =>
  `radial-gradient(circle at 3px 3px, ${color} 0 1.5px, transparent 2px) 0 0 / 6px 6px, ${alpha(color, 0.35)}`;

// Families of colours: green starts, blue waits for agents, orange for people, violet for checks, grey for a hand or a
// remote. Within a family shade and pattern differ, so that nobody has to tell hues apart. Red stays free for what needs
// a person now.
export const useHoldStyles = makeStyles(
  theme => {
    const agents = theme.palette.primary.main;
    const people = theme.palette.warning.main;
    const checks = theme.palette.type === 'dark' ? '#b39ddb' : '#7e57c2';
    const hand = theme.palette.text.secondary;
    const fill = (background: string) => ({ background });
    return {
      next: fill(theme.palette.success.main),
      'portal-running': fill(agents),
      'provider-running': fill(stripes(agents, 90)),
      'account-running': fill(stripes(agents, 0)),
      'cohort-running': fill(dots(agents)),
      'group-running': fill(alpha(agents, 0.75)),
      'team-running': fill(alpha(agents, 0.55)),
      'repository-running': fill(stripes(agents, 135)),
      'account-starts': fill(stripes(agents, 45)),
      'team-day': fill(alpha(agents, 0.3)),
      'group-changes': fill(alpha(people, 0.65)),
      'team-changes': fill(people),
      'repository-changes': fill(stripes(people, 135)),
      'group-minutes': fill(stripes(people, 90)),
      'team-minutes': fill(stripes(people, 0)),
      'team-auto': fill(dots(people)),
      'repository-auto': fill(stripes(people, 45)),
      'portal-checks': fill(checks),
      'provider-unavailable': fill(alpha(hand, 0.45)),
      'account-blocked': fill(stripes(hand, 45)),
      'retry-later': fill(dots(hand)),
      'team-paused': fill(stripes(hand, 90)),
      brake: fill(stripes(hand, 135)),
      'undecided-start': fill(stripes(theme.palette.error.main, 135)),
      other: fill(alpha(hand, 0.25)),
    } satisfies Record<HoldReason, { background: string }>;
  },
  { name: 'AgentTasksHold' },
);
