/** Somebody of the demo organisation whom one can be. */
export interface Persona {
  /** Name of the User entity. */
  user: string;
  displayName: string;
  role: string;
  team: string;
  /** What the person may do, each as the rest of a sentence that begins with "may". */
  may: string[];
}

/** One for each role that the backend's permission policy knows. */
export const personas: Persona[] = [
  {
    user: 'dana',
    displayName: 'Dana Okafor',
    role: 'Developer',
    team: 'Payments',
    may: [
      'see the catalog, all tasks and templates',
      'launch tasks on what Payments owns',
      'cancel what Dana launched',
    ],
  },
  {
    user: 'lee',
    displayName: 'Lee Nakamura',
    role: 'Team lead',
    team: 'Payments',
    may: [
      'see the catalog, all tasks and templates',
      'launch tasks on what Payments owns',
      'cancel every task of Payments, and hold them back by a brake',
    ],
  },
  {
    user: 'ada',
    displayName: 'Ada Lindqvist',
    role: 'Platform admin',
    team: 'Platform',
    may: ['do everything, everywhere', 'register and remove catalog entities'],
  },
];
