// How English counts.

export const some = (n, one, many) => (n === 1 ? one : many);
export const ordinal = (n) => {
  const ending = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${n}${ending[new Intl.PluralRules("en", { type: "ordinal" }).select(n)]}`;
};
