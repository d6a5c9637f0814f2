/** The simulated coding agent. @public */
export class Agent {}
