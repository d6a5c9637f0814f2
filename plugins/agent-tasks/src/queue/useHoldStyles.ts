import { alpha, makeStyles } from '@material-ui/core/styles';
import type { HoldReason } from './holdReasons';

const stripes = (color: string, ground: string) =>
  `repeating-linear-gradient(135deg, ${color} 0 4px, ${ground} 4px 8px)`;

// Families of colours: green starts, blue waits for agents, orange for people, grey for a hand or a remote. Within a
// family shade and pattern differ, so that nobody has to tell hues apart. Red stays free for what needs a person now.
export const useHoldStyles = makeStyles(
  theme => {
    const agents = theme.palette.primary.main;
    const people = theme.palette.warning.main;
    const hand = theme.palette.text.secondary;
    const fill = (background: string) => ({ background });
    return {
      next: fill(theme.palette.success.main),
      'portal-running': fill(agents),
      'team-running': fill(alpha(agents, 0.6)),
      'repository-running': fill(stripes(agents, alpha(agents, 0.35))),
      'team-changes': fill(people),
      'repository-changes': fill(stripes(people, alpha(people, 0.35))),
      'provider-unavailable': fill(alpha(hand, 0.45)),
      brake: fill(stripes(hand, alpha(hand, 0.25))),
      other: fill(alpha(hand, 0.25)),
    } satisfies Record<HoldReason, { background: string }>;
  },
  { name: 'AgentTasksHold' },
);
