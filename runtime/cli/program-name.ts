/** How the user can call this program again: inside a checkout, where npm started it, through npx. */
export const programName = process.env.npm_execpath === undefined ? 'ganc' : 'npx ganc';
