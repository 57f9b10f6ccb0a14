/** Inventories of small projects, as `resilience report` makes them, without the findings of the rules. */
import { createInventory } from '../../src/report/index.js';
import type { CallSite, Downstream, EntryPoint, Inventory } from '../../src/report/inventory.js';

/** The inventory of a directory. */
export function inventoryOf(
  cwd: string,
  options: Partial<Parameters<typeof createInventory>[0]> = {},
): Promise<Inventory> {
  return createInventory({
    paths: ['.'],
    cwd,
    base: cwd,
    types: true,
    runbooks: undefined,
    version: '0.0.0-test',
    check: () => [],
    onProgress: () => undefined,
    ...options,
  });
}

function only<T>(found: readonly T[], what: string, name: string, all: readonly { readonly name: string }[]): T {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0)
    throw new Error(`${found.length} ${what} ${name}; there are ${all.map((one) => one.name).join(', ')}`);
  return first;
}

/** The downstream of a name. */
export const downstream = ({ downstreams }: Inventory, name: string): Downstream =>
  only(
    downstreams.filter((one) => one.name === name),
    'downstreams',
    name,
    downstreams,
  );

/** The entry point of a name. */
export const entryPoint = ({ entryPoints }: Inventory, name: string): EntryPoint =>
  only(
    entryPoints.filter((one) => one.name === name),
    'entry points',
    name,
    entryPoints,
  );

/** The call sites of a downstream. */
export const callsOf = (inventory: Inventory, name: string): readonly CallSite[] =>
  inventory.calls.filter(({ id }) => downstream(inventory, name).calls.includes(id));
