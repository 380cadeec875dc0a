// How Spanish counts.

export const some = (n, one, many) => (n === 1 ? one : many);
export const ordinal = (n) => `${n}.º`;
