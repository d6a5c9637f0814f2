// The roles are spelt out because a table that is laid out as blocks, on a narrow screen, would lose them.

/** For the head and the body of a table. */
export const rowGroup = { role: 'rowgroup' };

/** For a cell of the body. */
export const cell = { role: 'cell' };
