import type neo4j from 'neo4j-driver';
export * as lib from 'neo4j-driver';
export declare const exported: { default: typeof neo4j };
export declare const clients: {
  Driver: ReturnType<typeof neo4j.driver>;
  Session: ReturnType<ReturnType<typeof neo4j.driver>['session']>;
};
