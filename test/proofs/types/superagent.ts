import type superagent from 'superagent';
export declare const installed: 'superagent';
export declare const exported: { default: typeof superagent; agent: typeof superagent.agent };
export declare const clients: { SuperAgent: typeof superagent; Agent: ReturnType<typeof superagent.agent> };
