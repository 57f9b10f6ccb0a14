import type { drive_v3 } from '@googleapis/drive';
export * as lib from '@googleapis/drive';
export declare const entry: 'googleapis';
type Reason = 'the package googleapis has 240 MB: one of its APIs is shown for all of them';
export declare const unproven: { google: Reason; GoogleApis: Reason };
export declare const clients: { Api: drive_v3.Drive; Resource: drive_v3.Resource$Files };
