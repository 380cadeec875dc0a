// How Spanish counts.

export { some } from "./forms-en.js"; // one or many, as in English
export const ordinal = (n) => `${n}.º`;
