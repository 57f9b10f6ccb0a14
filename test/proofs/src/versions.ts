/** The part of npm's version ranges that the catalog uses: `>=14 <16`, `<7`, `>=7.7.1`, and `||` between them. */
const parts = (version: string): number[] => version.split('-')[0]!.split('.').map(Number);

const compare = (a: string, b: string): number => {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Whether `version` is in `range`; an absent range holds every version. */
export function satisfies(version: string, range: string | undefined): boolean {
  if (range === undefined) return true;
  return range.split('||').some((all) =>
    all
      .trim()
      .split(/\s+/)
      .every((comparator) => {
        const match = /^(>=|<=|>|<)(\d[\w.]*)$/.exec(comparator);
        if (!match) throw new Error(`not a range that the proofs understand: ${range}`);
        const order = compare(version, match[2]!);
        return { '>=': order >= 0, '<=': order <= 0, '>': order > 0, '<': order < 0 }[match[1]!]!;
      }),
  );
}
