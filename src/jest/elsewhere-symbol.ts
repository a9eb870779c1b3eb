/** Under which a file that another environment runs finds what stands in place of this package's functions. */
export const ELSEWHERE = Symbol.for('jest-loop.elsewhere');
